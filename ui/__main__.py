# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m ui` opens the window from a checkout."""

import sys

from swclient.launch import main

sys.exit(main(sys.argv[1:]))

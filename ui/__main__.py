# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m ui` opens the window from a checkout, by the launcher's door: it knows how the training offices start."""

import sys

from swclient.launch import main

sys.exit(main())

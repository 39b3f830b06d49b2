# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m swclient.training`: run the training back ends until told to stop."""

import sys

from swclient.training.command import main

sys.exit(main(sys.argv[1:]))

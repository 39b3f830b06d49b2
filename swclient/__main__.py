# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m swclient`: the command line, from a checkout or an installation alike."""

import sys

from swclient.cli import main

if __name__ == "__main__":
    sys.exit(main())

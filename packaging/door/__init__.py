# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands behind `./dev`: setting up, remembering it, and the commands. Standard library only.

It runs under the Python of the machine, before the project's own environment exists, so nothing
here may import what is not in a bare Python 3.11.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements" / "dev.txt"


class SetupError(Exception):
    """Setting up cannot go on; the text says what is missing and the command that puts it right."""

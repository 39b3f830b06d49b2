# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking the person at the command line for a pass phrase; never by an argument, which everybody could read."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from swclient.base.messages import Message

if TYPE_CHECKING:
    from swclient.signing.secrets import Secret


def ask_for_secret(prompt: Message) -> Secret | None:
    """Ask for a pass phrase without showing it; where there is no terminal, take one line of standard input.

    None = none was given.
    """
    from swclient.signing.secrets import Secret

    try:
        if sys.stdin.isatty():
            return Secret(getpass.getpass(f"{prompt.text()} ")) or None
        return Secret(sys.stdin.readline().rstrip("\r\n")) or None
    except EOFError:
        return None

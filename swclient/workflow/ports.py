# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the workflow needs from outside, as shapes: so that it can be put together in one place and tested in parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol


class Offices(Protocol):
    """Running offices that the client can reach over the wire."""

    @property
    def address(self) -> str:
        """`https://host:port`, no slash at the end."""

    @property
    def ca_file(self) -> Path:
        """Certificate of the authority that vouches for them, PEM."""

    def stop(self) -> int:
        """Stop them; return their exit status."""


StartOffices = Callable[[Path], Offices]
"""Starts offices that keep their files in the given folder, and waits until they answer."""

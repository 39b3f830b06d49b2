# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an office pushed to us, as it came, and the path under which we take it."""

from __future__ import annotations

from dataclasses import dataclass, field

PATH = "/notifications"


@dataclass(frozen=True, slots=True)
class Pushed:
    """A message as it was pushed. It does not show its content.

    Attributes:
        conversation: in which it stands, as the office says.
        identity: the office's own identity of the message; empty where it gave none.
        sequence: the office's running number; 0 where it gave none.
    """

    conversation: str
    identity: str
    sequence: int
    content_type: str
    content: bytes = field(repr=False)

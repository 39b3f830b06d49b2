# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text as it may stand in an XML message."""

from __future__ import annotations

import re

DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'

# One look decides whether a text can stand as it is; nearly all do.
SPECIAL = re.compile(r"[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A bare carriage return would be read back as a line feed, so it goes as a character reference.
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ESCAPED = re.compile(r"[&<>\r]")


class ForbiddenCharacterError(ValueError):
    """A text holds a character that no XML document may hold.

    Attributes:
        code: the character as `U+0001`.
        position: where it stands in the text, from 1.
    """

    def __init__(self, character: str, position: int) -> None:
        self.code = f"U+{ord(character):04X}"
        self.position = position
        super().__init__(f"{self.code} at {position}")


def escape(text: str) -> str:
    """Return a text ready to stand between two tags.

    Raises:
        ForbiddenCharacterError: it holds a character that XML has no way to write.

    >>> escape("Smith & Sons <1>")
    'Smith &amp; Sons &lt;1&gt;'
    """
    found = _FORBIDDEN.search(text)
    if found:
        raise ForbiddenCharacterError(found.group(), found.start() + 1)
    return _ESCAPED.sub(lambda match: _ESCAPES[match.group()], text)


def escape_attribute(text: str) -> str:
    """Return a text ready to stand between double quotes in a tag."""
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")

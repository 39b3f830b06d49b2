# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small strict reader of DER, as much as a CMS signature needs.

Sums up to sixty lines instead of another dependency: signatures come from outside, so everything is
refused that is not exactly one tag, one definite length and that many bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

INTEGER = 0x02
OCTETS = 0x04
OID = 0x06
SEQUENCE = 0x30
SET = 0x31
_LONG = 0x80
_MORE_TAG = 0x1F
_MOST_LENGTH_BYTES = 4
_FIRST_ARCS = 40


class DerError(ValueError):
    """The bytes are not DER, or not of the expected kind."""


@dataclass(frozen=True, slots=True)
class Part:
    """One value: its tag, its content, and all its bytes as they stood."""

    tag: int
    content: bytes
    whole: bytes

    def parts(self) -> list[Part]:
        """Return the values inside."""
        found, rest = [], self.content
        while rest:
            part = _first(rest)
            found.append(part)
            rest = rest[len(part.whole) :]
        return found

    def expect(self, tag: int) -> Part:
        """Return this part if it has that tag.

        Raises:
            DerError: it has another.
        """
        if self.tag != tag:
            message = f"tag {self.tag:#x} where {tag:#x} was due"
            raise DerError(message)
        return self

    def oid(self) -> str:
        """Return an object identifier in dotted form."""
        numbers, value = [], 0
        for byte in self.expect(OID).content:
            value = value << 7 | byte & 0x7F
            if not byte & _LONG:
                numbers.append(value)
                value = 0
        if not numbers:
            raise DerError("an empty object identifier")
        first = min(numbers[0] // _FIRST_ARCS, 2)
        return ".".join(map(str, (first, numbers[0] - _FIRST_ARCS * first, *numbers[1:])))

    def integer(self) -> int:
        """Return a whole number."""
        return int.from_bytes(self.expect(INTEGER).content, "big", signed=True)


def parse(content: bytes) -> Part:
    """Return the one value that the bytes are.

    Raises:
        DerError: they are not exactly one.
    """
    part = _first(content)
    if len(part.whole) != len(content):
        raise DerError("bytes after the end")
    return part


def _first(content: bytes) -> Part:
    if len(content) < 2 or content[0] & _MORE_TAG == _MORE_TAG:  # noqa: PLR2004 - a tag and a length
        raise DerError("no tag and length")
    start, length = 2, content[1]
    if length >= _LONG:
        count = length - _LONG
        if not 1 <= count <= _MOST_LENGTH_BYTES:
            raise DerError("an indefinite or absurd length")
        start += count
        length = int.from_bytes(content[2:start], "big")
    end = start + length
    if end > len(content):
        raise DerError("cut short")
    return Part(content[0], content[start:end], content[:end])

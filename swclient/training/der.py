# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A reader for the little of ASN.1 DER that a signature needs, with every bound checked."""

from __future__ import annotations

from dataclasses import dataclass

INTEGER = 0x02
OCTET_STRING = 0x04
OBJECT_IDENTIFIER = 0x06
SEQUENCE = 0x30
SET = 0x31
CONTEXT_0 = 0x80
CONSTRUCTED_0 = 0xA0

_SHORTEST = 2
_LONG_TAG = 0x1F
_MAX_LENGTH_BYTES = 4


class DerError(Exception):
    """The bytes are not the structure expected."""

    def __str__(self) -> str:
        return " ".join(str(word) for word in self.args)


@dataclass(frozen=True, slots=True)
class Der:
    """One value: its tag byte, its content, and the whole of it as it was sent."""

    tag: int
    content: bytes
    raw: bytes

    def members(self, tag: int) -> list[Der]:
        """Return the values inside a constructed value of the given tag.

        Raises:
            DerError: the tag differs, there is nothing inside, or a length does not fit.
        """
        if self.tag != tag:
            raise DerError("tag", self.tag, "where", tag, "is expected")
        found, rest = [], self.content
        while rest:
            value, rest = _split(rest)
            found.append(value)
        if not found:
            raise DerError("an empty structure")
        return found

    def oid(self) -> str:
        """Return an object identifier in dotted form."""
        if self.tag != OBJECT_IDENTIFIER or not self.content or self.content[-1] & 0x80:
            raise DerError("no object identifier")
        arcs, arc = [], 0
        for byte in self.content:
            arc = arc << 7 | byte & 0x7F
            if not byte & 0x80:
                arcs.append(arc)
                arc = 0
        head = min(arcs[0] // 40, 2)
        return ".".join(str(number) for number in (head, arcs[0] - 40 * head, *arcs[1:]))

    def integer(self) -> int:
        """Return a whole number."""
        if self.tag != INTEGER or not self.content:
            raise DerError("no integer")
        return int.from_bytes(self.content, "big", signed=True)


def read_der(raw: bytes) -> Der:
    """Read one value that fills all the bytes.

    Raises:
        DerError: cut short, something follows, or the length is indefinite.
    """
    value, rest = _split(raw)
    if rest:
        raise DerError("something follows the end")
    return value


def _split(raw: bytes) -> tuple[Der, bytes]:
    if len(raw) < _SHORTEST or raw[0] & _LONG_TAG == _LONG_TAG:
        raise DerError("cut short, or a long tag")
    start, length = 2, raw[1]
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= _MAX_LENGTH_BYTES or len(raw) < 2 + count:
            raise DerError("a length that we do not read")
        start, length = 2 + count, int.from_bytes(raw[2 : 2 + count], "big")
    end = start + length
    if end > len(raw):
        raise DerError("cut short")
    return Der(raw[0], raw[start:end], raw[:end]), raw[end:]

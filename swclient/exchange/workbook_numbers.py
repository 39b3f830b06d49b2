# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures in a supplier's cells: groups, decimal signs, and the unit written after them.

`swclient.base.decimals` reads what a declarant types; a stranger's `1,250` may be a thousand or one and a quarter,
so here what can mean two things is read by the mapping's decimal sign or not at all.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from swclient.base.decimals import trimmed
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.exchange.workbook_file import Value

_SPACES = " \u00a0\u202f\u2009\u2007'’"
_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_FIGURE = re.compile(rf"([0-9](?:[0-9{_SPACES}.,]*[0-9])?)(.*)", re.DOTALL)
_SPACED = re.compile(rf"[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+([.,][0-9]+)?")
_UNIT = re.compile(r"[^\W\d_](?:[^\d]|(?<=[^\W\d_])[23])*")  # letters first; m2 and m3 are units, “-12 pcs” is none
_MAX_DIGITS = 24
_TOO_MUCH = Decimal(10**15)
_GROUP = 3


class CellError(Exception):
    """A cell is not what its column says; `keep` is what the draft shows instead, empty for the text as it stands."""

    def __init__(self, msgid: str, *, keep: tuple[str, ...] = (), **args: object) -> None:
        self.reason = Message(msgid, args)
        self.keep = keep
        super().__init__(msgid)


def read_figure(value: Value, decimal: str) -> tuple[Decimal, str]:
    """Read a figure that is not negative, and the unit after it.

    Args:
        value: a cell's value.
        decimal: the decimal sign where it is in doubt: `,`, `.` or nothing.

    Returns:
        The figure, and the text after it without blanks around.

    Raises:
        CellError: no figure, a negative one, or one that could mean two things.

    >>> read_figure("1 200 pcs", ""), read_figure("3.272,50", "")
    ((Decimal('1200'), 'pcs'), (Decimal('3272.50'), ''))
    """
    if isinstance(value, Decimal):
        if value < 0:
            raise CellError(N_("a negative figure"))
        return _sane(value), ""
    if isinstance(value, bool | date):
        raise CellError(N_("not a figure"))
    match = _FIGURE.fullmatch(value.translate(_WIDE).strip())
    if not match:
        raise CellError(N_("not a figure"))
    digits, unit = match.group(1), match.group(2).strip().strip("()[]").strip()
    if len(digits) > _MAX_DIGITS:
        raise CellError(N_("more digits than any figure has"))
    if match.group(2).strip() and not _UNIT.fullmatch(unit):
        raise CellError(N_("“{text}” stands after the figure"), text=match.group(2).strip())
    return _sane(_decimal(digits, decimal, value)), unit


def _sane(figure: Decimal) -> Decimal:
    if figure >= _TOO_MUCH:
        raise CellError(N_("more than any shipment holds"))
    return figure


def _decimal(digits: str, sign: str, whole_text: str) -> Decimal:
    spaced = _SPACED.fullmatch(digits)
    plain = digits.translate(str.maketrans("", "", _SPACES))
    if plain != digits and not spaced:
        raise CellError(N_("its digits are not grouped as a figure's are"))
    marks = [mark for mark in plain if mark in ",."]
    if not marks:
        return Decimal(plain)
    last = marks[-1]
    if len(set(marks)) > 1:
        return _both(plain, last)
    if len(marks) > 1:
        return _grouped(plain, last)
    head, tail = plain.split(last)
    doubtful = not spaced and len(tail) == _GROUP >= len(head) and not head.startswith("0")
    if not doubtful or sign == last:
        return Decimal(f"{head}.{tail}")
    if sign:
        return Decimal(head + tail)
    # The mark keeps the field's own reading from taking the one or the other.
    kept = f"{' '.join(whole_text.split())} ?"
    raise CellError(
        N_("can mean {a} or {b}; say in the mapping which sign stands before decimals"),
        keep=(kept,),
        a=head + tail,
        b=trimmed(Decimal(f"{head}.{tail}")),
    )


def _both(plain: str, last: str) -> Decimal:
    head, _, tail = plain.rpartition(last)
    if last in head:
        raise CellError(N_("its decimal sign cannot be told"))
    other = "," if last == "." else "."
    return _grouped(head, other) + Decimal(f"0.{tail}").quantize(Decimal(1).scaleb(-len(tail)))


def _grouped(plain: str, sign: str) -> Decimal:
    head, *groups = plain.split(sign)
    if not 1 <= len(head) <= _GROUP or any(len(group) != _GROUP for group in groups):
        raise CellError(N_("its digits are not grouped as a figure's are"))
    return Decimal(head + "".join(groups))

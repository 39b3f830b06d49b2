# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds a box by anything it is known by: number, national title, WCO name, a word of its label in any language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from swclient.base import i18n
from swclient.catalogue.wordindex import How, Source, WordIndex

if TYPE_CHECKING:
    from swclient.catalogue.field import Field
    from swclient.catalogue.profile import Profile

_HOWS = tuple(How)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")  # GoodsShipment: Goods Shipment


class Boxes:
    """The shown fields of a profile, by what they are called."""

    def __init__(self, profile: Profile) -> None:
        self._fields = sorted((each for each in profile.fields.values() if each.shown), key=_on_the_form)
        self._own = WordIndex([Source("", _called(each)) for each in self._fields])
        self._all = WordIndex([Source("", (*_called(each), *_besides(profile, each))) for each in self._fields])

    def find(self, text: str, limit: int = 50) -> tuple[Field, ...]:
        """Return fields for what is typed so far, the best first; none for nothing.

        A number finds its box and then the parts of it, in the order of the form; words find titles that have them all,
        then fields that have them together with their section (“exporter country”) or their WCO name.
        """
        wish = text.strip()
        if not wish:
            return ()
        numbered = sorted((each for each in self._fields if _begins(each.box, wish)), key=lambda each: _order(each.box))
        named = self._exact(wish)
        both = (index.find(wish, len(self._fields)) for index in (self._own, self._all))
        groups = [group for found in both for group in found]
        groups.sort(key=lambda group: _HOWS.index(group[0]))  # stable: label and title go first
        found = [self._fields[row] for how, rows in groups if how is not How.SOME for row in rows]
        return tuple({each.id: each for each in (*numbered, *named, *found)}.values())[:limit]

    def _exact(self, wish: str) -> list[Field]:
        """Return fields whose id, or WCO name, or one of its last parts, this is."""
        plain = wish.casefold()
        return [each for each in self._fields if each.id == plain or f"/{each.wco}".casefold().endswith(f"/{plain}")]


def _called(field: Field) -> tuple[str, ...]:
    """Return label and titles of a field in every language."""
    label = (i18n.translate(field.label, code) for code in i18n.available())
    return tuple(dict.fromkeys((*label, *field.titles.values())))


def _besides(profile: Profile, field: Field) -> tuple[str, ...]:
    """Return what else a field is known by: the names of its section, its WCO name, its id."""
    section = (i18n.translate(profile.tables[field.table].label, code) for code in i18n.available())
    wco = _HUMP.sub(" ", field.wco.replace("/", " "))
    return (*section, wco, field.name.replace("_", " "))


def _begins(box: str, wish: str) -> bool:
    """Tell whether a box is the one wished or a part of it: 31 has 31.1 and 31.1.2, but not 3."""
    number, plain = _squeezed(box), _squeezed(wish)
    return bool(number) and (number == plain or number.startswith(plain + "."))


def _squeezed(box: str) -> str:
    """Return a box number as it is compared: `DTS 7b` is `dts7b`."""
    return "".join(box.split()).casefold()


def _on_the_form(field: Field) -> tuple[bool, bool, int, list[tuple[int, str]]]:
    """Return a key that puts whole boxes before their parts, numbers before letters, and what has no box last."""
    return not field.box, not field.box[:1].isdecimal(), field.box.count("."), _order(field.box)


def _order(box: str) -> list[tuple[int, str]]:
    """Return a key that puts 31.2 before 31.10."""
    return [(int(part) if part.isdecimal() else 0, part) for part in box.split(".")]


_made: dict[tuple[int, tuple[str, ...]], tuple[Profile, Boxes]] = {}


def find_boxes(profile: Profile, text: str) -> tuple[Field, ...]:
    """Return the fields of a profile that a text may mean, the best first.

    >>> from swclient.catalogue.loader import load_profile, default_profile
    >>> find_boxes(load_profile(default_profile()), "goods description")[0].id
    'item.description'
    """
    key = (id(profile), i18n.available())
    if key not in _made:
        _made[key] = (profile, Boxes(profile))
    return _made[key][1].find(text)

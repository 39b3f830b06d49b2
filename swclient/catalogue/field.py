# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One field and one section, as the catalogue's rows describe them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from swclient.base.messages import Message, Name
from swclient.catalogue.kinds.base import Kind


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a declaration in one profile.

    Attributes:
        id: `item.gross_mass`; for ever.
        table: section, `item`.
        name: `gross_mass`.
        kind: what its values are.
        label: neutral English label, a msgid.
        by_form: whether people know it by its name on the form rather than by its neutral one.
        titles: official national wording by language, content of the profile.
        box: box number on the form, empty when the form has none.
        group: page section.
        wco: WCO Data Model name.
        need: `never`, `always`, or an expression that tells when it must be filled.
        need_code: code of the finding when it is missing.
        derived: name of the formula that works it out, empty when it is typed.
        differs: code of the finding when a typed value differs from the worked-out one.
        law: legal source, empty when not confirmed.
        once: which values belong to one shipment, so that a draft made of a template comes without them: `never`,
            `always`, or an expression.
        shown: whether pages and tables offer it in this profile.
    """

    id: str
    table: str
    name: str
    kind: Kind
    label: str
    group: str = ""
    box: str = ""
    wco: str = ""
    need: str = "never"
    need_code: str = ""
    derived: str = ""
    differs: str = ""
    law: str = ""
    list: str = ""
    once: str = "never"
    shown: bool = True
    titles: Mapping[str, str] = field(default_factory=dict)
    by_form: bool = False

    @property
    def called(self) -> Message:
        """What the window and the findings call it."""
        return Name(self.label, titles=self.titles) if self.by_form else Message(self.label)

    @property
    def box_shown(self) -> str:
        """The number of its box for people: `47` of `47.total` and `B` of `B.total`; empty without a box."""
        head, _point, last = self.box.rpartition(".")
        return head if head and last.isalpha() and last.islower() else self.box

    @property
    def list_name(self) -> str:
        """The code list its values come from, empty when none."""
        return self.list or self.kind.list_name


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A section of a declaration.

    Attributes:
        many: rows repeat; otherwise there is exactly one.
        parent: section under whose rows these rows stand, empty when free.
        loose: a row may also stand for the whole declaration.
        record: the record its fields are described in (`party` for `exporter`).
        max: most rows, 0 for as many as one likes.
        quiet: of its record's fields only those are shown that a row of the section itself names.
        once: all of it belongs to one shipment; what its fields' `once` is unless they say otherwise.
    """

    name: str
    label: str
    many: bool = False
    parent: str = ""
    loose: bool = False
    record: str = ""
    max: int = 0
    quiet: bool = False
    once: bool = False

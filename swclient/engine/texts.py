# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Findings about what was typed itself: texts that their kind cannot read, and texts that are too long."""

from __future__ import annotations

from collections.abc import Iterator

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.field import Field
from swclient.catalogue.kinds import KindError, Text
from swclient.catalogue.profile import Profile
from swclient.document.path import Path
from swclient.document.value import Unread
from swclient.engine.boxless import TOO_LONG, UNREADABLE, said_of
from swclient.engine.finding import Finding, Level
from swclient.engine.live import LiveRow
from swclient.engine.rulebook import Rule

_TOO_LONG, _KIND = "H040", "KIND"
_ADVICE = N_("Correct what is typed; it is kept as it is.")

# The same as rules, for whoever lists them: no field is named, since they hold for every one.
TEXT_RULES = (
    Rule(_TOO_LONG, Level.ERROR, "*", "", "len(text) <= limit of the box", (), TOO_LONG, _ADVICE),
    Rule(_KIND, Level.ERROR, "*", "", "the text is of the kind of the box", (), UNREADABLE, _ADVICE),
)


def text_findings(profile: Profile, row: LiveRow) -> Iterator[Finding]:
    """Yield what is wrong with the texts of a row."""
    for name in row.typed:
        yield from text_findings_at(profile, row, name)


def text_findings_at(profile: Profile, row: LiveRow, name: str) -> Iterator[Finding]:
    """Yield what is wrong with the text of one field of a row."""
    value = row.typed.get(name)
    if not isinstance(value, str):
        return
    field = profile.fields[f"{row.table}.{name}"]
    message = _unread(field, value) or _too_long(field, value)
    if message is not None:
        code = _TOO_LONG if isinstance(field.kind, Text) else f"{_KIND}-{field.box or field.id}"
        yield Finding(code, Level.ERROR, (Path(row.table, row.id, name),), message, Message(_ADVICE))


def _unread(field: Field, value: str) -> Message | None:
    if not isinstance(value, Unread):
        return None
    try:
        field.kind.parse(value)
    except KindError as error:
        named = {"box": field.box_shown, "label": field.called}
        return Message(said_of(field, UNREADABLE), {**named, "why": error.message})
    return None


def _too_long(field: Field, value: str) -> Message | None:
    if not isinstance(field.kind, Text) or len(value) <= field.kind.limit:
        return None
    named = {"box": field.box_shown, "label": field.called}
    return Message(said_of(field, TOO_LONG), {**named, "n": field.kind.limit})

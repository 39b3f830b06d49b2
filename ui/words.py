# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns of phrase that several rooms need: labels of fields, times, what was read of a workbook."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _, language, show_number
from swclient.base.messages import Message

if TYPE_CHECKING:
    from swclient.catalogue.field import Field
    from swclient.workflow.intake.importing import Imported

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_KIB = 1024

OWN_NAMES = {
    "en": "English",
    "ru": "Русский",
    "kk": "Қазақша",
    "ky": "Кыргызча",
    "tg": "Тоҷикӣ",
    "uz": "Oʻzbekcha",
    "az": "Azərbaycanca",
    "mn": "Монгол",
    "zh": "中文",
}
"""Languages as they call themselves."""

ORIGINS = {
    "worked_out": N_("worked out; type over it to change it"),
    "overwritten": N_("typed over the worked-out value"),
}


def label_of(field: Field) -> str:
    """Return how the box is called in the language in force."""
    return field.called.text()


def box_number(field: Field) -> str:
    """Return the number that stands on the box; a sum shows its box's number alone."""
    return field.box_shown


def numbered(title: str, field: Field | None) -> str:
    """Return a title behind the number of the box that a field is part of, where the form has one."""
    number = box_number(field).partition(".")[0] if field is not None and field.shown else ""
    return f"{number}  {title}".strip()


def national_title(field: Field) -> str:
    """Return the official wording of the box, in the language in force if the profile has it."""
    if language() in field.titles:
        return field.titles[language()]
    return next(iter(field.titles.values()), "")


def name_for_readers(field: Field) -> str:
    """Return what a screen reader says of a box: its number and its label."""
    label = label_of(field)
    return Message(N_("Box {box}: {label}"), {"box": box_number(field), "label": label}).text() if field.box else label


def level_words(level: str) -> str:
    """Return the word for a level."""
    words = {"error": _("error"), "warning": _("warning"), "missing": _("to fill in"), "advice": _("advice")}
    words["acknowledged"] = _("acknowledged")
    return words[level]


def state_words(state: str) -> str:
    """Return how a state reads."""
    from swclient.workflow.states import STANDINGS, State

    return _(STANDINGS[State(state)].name)


def clock(moment: datetime) -> str:
    """Return the time of day, with the date where it is not today."""
    local = moment.astimezone() if moment.tzinfo else moment
    if local.date() == datetime.now().astimezone().date():
        return local.strftime("%H:%M")
    return local.strftime("%Y-%m-%d %H:%M" if language() == "en" else "%d.%m.%Y %H:%M")


def ago(moment: datetime) -> str:
    """Return how long ago something was, in words."""
    now = datetime.now(moment.tzinfo) if moment.tzinfo else datetime.now()  # noqa: DTZ005 - compared with a naive moment
    seconds = (now - moment).total_seconds()
    if seconds < _MINUTE:
        return _("just now")
    if seconds < _HOUR:
        return Message(N_("{n} min ago"), {"n": int(seconds // _MINUTE)}).text()
    if seconds < _DAY:
        return Message(N_("{n} h ago"), {"n": int(seconds // _HOUR)}).text()
    return Message(N_("{n} days ago"), {"n": int(seconds // _DAY)}).text()


def told_import(imported: Imported) -> str:
    """Return what was read of a workbook, and which cells want a look."""
    args = {"name": imported.name, "rows": imported.rows}
    lines = [Message(N_("{name}: {rows} goods lines read. Ctrl+Z takes the whole import back."), args).text()]
    for doubt in imported.doubts:
        place = {"sheet": doubt.sheet, "cell": doubt.cell, "text": doubt.text, "why": doubt.reason}
        lines.append(Message(N_("Sheet {sheet}, cell {cell} “{text}”: {why}"), place).text())
    return "\n".join(lines)


def size_words(size: int) -> str:
    """Return how large a file is, `size` in bytes."""
    if size < _KIB:
        return Message(N_("{n} bytes"), {"n": size}).text()
    unit, words = (_KIB, N_("{n} KB")) if size < _KIB * _KIB else (_KIB * _KIB, N_("{n} MB"))
    return Message(words, {"n": show_number(Decimal(size * 10 // unit) / 10)}).text()

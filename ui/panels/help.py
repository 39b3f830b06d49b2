# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes into the box that has the cursor: names, how it is written, when it is needed, where codes come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import theme
from ..parts.frames import scrolled
from ..parts.plain import words, wrapped
from ..parts.speaking import Speaking
from ..words import box_number, label_of, national_title

if TYPE_CHECKING:
    from swclient.catalogue.field import Field
    from swclient.document.path import Path

    from ..forms.stage import Stage

KINDS = {
    "charges": N_("Worked out, never typed."),
    "code": N_("A code of a list. F8 opens the list."),
    "container": N_("A container number: four letters and seven digits, the last one a check digit."),
    "count": N_("A whole number of up to {n} digits."),
    "date": N_("A day: day.month.year, year-month-day, or six digits."),
    "digits": N_("Up to {n} digits; blanks and points between them do not count."),
    "flag": N_("Yes or no: 1 or 0, Y or N."),
    "mass": N_("A mass in kilograms with up to {n} decimals."),
    "money": N_("An amount with up to {n} decimals; comma or point."),
    "quantity": N_("A quantity with up to {n} decimals; comma or point."),
    "rate": N_("A rate with up to {n} decimals; comma or point."),
    "tax_id": N_("A taxpayer number; blanks in it do not count."),
    "text": N_("Words, up to {n} characters."),
    "totals": N_("Worked out, never typed."),
}


class Help(Speaking):
    """The panel “Help”; it follows the cursor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage: Stage | None = None
        self._path: Path | None = None
        self.heading = words(size=theme.TITLE, bold=True)
        self.heading.setWordWrap(True)
        self.national = wrapped(muted=True)
        self.format = wrapped()
        self.need = wrapped()
        self.source = wrapped(muted=True)
        self.names = wrapped(size=theme.CAPTION, muted=True)
        sheet = QWidget()
        inner = QVBoxLayout(sheet)
        inner.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        inner.setSpacing(theme.XS)
        for each in (self.heading, self.national, self.format, self.need, self.source, self.names):
            inner.addWidget(each)
        inner.addStretch(1)
        self.area = scrolled(sheet)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        self.setFocusProxy(self.area)
        self.retranslate()

    def show_stage(self, stage: Stage | None) -> None:
        """Help with another declaration, or none."""
        if self._stage is not None:
            self._stage.entered.disconnect(self.tell)
        self._stage, self._path = stage, None
        if stage is not None:
            stage.entered.connect(self.tell)
        self.retranslate()

    def take_cursor(self) -> None:
        """Bring the cursor here, so that long help can be scrolled by keys."""
        self.area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def tell(self, path: Path) -> None:
        """Tell about a box."""
        field = self._stage.session.profile.fields.get(path.field_id) if self._stage is not None else None
        if field is None or self._stage is None:
            return
        self._path = path
        self.heading.setText(f"{box_number(field)}  {label_of(field)}".strip())
        title = national_title(field)
        self.national.setText(title if title != label_of(field) else "")
        self.format.setText(format_of(field))
        self.need.setText(_(_NEEDS.get(field.need, SOMETIMES)))
        self.source.setText(self._list_of(field))
        self.names.setText(_names(field))
        for each in (self.national, self.need, self.source, self.names):
            each.setVisible(bool(each.text()))

    def _list_of(self, field: Field) -> str:
        if self._stage is None or not field.list_name:
            return ""
        found = self._stage.session.profile.code_list(field.list_name)
        if found is None:
            return ""
        args = {
            "n": len(found.entries),
            "source": found.source or _("source not known"),
            "taken": found.taken,
        }
        told = Message(N_("List of {n} codes: {source}, taken {taken}."), args).text()
        return told if found.confirmed else f"{told} {_('not confirmed').capitalize()}."

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.area.setAccessibleName(_("Help"))
        if self._path is not None:
            self.tell(self._path)
            return
        self.heading.setText(_("Help"))
        self.format.setText(_("What goes into a box is told here as soon as the cursor is in it."))
        for each in (self.national, self.need, self.source, self.names):
            each.hide()


SOMETIMES = N_("Must be filled in certain cases.")
_NEEDS = {"always": N_("Must be filled."), "never": ""}


def format_of(field: Field) -> str:
    """Return how a value of a field is written."""
    kind = field.kind
    size = next(
        (getattr(kind, name) for name in ("limit", "length", "digits", "decimals") if hasattr(kind, name)),
        "",
    )
    told = Message(KINDS[kind.name], {"n": size}).text()
    if field.list_name and kind.name != "code":
        told += " " + _("F8 opens the list.")
    return told + (
        " " + _("Worked out; it can be typed over.") if field.derived and kind.name not in {"charges", "totals"} else ""
    )


def _names(field: Field) -> str:
    parts = [f"WCO: {field.wco}" if field.wco else "", field.law, field.id]
    return "\n".join(part for part in parts if part)

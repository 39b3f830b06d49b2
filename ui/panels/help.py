# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes into the box that has the cursor: how it is written, an example, what goes wrong, when, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from swclient.base.errors import DataError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.catalogue.help import FieldHelp, help_of
from swclient.catalogue.laws import written_out
from swclient.document import provenance

from .. import actions, theme
from ..parts import paint
from ..parts.frames import scrolled
from ..parts.plain import words, wrapped
from ..parts.speaking import Speaking
from ..parts.told import Told
from ..words import box_number, label_of, national_title

if TYPE_CHECKING:
    from swclient.catalogue.field import Field
    from swclient.catalogue.profile import Profile
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

_RING = 2


class Help(Speaking):
    """The panel “Help”; it follows the cursor."""

    left = Signal()  # Escape: the cursor wants to go back to the box

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage: Stage | None = None
        self._path: Path | None = None
        self.heading = words(size=theme.TITLE, bold=True)
        self.heading.setWordWrap(True)
        self.national = wrapped(muted=True)
        self.came = wrapped()
        self.way_back = words(size=theme.CAPTION, muted=True)
        self.way_back.setWordWrap(True)
        self.way_back.hide()
        sheet = QWidget()
        inner = QVBoxLayout(sheet)
        inner.setContentsMargins(theme.M - _RING, theme.S - _RING, theme.M - _RING, theme.S - _RING)
        inner.setSpacing(0)
        for each in (self.way_back, self.heading, self.national, self.came):
            inner.addWidget(each)
        self.what, self.format, self.example, self.mistake, self.need = (Told(inner) for _n in range(5))
        self.law, self.source = (Told(inner, theme.CAPTION) for _n in range(2))
        self.names = wrapped(size=theme.CAPTION, muted=True)
        self.names.setContentsMargins(0, theme.S, 0, 0)
        inner.addWidget(self.names)
        inner.addStretch(1)
        self.area = scrolled(sheet)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.installEventFilter(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_RING, _RING, _RING, _RING)
        whole.addWidget(self.area)
        self.setFocusProxy(self.area)
        self.retranslate()

    def _parts(self) -> tuple[Told, ...]:
        return self.what, self.format, self.example, self.mistake, self.need, self.law, self.source

    def show_stage(self, stage: Stage | None) -> None:
        """Help with another declaration, or none."""
        if self._stage is not None:
            self._stage.entered.disconnect(self.tell)
            self._stage.why.disconnect(self.tell)
            self._stage.changed.disconnect(self._tell_source)
        self._stage, self._path = stage, None
        if stage is not None:
            stage.entered.connect(self.tell)
            stage.changed.connect(self._tell_source)
            stage.why.connect(self.tell)  # a figure that is no box, such as the total to pay
        self.retranslate()

    def take_cursor(self) -> None:
        """Bring the cursor here, so that long help can be scrolled by keys."""
        self.area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def jump_back(self) -> None:
        """Go to the box that help is about, however the cursor came here."""
        if self._stage is not None and self._path is not None:
            self._stage.jump.emit(self._path)

    def height_wanted(self) -> int:
        """Return how high the panel must be to show all its words at its present width."""
        sheet = self.area.widget()
        if sheet is None:
            return 0
        width = self.area.viewport().width()
        return (sheet.heightForWidth(width) if sheet.hasHeightForWidth() else sheet.sizeHint().height()) + 2 * _RING

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show where the cursor is, and the way back, while it is here."""
        if watched is self.area and event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.way_back.setVisible(event.type() == QEvent.Type.FocusIn)
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring of the cursor."""
        if self.area.hasFocus():
            paint.frame(QPainter(self), self.rect(), None, theme.colours().accent, _RING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the box."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def tell(self, path: Path) -> None:
        """Tell about a box."""
        field = self._stage.session.profile.fields.get(path.field_id) if self._stage is not None else None
        if field is None or self._stage is None:
            return
        before, self._path = self._path, path
        if before is None or before.field_id != path.field_id:
            self._tell_field(field)
        self.need.say(_("When to fill it"), need_of(field, required=self._required(path)))
        self._tell_source()
        parts = [f"{part.caption.text()}: {part.text()}" for part in self._parts() if part.text()]
        self.area.setAccessibleDescription("\n".join((self.heading.text(), *parts)))

    def _tell_field(self, field: Field) -> None:
        """Tell what is the same for this box of every row."""
        if self._stage is None:
            return
        profile = self._stage.session.profile
        self.area.verticalScrollBar().setValue(0)
        self.heading.setText(f"{box_number(field)}  {label_of(field)}".strip())
        title = national_title(field)
        self.national.setText(title if title != label_of(field) else "")
        told = _help_of(profile, field)
        self.what.say(_("What goes here"), Message(told.what).text())
        self.format.say(_("How it is written"), format_of(field))
        self.example.say(_("Example"), example_of(profile, field, told))
        self.mistake.say(_("Common mistake"), Message(told.mistake).text())
        self.law.say(_("Who says so"), law_of(profile, field))
        self.source.say(_("Where the codes come from"), list_of(profile, field))
        self.names.setText(_names(field))
        for each in (self.national, self.names):
            each.setVisible(bool(each.text()))

    def _tell_source(self, _changed: object = None) -> None:
        """Say where the value came from, unless somebody typed it."""
        source = self._stage.session.sources.get(self._path) if self._stage is not None and self._path else ""
        text = provenance.told(source).text() if source else ""
        self.came.setText(text[:1].upper() + text[1:])
        self.came.setVisible(bool(text))

    def _required(self, path: Path) -> bool:
        """Tell whether the declaration asks for a value now; for one whose row is gone, no."""
        session = self._stage.session if self._stage is not None else None
        if session is None:
            return False
        there = not session.profile.tables[path.table].many or path.row in session.rows(path.table)
        return there and session.look(path).required

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.area.setAccessibleName(_("Help"))
        self.way_back.setText(_("Esc or F1: back to the box"))
        here, self._path = self._path, None
        if here is not None:
            self.tell(here)
            return
        self.heading.setText(_("Help"))
        for each in self._parts():
            each.say("", "")
        self.what.say("", _("What goes into a box is told here as soon as the cursor is in it."))
        for label in (self.national, self.came, self.names):
            label.hide()


_NOW = N_("Must be filled in certain cases; it must be here, as this declaration stands.")
_NOT_NOW = N_("Must be filled in certain cases; it need not be here, as this declaration stands.")
_NEEDS = {"always": N_("Must be filled."), "never": N_("May be left empty.")}


def need_of(field: Field, *, required: bool) -> str:
    """Return when the box must be filled, and whether this declaration asks for it now; nothing if it is worked out."""
    if field.derived and field.need == "never":
        return ""
    return _(_NEEDS.get(field.need) or (_NOW if required else _NOT_NOW))


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
    return actions.in_force(told) + (
        " " + _("Worked out; it can be typed over.") if field.derived and kind.name not in {"charges", "totals"} else ""
    )


def _help_of(profile: Profile, field: Field) -> FieldHelp:
    """Return what is told about a box; where a file of it is broken, that."""
    try:
        return help_of(profile, field)
    except DataError as error:
        return FieldHelp(what=str(error))


def goes_in(profile: Profile, field: Field) -> str:
    """Return what goes into a box, as a msgid; empty where nobody has said it."""
    return _help_of(profile, field).what


def example_of(profile: Profile, field: Field, told: FieldHelp) -> str:
    """Return the example as the box would show it; a code with its name, an answer with its word."""
    if told.in_words or not told.example:
        return told.shown_example
    value = field.kind.parse(told.example)
    codes = profile.code_list(field.list_name) if field.list_name else None
    entry = codes.get(value) if codes is not None else None
    if entry is not None:
        return f"{entry.code} \N{EN DASH} {entry.name()}"
    shown = field.kind.show(value)
    return f"{told.example} \N{EN DASH} {shown}" if field.kind.name == "flag" else shown


def law_of(profile: Profile, field: Field) -> str:
    """Return which law says so, by its full name; without one, that none is known."""
    if not field.law:
        return _("No law is named here yet; it is what the form and common practice say.")
    told = written_out(profile, field.law).text()
    return told if profile.law_confirmed(field.law) else f"{told} · {_('not confirmed')}"


def list_of(profile: Profile, field: Field) -> str:
    """Return where the codes of a box come from, and from when they are; empty without a list."""
    found = profile.code_list(field.list_name) if field.list_name else None
    if found is None:
        return ""
    args = {
        "n": len(found.entries),
        "source": found.source or _("source not known"),
        "taken": found.taken,
    }
    told = Message(N_("List of {n} codes: {source}, taken {taken}."), args).text()
    return told if found.confirmed else f"{told} {_('not confirmed').capitalize()}."


def _names(field: Field) -> str:
    parts = [f"WCO: {field.wco}" if field.wco else "", field.id]
    return "\n".join(part for part in parts if part)

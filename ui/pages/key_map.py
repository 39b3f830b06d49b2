# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The key map: every action with its keys, found by its words or by pressing a key, changed by pressing the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import actions, icons, keys, theme
from ..panels.titleline import Notice
from ..parts import paint
from ..parts.button import Button
from ..parts.key_catcher import KeyCatcher
from ..parts.listing import Rows
from ..parts.marked_list import MarkedList, MarkedPainter
from ..parts.plain import Title, words, wrapped
from ..parts.question import Question
from ..parts.search_line import SearchLine
from ..parts.speaking import Speaking

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QPainter

    from ..actions import Act

_SIDE_WIDE = 250
VERBS = ("change", "add", "clear", "shipped", "all_shipped", "save", "bring")
_ONE = frozenset(("change", "add", "clear", "shipped"))  # what is about the chosen action
_HINTS = {"change": "Enter", "add": "Ins", "clear": "Del"}


def shown(act: Act) -> str:
    """Return all keys of an action as people read them."""
    return "  ".join(map(actions.told_key, actions.keys_of(act.id)))


class _Painter(MarkedPainter["Act"]):
    """An action: its icon, its name, where its menu is, its keys; bold keys are the user's own."""

    def __init__(self, is_own: Callable[[Act], bool]) -> None:
        super().__init__()
        self._is_own = is_own

    def mark(self, painter: QPainter, place: QRectF, row: Act) -> None:
        icons.draw(painter, place, row.icon, theme.colours().muted, 14)

    def words(self, painter: QPainter, room: QRect, row: Act) -> None:
        now, own = theme.colours(), self._is_own(row)
        menu, held = int(room.width() * 0.50), int(room.width() * 0.68)
        painter.setFont(paint.face(theme.BODY))
        paint.text(painter, QRect(room.left(), room.top(), menu - theme.S, room.height()), _(row.label), now.ink)
        painter.setFont(paint.face(theme.CAPTION))
        where = QRect(room.left() + menu, room.top(), held - menu - theme.S, room.height())
        paint.text(painter, where, _(row.menu) if row.menu else "", now.muted)
        painter.setFont(paint.face(theme.BODY, bold=own))
        rest = QRect(room.left() + held, room.top(), room.width() - held, room.height())
        said = shown(row) or _("no key")
        if own:
            said += f"   · {_('your own')}"
        paint.text(painter, rest, said, now.ink if shown(row) else now.muted)


class _List(MarkedList):
    """The actions; Enter asks for a new key, Ins for one more, Del takes them away."""

    asked = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys of the list say."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        verbs = {Qt.Key.Key_Insert: "add", Qt.Key.Key_Delete: "clear"}
        if keys.is_enter(event):
            self.asked.emit("change")
        elif plain and event.key() in verbs:
            self.asked.emit(verbs[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Answer a double click as Enter."""
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.asked.emit("change")
            return True
        return super().event(event)


class KeyMapPage(Speaking):
    """The room. What its verbs do is told by `ui.verbs.keymap`."""

    asked = Signal(str)  # one of VERBS, `find`, `settings` or `back`
    caught = Signal(str, str)  # `change`, `add` or `find`, and the key

    def __init__(self) -> None:
        super().__init__()
        self._own: frozenset[str] = frozenset()
        self._waiting, self._only = "", ""
        self.title, self.about, self.notice = Title(), wrapped(muted=True), Notice()
        self.search, self.count, self.none = SearchLine(), words(size=theme.CAPTION, muted=True), wrapped(muted=True)
        self.catcher, self.question = KeyCatcher(), Question()
        self.rows = Rows[Any](self._line, Qt.ItemDataRole.AccessibleTextRole)
        self.list = _List(self.rows, _Painter(lambda act: act.id in self._own))
        self.buttons = {verb: Button(weight="main" if verb == "change" else "plain") for verb in VERBS}
        self.rooms = {"find": Button(), "settings": Button(), "back": Button(weight="quiet")}
        self._lay()
        for verb, button in (self.buttons | self.rooms).items():
            button.clicked.connect(lambda _checked=False, verb=verb: self.asked.emit(verb))
        self.list.asked.connect(self.asked)
        self.search.typed.connect(lambda _text: self.only(""))
        self.search.go_on.connect(self.list.setFocus)
        self.catcher.caught.connect(lambda key: self.caught.emit(self._waiting, key))
        self.retranslate()

    def _lay(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.M, theme.L, theme.S)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.rooms["settings"])
        head.addWidget(self.rooms["back"])
        whole.addLayout(head)
        whole.addWidget(self.about)
        whole.addWidget(self.notice)
        line = QHBoxLayout()
        self.search.setMaximumWidth(460)
        for each, stretch in ((self.search, 1), (self.rooms["find"], 0), (self.count, 0)):
            line.addWidget(each, stretch)
        line.addStretch(1)
        whole.addLayout(line)
        whole.addWidget(self.catcher)
        whole.addWidget(self.question, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self.none)
        body = QHBoxLayout()
        body.setSpacing(theme.L)
        body.addWidget(self.list, 1)
        body.addWidget(self._side())
        whole.addLayout(body, 1)

    def _side(self) -> QWidget:
        """Return the verbs one below the other."""
        room = QWidget()
        side = QVBoxLayout(room)
        side.setContentsMargins(0, 0, 0, 0)
        for verb, button in self.buttons.items():
            button.align_left = True
            if verb in {"all_shipped", "save"}:
                side.addSpacing(theme.L)
            side.addWidget(button)
        side.addStretch(1)
        room.setFixedWidth(_SIDE_WIDE)
        return room

    # -- what is on show

    @property
    def chosen(self) -> str:
        """The action that the cursor of the list stands on, empty for none."""
        row = self.list.currentIndex().row()
        return self.rows.rows[row].id if 0 <= row < len(self.rows.rows) else ""

    def refresh(self, own: frozenset[str]) -> None:
        """Show the keys in force; `own` are the actions whose keys are the user's."""
        self._own = own
        self._sift()

    def only(self, identity: str) -> None:
        """Show one action alone, or those with the words of the search line."""
        self._only = identity
        if identity:
            self.search.clear()
        self._sift()
        if identity:
            self.list.setFocus()

    def _sift(self) -> None:
        chosen = self.chosen
        wish = self.search.text().casefold().split()
        found = [act for act in actions.TABLE if (act.id == self._only if self._only else _finds(act, wish))]
        self.rows.fill(found)
        self.none.setVisible(not found)
        self.count.setText(Message(N_("{n} of {all}"), {"n": len(found), "all": len(actions.TABLE)}).text())
        place = next((n for n, act in enumerate(found) if act.id == chosen), 0)
        if found:
            self.list.stand_on(place)
        for verb in _ONE:
            self.buttons[verb].setEnabled(bool(found))

    def _line(self, act: Act) -> str:
        own = f", {_('your own')}" if act.id in self._own else ""
        return f"{_(act.label)}, {shown(act) or _('no key')}{own}"

    # -- keys that are pressed

    def catch_new(self) -> None:
        """Wait for the key that the chosen action is to have."""
        self._wait("change", N_("Press the key for “{name}”. Escape leaves all as it is."))

    def catch_more(self) -> None:
        """Wait for a key that the chosen action is to have besides."""
        self._wait("add", N_("Press one more key for “{name}”. Escape leaves all as it is."))

    def catch_wanted(self) -> None:
        """Wait for the key whose action is looked for."""
        self._wait("find", N_("Press the key whose action you look for. Escape leaves all as it is."))

    def _wait(self, verb: str, asked: str) -> None:
        self._waiting = verb
        self.notice.say("", "")
        self.question.leave()
        name = Message(actions.BY_ID[self.chosen].label) if self.chosen else ""
        self.catcher.wait(Message(asked, {"name": name}).text())

    def start(self) -> None:
        """Bring the cursor into the search line."""
        self.search.setFocus()
        self.search.selectAll()

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.title.setText(_("Key map"))
        self.about.setText(
            _(
                "Keys go by their place on the board, whatever alphabet it writes. Tab, Enter, Escape, arrows, copy and"
                " paste, F2 and F10 stay what they are."
            )
        )
        self.search.setPlaceholderText(_("Search the actions"))
        self.search.setAccessibleName(_("Search the actions"))
        self.search.setAccessibleDescription(_("The rows below are those in which all its words stand"))
        self.list.setAccessibleName(_("Actions and their keys"))
        self.list.setAccessibleDescription(_("Enter gives another key, Ins one more, Del takes the keys away"))
        self.none.setText(_("No action has these words. Escape shows all again."))
        self.rooms["find"].say(_("Find by a key"), "keyboard")
        self.rooms["settings"].say(_("Settings"), "gear")
        self.rooms["back"].say(_("Back to the worklist"))
        names = (_("Give another key"), _("Add a key"), _("Take the keys away"), _("As shipped"),
                 _("All keys as shipped"), _("Save the key map"), _("Take a key map from a file"))  # fmt: skip
        for (verb, button), name in zip(self.buttons.items(), names, strict=True):
            button.say(name, "", _HINTS.get(verb, ""))
        self._sift()


def _finds(act: Act, wish: list[str]) -> bool:
    told = " ".join((act.label, _(act.label), _(act.menu) if act.menu else "", shown(act))).casefold()
    return all(word in told for word in wish)

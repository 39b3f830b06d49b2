# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything the window can do, as one table: what it is called, its keys, its menu, and when it may be done.

The menus, the buttons' hints, the search field and the key map of the handbook are all read from here. This module
knows no widget of ours; rooms say what an action does with `Actions.on`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence

from swclient.base.i18n import N_, _

from . import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QAction, QKeyEvent


class Act(NamedTuple):
    """One row of the table.

    Attributes:
        id: name for programs.
        label: what people read; a verb.
        keys: shortcuts, the first is the one shown.
        menu: where it stands in the menu, empty for nowhere.
        needs: `` always, `desk` an open declaration, `edit` one that may be changed, `template` a template chosen in
            the worklist, `removed` a removed one, `line` a declaration open or chosen there, `chosen` one or more
            chosen there, `binned` one in the bin, `undo` something can be undone, `may` and a verb where the state of
            the declaration allows it.
        icon: name in the family of icons.
    """

    id: str
    label: str
    keys: tuple[str, ...] = ()
    menu: str = ""
    needs: str = ""
    icon: str = ""


FILE, EDIT, GO, SHOW, TRADE = N_("File"), N_("Edit"), N_("Go"), N_("View"), N_("Declaration")

_TITLES = (N_("Header"), N_("Parties"), N_("Transport"), N_("Goods"), N_("Documents"), N_("Payments"), N_("Papers"),
           N_("Form"), N_("Timeline"))  # fmt: skip
PAGES = tuple(Act(f"page_{n}", title, (f"Ctrl+{n}",), "", "desk") for n, title in enumerate(_TITLES, 1))
TABLE = (
    Act("new", N_("New declaration"), ("Ctrl+N",), FILE, icon="file-plus"),
    Act("workbook", N_("Open a workbook"), ("Ctrl+O",), FILE, icon="table"),
    Act("sample", N_("Open the sample"), (), FILE, icon="graduation-cap"),
    Act("new_from_this", N_("New from this"), ("Ctrl+Shift+N",), FILE, "line", "copy"),
    Act("new_from_template", N_("New from template"), ("Ctrl+T",), FILE, icon="stack"),
    Act("save_template", N_("Save as template"), ("Ctrl+Shift+S",), FILE, "desk", "bookmark-simple"),
    Act("rename_template", N_("Rename the template"), (), "", "template", "pencil-simple"),
    Act("remove_template", N_("Remove the template"), (), "", "template", "trash"),
    Act("restore_template", N_("Bring the template back"), (), "", "removed", "arrow-counter-clockwise"),
    Act("put_in_bin", N_("Move to the bin"), (), FILE, "line", "trash"),
    Act("take_back", N_("Take back from the bin"), (), "", "binned", "arrow-counter-clockwise"),
    Act("purge", N_("Delete for ever"), (), "", "binned", "trash"),
    Act("print", N_("Print the form"), ("Ctrl+P",), FILE, "line", "printer"),
    Act("print_signed", N_("Print and sign the form"), (), FILE, "desk", "pen-nib"),
    Act("export", N_("Save as a file"), ("Ctrl+S",), FILE, "desk", "floppy-disk"),
    Act("worklist", N_("Worklist"), ("Ctrl+L",), FILE, icon="tray"),
    Act("save_view", N_("Save as a view"), ("Ctrl+Shift+V",), FILE, icon="funnel"),
    Act("work_as", N_("Work as…"), (), FILE, icon="user"),
    Act("connections", N_("Connections to offices"), (), FILE, icon="share-network"),
    Act("settings", N_("Settings"), ("Ctrl+,",), FILE, icon="gear"),
    Act("key_map", N_("Key map"), (), FILE, icon="keyboard"),
    Act("class", N_("Training office for a class"), (), FILE, icon="chalkboard-teacher"),
    Act("quit", N_("Quit"), ("Ctrl+Q",), FILE, icon="sign-out"),
    Act("undo", N_("Undo"), ("Ctrl+Z",), EDIT, "undo", "arrow-u-up-left"),
    Act("redo", N_("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), EDIT, "edit", "arrow-u-up-right"),
    Act("copy_above", N_("Copy from above"), ("Ctrl+D",), EDIT, "edit", "arrow-line-down"),
    Act("add_row", N_("Add a row"), ("Ctrl+Ins",), EDIT, "edit", "plus"),
    Act("remove_row", N_("Remove the row"), ("Ctrl+Del",), EDIT, "edit", "minus"),
    Act("duplicate_row", N_("Duplicate the row"), ("Ctrl+Shift+D",), EDIT, "edit", "copy"),
    Act("sort_rows", N_("Sort by this column"), ("Ctrl+Shift+O",), EDIT, "desk", "sort-ascending"),
    Act("group_items", N_("Group into items"), ("Ctrl+Shift+G",), EDIT, "edit", "stack"),
    Act("take_fix", N_("Take the offered fix"), ("Alt+Return",), EDIT, "edit", "wrench"),
    Act("acknowledge", N_("Acknowledge the warning"), ("Ctrl+Shift+L",), EDIT, "edit", "check"),
    Act("search", N_("Search"), ("Ctrl+K",), GO, icon="magnifying-glass"),
    Act("filter", N_("Search the worklist"), ("Ctrl+F",), GO, icon="funnel"),
    Act("go_to_box", N_("Go to box"), ("Ctrl+G",), GO, "desk", "hash"),
    Act("jump_hints", N_("Jump to a box of this page"), ("Ctrl+J",), GO, "desk", "keyboard"),
    Act("next_item", N_("Next item"), ("Ctrl+Return", "Ctrl+PgDown"), GO, "desk", "caret-down"),
    Act("previous_item", N_("Previous item"), ("Ctrl+PgUp",), GO, "desk", "caret-up"),
    Act("next_finding", N_("Next finding"), ("Alt+Down",), GO, "desk", "arrow-down"),
    Act("previous_finding", N_("Previous finding"), ("Alt+Up",), GO, "desk", "arrow-up"),
    Act("next_pane", N_("Next pane"), ("F6",), GO, icon="caret-right"),
    Act("previous_pane", N_("Previous pane"), ("Shift+F6",), GO, icon="caret-left"),
    Act("next_page", N_("Next page"), ("Ctrl+Tab",), GO, "desk"),
    Act("previous_page", N_("Previous page"), ("Ctrl+Shift+Tab",), GO, "desk"),
    *PAGES,
    Act("help", N_("Help on the box"), ("F1",), SHOW, icon="question"),
    Act("list", N_("List for the box"), ("F8", "F4"), SHOW, "desk", "list"),
    Act("fill_register", N_("Fill from the register"), ("Ctrl+R",), EDIT, "edit", "book-open"),
    Act("keep_register", N_("Keep in the register"), ("Ctrl+Shift+K",), EDIT, "desk", "bookmark-simple"),
    Act("registers", N_("Registers"), (), FILE, icon="book-open"),
    Act("own_firm", N_("Keep as our own firm"), (), EDIT, "desk", "buildings"),
    Act("form", N_("Form beside the boxes"), ("F12",), SHOW, "desk", "article"),
    Act("history_of_box", N_("History of the box"), ("Ctrl+Shift+H",), SHOW, "desk", "clock-counter-clockwise"),
    Act("column", N_("Findings, why and help"), ("F9",), SHOW, "desk", "rows"),
    Act("rail", N_("Narrow rail"), ("Ctrl+B",), SHOW, icon="list-dashes"),
    Act("theme_system", N_("Colours of the system"), (), SHOW, icon="desktop"),
    Act("theme_light", N_("Light colours"), (), SHOW, icon="sun"),
    Act("theme_dark", N_("Dark colours"), (), SHOW, icon="moon"),
    Act("tour", N_("Tour"), (), SHOW, icon="compass"),
    Act("first_start", N_("Country, role and language"), (), SHOW, icon="globe"),
    Act("check", N_("Check"), ("F7",), TRADE, "line", "check-circle"),
    Act("sign_off", N_("Sign off as a second person"), (), TRADE, "desk", "check-circle"),
    Act("submit", N_("Submit"), ("Ctrl+Shift+Return",), TRADE, "line", "paper-plane-tilt"),
    Act("archive", N_("Move to the archive"), ("Ctrl+Shift+I",), TRADE, "chosen", "archive"),
    Act("pay", N_("Pay what is due"), ("Ctrl+Shift+P",), TRADE, "may pay", "wallet"),
    Act("reply", N_("Send documents"), ("Ctrl+Shift+R",), TRADE, "may reply", "paperclip"),
    Act("attach", N_("Attach a file"), ("Ctrl+Shift+F",), TRADE, "desk", "paperclip"),
    Act("export_attached", N_("Write the attached file out"), (), TRADE, "desk", "floppy-disk"),
    Act("remove_attached", N_("Remove the attached file"), (), TRADE, "desk", "trash"),
    Act("restore_attached", N_("Bring the removed file back"), (), TRADE, "desk", "arrow-counter-clockwise"),
    Act("correct", N_("Correct in a new draft"), ("Ctrl+Shift+E",), TRADE, "may correct", "wrench"),
    Act("amend", N_("Amend"), ("Ctrl+Shift+A",), TRADE, "may amend", "note-pencil"),
    Act("withdraw", N_("Withdraw"), ("Ctrl+Shift+W",), TRADE, "may withdraw", "arrow-u-up-left"),
    Act("refresh", N_("Ask for answers"), ("F5",), TRADE, "desk", "arrows-clockwise"),
    Act("seal_queue", N_("Seal the queue onto a stick"), (), TRADE, icon="package"),
    Act("send_package", N_("Send somebody's package"), (), TRADE, icon="paper-plane-right"),
    Act("take_answers", N_("Take in answers from a stick"), (), TRADE, icon="download-simple"),
)
MENUS = (FILE, EDIT, GO, SHOW, TRADE)
_WRITES = """new workbook sample new_from_this new_from_template save_template rename_template remove_template
    restore_template keep_register connections submit refresh seal_queue send_package take_answers
    archive sign_off put_in_bin take_back purge attach remove_attached restore_attached
    tour own_firm first_start"""
WRITES = frozenset(_WRITES.split()) | {act.id for act in TABLE if act.needs == "edit" or act.needs.startswith("may ")}
"""What changes or sends something: not for a window that may only look."""


_claims: dict[str, str] = {}
_own: dict[str, tuple[str, ...]] = {}
_FIRST_NAMED = 0x01000000  # Qt numbers keys that write nothing from here on


def claimed(event: QKeyEvent) -> str:
    """Return the action that a key belongs to, whatever alphabet the board writes; empty for none."""
    plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}
    if plain and event.key() < _FIRST_NAMED:
        return ""
    if not _claims:
        _claims.update((QKeySequence(each).toString(), act.id) for act in TABLE for each in keys_of(act.id))
    return _claims.get(QKeySequence(keys.combination(event)).toString(), "")


def is_claimed(event: QEvent) -> bool:
    """Tell whether an editor must leave this key to an action of the window (Ctrl+Z, Ctrl+K, Ctrl+D ...)."""
    return event.type() == QEvent.Type.ShortcutOverride and bool(claimed(event))  # type: ignore[arg-type]  # a ShortcutOverride is a QKeyEvent


def shown_keys(identity: str) -> str:
    """Return the first shortcut of an action as the platform writes it."""
    held = keys_of(identity)
    return told_key(held[0]) if held else ""


def told_key(key: str) -> str:
    """Return a shortcut as the platform writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


def in_force(text: str) -> str:
    """Return a sentence with the keys that it names as they came replaced by those in force."""
    for act in TABLE:
        held = keys_of(act.id)
        if held and held != act.keys:
            for key in {form for each in act.keys for form in _spellings(each)} - {told_key(each) for each in held}:
                text = re.sub(rf"(?<![\w+]){re.escape(key)}(?![\w+])", told_key(held[0]).replace("\\", r"\\"), text)
    return text


def _spellings(key: str) -> set[str]:
    return {key, told_key(key), told_key(key).replace("PgDown", "PgDn")}


def keys_of(identity: str) -> tuple[str, ...]:
    """Return the shortcuts of an action: the user's, else those of the table."""
    return _own.get(identity, BY_ID[identity].keys)


def put_keys(own: dict[str, tuple[str, ...]]) -> None:
    """Put other shortcuts in force, for the actions named; the others have those of the table."""
    _own.clear()
    _own.update(own)
    _claims.clear()


BY_ID = {act.id: act for act in TABLE}


class Actions(QObject):
    """The table as Qt's actions: menus, shortcuts and buttons share them."""

    def __init__(self, parent: QObject) -> None:
        from PySide6.QtGui import QAction  # made behind the first paint, when the table is wanted already

        super().__init__(parent)
        self._made: dict[str, QAction] = {}
        for act in TABLE:
            made = QAction(_(act.label), parent)
            made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            self._made[act.id] = made
        self.take_keys()

    def __getitem__(self, identity: str) -> QAction:
        return self._made[identity]

    def __iter__(self) -> Iterator[tuple[Act, QAction]]:
        return iter([(act, self._made[act.id]) for act in TABLE])

    def take_keys(self) -> None:
        """Have the shortcuts that are in force."""
        for act in TABLE:
            self._made[act.id].setShortcuts([QKeySequence(each) for each in _both_enters(keys_of(act.id))])

    def on(self, identity: str, does: Callable[[], object]) -> None:
        """Say what an action does."""
        self._made[identity].triggered.connect(lambda _checked=False: does())

    def offer(
        self,
        *,
        desk: bool,
        edit: bool,
        chosen: frozenset[str] = frozenset(),
        may: frozenset[str] = frozenset(),
        looking: str = "",
    ) -> None:
        """Enable what can be done now.

        `chosen` is what the worklist has to offer, as `Act.needs` names it; `may` the verbs that the state allows;
        `looking` why nothing may be changed in this window, empty where it may.
        """
        there = (
            {f"may {verb}" for verb in may}
            | {"", "desk" if desk else "", *(("edit", "undo") if desk and edit else ())}
            | chosen
        )
        for act in TABLE:
            refused = looking if act.id in WRITES else ""
            self._made[act.id].setEnabled(act.needs in there and not refused)
            self._made[act.id].setToolTip(refused or _(act.label))

    def trigger(self, event: QKeyEvent) -> bool:
        """Do what a key asks for where Qt did not see it; return False when it asks for nothing."""
        identity = claimed(event)
        if not identity or not self._made[identity].isEnabled():
            return False
        self._made[identity].trigger()
        return True

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        for act in TABLE:
            self._made[act.id].setText(_(act.label))


def _both_enters(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Give the keypad's Enter what the board's has."""
    return wanted + tuple(each.replace("Return", "Enter") for each in wanted if "Return" in each)

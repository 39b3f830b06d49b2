# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The robot that cannot see: it finds things by role and name through AT-SPI, and does only what they offer there.

It knows nothing of the program, and runs under a Python that has `gi` (Debian: python3-gi, gir1.2-atspi-2.0):
`listener.py ERRANDS.json`. It writes as JSON lines what it heard, and ends with 1 where something is not to be found.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - its version is chosen first

_PAUSE = 0.03  # seconds
_PATIENCE = 10.0
_ANSWERS = 60.0
_TIMES = 3
_SHOWN, _ENABLED = Atspi.StateType.SHOWING, Atspi.StateType.ENABLED
_CHECKED, _HALF = Atspi.StateType.CHECKED, Atspi.StateType.INDETERMINATE
_LINE, _TICK, _BUTTON, _TAB, _HEAD = "text", "check box", "push button", "page tab", "table column header"


class NotFoundError(Exception):
    """Nothing of that role and name is on show."""


class Listener:
    """Ears and hands at one program; what was found on a page is remembered until the page is another."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Any] = {}
        self._heads: dict[str, list[str]] = {}
        self._program = self._wait_for_program()

    @staticmethod
    def _wait_for_program() -> Any:
        until = time.monotonic() + _ANSWERS
        while time.monotonic() < until:
            desktop = Atspi.get_desktop(0)
            for place in range(desktop.get_child_count()):
                program = desktop.get_child_at_index(place)
                if program is not None and program.get_child_count():
                    return program
            time.sleep(_PAUSE)
        raise NotFoundError("no program speaks AT-SPI")

    # -- finding

    def find(self, role: str, name: str, patience: float = _PATIENCE) -> Any:
        """Return what has a role and a name and is on show; wait for it for a while."""
        until = time.monotonic() + patience
        while True:
            found = self._known.get((role, name))
            if found is not None and _is_so(found, role, name):
                return found
            self._look_round()
            if (role, name) not in self._known and time.monotonic() > until:
                raise NotFoundError(f"no {role} “{name}” is on show")
            time.sleep(_PAUSE)

    def _look_round(self) -> None:
        self._known = {}
        for each in _shown_below(self._program):
            try:
                self._known.setdefault((each.get_role_name(), each.get_name()), each)
            except GLib.Error:
                continue  # it went away meanwhile

    # -- doing

    def press(self, name: str, role: str = _BUTTON) -> None:
        """Press a button, once it may be pressed."""
        until = time.monotonic() + _ANSWERS
        while True:
            try:
                found = self.find(role, name, 0.0)
                if _has(found, _ENABLED) and _do(found, "Press"):
                    return
            except (NotFoundError, GLib.Error):
                if time.monotonic() > until:
                    raise
            if time.monotonic() > until:
                raise NotFoundError(f"{role} “{name}” cannot be pressed")
            time.sleep(_PAUSE)

    def page(self, name: str) -> None:
        """Turn to a page."""
        self.press(name, _TAB)
        self._known = {}

    def set(self, name: str, text: str) -> None:
        """Write into a line."""
        _write(self.find(_LINE, name), text)

    def answer(self, name: str, text: str) -> None:
        """Answer a question: checked is yes, not checked is no."""
        tick, wanted = self.find(_TICK, name), text == "1"
        for _turn in range(3):
            before = (_has(tick, _HALF), _has(tick, _CHECKED))
            if before == (False, wanted):
                return
            _do(tick, "Press")
            until = time.monotonic() + 1.0
            while (_has(tick, _HALF), _has(tick, _CHECKED)) == before and time.monotonic() < until:
                time.sleep(_PAUSE)
        raise NotFoundError(f"“{name}” cannot be answered")

    def cell(self, table: str, row: str, column: str, line: str, text: str) -> None:
        """Choose a cell by its row and the head of its column, and write into the line that stands for it."""
        found = self.find("table", table)
        heads = self._heads.setdefault(table, [])
        heads += [] if heads else _heads(found)
        self._wait_for_rows(found, int(row) + 1)
        chosen = Atspi.Table.get_accessible_at(found, int(row), heads.index(column))
        if not _has(chosen, Atspi.StateType.SELECTED):
            _do(chosen, "Toggle")
        _write(_beside(found, line), text)

    def current(self, table: str, row: str) -> None:
        """Make sure that a table has so many rows: the last is the current one."""
        self._wait_for_rows(self.find("table", table), int(row))

    @staticmethod
    def _wait_for_rows(table: Any, rows: int) -> None:
        until = time.monotonic() + _PATIENCE
        while Atspi.Table.get_n_rows(table) < rows:
            if time.monotonic() > until:
                raise NotFoundError(f"“{table.get_name()}” has no row {rows}")
            time.sleep(_PAUSE)

    def findings(self) -> dict[str, Any]:
        """Return the lines of the list of findings by what they say, once it is quiet."""
        before: list[str] | None = None
        while True:
            lines = {each.get_name(): each for each in _shown_below(self._program) if _is_line_of_list(each)}
            if [*lines] == before:
                return lines
            before = [*lines]
            time.sleep(0.3)

    def reads(self, words: str) -> None:
        """Make sure that words are on show."""
        self.find("label", words)

    def hear(self) -> None:
        """Write down what the findings say."""
        sys.stdout.write(json.dumps({"heard": [*self.findings()]}, ensure_ascii=False) + "\n")

    def mend(self, code: str) -> None:
        """Choose a finding by its code, and press the only button that its panel then offers."""
        line = next((each for told, each in self.findings().items() if code in told), None)
        if line is None:
            raise NotFoundError(f"nothing is said of {code}")
        if not _has(line, Atspi.StateType.SELECTED):
            _do(line, "Toggle")
        panel = line.get_parent().get_parent()
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            offered = {each.get_name(): each for each in _children(panel) if each.get_role_name() == _BUTTON}
            for name, button in offered.items():
                if name and _do(button, "Press"):
                    sys.stdout.write(json.dumps({"pressed": name}, ensure_ascii=False) + "\n")
                    return
            time.sleep(_PAUSE)
        raise NotFoundError(f"no fix is offered for {code}")

    def carry_out(self, errand: list[str]) -> None:
        """Carry out one errand; once more where something went away while it was looked at."""
        verb, *words = errand
        act = {
            "press": self.press, "page": self.page, "set": self.set, "answer": self.answer, "cell": self.cell,
            "current": self.current, "hear": self.hear, "mend": self.mend, "reads": self.reads,
        }[verb]  # fmt: skip
        for _again in range(_TIMES):
            try:
                act(*words)
            except GLib.Error:
                time.sleep(_PAUSE)
            else:
                return
        act(*words)


def _is_line_of_list(what: Any) -> bool:
    return bool(what.get_role_name() == "list item")


def _shows(what: Any) -> bool:
    return _has(what, _SHOWN)


def _has(what: Any, state: Any) -> bool:
    return bool(what.get_state_set().contains(state))


def _is_so(what: Any, role: str, name: str) -> bool:
    try:
        return what.get_role_name() == role and what.get_name() == name and _shows(what)
    except GLib.Error:
        return False


def _text(line: Any) -> str:
    return str(Atspi.Text.get_text(line, 0, -1))


def _write(line: Any, text: str) -> None:
    """Put a text into a line; the program may write a figure or a day as its language does."""
    if _text(line) != text and not Atspi.EditableText.set_text_contents(line, text):
        raise NotFoundError(f"“{line.get_name()}” does not take {text!r}")


def _beside(table: Any, name: str) -> Any:
    """Return the line of a name that stands beside a table; wait until it stands for the cell that was chosen."""
    until = time.monotonic() + _PATIENCE
    lines = [each for each in _children(table.get_parent()) if each.get_role_name() == _LINE]
    while time.monotonic() < until:
        for line in lines:
            if line.get_name() == name:
                return line
        time.sleep(_PAUSE / 10)
    raise NotFoundError(f"no line “{name}” stands beside its table")


def _heads(table: Any) -> list[str]:
    """Return what stands over the columns of a table; its first children are the corner and the heads."""
    first = [table.get_child_at_index(n) for n in range(Atspi.Table.get_n_columns(table) + 1)]
    return [each.get_name() for each in first if each is not None and each.get_role_name() == _HEAD]


def _do(what: Any, action: str) -> bool:
    names = [Atspi.Action.get_action_name(what, n) for n in range(Atspi.Action.get_n_actions(what))]
    return action in names and bool(Atspi.Action.do_action(what, names.index(action)))


def _shown_below(what: Any) -> Iterator[Any]:
    """Give all that is on show below something; cells of tables are asked for by row and column instead."""
    for child in _children(what):
        yield child
        yield from _shown_below(child)


def _children(what: Any) -> list[Any]:
    """Return what is on show within something; nothing of what goes away while it is looked at."""
    try:
        if what.get_role_name() == "table":
            return []
        children = [what.get_child_at_index(place) for place in range(what.get_child_count())]
        return [each for each in children if each is not None and (each.get_role_name() == "frame" or _shows(each))]
    except GLib.Error:
        return []


def main(file: str) -> int:
    """Carry out the errands of a file."""
    with open(file, encoding="utf-8") as text:  # noqa: PTH123 - any Python will do, and this needs nothing
        errands = json.load(text)
    listener = Listener()
    for errand in errands:
        try:
            listener.carry_out(errand)
        except NotFoundError as error:
            sys.stdout.write(json.dumps({"failed": errand, "why": str(error)}, ensure_ascii=False) + "\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever somebody does with the grid's keys, undo takes all of it back, to the byte."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from swclient.document.body import to_body
from swclient.document.snapshot import Snapshot
from tests.window.hands import CTRL, SHIFT, Hands
from ui.forms.blocks import write_block
from ui.forms.grid import Grid
from ui.pages.goods import GoodsPage

GOODS, ACTS = 3, 200
CODES = ("8481808199", "8482109008", "12", "not a code")
FIGURES = ("7", "10,5", "1 200.25", "heavy", "0", "")


class User:
    """Somebody who does things with the grid at random; the same seed does the same things."""

    def __init__(self, hands: Hands, seed: int) -> None:
        self.hands, self.chance = hands, random.Random(seed)
        hands.view.show_page(GOODS)
        page = hands.page()
        assert isinstance(page, GoodsPage)
        self.page, self.grid = page, page.list
        self.done: Counter[str] = Counter()

    def act(self) -> None:
        """Put the cursor somewhere in the grid, and do something there."""
        acts: dict[str, Callable[[], object]] = {
            "type": self._type, "paste": self._paste, "look at a block": self._headed, "fill": self._fill,
            "type into several": self._several, "clear": self._clear, "add": self._press(Qt.Key.Key_Insert, CTRL),
            "remove": self._remove, "duplicate": self._press(Qt.Key.Key_D, CTRL | SHIFT),
            "sort": self._press(Qt.Key.Key_O, CTRL | SHIFT), "group": self._group, "fix": self._fix,
            "undo": self._press(Qt.Key.Key_Z, CTRL), "redo": self._press(Qt.Key.Key_Y, CTRL),
        }  # fmt: skip
        name = self.chance.choices(list(acts), (20, 12, 5, 12, 10, 5, 6, 6, 5, 8, 3, 5, 5, 3))[0]
        self._stand(self.grid)
        before = len(self.hands.session.history._done)
        acts[name]()
        if len(self.hands.session.history._done) != before or name == "sort":
            self.done[name] += 1

    def _stand(self, grid: Grid) -> None:
        self.hands.view.show_page(GOODS)
        grid.setFocus()
        if grid.cells.rows:
            names = [field.name for field in grid.cells.fields if not field.derived]
            grid.go_to(self.chance.choice(grid.cells.rows), self.chance.choice(names))

    def _press(self, key: Qt.Key, held: Qt.KeyboardModifier) -> Callable[[], None]:
        return lambda: self.hands.press(key, held)

    def _words(self) -> str:
        return self.chance.choice(FIGURES + CODES)

    def _choose_rows(self) -> None:
        for _row in range(self.chance.randrange(1, 4)):
            self.hands.press(Qt.Key.Key_Down, SHIFT)

    def _type(self) -> None:
        self.hands.type(self._words())
        self.hands.press(self.chance.choice((Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Escape)))

    def _several(self) -> None:
        self._choose_rows()
        self._type()

    def _paste(self) -> None:
        wide, tall = self.chance.randrange(1, 4), self.chance.randrange(1, 5)
        cells = [[self._words() for _column in range(wide)] for _line in range(tall)]
        QGuiApplication.clipboard().setText(write_block(cells))
        self._take_panel(Qt.Key.Key_V, CTRL)

    def _headed(self) -> None:
        lines = [[self.chance.choice(CODES), f"Valve {n}", "China", self._words()] for n in range(4)]
        heads = ["HS code", "Description of goods", "Country of origin", "Gross weight"]
        QGuiApplication.clipboard().setText(write_block([heads, *lines]))
        self._take_panel(Qt.Key.Key_V, CTRL)

    def _group(self) -> None:
        self._take_panel(Qt.Key.Key_G, CTRL | SHIFT)

    def _take_panel(self, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
        self.hands.press(key, held)
        for panel in (self.page.pasting, self.page.grouping):
            if panel.isVisible():
                self.hands.press(self.chance.choice((Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Escape)))

    def _fill(self) -> None:
        self._choose_rows()
        self.hands.press(Qt.Key.Key_D, CTRL)

    def _clear(self) -> None:
        self._choose_rows()
        self.hands.press(Qt.Key.Key_Delete)

    def _remove(self) -> None:
        if len(self.grid.cells.rows) > 3:
            self.hands.press(Qt.Key.Key_Delete, CTRL)

    def _fix(self) -> None:
        fixes = [finding.fix for finding in self.hands.session.findings() if finding.fix is not None]
        if fixes:
            self.hands.session.accept(self.chance.choice(fixes))


def content(hands: Hands) -> bytes:
    return json.dumps(to_body(hands.session.declaration), ensure_ascii=False).encode()


def snapshot(hands: Hands) -> Snapshot:
    hands.rest()
    return hands.session.snapshot()


def undo_all(hands: Hands) -> int:
    """Take everything back with keys; return how many steps that were."""
    steps = 0
    while hands.session.undo_label is not None:
        hands.press(Qt.Key.Key_Z, CTRL)
        steps += 1
    return steps


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_200_acts_are_all_taken_back(sample: Hands, seed: int) -> None:
    start, first = content(sample), snapshot(sample)
    user = User(sample, seed)
    for _act in range(ACTS):
        user.act()
    end, last = content(sample), snapshot(sample)
    assert end != start, "control: the acts did change the declaration"
    assert last != first
    assert len(user.done) >= 12, f"too few kinds of acts did something: {dict(user.done)}"
    steps = undo_all(sample)
    assert content(sample) == start
    assert snapshot(sample) == first
    sample.press(Qt.Key.Key_Y, CTRL)
    assert content(sample) != start, "control: with one step less taken back it is not the start"
    for _step in range(steps - 1):
        sample.press(Qt.Key.Key_Y, CTRL)
    assert content(sample) == end
    assert snapshot(sample) == last


def test_500_by_12_cells_pasted_and_undone_are_the_same_bytes(sample: Hands) -> None:
    user = User(sample, 0)
    heads = ["HS code", "Description", "Origin", "Gross weight", "Net weight", "Amount", "Article", "Quantity", "Unit",
             "Brand", "Manufacturer", "Supplementary quantity"]  # fmt: skip
    cells = [["8481808199", f"Valve {n}", "CN", "10,5", "9", "700.00", f"A-{n}", str(n), "pcs", "B", "M", "3"]
             for n in range(1, 501)]  # fmt: skip
    start, first = content(sample), snapshot(sample)
    user._stand(user.grid)
    user.grid.go_to(sample.session.rows("item")[0], "code")
    QGuiApplication.clipboard().setText(write_block([heads, *cells]))
    sample.press(Qt.Key.Key_V, CTRL)
    assert user.page.pasting.act is not None
    assert [bool(column.fields) for column in user.page.pasting.act.columns] == [True] * 12
    sample.press(Qt.Key.Key_Return)
    assert len(sample.session.rows("item")) == 500
    assert sample.session.look(sample.item(500, "quantity")).text == "500"
    assert content(sample) != start
    sample.press(Qt.Key.Key_Z, CTRL)
    assert content(sample) == start
    assert snapshot(sample) == first

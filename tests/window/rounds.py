# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A round through the whole window: every folder, room and page, each with what can be asked or shown there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from swclient.document.path import Path as Field
from tests.window.hands import CTRL, SHIFT, Hands
from ui.forms.blocks import write_block
from ui.pages.declaration import FORM, PAGES, TIMELINE, TITLES
from ui.pages.documents import DocumentsPage
from ui.pages.goods import GoodsPage
from ui.panels.rail import FOLDERS

GOODS, DOCUMENTS = PAGES.index(GoodsPage), PAGES.index(DocumentsPage)


def live_in(hands: Hands, folder: Path) -> None:
    """Leave something in every room: a template, a binned draft, register entries, an attached file, two drafts.

    The last of them is open, with mistakes in it.
    """
    office = hands.program.office
    office.new()
    office.show_folder("drafts")
    office.do("put_in_bin")
    office.open_sample()
    hands.rest()
    office.application.templates.save(hands.session, "TRAINING-1")
    for place, item in (("consignee.name", None), ("item.description", 1)):
        hands.go_to(place, item)
        office.do("keep_register")
    office.open_sample()
    hands.rest()
    hands.view.show_page(DOCUMENTS)
    hands.view.stage.enter(Field("document", hands.session.rows("document")[0], "number"))
    file = folder / "TRAINING.pdf"
    file.write_bytes(b"%PDF TRAINING")
    panel = hands.view.page(DOCUMENTS).attached  # type: ignore[attr-defined]  # it is the page of documents
    panel.take([file])
    hands.qtbot.waitUntil(lambda: bool(panel.model.rows))
    for field, text in (("net_mass", "999999"), ("origin", "QQ"), ("price", "")):
        hands.session.type_in(hands.item(2, field), text)
    hands.session.type_in(hands.item(3, "customs_value"), "1")
    office.do("check")
    hands.rest()


def rooms(hands: Hands) -> Iterator[str]:
    """Come into every room of the window without a declaration; give its name when it is on show."""
    office, window = hands.program.office, hands.window
    for folder in FOLDERS:
        office.show_folder(folder.id)
        hands.qtbot.waitUntil(lambda: not office.worklist.isVisible() or office.worklist.list.isEnabled())
        QApplication.processEvents()
        yield folder.id
    registers = office.registers.room.page
    office.show_folder("registers")
    for tab in range(registers.tabs.count()):
        registers.tabs.setCurrentIndex(tab)
        QApplication.processEvents()
        yield f"register {tab}"
    office.do("connections")
    QApplication.processEvents()
    yield "connections"
    office.show_folder("drafts")
    hands.press(Qt.Key.Key_Down, SHIFT)
    yield "several chosen"
    hands.press(Qt.Key.Key_Escape)
    for act in ("save_view", "filter"):
        office.do(act)
        QApplication.processEvents()
        yield act
    hands.press(Qt.Key.Key_Escape)
    for words in ("31", "31/4", "sub", "a", "TRAINING"):
        window.top.search.start(words)
        hands.qtbot.wait(20)
        yield f"search for {words}"
        window.top.search.leave()


def pages(hands: Hands) -> Iterator[str]:
    """Come to every page of the open declaration, with all boxes of the header looked at."""
    view = hands.view
    for index, title in enumerate(TITLES):
        if not view.tabs.isTabVisible(index):
            continue
        view.show_page(index)
        view.start()
        if index == FORM:
            hands.qtbot.waitUntil(lambda: bool(view.form.sheets) and view.form.at_rest, timeout=30_000)
        hands.rest()
        yield title
    view.show_page(TIMELINE)
    view.show_page(0)


def panels(hands: Hands) -> Iterator[str]:
    """Show what stands over or beside an open declaration: why, help, questions, offers, blocks, groups."""
    office, view = hands.program.office, hands.view
    for item, field in ((2, "net_mass"), (2, "origin"), (3, "customs_value"), (1, "total")):
        path = hands.item(item, field)
        if path.field_id in hands.session.profile.fields:
            view.jump(path)
            view.stage.why.emit(path)
            hands.rest()
            yield f"why {field}"
    for act in ("save_template", "keep_register", "fill_register", "attach_nothing", "pay", "export_attached"):
        hands.go_to("consignee.name")
        if act in office.actions._made:
            office.do("help" if act == "export_attached" else act)
        QApplication.processEvents()
        yield act
        view.line.question.hide()
        view.line.notice.hide()
    view.show_page(GOODS)
    office.do("group_items")
    QApplication.processEvents()
    yield "group_items"
    hands.press(Qt.Key.Key_Escape)
    hands.go_to("item.code", 1)
    view.page(GOODS).list.setFocus()  # type: ignore[attr-defined]  # it is the page of goods
    QGuiApplication.clipboard().setText(write_block([["8481808199", "1", "2"], ["x", "heavy", "3"], ["", "4", "5"]]))
    hands.press(Qt.Key.Key_V, CTRL)
    yield "block"
    hands.press(Qt.Key.Key_Escape)


def submitted(hands: Hands) -> Iterator[str]:
    """Send a sample in, pay for it, and see it released; its timeline is shown on the way."""
    office = hands.program.office
    office.open_sample()
    hands.rest()
    view = hands.view
    office.do("submit")
    hands.qtbot.waitUntil(lambda: str(view.desk.state) == "payment_due", timeout=120_000)
    hands.rest()
    yield "payment due"
    office.do("pay")
    hands.qtbot.waitUntil(lambda: str(view.desk.state) == "archived", timeout=120_000)
    hands.rest()
    yield "archived"
    view.show_page(0)
    view.start()
    yield "locked"

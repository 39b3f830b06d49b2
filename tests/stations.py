# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is photographed for docs/pictures/: how to come to each page, and where the cursor stands there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from swclient.document.path import Path as Field

if TYPE_CHECKING:
    from tests.pictures import Camera

PAGES = ("header", "parties", "transport", "goods", "documents", "payments", "papers", "form")
TIMELINE = 8


def visit(camera: Camera) -> None:
    """Go through the whole window once."""
    camera.everywhere("first_start")
    camera.program.office.show_folder("drafts")
    camera.everywhere("start")
    _tour(camera)
    camera.program.office.open_sample()
    _pages(camera)
    _beside(camera)
    _over(camera)
    _blocks(camera)
    _rooms(camera)
    _submitted(camera)
    _folders(camera)


def _tour(camera: Camera) -> None:
    """The tour at its second step, the cursor in the box that is meant."""
    office = camera.program.office
    office.do("tour")
    camera.rest()
    camera.program.window.view.go_to_field("header.packages_total", None)
    camera.everywhere("tour", few=True)
    office.first.tour.end()


def _pages(camera: Camera) -> None:
    """The pages of the sample: one mistake in it, so that there is a finding to see."""
    view = camera.program.window.view
    session = view.stage.session
    heavy = Field("item", session.rows("item")[1], "net_mass")
    session.type_in(heavy, "290.5")
    for index, page in enumerate(PAGES):
        view.show_page(index)
        if page == "goods":
            view.jump(heavy)
        else:
            view.start()
        if page == "form" and camera.wants(page):
            camera.rest(lambda: bool(view.form.sheets) and view.form.at_rest)
        camera.everywhere(page)
    session.undo()


def _beside(camera: Camera) -> None:
    """The form beside the boxes; the search over them; attached files."""
    window = camera.program.window
    view = window.view
    view.show_page(0)
    window.toggle_form()
    view.go_to_field("header.incoterm", None)
    camera.everywhere("beside", lambda: camera.rest(lambda: view.form.at_rest), few=True)
    window.toggle_form()

    def search() -> None:
        window.top.search.leave()
        window.top.search.start("31")

    camera.everywhere("search", search, few=True)
    window.top.search.leave()


def _over(camera: Camera) -> None:
    """What comes over a page: help brought up, the history of a box, jump letters."""
    office, window = camera.program.office, camera.program.window
    view = window.view
    view.go_to_field("header.value_total", None)
    office.do("help")
    camera.everywhere("help", few=True)
    office.do("help")
    view.go_to_field("header.incoterm", None)
    office.do("history_of_box")
    camera.everywhere("history", few=True)

    def letters() -> None:
        view.go_to_field("header.incoterm", None)
        office.do("jump_hints")

    camera.everywhere("hints", letters, few=True)


def _blocks(camera: Camera) -> None:
    """A pasted block and a group of items, looked at before they are taken."""
    office, view = camera.program.office, camera.program.window.view
    view.show_page(PAGES.index("goods"))
    page = view.page(PAGES.index("goods"))
    page.list.setFocus()
    cells = [f"84818081{n:02d}\tКРАН {n}\tCN\t10,5\t{n}00.00\tred" for n in range(1, 9)]
    head = "HS code\tDescription of goods\tCountry of origin\tGross weight\tAmount\tFarbe"
    block = "\n".join([head, *cells, "x\tКРАН\tAtlantis\theavy\t5\t"])
    QGuiApplication.clipboard().setText(block)
    page.list.paste()
    camera.everywhere("paste", few=True)
    page.pasting.drop()
    page.list.setFocus()
    office.do("duplicate_row")
    office.do("group_items")
    camera.everywhere("group", few=True)
    page.grouping.drop()
    view.stage.session.undo()


def _rooms(camera: Camera) -> None:
    """The rooms beside the worklist: connections to offices, settings, the key map, and what a file brings."""
    office = camera.program.office
    for room in ("connections", "settings", "key_map"):
        office.do(room)
        camera.everywhere(room)
    files = camera.program.office.files
    files.take_file(Path(__file__).parents[1] / "resources" / "samples" / "supplier-invoice.xlsx")
    camera.rest(lambda: files.page is not None and camera.program.window.room is files.page)
    camera.everywhere("import")
    files.drop()
    office.show_folder("drafts")


def _submitted(camera: Camera) -> None:
    """The timeline of a declaration that went all the way in the language of its picture."""
    if not camera.wants("timeline"):
        return
    office, window = camera.program.office, camera.program.window
    for language in camera.languages:
        office.speak(language)
        office.open_sample()
        view = window.view
        office.do("submit")
        camera.rest(lambda view=view: str(view.desk.state) == "payment_due")  # type: ignore[misc]  # bound now
        office.do("pay")
        camera.rest(lambda view=view: str(view.desk.state) == "archived")  # type: ignore[misc]  # as above
        view.line.notice.hide()
        page = view.page(TIMELINE)
        answer = next(n for n, each in enumerate(view.desk.timeline()) if each.raw)
        page.list.setCurrentIndex(page.list.model().index(answer, 0))
        page.list.scrollToTop()
        camera.themed("timeline", language)


def _folders(camera: Camera) -> None:
    """The worklist's folders."""
    office = camera.program.office
    for folder in ("drafts", "archived", "letters", "templates", "registers", "bin"):
        office.show_folder(folder)
        camera.everywhere("worklist" if folder == "drafts" else folder)

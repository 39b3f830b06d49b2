# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attached files on the documents page: by keys, by dropping, out again, off and back; a reply takes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog

from swclient.document.path import Path as FieldPath
from swclient.training import TrainingOptions, start_process
from tests.window.hands import CTRL, SHIFT, Hands
from ui.pages.documents import DocumentsPage
from ui.panels.attached import AttachedFiles, files_in

DOCUMENTS = 4


def opened(hands: Hands) -> AttachedFiles:
    hands.view.show_page(DOCUMENTS)
    page = hands.page()
    assert isinstance(page, DocumentsPage)
    page.attached.refresh()
    hands.rest()
    return page.attached


def made(folder: Path, name: str = "invoice.pdf", content: bytes = b"%PDF TRAINING 17") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def shows(hands: Hands, panel: AttachedFiles, *names: str) -> None:
    hands.qtbot.waitUntil(lambda: [each.file.name for each in panel.model.rows] == list(names))


def attached(hands: Hands, *files: Path) -> AttachedFiles:
    panel = opened(hands)
    panel.take(files)
    shows(hands, panel, *(file.name for file in files))
    return panel


def notice(hands: Hands) -> str:
    return hands.view.line.notice.label.text()


def test_without_files_there_is_a_verb_and_no_list(sample: Hands) -> None:
    panel = opened(sample)
    assert not panel.list.isVisible()
    assert [name for name, button in panel.buttons.items() if button.isVisible()] == ["attach"]
    assert panel.list.accessibleName() == "Attached files: 0"


def test_a_key_attaches_to_the_document_that_the_cursor_is_at(
    sample: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, titles = made(tmp_path), []

    def chosen(_parent: object, title: str, *_more: object) -> tuple[list[str], str]:
        titles.append(title)
        return [str(file)], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", chosen)
    panel = opened(sample)
    row = list(sample.session.declaration.tables["document"])[1]
    page = sample.page()
    page.show_path(FieldPath("document", row, "number"))
    sample.press(Qt.Key.Key_F, CTRL | SHIFT)
    shows(sample, panel, "invoice.pdf")
    number = str(sample.session.value(FieldPath("document", row, "number")))
    assert titles[0].endswith(number)
    (line,) = panel.model.rows
    assert line.document.endswith(number)
    QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    told = str(panel.model.data(panel.model.index(0, 0)))
    assert told == f"{line.file.id}, invoice.pdf, 16 bytes, {line.document}, {line.digits}"
    sample.session.type_in(FieldPath("document", row, "number"), "OTHER-7")
    sample.qtbot.waitUntil(lambda: panel.model.rows[0].document.endswith("OTHER-7"))


def test_files_are_dropped_onto_the_page(sample: Hands, tmp_path: Path) -> None:
    panel, data = opened(sample), QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(made(tmp_path, name, name.encode()))) for name in ("a.pdf", "b.exe")])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copy, data, left, none)
    QApplication.sendEvent(sample.page(), enter)
    assert enter.isAccepted()
    words, page = QMimeData(), QUrl("https://example.org/page")
    words.setText("not a file")
    words.setUrls([page])
    assert files_in(words) == []
    QApplication.sendEvent(sample.page(), QDropEvent(QPointF(9, 9), copy, data, left, none))
    shows(sample, panel, "a.pdf", "b.exe")
    panel.list.setFocus()
    panel.list.stand_on(1)
    assert "runs something" in panel.note.text()
    assert "runs something" in str(panel.model.data(panel.list.currentIndex()))


def test_what_cannot_be_attached_is_told_and_the_rest_is_attached(sample: Hands, tmp_path: Path) -> None:
    panel = opened(sample)
    panel.take([tmp_path / "gone.pdf", made(tmp_path)])
    shows(sample, panel, "invoice.pdf")
    assert "gone.pdf cannot be read" in notice(sample)


def test_delete_removes_and_undo_brings_back_by_keys_alone(sample: Hands, tmp_path: Path) -> None:
    panel = attached(sample, made(tmp_path), made(tmp_path, "list.pdf", b"list"))
    panel.list.setFocus()
    panel.list.stand_on(0)
    sample.press(Qt.Key.Key_Delete)
    shows(sample, panel, "list.pdf")
    assert panel.gone.text() == "Removed: invoice.pdf"
    sample.press(Qt.Key.Key_Tab)  # the other verbs have keys of their own
    assert sample.cursor is panel.undo
    sample.press(Qt.Key.Key_Space)
    shows(sample, panel, "invoice.pdf", "list.pdf")
    assert not panel.undo.isVisible()


def test_enter_writes_a_file_out(sample: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, offered = tmp_path / "out.pdf", []

    def chosen(_parent: object, _title: str, name: str) -> tuple[str, str]:
        offered.append(name)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    panel = attached(sample, made(tmp_path))
    panel.list.setFocus()
    sample.press(Qt.Key.Key_Return)
    sample.qtbot.waitUntil(lambda: panel.gone.text() == f"Written: {target}")
    assert (offered, target.read_bytes()) == (["invoice.pdf"], b"%PDF TRAINING 17")


def test_the_actions_of_the_menu_do_the_same(sample: Hands, tmp_path: Path) -> None:
    panel = attached(sample, made(tmp_path))
    sample.view.show_page(0)
    sample.program.office.do("remove_attached")
    shows(sample, panel)
    sample.program.office.do("restore_attached")
    shows(sample, panel, "invoice.pdf")
    sample.program.office.do("restore_attached")
    sample.qtbot.waitUntil(lambda: "No attached file was removed" in notice(sample))


@pytest.mark.parametrize("look", ["light", "dark"])
def test_it_is_painted_in_both_looks(sample: Hands, tmp_path: Path, look: str) -> None:
    panel = attached(sample, made(tmp_path), made(tmp_path, "Setup.exe", b"MZ"))
    sample.program.office.paint(look)
    sample.rest()
    assert not panel.grab().isNull()


@pytest.mark.slow
def test_attached_files_answer_a_request_for_documents(sample: Hands, tmp_path: Path) -> None:
    chosen = TrainingOptions(pace=0.01, lane="red")
    sample.program.office.application.start_offices = lambda folder: start_process(folder, chosen)
    panel = opened(sample)
    rows = sample.session.declaration.tables["document"]
    invoice = next(key for key, row in rows.items() if str(row.values.get("kind")) == "04021")
    sample.view.stage.enter(FieldPath("document", invoice, "number"))
    panel.take([made(tmp_path)])
    shows(sample, panel, "invoice.pdf")
    number = panel.model.rows[0].file.id
    sample.press(Qt.Key.Key_Return, CTRL | SHIFT)
    desk = sample.view.desk
    sample.qtbot.waitUntil(lambda: str(desk.state) == "documents", timeout=60_000)
    sample.press(Qt.Key.Key_R, CTRL | SHIFT)
    question = sample.view.line.question
    assert (question.line.text(), question.buttons["answer"].text()) == (str(number), "Next")
    sample.press(Qt.Key.Key_Return)
    sample.qtbot.waitUntil(lambda: question.label.text() == "Send 04021 invoice.pdf with these words:")
    sample.type("as asked")
    sample.press(Qt.Key.Key_Return)
    sent = sample.program.office.application.store.events
    replies = lambda: [each.detail["text"] for each in sent(desk.id) if each.kind == "document_reply"]  # noqa: E731 - short
    sample.qtbot.waitUntil(lambda: replies() == ["04021 invoice.pdf"], timeout=20_000)

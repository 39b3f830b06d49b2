# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An office behind a watched folder is a connection like others: set up, tested, used by a declaration."""

from __future__ import annotations

from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.training.folder_office import FolderOffice
from swclient.training.ledger import Ledger
from swclient.workflow.application import Application
from swclient.workflow.connections import Connection
from swclient.workflow.offices.linking import Linking
from swclient.workflow.states import State
from tests.declarations import today


def connection(folder: Path) -> Connection:
    return Connection("customs", "file", str(folder), name="Folder", country="KZ")


def test_a_folder_that_is_there_is_tested_in_one_step(tmp_path: Path) -> None:
    (tmp_path / "office" / "in").mkdir(parents=True)
    (tmp_path / "office" / "out").mkdir()
    (step,) = Linking(tmp_path).test(connection(tmp_path / "office"))
    assert step.good
    assert str(tmp_path / "office") in step.words.text()


def test_a_folder_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    (step,) = Linking(tmp_path).test(connection(tmp_path / "nowhere"))
    assert not step.good
    assert step.advice is not None
    assert "stick" in step.advice.text()


def test_a_path_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not “office”"):
        Linking(tmp_path).put(connection(Path("office")))


def test_a_declaration_goes_by_the_folder_that_is_in_use(tmp_path: Path) -> None:
    folder, home = tmp_path / "office", tmp_path / "home"
    ledger = Ledger(tmp_path / "ledger.sqlite")
    office = FolderOffice(folder, ledger)
    linking = Linking(home)
    linking.put(connection(folder))
    linking.use("Folder")
    application = Application(home, today=today)
    try:
        declaration_id = application.open_sample()
        session = application.open(declaration_id).session
        line = application.line
        line.lodge(declaration_id, session.snapshot(), session.findings(), lambda _message: None)
        line.open()
        for _turn in range(6):
            line.turn()
            office.turn()
        assert line.state(declaration_id) is State.PAYMENT_DUE
        message = application.store.artefacts.latest(declaration_id, "message.xml")
        assert message is not None
        assert b"<ASYCUDA" in message.artefact.content
        assert [each.name for each in (folder / "done").glob("*.xml")] == [
            f"{application.store.outbox.entries(declaration_id)[0].entry.idempotency_key}.xml"
        ]
        assert "NOT CONFIRMED" in application.marks_of(declaration_id)["watermark"]
    finally:
        application.close()
        ledger.close()

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The store is taken away while a declaration is open: it is told, and the declaration is saved elsewhere, whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from swclient.document.body import to_body
from swclient.document.path import Path as FieldPath
from swclient.store.problems import StoreError
from swclient.workflow.application import Application
from swclient.workflow.intake.converting import open_file
from tests.declarations import today


def test_the_open_declaration_is_saved_as_a_file_and_in_the_rescued_store(tmp_path: Path) -> None:
    home = tmp_path / "home"
    application = Application(home, today=today)
    declaration_id = application.open_sample()
    desk = application.open(declaration_id)
    item = desk.session.rows("item")[3]
    desk.session.type_in(FieldPath("item", item, "description"), "before")
    application.store.flush()
    (home / "declarations.db").unlink()
    desk.session.type_in(FieldPath("item", item, "description"), "after")
    desk.session.type_in(FieldPath("item", item, "price"), "12.50")
    application.store._desk._thread.submit(int).result()
    assert isinstance(desk.saving.last, StoreError)
    assert "removed" in str(desk.saving.last)
    file = tmp_path / "elsewhere.json"
    file.write_bytes(desk.export("swclient"))
    expected = to_body(desk.session.declaration)
    application.close()
    assert not (home / "declarations.db").exists()
    assert to_body(open_file(file, today=today).session.declaration) == expected
    assert len(list(home.glob("declarations.db.rescued*"))) == 1


def test_who_ends_the_program_without_saving_it_elsewhere_finds_it_written_as_a_file(tmp_path: Path) -> None:
    home = tmp_path / "home"
    application = Application(home, today=today)
    desk = application.open(application.open_sample())
    item = desk.session.rows("item")[3]
    application.store.flush()
    (home / "declarations.db").unlink()
    desk.session.type_in(FieldPath("item", item, "description"), "never saved")
    expected = to_body(desk.session.declaration)
    application.close()
    (file,) = home.glob("declaration-not-saved-*.json")
    assert to_body(open_file(file, today=today).session.declaration) == expected


def test_a_declaration_that_cannot_be_saved_stays_on_the_desk(tmp_path: Path) -> None:
    home = tmp_path / "home"
    application = Application(home, today=today)
    desk = application.open(application.open_sample())
    (home / "declarations.db").unlink()
    with pytest.raises(StoreError):
        application.shut(desk.id)
    assert application.open(desk.id) is desk
    application.close()

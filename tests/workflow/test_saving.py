# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is typed is kept at once, and comes back after a restart as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.document.body import to_body
from swclient.document.path import SINGLE
from swclient.document.path import Path as FieldPath
from swclient.workflow.application import Application
from swclient.workflow.intake.importing import sample_workbook
from tests.declarations import today


def test_every_edit_is_there_after_a_restart_without_a_proper_end(tmp_path: Path) -> None:
    first = Application(tmp_path, today=today)
    declaration_id = first.open_sample()
    session = first.open(declaration_id).session
    item = session.rows("item")[3]
    session.type_in(FieldPath("item", item, "description"), "Текст қазақша ә ғ қ ң")
    session.type_in(FieldPath("item", item, "price"), "не число")
    added = session.add_row("item")
    session.type_in(FieldPath("item", added, "code"), "8481808199")
    session.remove_row("item", session.rows("item")[0])
    session.undo()
    session.move_row("item", added, 0)
    expected = to_body(session.declaration)
    first.store.flush()  # as the writer does behind every key; no snapshot, no close
    first.store.close()
    again = Application(tmp_path, today=today)
    try:
        assert to_body(again.open(declaration_id).session.declaration) == expected
    finally:
        again.close()


def test_an_imported_workbook_is_one_step_of_undo_and_survives(tmp_path: Path) -> None:
    application = Application(tmp_path, today=today)
    try:
        declaration_id, imported = application.import_into_new(sample_workbook())
        session = application.open(declaration_id).session
        assert len(session.rows("item")) == 12
        assert imported.doubts
        empty = {"header", "person"}
        session.undo()
        assert {
            key
            for key in to_body(session.declaration)
            if key not in {"format", "version", "profile", "profile_version"}
        } <= empty | {"declarant"}
        session.redo()
        application.shut(declaration_id)
        assert len(application.open(declaration_id).session.rows("item")) == 12
    finally:
        application.close()


def test_the_origin_of_imported_values_is_kept(tmp_path: Path) -> None:
    application = Application(tmp_path, today=today)
    try:
        declaration_id, _imported = application.import_into_new(sample_workbook())
        session = application.open(declaration_id).session
        path = FieldPath("item", session.rows("item")[0], "gross_mass")
        assert "supplier-invoice.xlsx" in session.look(path).source
        application.shut(declaration_id)
        again = application.open(declaration_id).session
        assert "supplier-invoice.xlsx" in again.look(path).source
        again.type_in(path, "600")
        assert again.look(path).source == ""
    finally:
        application.close()


def test_a_long_journal_is_cut_short_by_snapshots(tmp_path: Path) -> None:
    application = Application(tmp_path, today=today)
    try:
        declaration_id = application.new_draft()
        session = application.open(declaration_id).session
        for number in range(450):
            session.type_in(FieldPath("header", SINGLE, "reference"), f"R-{number}")
        application.store.flush()
        assert len(application.store.load(declaration_id).changes) <= 200
    finally:
        application.close()


def test_the_worklist_tells_folders_and_finds_words(tmp_path: Path) -> None:
    application = Application(tmp_path, today=today)
    try:
        application.new_draft()
        sample = application.open_sample()
        assert application.folders()["drafts"] == 2
        assert [row.id for row in application.worklist(text="TRAINING-2026")] == [sample]
        assert application.worklist("released") == ()
    finally:
        application.close()


def test_a_signed_declaration_refuses_typing(tmp_path: Path) -> None:
    application = Application(tmp_path, today=today)
    try:
        desk = application.open(application.open_sample())
        application.line.lodge(desk.id, desk.session.snapshot(), desk.session.findings(), lambda _m: None)
        with pytest.raises(UserError, match="signed"):
            desk.session.type_in(FieldPath("header", SINGLE, "reference"), "X")
    finally:
        application.close()

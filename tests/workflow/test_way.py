# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration goes all the way, stops where it must, and goes on where it stopped."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from swclient.base.errors import OutsideError, UserError
from swclient.document.path import Path as FieldPath
from swclient.training import TrainingOptions, start_process
from swclient.workflow.application import Application
from swclient.workflow.files.filing import verify
from swclient.workflow.states import STANDINGS, WHEN, State, Verb, why_not
from tests.corpus import corpus_path
from tests.declarations import today


def carried(application: Application, declaration_id: str) -> list[str]:
    """Carry a declaration as far as it goes and return what was told on the way."""
    desk = application.open(declaration_id)
    told: list[str] = []
    application.dealings.carrier().carry(
        declaration_id, desk.session.snapshot(), desk.session.findings(), lambda m: told.append(m.text())
    )
    return told


def test_the_sample_is_released_and_its_archive_verifies(application: Application) -> None:
    declaration_id = application.open_sample()
    told = carried(application, declaration_id)
    assert application.line.state(declaration_id) is State.ARCHIVED
    assert any("Tax receipt" in line for line in told)
    number = application.number_of(declaration_id)
    folder = application.home / "archive" / number.replace("/", "_")
    verdict = verify(folder)
    assert verdict.good
    assert verdict.facts["training"] is True
    kinds = [happening.title for happening in application.open(declaration_id).timeline()]
    assert "Archived" in kinds


def test_one_changed_byte_in_an_archive_is_named(application: Application) -> None:
    declaration_id = application.open_sample()
    carried(application, declaration_id)
    folder = application.home / "archive" / application.number_of(declaration_id).replace("/", "_")
    for name in ("message.xml", "form.pdf", "answers/01-customs.xml"):
        file = folder / name
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(bytes(content))
        problems = [problem.text() for problem in verify(folder).problems]
        assert any(name in problem for problem in problems)
        content[len(content) // 2] ^= 1
        file.write_bytes(bytes(content))
    assert verify(folder).good


def test_an_added_a_missing_and_a_rewritten_file_are_found(application: Application) -> None:
    declaration_id = application.open_sample()
    carried(application, declaration_id)
    folder = application.home / "archive" / application.number_of(declaration_id).replace("/", "_")
    (folder / "extra.txt").write_text("?")
    (folder / "timeline.json").unlink()
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"training": true', '"training": false'))
    problems = " ".join(problem.text() for problem in verify(folder).problems)
    assert "extra.txt" in problems
    assert "timeline.json" in problems
    assert "seal" in problems


def test_errors_bar_the_way_and_nothing_is_signed(offline: Application) -> None:
    declaration_id = offline.open_sample()
    desk = offline.open(declaration_id)
    desk.session.type_in(FieldPath("item", desk.session.rows("item")[0], "gross_mass"), "1")
    allowed, reason = desk.may("submit")
    assert not allowed
    assert reason is not None
    with pytest.raises(UserError, match="1 error bars"):
        offline.line.lodge(declaration_id, desk.session.snapshot(), desk.session.findings(), lambda _m: None)
    assert offline.line.state(declaration_id) is State.DRAFT


def test_without_a_line_it_waits_signed_in_the_outbox_and_goes_on_later(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = Application(home, today=today)
    declaration_id = first.open_sample()
    with pytest.raises(OutsideError):
        carried(first, declaration_id)
    assert first.line.state(declaration_id) is State.QUEUED
    first.close()
    later = Application(
        home, today=today, start_offices=lambda folder: start_process(folder, TrainingOptions(pace=0.01))
    )
    try:
        assert later.open(declaration_id).session.read_only
        carried(later, declaration_id)
        assert later.line.state(declaration_id) is State.ARCHIVED
        assert len([e for e in later.store.outbox.entries(declaration_id) if e.entry.verb == "declaration"]) == 1
    finally:
        later.close()


@pytest.mark.parametrize("fault", ["drop_after_commit", "drop_before_commit", "status503"])
def test_a_lost_answer_never_makes_a_second_registration(tmp_path: Path, fault: str) -> None:
    options = TrainingOptions(pace=0.01, faults={fault: 1})
    application = Application(
        tmp_path / "home", today=today, start_offices=lambda folder: start_process(folder, options)
    )
    try:
        declaration_id = application.open_sample()
        carried(application, declaration_id)
        assert application.line.state(declaration_id) is State.ARCHIVED
        entry = application.store.outbox.entries(declaration_id)[0]
        assert entry.attempts >= 2
        titles = [
            happening.title for happening in application.open(declaration_id).timeline() if happening.kind == "answer"
        ]
        assert sum("Registered under" in title for title in titles) == 1
    finally:
        application.close()


def test_what_customs_refuses_comes_back_with_its_boxes(application: Application) -> None:
    """A declared fee on the second item passes our own rules as a warning at most; customs refuses it."""
    declaration_id = application.open_sample()
    desk = application.open(declaration_id)
    session = desk.session
    session.type_in(FieldPath("header", 0, "customs_value_total"), "1.00")
    application.line.lodge(declaration_id, session.snapshot(), (), lambda _m: None)
    application.line.open()
    assert application.dealings.carrier().follow(declaration_id, session.snapshot(), lambda _m: None) is State.REJECTED
    refusal = next(h for h in desk.timeline() if h.level == "error" and h.raw)
    assert "12" in refusal.detail
    copy = application.open(desk.new_draft_from_this())
    assert copy.state is State.DRAFT
    assert not copy.session.read_only


def test_with_the_official_album_the_message_is_checked_before_it_is_signed(offline: Application) -> None:
    album = corpus_path("eaeu-esad", "schemas-5.23.0")
    shutil.copytree(album, offline.home / "schemas")
    declaration_id = offline.open_sample()
    desk = offline.open(declaration_id)
    told: list[str] = []
    offline.line.lodge(
        declaration_id, desk.session.snapshot(), desk.session.findings(), lambda m: told.append(m.text())
    )
    assert "official schema: valid" in told[0]


def test_a_message_that_the_official_album_refuses_is_not_signed(offline: Application) -> None:
    album = corpus_path("eaeu-esad", "schemas-5.23.0")
    shutil.copytree(album, offline.home / "schemas")
    declaration_id = offline.open_sample()
    session = offline.open(declaration_id).session
    session.type_in(FieldPath("header", 0, "deal_feature"), "A-LONG-FEATURE")
    with pytest.raises(UserError, match="official schema refuses"):
        offline.line.lodge(declaration_id, session.snapshot(), (), lambda _m: None)
    assert offline.line.state(declaration_id) is State.DRAFT


def test_every_state_is_told_in_words_with_what_is_expected_next_and_from_whom() -> None:
    assert set(STANDINGS) == set(State)
    assert set(WHEN) == set(Verb)
    ended = {state for state, standing in STANDINGS.items() if not standing.expects}
    assert ended == {State.ARCHIVED, State.WITHDRAWN, State.MERGED}
    assert all(standing.whom for state, standing in STANDINGS.items() if state not in ended)
    assert why_not(State.RELEASED, Verb.SIGN) is not None
    assert why_not(State.DRAFT, Verb.SIGN) is None

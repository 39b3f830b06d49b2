# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A warning that somebody lets stand: kept in the log, undone like a value, back when what it speaks of changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from swclient.base import i18n
from swclient.base.errors import UserError
from swclient.document.path import Path as FieldPath
from swclient.engine.finding import Finding, Level
from swclient.workflow.application import Application
from swclient.workflow.desk.desk import Desk
from swclient.workflow.files.filing import reviewed, verify
from swclient.workflow.states import State
from tests.declarations import today

WHY = "The scales of the port were read twice"


def warning_on(desk: Desk, item: int = 0) -> Finding:
    """Return an open warning of the sample by its place among them."""
    desk.session.settle()
    found = [each for each in desk.session.findings() if each.level is Level.WARNING and each.acknowledged is None]
    assert found, "the sample has no warning to work with"
    return found[item]


@pytest.fixture
def desk(offline: Application) -> Desk:
    """The sample with warnings: two items weigh so much that their prices a kilogram are unusual."""
    made = offline.open(offline.open_sample())
    for row in made.session.rows("item")[:2]:
        made.session.type_in(FieldPath("item", row, "gross_mass"), "900000")
    made.session.settle()
    return made


def same(desk: Desk, finding: Finding) -> Finding:
    """Return the same finding as it stands now."""
    desk.session.settle()
    return next(each for each in desk.session.findings() if each.warned == finding.warned)


def test_an_acknowledged_warning_stands_last_with_who_when_and_why(desk: Desk) -> None:
    finding = warning_on(desk)
    desk.acknowledge(finding, f"  {WHY} ")
    noted = same(desk, finding).acknowledged
    assert noted is not None
    assert (noted.who, noted.why) == (desk.application.actor, WHY)
    assert noted.at.startswith("20")
    assert desk.session.findings()[-1].warned == finding.warned
    beside = desk.session.look(finding.paths[0]).findings
    assert [each.acknowledged for each in beside if each.warned == finding.warned] == [noted]


def test_errors_and_silence_are_refused(desk: Desk) -> None:
    row = desk.session.rows("item")[0]
    desk.session.type_in(FieldPath("item", row, "net_mass"), "999999999")
    error = desk.errors()[0]
    with pytest.raises(UserError, match="Only a warning"):
        desk.acknowledge(error, WHY)
    with pytest.raises(UserError, match="reason"):
        desk.acknowledge(warning_on(desk), "   ")
    assert not desk.session.declaration.acknowledged


def test_it_is_undone_and_done_again_as_any_change(desk: Desk) -> None:
    finding = warning_on(desk)
    desk.acknowledge(finding, WHY)
    assert "Acknowledge" in str(desk.session.undo_label)
    desk.session.undo()
    assert same(desk, finding).acknowledged is None
    desk.session.redo()
    assert same(desk, finding).acknowledged is not None
    desk.session.take_back_acknowledgement(finding)
    assert same(desk, finding).acknowledged is None


def test_it_comes_back_when_the_value_changes_and_not_with_the_language(desk: Desk) -> None:
    finding = warning_on(desk)
    desk.acknowledge(finding, WHY)
    i18n.set_language("ru")
    try:
        assert same(desk, finding).acknowledged is not None
    finally:
        i18n.set_language("en")
    path = finding.paths[0]
    before = desk.session.text_at(path)
    desk.session.type_in(path, f"{before}1")
    after = [each for each in desk.session.findings() if each.warned == finding.warned]
    assert all(each.acknowledged is None for each in after)
    desk.session.undo()
    assert same(desk, finding).acknowledged is not None, "the same value again is what was acknowledged"


def test_another_row_with_the_same_warning_is_not_acknowledged(desk: Desk) -> None:
    first = warning_on(desk, 1)
    others = [each for each in desk.session.findings() if each.code == first.code and each.warned != first.warned]
    desk.acknowledge(first, WHY)
    assert others
    assert all(same(desk, each).acknowledged is None for each in others)


def test_it_is_in_the_log_and_there_after_a_restart(tmp_path: Path) -> None:
    first = Application(tmp_path, today=today)
    desk = first.open(first.open_sample())
    desk.session.type_in(FieldPath("item", desk.session.rows("item")[0], "gross_mass"), "900000")
    finding = warning_on(desk)
    desk.acknowledge(finding, WHY)
    first.store.flush()
    first.store.close()  # no snapshot: the log alone tells it
    again = Application(tmp_path, today=today)
    try:
        desk = again.open(desk.id)
        assert same(desk, finding).acknowledged is not None
        again.shut(desk.id)  # and now the snapshot
        desk = again.open(desk.id)
        assert same(desk, finding).acknowledged is not None
        assert again.store.health.state == "ok"
        assert [each.title for each in desk.timeline() if each.kind == "acknowledged"]
        (piece,) = reviewed(again.store, desk.id)
        assert WHY in piece.content.decode()
    finally:
        again.close()


def test_it_is_no_part_of_a_copy_a_file_or_a_template(desk: Desk) -> None:
    finding = warning_on(desk)
    plain = desk.export("swclient")
    desk.acknowledge(finding, WHY)
    assert desk.export("swclient") == plain
    application = desk.application
    assert isinstance(application, Application)
    kept = application.templates.save(desk.session, "Shoes")
    drafted, _left = application.new_from_template(kept.id)
    assert not application.open(drafted).session.declaration.acknowledged
    assert not application.open(application.copy_of(desk)).session.declaration.acknowledged


@pytest.mark.slow
def test_it_goes_into_the_archive_and_into_nothing_that_is_sent(application: Application) -> None:
    desk = application.open(application.open_sample())
    desk.session.type_in(FieldPath("header", 0, "cmr_gross"), "9000")
    finding = next(each for each in desk.session.findings() if each.code == "G013")
    desk.acknowledge(finding, WHY)
    carrier = application.dealings.carrier()
    state = carrier.carry(desk.id, desk.session.snapshot(), desk.session.findings(), lambda _words: None)
    assert state is State.ARCHIVED
    (folder,) = (application.home / "archive").iterdir()
    assert verify(folder).good
    holding = [file.name for file in folder.rglob("*") if file.is_file() and WHY.encode() in file.read_bytes()]
    assert holding == ["reviewed.json"]

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tour: its steps hold in every country's sample, and a walk takes them in any order."""

from __future__ import annotations

import re

import pytest

from swclient.catalogue.loader import load_profile, profile_codes
from swclient.document.path import SINGLE, Path
from swclient.workflow import touring
from swclient.workflow.drafts import drafting
from swclient.workflow.intake.converting import sample_body
from swclient.workflow.registers.beginning import countries, roles
from swclient.workflow.touring import POINTS, Walk, steps, walk_of

KZ = load_profile("KZ")


@pytest.fixture(scope="module", params=profile_codes())
def sample(request):
    """The sample of each country, opened."""
    session = drafting.session_of_body(sample_body(request.param))
    session.settle()
    return session


def test_the_sample_of_a_country_is_of_that_country_and_has_no_fault(sample):
    assert sample.profile.facts["country"] == sample.profile.code
    assert not [each for each in sample.findings() if str(each.level) in {"error", "warning"}]


def test_every_box_that_a_step_means_is_on_the_form(sample):
    meant = [step for step in steps() if step.fields]
    assert len(meant) >= 4
    for step in meant:
        box = step.box(sample.profile)
        assert box is not None, step.id
        assert box.shown
        assert not sample.look(Path(box.table, SINGLE, box.name)).read_only


def test_the_planted_mistake_is_found_and_its_fix_makes_the_box_clean(sample):
    box = next(step for step in steps() if step.id == "type").box(sample.profile)
    path = Path(box.table, SINGLE, box.name)
    before = sample.look(path).text
    sample.type_in(path, "1")
    sample.settle()
    fixes = [each.fix for each in sample.look(path).findings if each.fix]
    assert fixes
    sample.accept(fixes[0])
    sample.settle()
    assert not sample.look(path).findings
    assert sample.look(path).text == before


def test_no_step_is_finished_by_another_steps_cursor(sample):
    meant = {step.id: step.box(sample.profile).id for step in steps() if step.fields}
    assert len({meant["go"], meant["list"], meant["why"]}) == 3


def test_steps_say_only_what_the_window_can_fill_in():
    from ui.actions import BY_ID

    for step in steps():
        places = set(re.findall(r"\{(\w+)\}", step.say))
        assert places <= {"box", "name"} | {name for name, act in BY_ID.items() if act.keys}, step.id
        assert not ({"box", "name"} & places) or step.fields
        assert step.point in POINTS
    assert 8 <= len(steps()) <= 10


def test_a_step_out_of_turn_counts_and_the_walk_stands_at_the_first_left():
    walk = Walk("a")
    assert walk.happened("check", None, KZ)
    assert walk.step.id == "go"
    field = next(step for step in steps() if step.id == "go").box(KZ)
    assert walk.happened("enter", field, KZ)
    assert (walk.step.id, walk.place) == ("type", 2)
    assert not walk.happened("enter", field, KZ)


def test_what_must_come_after_something_does_not_count_before_it():
    walk, field = Walk("a"), next(step for step in steps() if step.id == "fix").box(KZ)
    assert not walk.happened("clean", field, KZ)
    assert not walk.happened("answer", None, KZ)
    walk.happened("type", field, KZ)
    assert walk.happened("clean", field, KZ)


def test_a_thing_at_another_box_does_not_count():
    walk = Walk("a")
    assert not walk.happened("enter", KZ.fields["header.reference"], KZ)
    assert not walk.happened("type", None, KZ)
    assert walk.step.id == "go"


def test_a_walk_is_kept_as_a_line_and_taken_up_again():
    walk = Walk("a-1")
    walk.skip()
    walk.happened("check", None, KZ)
    again = walk_of(walk.kept())
    assert (again.declaration, again.passed) == ("a-1", {"go", "check"})
    assert walk_of("") is None


def test_past_the_last_step_there_is_none():
    walk = Walk("a", [step.id for step in steps()])
    assert walk.step is None
    assert walk.place == len(steps()) + 1
    walk.skip()
    assert walk.step is None


@pytest.mark.parametrize(
    "row",
    ['say = "x"', 'say = "x"\ndone = ["dance"]\npoint = "box"', 'say = "x"\ndone = []\npoint = "box"\nafter = "b"'],
)
def test_a_broken_step_is_refused_by_name(row, tmp_path, monkeypatch):
    from swclient.base.errors import DataError

    folder = tmp_path / "tour"
    folder.mkdir()
    (folder / "tour.toml").write_text(f"[a]\n{row}\n")
    monkeypatch.setattr(touring.paths, "shipped", lambda _name: tmp_path)
    steps.cache_clear()
    try:
        with pytest.raises(DataError, match="A step has"):
            steps()
    finally:
        monkeypatch.undo()
        steps.cache_clear()


def test_seven_countries_are_called_by_their_own_names_and_in_the_readers_language():
    by_code = {each.code: each for each in countries()}
    assert set(by_code) == set(profile_codes())
    assert by_code["KZ"].own == "Қазақстан"
    assert by_code["KZ"].called("ru") == "Казахстан"
    assert by_code["UZ"].called("ky") == "Өзбекстан"


@pytest.mark.parametrize("code", profile_codes())
def test_what_a_role_fills_is_on_the_form_of_every_country(code):
    profile = load_profile(code)
    for role in roles().values():
        wanted = {f"{table}.name" for table in role.fills} | {f"{table}.same_as_declarant" for table in role.same}
        assert all(each in profile.fields for each in wanted), role.id
        assert not role.same or "declarant" in role.fills

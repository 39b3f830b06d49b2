# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installing a pack tells which templates it breaks and why: as a draft made of each today would be judged."""

from datetime import date

import pytest

from swclient.base import paths
from swclient.document.path import SINGLE, Path
from swclient.workflow.packs.taking_in import installing
from tests.packs.conftest import TODAY, tariff
from tests.packs.test_installing import country, told


@pytest.fixture
def template(application):
    """The sample as a template, its draft dated long ago, so that no pack judges it."""
    draft = application.open_sample()
    session = application.open(draft).session
    session.type_in(Path("header", SINGLE, "date"), "2026-01-15")
    kept = application.templates.save(session, "Valves from Urumqi")
    application.shut(draft)
    return kept.id


def report(pack, application, today=TODAY):
    with installing(pack, application.store, lambda: today) as ready:
        return told(ready.drafts), told(ready.templates)


def test_a_changed_duty_breaks_the_template_although_its_draft_is_of_another_day(pack, application, template):
    drafts, (judged, broken) = report(pack(tariff("15")), application)
    assert drafts == (0, [])
    ((title, lines),) = broken
    assert (judged, title) == (1, "Valves from Urumqi")
    assert any(line.startswith("Charge 2010") for line in lines)


def test_a_code_that_is_no_more_is_told_at_its_box(pack, application, template):
    offices = (paths.shipped("resources") / "profiles" / "KZ" / "lists" / "offices.csv").read_text(encoding="utf-8")
    without = "\n".join(line for line in offices.splitlines() if not line.startswith("50001,")) + "\n"
    _drafts, (_judged, ((_title, lines),)) = report(pack(country(lists__offices=without)), application)
    assert any(line.startswith("H025 at header.border_office") and "50001" in line for line in lines)


def test_what_a_new_draft_would_not_take_over_breaks_drafts_only(pack, application, template):
    application.open_sample()
    methods = (paths.shipped("resources") / "profiles" / "KZ" / "lists" / "payment_methods.csv").read_text("utf-8")
    without = "\n".join(line for line in methods.splitlines() if not line.startswith("БН,")) + "\n"
    (_judged, drafts), templates = report(pack(country(lists__payment_methods=without)), application)
    assert any("БН" in line for _title, lines in drafts for line in lines)
    assert templates == (1, [])


def test_a_pack_of_a_later_day_judges_templates_from_that_day_on(pack, application, template):
    later = pack(tariff("15"), begins=date(2027, 3, 1))
    drafts, (judged, broken) = report(later, application)
    assert (drafts, judged, len(broken)) == ((0, []), 1, 1)


def test_a_pack_that_changes_nothing_or_is_of_another_country_breaks_nothing(pack, application, template):
    assert report(pack(country()), application)[1] == (1, [])
    assert report(pack(tariff("15"), country="UZ"), application)[1] == (0, [])


def test_a_removed_template_bars_no_pack(pack, application, template):
    application.templates.remove(template)
    assert report(pack(tariff("15")), application)[1] == (0, [])


def test_a_field_that_is_no_more_is_named(pack, application, template, home):
    """A country's own field, filled in a template, that a later pack drops."""
    boxes = (paths.shipped("resources") / "profiles" / "KZ" / "boxes.toml").read_text(encoding="utf-8")
    own = '"header.mark" = { kind = "text:20", label = "Mark" }\n'
    with installing(pack(country(boxes=boxes + own), version="2026.12"), application.store, lambda: TODAY) as ready:
        ready.install()
    session = application.open(application.new_draft()).session
    session.type_in(Path("header", SINGLE, "mark"), "A")
    application.templates.save(session, "Marked")
    _drafts, (_judged, broken) = report(pack(country(), version="2027.1"), application)
    lines = dict(broken)["Marked"]
    assert any("header.mark" in line and "left out" in line for line in lines)

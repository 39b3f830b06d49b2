# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A new date brings the law of that day at once: in place with undo kept, or by opening anew where its boxes differ."""

from datetime import date

import pytest

from swclient.base import paths
from swclient.document.path import SINGLE, Path
from swclient.workflow.application import Application
from swclient.workflow.packs.taking_in import installing
from tests.packs.conftest import TODAY, tariff
from tests.packs.test_installing import country

DATE = Path("header", SINGLE, "date")
REFERENCE = Path("header", SINGLE, "reference")
TOTAL = Path("header", SINGLE, "charges_total")
NEXT = date(2026, 12, 1)


@pytest.fixture
def desk(application):
    return application.open(application.open_sample())


def install(pack, application):
    with installing(pack, application.store, lambda: TODAY) as ready:
        ready.install()


def heard(desk):
    """What the desk tells of the law from now on."""
    told = []
    desk.law_changed.connect(told.append)
    return told


def reopened(application, desk):
    application.shut(desk.id)
    return application.open(desk.id)


def total(desk):
    desk.session.settle()
    return desk.session.value(TOTAL)


def test_a_new_date_is_judged_at_once_by_the_law_of_that_day(pack, application, desk):
    install(pack(tariff("15"), begins=NEXT), application)
    told, before = heard(desk), total(desk)
    desk.session.type_in(DATE, "2026-12-02")
    assert desk.session.profile.version == "2026.11+2026.12"
    assert total(desk) != before
    assert [(each.anew, "KZ 2026.11+2026.12" in each.words.text()) for each in told] == [(False, True)]


def test_what_it_works_out_is_what_opening_again_works_out(pack, application, desk):
    install(pack(tariff("15"), begins=NEXT), application)
    desk.session.type_in(DATE, "2026-12-02")
    live, findings = total(desk), [each.code for each in desk.session.findings()]
    again = reopened(application, desk)
    assert (total(again), [each.code for each in again.session.findings()]) == (live, findings)
    assert again.session.profile is desk.session.profile


def test_undo_goes_through_the_change_of_law_and_back(pack, application, desk):
    install(pack(tariff("15"), begins=NEXT), application)
    before = total(desk)
    desk.session.type_in(REFERENCE, "A")
    desk.session.type_in(DATE, "2026-12-02")
    desk.session.type_in(REFERENCE, "B")
    after = total(desk)
    assert desk.session.undo()
    assert desk.session.undo()
    assert (desk.session.profile.version, total(desk)) == ("2026.11", before)
    assert desk.session.look(REFERENCE).text == "A"
    assert desk.session.redo()
    assert (desk.session.profile.version, total(desk)) == ("2026.11+2026.12", after)
    assert desk.session.redo()
    assert desk.session.look(REFERENCE).text == "B"


def test_a_date_under_the_same_law_changes_nothing(pack, application, desk):
    install(pack(tariff("15"), begins=NEXT), application)
    told, law = heard(desk), desk.session.profile
    desk.session.type_in(DATE, "2026-11-21")
    desk.session.type_in(REFERENCE, "C")
    assert desk.session.profile is law
    assert told == []


def test_what_is_typed_after_it_is_kept_over_a_restart(pack, application, home):
    desk = application.open(application.open_sample())
    install(pack(tariff("15"), begins=NEXT), application)
    desk.session.type_in(DATE, "2026-12-02")
    desk.session.type_in(REFERENCE, "AFTER")
    application.store.flush()
    other = Application(home, today=lambda: TODAY)
    try:
        again = other.open(desk.id)
        assert again.session.look(REFERENCE).text == "AFTER"
        assert again.session.profile.version == "2026.11+2026.12"
    finally:
        other.close()


@pytest.fixture
def reshaped(pack, application):
    """From the first of December on the country has a box more."""
    boxes = (paths.shipped("resources") / "profiles" / "KZ" / "boxes.toml").read_text(encoding="utf-8")
    own = '"header.mark" = { kind = "text:20", label = "Mark", box = "99" }\n'
    install(pack(country(boxes=boxes + own), begins=NEXT), application)


@pytest.mark.usefixtures("reshaped")
def test_a_law_with_other_boxes_waits_for_opening_anew_and_bars_submitting(application, desk):
    told = heard(desk)
    desk.session.type_in(DATE, "2026-12-02")
    assert [each.anew for each in told] == [True]
    assert desk.session.profile.version == "2026.11"
    allowed, reason = desk.may("submit")
    assert not allowed
    assert "opened anew" in reason.text()
    again = reopened(application, desk)
    assert again.session.profile.version == "2026.12"
    assert not again.outdated
    assert "header.mark" in again.session.profile.fields


@pytest.mark.usefixtures("reshaped")
def test_the_former_date_lifts_the_bar(desk):
    desk.session.type_in(DATE, "2026-12-02")
    desk.session.type_in(DATE, "2026-11-20")
    assert not desk.outdated
    assert desk.session.profile.version == "2026.11"


def test_an_altered_pack_is_told_and_the_former_law_goes_on_judging(pack, application, desk):
    install(pack(tariff("15"), begins=NEXT), application)
    (file,) = (paths.user_data() / "packs").rglob("national.csv")
    file.write_bytes(b"altered")
    told = heard(desk)
    desk.session.type_in(DATE, "2026-12-02")
    assert [(each.trouble, each.anew) for each in told] == [(True, False)]
    assert desk.session.profile.version == "2026.11"
    assert desk.session.look(DATE).text == "2026-12-02"

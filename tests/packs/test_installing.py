# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installing a pack tells which drafts it breaks and why, and refuses data that cannot be used."""

import copy
from datetime import date

import pytest

from swclient.base import paths
from swclient.catalogue.loader import load_profile
from swclient.catalogue.versions import installed
from swclient.document.path import SINGLE, Path
from swclient.packs.content import files_of
from swclient.packs.refusal import RefusedError
from swclient.workflow.bootstrap import open_application
from swclient.workflow.intake.converting import sample_body
from swclient.workflow.packs.taking_in import installing, shelved, under
from tests.packs.conftest import tariff

TODAY = date(2026, 11, 20)
DATE = Path("header", SINGLE, "date")


@pytest.fixture
def application(home):
    made = open_application(home=home)
    made.today = lambda: TODAY
    yield made
    made.close()


def country(**changes):
    """The whole folder that came with the program, with files changed: `lists__offices="..."`."""
    files = files_of(paths.shipped("resources") / "profiles" / "KZ")
    for name, text in changes.items():
        files[name.replace("__", "/") + (".csv" if name.startswith("lists") else ".toml")] = text.encode()
    return files


def told(verdict):
    return verdict.judged, [(each.title, [line.text() for line in each.lines]) for each in verdict.broken]


def report(pack, application):
    with installing(pack, application.store, lambda: TODAY) as ready:
        return told(ready.drafts)


def test_a_changed_duty_is_told_with_before_and_after_and_nothing_is_installed_by_looking(pack, application):
    application.open_sample()
    judged, broken = report(pack(tariff("15")), application)
    assert judged == 1
    ((_title, lines),) = broken
    words = "\n".join(lines)
    assert "Charge 2010" in words
    assert "To pay in all" in words
    assert installed("KZ") == ()


def test_lines_that_the_new_tariff_lacks_are_told_as_findings_at_their_boxes(pack, application):
    application.open_sample()
    _judged, ((_title, lines),) = report(pack(), application)
    assert any("item[2].code" in line for line in lines)
    assert not any("item[1].code" in line for line in lines)


def test_a_code_that_is_no_more_breaks_the_draft_that_uses_it(pack, application):
    application.open_sample()
    offices = (paths.shipped("resources") / "profiles" / "KZ" / "lists" / "offices.csv").read_text(encoding="utf-8")
    used = sample_body()["header"]["border_office"]
    without = "\n".join(line for line in offices.splitlines() if not line.startswith(f"{used},")) + "\n"
    _judged, ((_title, lines),) = report(pack(country(lists__offices=without)), application)
    assert any(line.startswith("H025 at header.border_office") and used in line for line in lines)


def test_a_pack_that_changes_nothing_breaks_nothing(pack, application):
    application.open_sample()
    assert report(pack(country()), application) == (1, [])


def test_drafts_of_another_day_or_country_are_not_judged(pack, application):
    application.open_sample()
    assert report(pack(tariff("15"), begins=date(2026, 11, 21)), application) == (0, [])
    body = copy.deepcopy(sample_body())
    body["header"]["date"] = "2026-12-01"
    application.take(body)
    judged, broken = report(pack(tariff("15"), begins=date(2026, 11, 21)), application)
    assert (judged, len(broken)) == (1, 1)
    assert report(pack(tariff("15"), country="UZ"), application)[0] == 0


def test_installed_the_new_law_judges_from_its_day_on_and_the_old_one_before(pack, application):
    first = application.open_sample()
    body = copy.deepcopy(sample_body())
    body["header"]["date"] = "2026-12-01"
    second = application.take(body)
    with installing(pack(tariff("15"), begins=date(2026, 12, 1)), application.store) as ready:
        ready.install()
    assert application.open(first).session.profile is load_profile("KZ")
    assert application.open(second).session.profile.version == "2026.11+2026.12"


def test_a_draft_whose_date_was_typed_anew_is_judged_by_that_day_when_it_is_opened_again(pack, application):
    draft = application.open_sample()
    with installing(pack(tariff("15"), begins=date(2026, 12, 1)), application.store) as ready:
        ready.install()
    application.open(draft).session.type_in(DATE, "2026-12-02")
    application.shut(draft)
    assert application.open(draft).session.profile.version == "2026.11+2026.12"


def test_what_was_signed_stays_judged_by_what_it_was_made_with(pack, application):
    from swclient.workflow.drafts import drafting
    from swclient.workflow.drafts.saving import stored_body

    session = application.open(application.open_sample()).session
    body = stored_body(session)
    with installing(pack(tariff("15")), application.store) as ready:
        ready.install()
    kept = drafting.restored(body, [], lambda: TODAY, version=body["profile_version"])
    assert kept.profile is load_profile("KZ")
    assert drafting.restored(body, [], lambda: TODAY).profile is not kept.profile


@pytest.mark.parametrize(
    ("contents", "reason"),
    [
        (lambda: country(rules__kz='[X1]\neach = "item"\ncheck = "item.colour == 1"\n'), "X1"),
        (lambda: country(rates="vat = 7"), "int"),
        (lambda: country(lists__offices="code,name_en\nA,B\n"), "offices.csv"),
        (lambda: country(boxes='"item.colour" = { box = "1" }\n'), "item.colour"),
        (lambda: {"tariff/national.csv": tariff("much")["tariff/national.csv"]}, "much"),
        (lambda: {"rules/broken.toml": b"[[[["}, "broken.toml"),
        (lambda: country(rules__kz="\x01 = 1"), "kz.toml"),
    ],
)
def test_data_that_cannot_be_used_is_refused_by_file_and_what_was_there_stays(pack, application, contents, reason):
    with pytest.raises(RefusedError, match="cannot be used") as refusal:
        report(pack(contents()), application)
    assert reason in str(refusal.value)
    assert installed("KZ") == ()


def test_a_country_that_the_program_does_not_know_is_named(pack, application):
    with pytest.raises(RefusedError, match=r"“QQ”.*KZ"):
        report(pack(country="QQ"), application)


def test_a_pack_of_the_union_concerns_all_its_members(pack, application):
    application.open_sample()
    judged, broken = report(pack(tariff("15"), country="EAEU"), application)
    assert (judged, len(broken)) == (1, 1)


def test_installed_packs_are_listed_and_verified_anew(pack, application):
    with installing(pack(), application.store) as ready:
        version = ready.install()
    assert [(each.manifest["version"], each.good) for each in shelved()] == [("2026.12", True)]
    file = version.folder / "tariff" / "national.csv"
    file.write_bytes(b"altered")
    assert [each.good for each in shelved()] == [False]


def test_without_a_store_there_is_nothing_to_break(pack):
    with installing(pack(), None) as ready:
        assert told(ready.drafts) == told(ready.templates) == (0, [])
        assert not ready.breaks
        ready.install()
    assert under("KZ", TODAY).version == "2026.11+2026.12"

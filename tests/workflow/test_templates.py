# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates: what a new draft takes over, what it leaves behind, and that nothing is lost by removing one."""

from __future__ import annotations

from datetime import date
from pathlib import Path as File

import pytest

from swclient.base.errors import UserError
from swclient.catalogue.loader import load_profile, profile_codes
from swclient.document.body import to_body
from swclient.document.journal import whole_to_data
from swclient.document.path import SINGLE, Path
from swclient.engine.session import Session
from swclient.workflow.application import Application
from swclient.workflow.drafts import drafting
from swclient.workflow.drafts.template_draft import draft_of
from swclient.workflow.intake.converting import open_file, sample_body, sample_file
from tests.declarations import today

DAY = date(2026, 12, 7)


def kept(application: Application, name: str = "Valves from Urumqi") -> str:
    """Save the sample, an exchange rate typed over in it, as a template."""
    session = application.open(application.open_sample()).session
    session.type_in(Path("header", SINGLE, "exchange_rate"), "512.34")
    return application.templates.save(session, name).id


def drafted(application: Application, template: str) -> Session:
    draft, left_out = application.new_from_template(template)
    assert left_out == ()
    return application.open(draft).session


def test_a_draft_of_a_template_has_the_goods_and_parties_and_is_a_draft_of_its_own(offline: Application) -> None:
    template = kept(offline)
    body, sample = to_body(drafted(offline, template).declaration), sample_body()
    assert len(body["item"]) == len(sample["item"]) == 12
    for was, now in zip(sample["item"], body["item"], strict=True):
        assert {key: was[key] for key in ("code", "description", "origin")} == {
            key: now[key] for key in ("code", "description", "origin")
        }
    assert body["consignee"] == sample["consignee"]
    assert offline.folders()["drafts"] == 2
    assert offline.folders()["templates"] == 1


def test_what_belonged_to_one_shipment_is_gone_and_the_date_is_todays(offline: Application) -> None:
    template = kept(offline)
    offline.today = lambda: DAY
    body = to_body(drafted(offline, template).declaration)
    header = body["header"]
    assert (header["date"], body["person"]["date"]) == ("2026-12-07", "2026-12-07")
    assert not {"reference", "exchange_rate", "arrival_date", "cmr_gross", "cmr_packages"} & set(header)
    assert "payment" not in body
    assert not any("container" in item for item in body["item"])
    assert [set(means) for means in body["border_means"]] == [{"country"}]


def test_invoice_and_waybill_lose_their_numbers_and_dates_and_the_contract_keeps_its(offline: Application) -> None:
    body = to_body(drafted(offline, kept(offline)).declaration)
    rows = {row["kind"]: row for row in body["document"]}
    assert rows["04021"] == {"kind": "04021"}  # the invoice
    assert rows["02015"] == {"kind": "02015"}  # the waybill
    assert rows["03011"] == {"kind": "03011", "number": "UP-LB/26-08", "date": "2026-08-17"}  # the contract


def test_the_exchange_rate_is_that_of_the_new_day_not_the_one_typed_over(offline: Application) -> None:
    session = drafted(offline, kept(offline))
    rate = Path("header", SINGLE, "exchange_rate")
    assert session.look(rate).text != "512.34"
    assert str(session.look(rate).state) == "worked_out"


def test_which_values_go_is_data_in_every_country() -> None:
    for code in profile_codes():
        profile = load_profile(code)
        marked = {field.id for field in profile.fields.values() if field.once != "never"}
        assert {"header.date", "header.reference", "seal.number", "office.number", "document.number"} <= marked
        draft = drafting.new_declaration(code, DAY)
        made = draft_of(whole_to_data(draft), profile, date(2026, 12, 8))
        assert to_body(made.session.declaration)["header"]["date"] == "2026-12-08"


@pytest.mark.parametrize("file", sorted(sample_file().parent.glob("??-*-*.json")), ids=lambda file: file.stem)
def test_a_draft_of_every_sample_keeps_its_goods_and_nothing_marked(file: File) -> None:
    sample = open_file(file).session
    made = draft_of(whole_to_data(sample.declaration), sample.profile, DAY)
    fields = [field for field in sample.profile.fields.values() if field.once == "always"]
    rows = made.session.declaration.tables
    left = {field.id for field in fields for row in rows[field.table].values() if field.name in row.values}
    assert left == set(drafting.DATED)
    assert len(made.session.rows("item")) == len(sample.rows("item"))
    assert made.left_out == ()


def test_a_field_that_the_law_no_longer_knows_is_left_out_and_named(offline: Application) -> None:
    template = kept(offline)
    body = dict(offline.store.templates.load(template).body)
    tables = dict(body["tables"])
    tables["header"] = [[0, None, {**tables["header"][0][2], "colour": "red"}]]
    made = draft_of({**body, "tables": tables}, load_profile("KZ"), DAY)
    assert made.left_out == ("header.colour",)
    assert len(made.session.rows("item")) == 12


def test_a_template_stays_as_it_is_whatever_becomes_of_its_drafts(offline: Application) -> None:
    template = kept(offline)
    session = drafted(offline, template)
    for row in session.rows("item"):
        session.remove_row("item", row)
    assert len(drafted(offline, template).rows("item")) == 12


def test_saving_under_the_same_name_replaces_and_the_former_one_can_come_back(offline: Application) -> None:
    first = kept(offline)
    again = offline.templates.save(offline.open(offline.new_draft()).session, "  valves  FROM Urumqi ")
    assert (again.name, again.replaced) == ("valves FROM Urumqi", True)
    assert [row.id for row in offline.templates.removed()] == [first]
    offline.templates.rename(again.id, "Empty one")
    offline.templates.restore(first)
    assert [row.name for row in offline.templates.listed()] == ["Empty one", "Valves from Urumqi"]


def test_removing_loses_nothing_and_survives_a_restart(tmp_path: File) -> None:
    first = Application(tmp_path, today=today)
    template = kept(first)
    first.templates.remove(template)
    first.close()
    again = Application(tmp_path, today=today)
    try:
        assert again.templates.listed() == ()
        again.templates.restore(again.templates.removed()[0].id)
        assert len(drafted(again, template).rows("item")) == 12
    finally:
        again.close()


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_a_name_that_is_none_is_refused(offline: Application, name: str) -> None:
    with pytest.raises(UserError, match="1 to 120"):
        kept(offline, name)
    assert offline.templates.listed() == ()


def test_an_unknown_name_is_told_with_those_there_are(offline: Application) -> None:
    with pytest.raises(UserError, match="There are: —"):
        offline.templates.named("Valves")
    kept(offline)
    with pytest.raises(UserError, match="“Valves from Urumqi”"):
        offline.templates.named("Valves")
    assert offline.templates.named("valves from urumqi").name == "Valves from Urumqi"


def test_screens_are_told_of_every_change(offline: Application) -> None:
    heard: list[str] = []
    offline.listen.connect(lambda event: heard.append(event.kind))
    template = kept(offline)
    offline.templates.rename(template, "B")
    offline.templates.remove(template)
    offline.templates.restore(template)
    assert heard.count("templates") == 4


def test_the_templates_are_no_folder_of_declarations(offline: Application) -> None:
    kept(offline)
    assert offline.worklist("templates") == ()
    assert len(offline.worklist()) == 1

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A draft follows the user's exchange rates when it is opened; what was signed keeps its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.catalogue.own_rates import file_of
from swclient.engine.session import path_of
from swclient.store.values import Move
from swclient.workflow.application import Application
from swclient.workflow.drafts import drafting
from swclient.workflow.drafts.saving import stored_body
from swclient.workflow.intake.converting import open_file, sample_file
from swclient.workflow.rates import import_rates
from tests.declarations import today

RATE = path_of("header", "exchange_rate")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def imported(rate: str, tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text(f"date,currency,units,rate\n2026-11-20,USD,1,{rate}\n", encoding="utf-8")
    import_rates("KZ", file)


def rate_of_sample() -> str:
    session = open_file(sample_file()).session
    return str(session.live.singles["header"].values["exchange_rate"])


def test_a_draft_follows_the_rates_when_it_is_opened_again_and_what_was_signed_does_not(tmp_path: Path) -> None:
    def figures(application: Application, declaration: str) -> tuple[str, str]:
        header = application.open(declaration).session.live.singles["header"].values
        return str(header["exchange_rate"]), str(header["charges_total"])

    imported("541.20", tmp_path)
    application = Application(tmp_path / "data", today=today)
    signed, draft = application.open_sample(), application.open_sample()
    before = figures(application, signed)
    assert before[0] == "541.20"
    application.open(signed).saving.snapshot().result()
    application.store.move_state(Move(signed, "draft", "signed", kind="signed"))
    application.close()

    imported("600", tmp_path)
    again = Application(tmp_path / "data", today=today)
    try:
        assert figures(again, signed) == before
        assert figures(again, draft)[0] == "600"
        assert figures(again, draft)[1] != before[1]
        words = "\n".join(again.open(signed).session.explain(RATE).lines())
        assert "imported from rates.csv" in words
    finally:
        again.close()
    file_of("KZ").unlink()
    third = Application(tmp_path / "data", today=today)
    try:
        assert figures(third, signed) == before  # it needs nothing but itself
    finally:
        third.close()


def test_what_was_signed_without_own_rates_does_not_take_later_ones(tmp_path: Path) -> None:
    body = stored_body(open_file(sample_file()).session)
    assert "exchange_rates" not in body
    imported("600", tmp_path)
    kept = drafting.restored(body, [], today, version=body["profile_version"])
    assert str(kept.live.singles["header"].values["exchange_rate"]) == "540.00"
    assert str(drafting.restored(body, [], today).live.singles["header"].values["exchange_rate"]) == "600"


def test_a_session_that_is_open_keeps_its_rates_and_one_opened_later_has_the_new_ones(tmp_path: Path) -> None:
    session = open_file(sample_file()).session
    imported("600", tmp_path)
    session.clear(path_of("header", "reference"))
    assert str(session.live.singles["header"].values["exchange_rate"]) == "540.00"
    assert rate_of_sample() == "600"


def test_own_rates_that_cannot_be_read_are_told_when_a_declaration_is_opened(tmp_path: Path) -> None:
    imported("600", tmp_path)
    file_of("KZ").write_text("nonsense", encoding="utf-8")
    with pytest.raises(UserError, match="Your exchange rates cannot be read"):
        open_file(sample_file())

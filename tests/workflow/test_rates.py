# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exchange rates are imported and fetched on the user's word; drafts follow them, what was signed keeps its own."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from swclient.base.errors import DataError, OutsideError, UserError
from swclient.catalogue.loader import load_profile
from swclient.catalogue.own_rates import file_of, own_rates
from swclient.document.path import Path as FieldPath
from swclient.engine.session import path_of
from swclient.workflow.application import Application
from swclient.workflow.intake.converting import open_file, sample_file
from swclient.workflow.rates import Taken, fetch_rates, import_rates, rates_on, source_of, today_of
from tests.declarations import today
from tests.transport.authority import Authority
from tests.transport.stub import Answer, Stub, reply

DAY = date(2026, 11, 20)  # of the sample
RATE = path_of("header", "exchange_rate")
TABLE = "date,currency,units,rate\n2026-11-20,USD,1,{rate}\n"
FEED = """<rates><date>{day}</date>
<item><title>USD</title><description>541.20</description><quant>1</quant></item>
<item><title>EUR</title><description>620.01</description><quant>1</quant></item></rates>"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def tls(authority: Authority) -> ssl.SSLContext:
    return authority.server()


@pytest.fixture
def bank(authority: Authority, tls: ssl.SSLContext) -> Iterator[Callable[..., Stub]]:
    """Run a bank that answers so, and write its address into the user's settings."""
    running: list[Stub] = []

    def run(*answers: Answer, country: str = "KZ", path: str = "/rates?d={day:%d.%m.%Y}") -> Stub:
        stub = Stub(tls, *answers)
        stub.__enter__()
        running.append(stub)
        settings = file_of(country).with_suffix(".toml")
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(f"url = '{stub.address}{path}'\nca_file = '{authority.file}'\n", encoding="utf-8")
        return stub

    yield run
    for stub in running:
        stub.__exit__()


def feed(day: date = DAY) -> Answer:
    return reply(200, FEED.format(day=day.strftime("%d.%m.%Y")).encode())


def imported(rate: str, tmp_path: Path, country: str = "KZ") -> Taken:
    file = tmp_path / "rates.csv"
    file.write_text(TABLE.format(rate=rate), encoding="utf-8")
    return import_rates(country, file)


def rate_of_sample() -> str:
    session = open_file(sample_file()).session
    return str(session.live.singles["header"].values["exchange_rate"])


def kept_nothing() -> bool:
    return own_rates("KZ") == ()


# -- import


def test_an_imported_rate_is_used_and_explains_itself(tmp_path: Path) -> None:
    assert rate_of_sample() == "540.00"
    taken = imported("541.20", tmp_path)
    assert (len(taken.rows), len(taken.fresh), taken.source, taken.doubts) == (1, 1, "rates.csv", ())
    session = open_file(sample_file()).session
    words = "\n".join(session.explain(RATE).lines())
    assert re.search(r"541\.20  \[imported from rates\.csv on 20\d\d-\d\d-\d\d\]", words)
    assert "not confirmed" not in words
    assert rates_on("KZ", DAY, "usd")[0].how == "import"


def test_a_duty_by_quantity_tells_the_source_of_the_euro_it_was_converted_by(tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text(TABLE.format(rate="541.20") + "2026-11-20,EUR,1,631.5\n", encoding="utf-8")
    import_rates("KZ", file)
    session = open_file(sample_file()).session
    shoes = next(row for row, each in session.live.rows["item"].items() if each.values["code"] == "6404199000")
    lines = session.explain(FieldPath("item", shoes, "charges")).lines()
    place = next(number for number, line in enumerate(lines) if "EUR converted at 631.5" in line)
    assert "imported from rates.csv" in lines[place + 1]


def test_a_file_with_a_bad_row_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text(TABLE.format(rate="541.20") + "2026-11-20,EUR,1,a lot\n", encoding="utf-8")
    with pytest.raises(UserError, match="Line 3"):
        import_rates("KZ", file)
    assert kept_nothing()
    with pytest.raises(UserError, match="cannot be read"):
        import_rates("KZ", tmp_path / "absent.csv")


def test_a_saved_list_of_the_bank_is_read_as_a_fetched_one(tmp_path: Path) -> None:
    file = tmp_path / "saved.xml"
    file.write_text(FEED.format(day="20.11.2026"), encoding="utf-8")
    taken = import_rates("KZ", file, "site of the bank")
    assert [(row.currency, row.how, row.source) for row in taken.rows] == [
        ("USD", "import", "site of the bank (saved.xml)"),
        ("EUR", "import", "site of the bank (saved.xml)"),
    ]
    for country in ("UZ", "CN"):
        with pytest.raises(UserError, match=f"XML file of exchange rates is laid out for {country}"):
            import_rates(country, file)


def test_wrong_units_are_told_and_taken_all_the_same(tmp_path: Path) -> None:
    assert "USD of 2026-11-20: 54" in imported("54120", tmp_path).doubts[0].text()
    assert rate_of_sample() == "54120"


def test_a_month_has_one_rate_where_customs_keep_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="first day of its month"):
        imported("7.11", tmp_path, "CN")
    file = tmp_path / "month.csv"
    file.write_text("date,currency,units,rate\n2026-11-01,USD,1,7.11\n", encoding="utf-8")
    import_rates("CN", file)
    assert str(rates_on("CN", date(2026, 11, 30), "USD")[0].rate) == "7.11"
    assert rates_on("CN", date(2026, 12, 1), "USD")[:1] != rates_on("CN", date(2026, 11, 30), "USD")


def test_a_country_that_nobody_knows_is_told_with_those_that_there_are() -> None:
    with pytest.raises(UserError, match="Known are AZ, CN"):
        rates_on("EAEU")


# -- fetch


def test_fetched_rates_are_used_and_explain_themselves(bank: Callable[..., Stub]) -> None:
    stub = bank(feed())
    taken = fetch_rates("KZ", DAY, now=lambda: datetime(2026, 11, 21))  # noqa: DTZ001 - the user's clock
    assert [request.path for request in stub.seen] == ["/rates?d=20.11.2026"]
    assert (len(taken.fresh), taken.source) == (2, "National Bank of Kazakhstan")
    words = "\n".join(open_file(sample_file()).session.explain(RATE).lines())
    assert "541.20  [fetched from National Bank of Kazakhstan on 2026-11-21] (not confirmed)" in words
    assert fetch_rates("KZ", DAY).fresh == ()


def test_without_a_day_todays_rates_are_asked_for_and_the_latest_taken(bank: Callable[..., Stub]) -> None:
    now = today_of(load_profile("KZ"))
    stub = bank(feed(now + timedelta(days=1)))
    assert fetch_rates("KZ").rows[0].date == now + timedelta(days=1)
    assert stub.seen[0].path == f"/rates?d={now:%d.%m.%Y}"


@pytest.mark.parametrize("off", [1, -11, 3650])
def test_rates_of_another_day_are_refused(bank: Callable[..., Stub], off: int) -> None:
    bank(feed(DAY + timedelta(days=off)))
    with pytest.raises(OutsideError, match="and not those of 2026-11-20"):
        fetch_rates("KZ", DAY)
    assert kept_nothing()


def test_rates_that_still_hold_on_the_day_are_taken_as_those_of_their_own_day(bank: Callable[..., Stub]) -> None:
    bank(feed(DAY - timedelta(days=2)))
    assert {row.date for row in fetch_rates("KZ", DAY).rows} == {date(2026, 11, 18)}


GOOD = FEED.format(day="20.11.2026")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (GOOD[:120], "cannot be used"),
        (f"<!DOCTYPE rates>{GOOD}", "DOCTYPE"),
        (GOOD.replace("EUR", "CHF"), "no rate of EUR"),
        (GOOD.replace("<title>EUR</title>", ""), "row 2: there is no currency"),
        ("<html><body>We are busy</body></html>", "no list of rates"),
        ("", "cannot be used"),
    ],
)
def test_an_answer_that_cannot_be_used_changes_nothing(bank: Callable[..., Stub], body: str, told: str) -> None:
    bank(reply(200, body.encode()))
    with pytest.raises(OutsideError, match=told) as error:
        fetch_rates("KZ", DAY)
    assert "No rate was changed" in str(error.value)
    assert kept_nothing()


def test_a_redirect_to_another_host_is_not_followed(bank: Callable[..., Stub]) -> None:
    elsewhere = bank(feed())
    bank(reply(302, b"", Location=f"{elsewhere.address}/rates"))
    with pytest.raises(OutsideError, match="not followed"):
        fetch_rates("KZ", DAY)
    assert elsewhere.connections == 0
    assert kept_nothing()


def test_where_no_list_is_known_the_way_by_file_is_told() -> None:
    with pytest.raises(UserError, match="swclient rates import CN FILE"):
        fetch_rates("CN")


def test_settings_that_do_not_fit_are_told_by_file() -> None:
    settings = file_of("KZ").with_suffix(".toml")
    settings.parent.mkdir(parents=True)
    settings.write_text("url = 'http://bank.example'\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"KZ\.toml: rates_source: “url” cannot read"):
        fetch_rates("KZ", DAY)


def test_whom_to_believe_is_the_users_word_and_not_that_of_the_data(authority: Authority) -> None:
    profile = load_profile("KZ")
    told = {**profile.facts["rates_source"], "ca_file": str(authority.file)}
    found = source_of(replace(profile, facts={**profile.facts, "rates_source": told}))
    assert found is not None
    assert found.ca_file is None
    file_of("KZ").parent.mkdir(parents=True)
    file_of("KZ").with_suffix(".toml").write_text(f"ca_file = '{authority.file}'", encoding="utf-8")
    found = source_of(profile)
    assert found is not None
    assert (found.ca_file, found.name) == (authority.file, "National Bank of Kazakhstan")


def test_nothing_asks_the_bank_by_itself(bank: Callable[..., Stub], tmp_path: Path) -> None:
    stub = bank(feed())
    application = Application(tmp_path / "data", today=today)
    try:
        application.open(application.open_sample()).session.type_in(path_of("header", "date"), "2027-01-15")
        assert rates_on("KZ", date(2027, 1, 15)) == ()
    finally:
        application.close()
    assert stub.connections == 0

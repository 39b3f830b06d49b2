# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for exchange rates, as other programs rely on them."""

from __future__ import annotations

import json
import ssl
from pathlib import Path

import pytest

from swclient.cli import main
from tests.transport.authority import Authority
from tests.transport.stub import Stub, reply

Capture = pytest.CaptureFixture[str]
TABLE = "date,currency,units,rate\n2026-11-20,USD,1,541.20\n2026-11-20,JPY,100,3.5\n"
FEED = '[{"Ccy": "USD", "Nominal": "1", "Rate": "12171.03", "Date": "20.11.2026"},' \
       ' {"Ccy": "EUR", "Nominal": "1", "Rate": "14000.5", "Date": "20.11.2026"}]'  # fmt: skip


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rates.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path / "home"


def test_an_import_is_listed_with_its_source(capsys: Capture, home: Path) -> None:
    assert main(["rates", "import", "kz", "rates.csv", "--source", "bulletin", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], len(told["rows"]), told["source"], told["doubts"]) == (2, 2, "bulletin (rates.csv)", [])
    assert Path(told["file"]) == home / "rates" / "KZ.csv"
    assert main(["rates", "list", "KZ", "--currency", "usd", "--day", "2026-11-22", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["currency"], row["units"], row["rate"], row["date"]) == ("USD", 1, "541.20", "2026-11-20")
    assert (row["source"], row["how"], row["confirmed"], row["sample"]) == (
        "bulletin (rates.csv)",
        "import",
        True,
        False,
    )


def test_the_answers_in_words_say_the_same(capsys: Capture) -> None:
    assert main(["rates", "import", "KZ", "rates.csv"]) == 0
    assert capsys.readouterr().out.startswith("2 rates of 2026-11-20 to 2026-11-20, 2 of them new: rates.csv.")
    assert main(["rates", "import", "KZ", "rates.csv"]) == 0
    assert "0 of them new" in capsys.readouterr().out
    assert main(["rates", "list", "KZ", "--day", "2026-11-22"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert lines["JPY"].startswith("JPY  100 = 3.5  from 2026-11-20  [imported from rates.csv on ")
    assert lines["EUR"].endswith("(not confirmed)")
    assert "TRAINING" in lines["EUR"]


def test_no_rate_is_an_answer_of_its_own(capsys: Capture) -> None:
    assert main(["rates", "list", "KZ", "--day", "1999-01-01"]) == 1
    assert "no rate in force" in capsys.readouterr().err
    assert main(["rates", "list", "KZ", "--day", "1999-01-01", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == []


def test_a_doubt_is_told_beside_the_answer(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text(TABLE.replace("541.20", "5.41"), encoding="utf-8")
    assert main(["rates", "import", "KZ", "odd.csv"]) == 0
    assert "is far from the 540" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["import", "KZ", "absent.csv"], "absent.csv cannot be read"),
        (["import", "XX", "rates.csv"], "Known are AZ"),
        (["list", "EAEU"], "Known are AZ"),
        (["fetch", "CN"], "rates import CN"),
    ],
)
def test_what_the_user_can_put_right_is_told_and_exits_with_two(capsys: Capture, words: list[str], told: str) -> None:
    assert main(["rates", *words]) == 2
    assert told in capsys.readouterr().err


def test_a_day_that_is_none_is_refused_by_the_parser(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main(["rates", "list", "KZ", "--day", "tomorrow"])
    assert "--day" in capsys.readouterr().err


@pytest.fixture
def bank_tls(tmp_path: Path, home: Path) -> ssl.SSLContext:
    authority = Authority(tmp_path)
    (home / "rates").mkdir(parents=True)
    (home / "rates" / "UZ.toml").write_text(f"ca_file = '{authority.file}'\n", encoding="utf-8")
    return authority.server()


def _address(home: Path, stub: Stub) -> None:
    with (home / "rates" / "UZ.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"url = '{stub.address}/all/{{day:%Y-%m-%d}}/'\n")


def test_a_fetch_is_kept_and_listed(capsys: Capture, home: Path, bank_tls: ssl.SSLContext) -> None:
    with Stub(bank_tls, reply(200, FEED.encode())) as stub:
        _address(home, stub)
        assert main(["rates", "fetch", "UZ", "--day", "2026-11-20", "--json"]) == 0
        assert stub.seen[0].path == "/all/2026-11-20/"
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], told["source"]) == (2, "Central Bank of Uzbekistan")
    assert main(["rates", "list", "UZ", "--day", "2026-11-20", "--currency", "USD"]) == 0
    assert "[fetched from Central Bank of Uzbekistan on " in capsys.readouterr().out


def test_a_fetch_that_failed_exits_with_one(capsys: Capture, home: Path, bank_tls: ssl.SSLContext) -> None:
    with Stub(bank_tls, reply(503, b"later")) as stub:
        _address(home, stub)
        assert main(["rates", "fetch", "UZ"]) == 1
    assert "503" in capsys.readouterr().err
    assert not (home / "rates" / "UZ.csv").exists()

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands about data: profiles, rules, lookup and packs, as other programs rely on them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from swclient.catalogue.loader import load_profile, profile_codes
from swclient.cli import main
from swclient.engine.rulebook import rulebook
from swclient.engine.texts import TEXT_RULES
from swclient.workflow.intake.converting import sample_file

Capture = pytest.CaptureFixture[str]
TABLE = "code,name_en,unit,duty\n8481808199,Ball valves,,12\n"


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def pack(tmp_path: Path, capsys: Capture) -> Path:
    """A pack of a tariff of one line, made by the commands, its publisher trusted."""
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    assert main(["pack", "key", "k.pem"]) == 0
    assert main(["pack", "trust", "k.pub.pem"]) == 0
    assert main(made("p.swpack")) == 0
    capsys.readouterr()
    return tmp_path / "p.swpack"


def made(out: str, version: str = "2026.12", *more: str) -> list[str]:
    words = ["pack", "make", "--tariff", "table.csv", "--country", "KZ", "--version", version]
    return [*words, "--valid-from", "2026-11-01", "--key", "k.pem", "-o", out, *more]


# -- profiles


def test_coverage_is_keyed_by_country_and_counted_from_the_data(capsys: Capture) -> None:
    assert main(["profiles", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == set(profile_codes())
    for code, row in told.items():
        profile = load_profile(code)
        assert row["rules"] == len(rulebook(profile))
        assert row["boxes"] == sum(bool(field.box) and field.shown for field in profile.fields.values())
        assert row["level"] in {"L0", "L1", "L2", "L3", "L4", "L5"}
        assert bool(row["lacks"]) == (row["level"] != "L5")
        assert row["unconfirmed"] == sum(row["unconfirmed_by_kind"].values())
    assert told["KZ"]["level"] == "L5"


def test_each_country_is_a_line_with_its_code_first(capsys: Capture) -> None:
    assert main(["profiles"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert [line.split()[0] for line in lines] == list(profile_codes())


def test_a_level_falls_with_what_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from swclient.workflow.coverage import coverage_of

    profile = load_profile("KZ")
    assert coverage_of(profile).level == 5
    assert coverage_of(replace(profile, facts={**profile.facts, "charges": {}})).level == 2
    assert coverage_of(replace(profile, rules={})).level == 1
    fields = {key: replace(field, titles={}) for key, field in profile.fields.items()}
    bare = coverage_of(replace(profile, fields=fields))
    assert bare.level == 0
    assert [each.text() for each in bare.lacks] == ["no box has a national title"]


# -- rules


def test_every_rule_is_a_line_with_its_code_first(capsys: Capture) -> None:
    assert main(["rules", "--profile", "KZ"]) == 0
    lines = capsys.readouterr().out.splitlines()
    told = (*rulebook(load_profile("KZ")), *TEXT_RULES)
    assert sorted(line.split()[0] for line in lines) == sorted(rule.code for rule in told)


def test_a_code_tells_everything_about_its_rule(capsys: Capture) -> None:
    assert main(["rules", "g010", "--profile", "KZ"]) == 0
    told = capsys.readouterr().out
    for words in ("G010", "error", "35, 38", "Law:", "Must hold: item.gross_mass >= item.net_mass", "Offered"):
        assert words in told
    assert main(["rules", "G010", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["code"], row["boxes"]) == ("G010", ["35", "38"])


def test_an_unknown_rule_is_named_with_two(capsys: Capture) -> None:
    assert main(["rules", "NOPE"]) == 2
    assert "NOPE" in capsys.readouterr().err


# -- lookup


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["hs", "8481", "80"], "848180"),
        (["hs", "porselain"], "691110"),
        (["hs", "фарфор"], "6911"),
        (["countries", "Қазақстан"], "KZ"),
        (["currencies", "тенге"], "KZT"),
        (["units", "kg"], "166"),
        (["packages", "carton"], "CT"),
        (["offices", "50003"], "50003"),
        (["incoterms", "free", "carrier"], "FCA"),
    ],
)
def test_a_code_is_found_and_stands_first_on_its_line(words: list[str], first: str, capsys: Capture) -> None:
    assert main(["lookup", *words, "--profile", "KZ"]) == 0
    assert capsys.readouterr().out.splitlines()[0].split()[0] == first


def test_names_come_in_the_language_asked_for(capsys: Capture) -> None:
    assert main(["lookup", "countries", "KZ", "--lang", "zh", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0] == {"code": "KZ", "name": "哈萨克斯坦", "how": "code"}


def test_nothing_found_is_one_and_an_unknown_list_is_two(capsys: Capture) -> None:
    assert main(["lookup", "countries", "xqzwvk"]) == 1
    assert capsys.readouterr().out == ""
    assert main(["lookup", "mountains", "high"]) == 2
    assert "mountains" in capsys.readouterr().err


def test_no_more_lines_than_asked_for(capsys: Capture) -> None:
    assert main(["lookup", "hs", "of", "--limit", "3"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


@pytest.mark.parametrize("words", ["31", "описание", "goods description", "Commodity/Description", "item.description"])
def test_a_box_answers_to_number_word_and_name(words: str, capsys: Capture) -> None:
    assert main(["--language", "en", "lookup", "boxes", words, "--country", "UZ"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("31  Description of goods  ")
    assert first.endswith("item.description")


def test_boxes_as_data_have_every_name_and_the_limit_holds(capsys: Capture) -> None:
    assert main(["lookup", "boxes", "31", "--country", "KZ", "--lang", "ru", "--limit", "2", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told) == 2
    assert told[0]["field"] == "item.description"
    assert told[0]["box"] == "31"
    assert told[0]["label"] == "Описание товара"
    assert told[0]["wco"] == "Commodity/Description"
    assert "описание" in told[0]["titles"]["ru"].casefold()


def test_no_box_is_an_answer_too(capsys: Capture) -> None:
    assert main(["lookup", "boxes", "xqzwvkj"]) == 1
    assert capsys.readouterr().out == ""


# -- pack


def test_a_table_becomes_a_pack_that_judges_after_it_is_installed(pack: Path, capsys: Capture) -> None:
    assert main(["pack", "verify", str(pack)]) == 0
    assert "DEMO" in capsys.readouterr().out
    assert main(["duties", str(sample_file()), "--json"]) == 0
    before = json.loads(capsys.readouterr().out)
    assert main(["pack", "install", str(pack)]) == 0
    assert main(["pack", "list", "--json"]) == 0
    told = capsys.readouterr().out
    (row,) = json.loads(told[told.index("[\n") :])
    assert (row["country"], row["version"], row["good"], row["demo"]) == ("KZ", "2026.12", True, True)
    assert main(["duties", str(sample_file()), "--json"]) == 0
    after = json.loads(capsys.readouterr().out)
    duty = [
        next(line["rate"] for line in each["items"][0]["charges"] if line["kind"] == "2010") for each in (before, after)
    ]
    assert [float(rate) for rate in duty] == [5.0, 12.0]


def test_drafts_that_break_are_told_and_the_pack_waits_for_a_yes(pack: Path, capsys: Capture) -> None:
    from swclient.workflow.bootstrap import open_application

    application = open_application()
    application.open_sample()
    application.close()
    assert main(["pack", "install", str(pack)]) == 1
    told = capsys.readouterr().out
    assert "1 of them" in told
    assert "Charge 2010" in told
    assert "Not installed" in told
    assert main(["pack", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["pack", "install", str(pack), "--yes"]) == 0


def test_templates_that_break_are_named_beside_drafts_and_bar_the_pack_too(pack: Path, capsys: Capture) -> None:
    assert main(["template", "save", "Valves", str(sample_file())]) == 0
    capsys.readouterr()
    assert main(["pack", "install", str(pack)]) == 1
    told = capsys.readouterr().out
    assert "0 drafts would be judged by it" in told
    assert "1 templates would be judged by it, 1 of them" in told
    assert "  Valves\n    Charge 2010" in told
    assert main(["pack", "install", str(pack), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert (data["installed"], data["version"], data["drafts"]) == (False, "2026.12", {"judged": 0, "broken": []})
    (broken,) = data["templates"]["broken"]
    assert broken["title"] == "Valves"
    assert any(line.startswith("Charge 2010") for line in broken["changes"])
    assert main(["pack", "install", str(pack), "--json", "--yes"]) == 0
    assert json.loads(capsys.readouterr().out)["installed"] is True
    assert main(["pack", "install", str(pack), "--json"]) == 0  # the same again changes nothing
    assert json.loads(capsys.readouterr().out)["templates"] == {"judged": 1, "broken": []}


def test_an_altered_an_older_and_an_unknown_publishers_pack_are_refused_with_one(
    pack: Path, tmp_path: Path, capsys: Capture
) -> None:
    content = bytearray(pack.read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "altered.swpack").write_bytes(content)
    assert main(["pack", "verify", "altered.swpack"]) in {1, 2}
    assert main(["pack", "install", str(pack)]) == 0
    assert main(made("old.swpack", "2026.11")) == 0
    capsys.readouterr()
    assert main(["pack", "install", "old.swpack"]) == 1
    assert "not newer" in capsys.readouterr().err
    assert main(["pack", "install", "old.swpack", "--json"]) == 1
    assert "not newer" in json.loads(capsys.readouterr().out)["problem"]
    for key in (tmp_path / "home" / "keys" / "publishers").iterdir():
        key.unlink()
    assert main(["pack", "verify", str(pack), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["good"] is False
    assert main(["pack", "list"]) == 1


def test_what_is_no_pack_is_two(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "no.swpack").write_bytes(b"no pack")
    assert main(["pack", "verify", "no.swpack"]) == 2
    assert main(["pack", "install", "no.swpack"]) == 2
    assert main(["pack", "verify", "nowhere.swpack"]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_bad_rows_of_a_table_are_named_by_line_and_no_pack_is_made(tmp_path: Path, capsys: Capture) -> None:
    main(["pack", "key", "k.pem"])
    (tmp_path / "table.csv").write_text(TABLE + "848,Bad,,5\n8482109008,Bad,,five\n", encoding="utf-8")
    assert main(made("p.swpack")) == 2
    told = capsys.readouterr().err
    assert "Line 3" in told
    assert "Line 4" in told
    assert not (tmp_path / "p.swpack").exists()


def test_a_country_folder_becomes_a_pack(tmp_path: Path, capsys: Capture) -> None:
    from swclient.base import paths

    main(["pack", "key", "k.pem"])
    main(["pack", "trust", "k.pem"])
    folder = str(paths.shipped("resources") / "profiles" / "KG")
    words = ["--country", "KG", "--version", "2026.12", "--valid-from", "2026-11-01", "--key", "k.pem"]
    assert main(["pack", "make", folder, *words, "-o", "kg.swpack"]) == 0
    assert main(["pack", "install", "kg.swpack"]) == 0
    assert load_profile("KG", day=date(2026, 11, 20)).version == "2026.12"
    assert main(["pack", "make", *words, "-o", "none.swpack"]) == 2

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for several people: who works, the sign-off, the history, and warnings that may stand told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from swclient.cli import main
from swclient.document.path import Path as FieldPath
from swclient.workflow.bootstrap import open_application

Capture = pytest.CaptureFixture[str]
ANNA, BORIS, WHY = "Anna", "Борис", "A test price, see the letter"


@pytest.fixture
def draft(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The id of a draft with one acknowledged warning; the first person changed it last."""
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    assert main(["people", "--as", ANNA, "--four-eyes", "on"]) == 0
    application = open_application()
    try:
        desk = application.open(application.open_sample())
        row = desk.session.rows("item")[0]
        desk.session.type_in(FieldPath("item", row, "price"), "1.25")
        desk.session.settle()
        desk.acknowledge(next(each for each in desk.session.findings() if each.code == "V029"), WHY)
        return desk.id
    finally:
        application.close()


def test_who_works_and_whether_a_second_person_is_wanted(draft: str, capsys: Capture) -> None:
    assert main(["people"]) == 0
    told = capsys.readouterr().out
    assert f"* {ANNA}" in told
    assert "only after another person" in told
    assert main(["people", "--four-eyes", "off"]) == 0
    assert "without a second person" in capsys.readouterr().out
    assert main(["people", "--as", " "]) != 0
    assert "Write a name" in capsys.readouterr().err


def test_acknowledged_warnings_are_told_apart(draft: str, capsys: Capture) -> None:
    assert main(["check", draft[:8]]) == 0
    open_ones, _sign, let = capsys.readouterr().out.partition("Acknowledged:")
    assert "V029" not in open_ones
    assert "V029" in let
    assert f"{ANNA}" in let
    assert WHY in let
    assert main(["check", draft, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [each["acknowledged"]["why"] for each in found if each["acknowledged"]] == [WHY]
    assert main(["check", "nobody"]) != 0


def test_a_second_person_signs_off(draft: str, capsys: Capture) -> None:
    capsys.readouterr()
    assert main(["signoff", draft, "--as", ANNA]) != 0
    assert "changed this declaration last" in capsys.readouterr().err
    assert main(["signoff", draft, "--as", BORIS]) == 0
    assert BORIS in capsys.readouterr().out
    application = open_application()
    try:
        desk = application.open(draft)
        assert desk.may("submit") == (True, None), "what the command signed off is what the window would send"
    finally:
        application.close()


def test_the_history_is_told_by_person_and_by_box(draft: str, capsys: Capture) -> None:
    main(["signoff", draft, "--as", BORIS])
    capsys.readouterr()
    assert main(["history", draft]) == 0
    told = capsys.readouterr().out
    assert f"{ANNA}  42/1 Item price" in told
    assert "→ 1.25" in told
    assert f"{BORIS}  Signed off by {BORIS}" in told
    assert main(["history", draft, "--by", BORIS]) == 0
    assert ANNA not in capsys.readouterr().out
    assert main(["history", draft, "--box", "item[1].price"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.endswith("→ 1.25")

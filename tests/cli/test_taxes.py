# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`swclient tax`: the pack and the invoice of a released declaration, written to files."""

import json

import pytest

from swclient.base import paths
from swclient.cli import main

SAMPLE = paths.shipped("resources") / "samples" / "kz-import-40.json"


@pytest.fixture
def released(tmp_path, monkeypatch, capsys):
    """The id of a declaration that customs released."""
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    assert main(["--language", "en", "submit", str(SAMPLE), "--to", "training", "--wait"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    return last.split("TRAINING: ")[1].split(" ")[0]


def test_pack_and_invoice_of_a_released_declaration(released, tmp_path, capsys):
    out = tmp_path / "pack"
    assert main(["--language", "en", "tax", "pack", released, "--out", str(out)]) == 0
    assert sorted(each.name for each in out.iterdir()) == [
        "calendar.csv",
        "calendar.ics",
        "items.csv",
        "payments.csv",
        "tax-pack.json",
    ]
    data = json.loads((out / "tax-pack.json").read_text(encoding="utf-8"))
    assert "TRAINING" in data["note"]
    told = capsys.readouterr().out
    assert "no day is known: Import from third countries" in told
    file = tmp_path / "invoice.xml"
    assert main(["--language", "en", "tax", "invoice", data["declaration_number"], "--out", str(file)]) == 0
    told = capsys.readouterr().out
    assert "nothing was sent to anybody" in told
    assert "DRAFT" in told
    assert data["declaration_number"] in file.read_text(encoding="utf-8")
    assert {each.name for each in tmp_path.glob("invoice*.xml")} == {
        "invoice.xml",
        "invoice.ticket.xml",
        "invoice.session.xml",
        "invoice.upload.xml",
    }


def test_a_draft_has_neither(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    main(["permit", "list", str(SAMPLE), "--json"])
    name = json.loads(capsys.readouterr().out)["declaration"]
    assert main(["--language", "en", "tax", "pack", name, "--out", str(tmp_path / "pack")]) == 2
    assert "no registration number" in capsys.readouterr().err
    assert not (tmp_path / "pack").exists()

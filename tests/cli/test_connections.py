# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections at the command line: added, listed, tested, put to use, removed."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from swclient.cli import main
from swclient.training import TrainingOptions, start_process

ADD = ["connection", "add", "Own", "--speaks", "wco", "--country", "tj"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_connection_is_added_put_to_use_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ADD, "--address", "https://office.example.org"]) == 0
    assert main(["connection", "use", "Own"]) == 0
    capsys.readouterr()
    assert main(["connection", "list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["name"], row["country"], row["in_use"]) for row in rows] == [("Own", "TJ", True)]
    assert main(["connection", "list"]) == 0
    assert "not confirmed" in capsys.readouterr().out
    assert main(["connection", "use", "training"]) == 0
    assert main(["connection", "remove", "Own"]) == 0
    capsys.readouterr()
    assert main(["connection", "list"]) == 0
    assert "TRAINING" in capsys.readouterr().out


def test_a_connection_is_tested_step_by_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with start_process(tmp_path / "office", TrainingOptions(pace=0.01)) as running:
        words = [*ADD, "--address", running.address, "--client", "training", "--path", "/wco/customs"]
        assert main([*words, "--ca", str(running.ca_file)]) == 0
        capsys.readouterr()
        monkeypatch.setattr("sys.stdin", io.StringIO("training\ntraining\n"))
        assert main(["connection", "test", "Own"]) == 0
        assert capsys.readouterr().out.count("+ ") == 5
        monkeypatch.setattr("sys.stdin", io.StringIO("wrong\n"))
        assert main(["connection", "test", "Own", "--json"]) == 1
        told = json.loads(capsys.readouterr().out)
    assert [step["good"] for step in told] == [True, True, True, False]
    assert told[-1]["advice"]


def test_a_connection_that_listens_is_added_and_its_push_tested(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with start_process(tmp_path / "office", TrainingOptions(pace=0.01)) as running:
        words = [*ADD, "--address", running.address, "--client", "training", "--path", "/wco/customs"]
        words += ["--ca", str(running.ca_file), "--listens", "127.0.0.1:0"]
        assert main([*words, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["listen"] == "127.0.0.1:0"
        monkeypatch.setattr("sys.stdin", io.StringIO("training\n" * 4))
        assert main(["connection", "test", "Own"]) == 0
    assert "+ Answers are pushed" in capsys.readouterr().out


def test_where_nobody_can_listen_is_told_with_exit_2(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main([*ADD, "--address", "https://office.example.org", "--listens", "0.0.0.0:8443"]) == 2
    assert "in the clear" in capsys.readouterr().err
    assert not (home / "connections.json").exists()


def test_a_wrong_address_is_told_with_exit_2(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main([*ADD, "--address", "http://office.example.org"]) == 2
    assert "https://" in capsys.readouterr().err
    assert not (home / "connections.json").exists()


def test_training_is_not_said_where_the_settings_say_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    sample = Path(__file__).resolve().parents[2] / "resources" / "samples" / "tj-import-40.json"
    main([*ADD, "--address", "https://office.example.org"])
    main(["connection", "use", "Own"])
    assert main(["submit", str(sample), "--to", "training"]) == 2
    assert "Own" in capsys.readouterr().err

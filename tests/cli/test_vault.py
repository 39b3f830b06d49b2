# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for the encryption of the store, and for the store of an office, with a key store and without one."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from swclient.cli import main
from swclient.store import driver, open_store
from swclient.store.vault import keys
from tests.signing.test_key_store import session
from tests.store.conftest import ID, append, new

pytest.importorskip("sqlcipher3", reason="the part “encryption” is not installed")
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A home with one declaration and two changes of it; nobody is at the terminal, no key store is there."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("SWCLIENT_HOME", str(folder))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with open_store(folder / "declarations.db") as store:
        store.create(new(), actor="declarant")
        append(store, 1)
        append(store, 2).result()
    yield folder
    keys.let_go()


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def answer(capsys: Capture, *words: str) -> Any:
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def recovery_key(capsys: Capture) -> str:
    """Encrypt the store; return the recovery key that was shown."""
    capsys.readouterr()
    assert main(["store", "encrypt", "--yes"]) == 0
    return next(line.strip() for line in capsys.readouterr().out.splitlines() if line.startswith("  "))


def test_without_a_key_store_the_recovery_key_is_asked_for_each_time(
    capsys: Capture, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = recovery_key(capsys)
    assert not driver.is_plain(home / "declarations.db")
    keys.let_go()  # as if the program were started anew
    assert main(["backup", "make"]) == 2
    assert "swclient store unlock" in capsys.readouterr().err
    typed(monkeypatch, shown)
    (made,) = answer(capsys, "backup", "make")["copies"]
    assert not driver.is_plain(Path(made["file"]))
    keys.let_go()
    typed(monkeypatch, shown)
    assert answer(capsys, "store", "unlock") == {"unlocked": True, "in_key_store": False}
    keys.let_go()
    typed(monkeypatch, shown)
    assert [each["state"] for each in answer(capsys, "backup", "verify")] == ["good"]


def test_who_has_not_written_the_key_down_has_nothing_encrypted(
    capsys: Capture, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "WRONG")
    assert main(["store", "encrypt"]) == 2
    assert "nothing was changed" in capsys.readouterr().err
    assert driver.is_plain(home / "declarations.db")
    assert not (home / "declarations.db.cipher").exists()


def test_what_is_still_plain_is_named(capsys: Capture, home: Path) -> None:
    (made,) = answer(capsys, "backup", "make")["copies"]
    told = answer(capsys, "store", "encrypt", "--yes", "--keep")
    assert set(told["leftovers"]) == {made["file"], told["kept"]}
    assert (told["records"], told["in_key_store"]) == (3, False)
    with open_store(Path(told["kept"]), read_only=True) as kept:
        assert len(kept.history(ID)) == 3


def test_another_key_and_back_to_a_plain_store(capsys: Capture, home: Path) -> None:
    first = recovery_key(capsys)
    assert answer(capsys, "store", "recovery") == {"recovery_key": first}
    assert answer(capsys, "store", "rekey", "--yes")["records"] == 3
    second = answer(capsys, "store", "recovery")["recovery_key"]
    assert second != first
    assert answer(capsys, "store", "decrypt")["leftovers"] == []
    assert driver.is_plain(home / "declarations.db")
    with open_store(home / "declarations.db") as store:
        assert store.health.ok
        assert len(store.load(ID).changes) == 2


@pytest.mark.parametrize("verb", ["decrypt", "rekey", "recovery", "unlock"])
def test_a_plain_store_is_called_plain(capsys: Capture, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    typed(monkeypatch, keys.written(keys.new_key()))
    assert main(["store", verb]) == 2
    assert "is not encrypted" in capsys.readouterr().err


def test_a_sheet_of_another_store_is_told(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    recovery_key(capsys)
    keys.let_go()
    typed(monkeypatch, keys.written(keys.new_key()))
    assert main(["store", "unlock"]) == 2
    assert "not the key of the store" in capsys.readouterr().err


_LIFE = """
import contextlib, io, json, os, sys
from pathlib import Path
from swclient.cli import main
from swclient.store import open_store
from swclient.store.vault import keys
from swclient.workflow.house.whereabouts import opened
from tests.store.conftest import new
home = Path(os.environ["HOME"]) / "mine"
home.mkdir()
os.environ["SWCLIENT_HOME"] = str(home)
with open_store(home / "declarations.db") as store:
    store.create(new(), actor="declarant")
def run(*words):
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = main([*words, "--json"])
    return json.loads(out.getvalue()) if code == 0 else code
told = {"encrypted": run("store", "encrypt", "--yes")["in_key_store"]}
shown = run("store", "recovery")["recovery_key"]
keys.let_go()
with opened(home) as store:  # nobody is asked
    told["opens"] = len(store.worklist()) == 1
told["rekeyed"] = run("store", "rekey", "--yes")["in_key_store"]
keys.let_go()
with opened(home) as store:
    told["opens with another key"] = len(store.worklist()) == 1
again = run("store", "recovery")["recovery_key"]
told["another key"] = again != shown
# The computer is lost: another one has the file, and the sheet.
from swclient.signing.secrets import Secrets
Secrets().forget(f"store key {keys.read(again).id}")
keys.let_go()
told["locked"] = run("backup", "make") == 2
sys.stdin = io.StringIO(again.lower() + "\\n")
told["unlocked"] = run("store", "unlock") == {"unlocked": True, "in_key_store": True}
keys.let_go()
sys.stdin = io.StringIO()
told["found again"] = len(run("backup", "make")["copies"]) == 1
told["nowhere"] = not [
    file for file in home.rglob("*") if file.is_file() and (
        again.split()[0].encode() in file.read_bytes() or keys.read(again).raw in file.read_bytes())]
print(json.dumps(told))
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="dbus-run-session is not installed")
@pytest.mark.skipif(shutil.which("gnome-keyring-daemon") is None, reason="gnome-keyring-daemon is not installed")
def test_with_a_real_key_store_nobody_is_asked_and_the_recovery_key_brings_a_lost_key_back(tmp_path: Path) -> None:
    told = json.loads(session(tmp_path, _LIFE))
    assert all(told.values()), told
    assert len(told) == 9


class TestOffice:
    @pytest.fixture
    def address(self, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Any:
        from tests.store.office import started

        with started(tmp_path_factory.mktemp("server")) as server:
            yield server.database(tmp_path).address

    def test_the_store_is_had_on_a_server_and_in_a_file_again(
        self, capsys: Capture, home: Path, monkeypatch: pytest.MonkeyPatch, address: str
    ) -> None:
        from swclient.workflow.house.vault import said
        from swclient.workflow.house.whereabouts import PasswordError, opened
        from tests.store.office import PASSWORD

        typed(monkeypatch, "wrong")
        assert main(["office", "use", address]) == 2
        assert "password authentication failed" in capsys.readouterr().err
        assert not (home / "store.toml").exists()
        typed(monkeypatch, PASSWORD)
        assert answer(capsys, "office", "use", address) == {"store": address, "in_key_store": False}
        assert answer(capsys, "office", "show") == {"store": address}
        with opened(home, said(PASSWORD)) as store:
            store.create(new(), actor="declarant")
            assert store.shared
        with pytest.raises(PasswordError, match="swclient office use"):
            opened(home)
        for words in (["backup", "make"], ["store", "encrypt", "--yes"]):
            assert main(words) == 2
            assert "its administrator" in capsys.readouterr().err
        assert not [file for file in home.rglob("*") if file.is_file() and PASSWORD.encode() in file.read_bytes()]
        assert answer(capsys, "office", "leave") == {"store": str(home / "declarations.db")}
        with opened(home) as store:
            assert not store.shared
        monkeypatch.setenv("SWCLIENT_STORE", address)
        with opened(home, said(PASSWORD)) as store:
            assert len(store.worklist()) == 1

    def test_a_declaration_goes_its_whole_way_on_a_server(
        self, capsys: Capture, home: Path, monkeypatch: pytest.MonkeyPatch, address: str
    ) -> None:
        from swclient.workflow.house.vault import said
        from swclient.workflow.house.whereabouts import opened
        from swclient.workflow.intake.converting import sample_file
        from tests.store.office import PASSWORD

        (home / "declarations.db").unlink()
        monkeypatch.setenv("SWCLIENT_STORE", address)
        typed(monkeypatch, PASSWORD)
        assert main(["submit", str(sample_file()), "--to", "training", "--wait"]) == 0
        assert not (home / "declarations.db").exists()
        with opened(home, said(PASSWORD)) as store:
            (row,) = store.worklist()
            assert (row.state, bool(row.number)) == ("archived", True)
            assert [event.after for event in store.events(row.id) if event.after][-1] == "archived"
            assert store.health.ok

    def test_a_password_in_the_address_is_refused_before_anything_is_asked(self, capsys: Capture, home: Path) -> None:
        assert main(["office", "use", "postgresql://me:secret@127.0.0.1/x"]) == 2
        told = capsys.readouterr().err
        assert "has a password in it" in told
        assert "secret" not in told
        assert not (home / "store.toml").exists()

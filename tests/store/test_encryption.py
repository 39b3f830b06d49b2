# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An encrypted store: nothing can be read without its key, everything can with it, and the way there loses nothing."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.store import Snapshot, Summary, driver, open_store
from swclient.store.backups.making import make
from swclient.store.backups.recasting import recast
from swclient.store.backups.salvage import salvage
from swclient.store.backups.verifying import sound, verify
from swclient.store.head import head_file
from swclient.store.problems import LockedError
from swclient.store.vault import cipher, keys, notes
from tests.store.conftest import ID, encrypted, new
from tests.store.copies import POLICY, held, live

FILES = Path(__file__).parent / "files"
CANARY = "канарейка-Canary-4711"


@pytest.fixture
def filled(path):
    """A closed plain store with a life."""
    live(path).close()
    return path


def with_canary(path):
    """A store whose every kind of text has a canary in it, open so that its write-ahead file is there."""
    store = open_store(path)
    store.create(new(body={"who": CANARY}, summary=Summary(CANARY, CANARY)), actor=CANARY)
    for _ in range(3):
        store.append_change(ID, {"value": CANARY}, label=CANARY, actor=CANARY).result()
    store.save_snapshot(Snapshot(ID, {"who": CANARY}, Summary(CANARY)), actor=CANARY).result()
    store.add_event(ID, "printed", {"what": CANARY})
    make(path, path.parent / "backups", POLICY)
    return store


def found_in(folder):
    """The files of a folder that tell something of the canary, whole or in part."""
    words = [each.encode(code) for each in (CANARY, "Canary-4711") for code in ("utf-8", "utf-16-le")]
    return {
        file.name for file in folder.rglob("*") if file.is_file() and any(word in file.read_bytes() for word in words)
    }


class TestOnDisk:
    def test_no_plain_text_lies_anywhere_on_the_disk(self, path, key):
        encrypted(path)
        with with_canary(path):
            assert {file.name for file in path.parent.iterdir()} >= {"declarations.db-wal", "backups"}
            assert found_in(path.parent) == set()
        assert found_in(path.parent) == set()

    def test_the_control_finds_the_canaries_in_a_plain_store(self, path):
        with with_canary(path):
            found = found_in(path.parent)
        assert {"declarations.db", "declarations.db-wal"} & found
        assert any(name.startswith("declarations-") for name in found)

    def test_encrypting_leaves_nothing_plain_behind_but_what_is_named(self, path, key):
        with_canary(path).close()
        shutil.rmtree(path.parent / "backups")
        recast(path, key)
        assert found_in(path.parent) == set()
        with open_store(path) as store:
            assert CANARY in store.load(ID).body["who"]
            make(path, path.parent / "backups", POLICY)
        assert found_in(path.parent) == set()

    def test_the_key_lies_nowhere_either(self, path, key):
        encrypted(path)
        with_canary(path).close()
        secrets = (key.raw, key.raw.hex().encode(), keys.written(key).split()[0].encode())
        for file in path.parent.rglob("*"):
            assert not file.is_file() or not any(secret in file.read_bytes() for secret in secrets)


class TestOpening:
    def test_everything_is_the_same_before_and_after(self, filled, key):
        before = held(filled)
        head = head_file(filled).read_bytes()
        done = recast(filled, key)
        assert not driver.is_plain(filled)
        assert (done.records, done.kept) == (42, None)
        assert held(filled) == before
        assert head_file(filled).read_bytes() == head
        recast(filled, None)
        assert driver.is_plain(filled)
        assert not notes.note_file(filled).exists()
        assert held(filled) == before

    def test_another_key_opens_it_and_the_former_does_not(self, filled, key):
        recast(filled, key)
        before, second = held(filled), keys.new_key()
        recast(filled, second)
        assert not cipher.opens(filled, key)
        assert cipher.opens(filled, second)
        keys.let_go()
        keys.hold(second)
        assert held(filled) == before

    def test_the_former_store_is_kept_where_the_user_wants_it(self, filled, key):
        before, kept = held(filled), filled.with_name("declarations.db.kept-x")
        recast(filled, key, keep=kept)
        assert held(kept) == before
        assert driver.is_plain(kept)

    @pytest.mark.parametrize("read_only", [False, True])
    def test_without_its_key_it_says_what_to_do_and_is_untouched(self, filled, key, read_only):
        recast(filled, key)
        keys.let_go()
        for others in ((), (keys.new_key(),)):
            for other in others:
                keys.hold(other)
            before = filled.read_bytes()
            with pytest.raises(LockedError, match="swclient store unlock"):
                open_store(filled, read_only=read_only)
            assert filled.read_bytes() == before

    def test_a_key_is_asked_for_by_its_number_and_a_wrong_answer_does_not_open(self, filled, key):
        recast(filled, key)
        keys.let_go()
        asked = []
        keys.ask_by(lambda key_id, file: asked.append((key_id, file)) or keys.new_key())
        with pytest.raises(LockedError):
            open_store(filled)
        assert set(asked) == {(key.id, filled)}
        keys.ask_by(lambda key_id, _file: key if key_id == key.id else None)
        open_store(filled).close()

    def test_a_store_without_its_note_is_known_by_a_key_at_hand(self, filled, key):
        recast(filled, key)
        notes.note_file(filled).unlink()
        before = held(filled)
        assert before[0] == "ok"
        assert notes.noted(filled) == (key.id,)
        notes.note_file(filled).unlink()
        keys.let_go()
        with pytest.raises(UserError, match="swclient store unlock"):
            open_store(filled)

    def test_a_rotten_beginning_is_told_from_a_wrong_key_and_from_a_foreign_file(self, filled, key, tmp_path):
        recast(filled, key)
        rotten = bytearray(filled.read_bytes())
        rotten[1000] ^= 1
        filled.write_bytes(rotten)
        with pytest.raises(UserError, match="damaged"):
            open_store(filled)
        foreign = tmp_path / "foreign.db"
        foreign.write_bytes(random.Random(3).randbytes(8192))
        with pytest.raises(UserError, match="not a store of declarations of this program"):
            open_store(foreign)
        assert foreign.read_bytes() == random.Random(3).randbytes(8192)

    def test_nobody_hears_that_a_file_is_not_a_database(self, filled, key, capfd):
        recast(filled, key)
        whole = filled.read_bytes()
        said = []
        for place in (0, 17, 1000, 4096 * 3 + 5, len(whole) - 9):
            filled.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            for act in (open_store, lambda path: salvage(path, path.with_name("saved.db")), verify):
                try:
                    found = act(filled)
                    said.append(str(getattr(found, "message", "")))
                    getattr(found, "close", lambda: None)()
                except UserError as error:
                    said.append(str(error))
            filled.with_name("saved.db").unlink(missing_ok=True)
        assert not [text for text in said if "not a database" in text]
        assert capfd.readouterr().err == ""  # SQLCipher would write to the terminal

    def test_flipped_bits_are_told_wherever_they_are(self, filled, key):
        recast(filled, key)
        whole, silent, places = filled.read_bytes(), [], range(0, filled.stat().st_size, 4093)
        for place in places:
            rotten = bytearray(whole)
            rotten[place] ^= 1 << place % 8
            filled.write_bytes(rotten)
            connection = driver.connect(filled, "mode=ro&immutable=1")
            silent += [place] if sound(connection)[0] is None else []
            connection.close()
        assert len(places) > 30
        assert silent == []

    def test_an_older_store_is_brought_forward_and_the_copy_of_it_is_encrypted_too(self, tmp_path, key):
        for number in (2,):
            file = tmp_path / f"version-{number}.db"
            shutil.copy(FILES / file.name, file)
            recast(file, key)
            with open_store(file) as store:
                assert store.worklist()
            copy = file.with_name(f"{file.name}.version-{number}")
            assert not driver.is_plain(copy)
            assert cipher.opens(copy, key)

    def test_one_in_use_is_left_as_it_is(self, path, key):
        with live(path):
            # In another program: two libraries in one would take each other's locks away.
            code = f"""
from pathlib import Path
from swclient.base.errors import UserError
from swclient.store.vault import keys
from swclient.store.backups.recasting import recast
try:
    recast(Path({str(path)!r}), keys.new_key())
except UserError as error:
    print(error)
"""
            said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
            assert "is open in another program" in said
        assert held(path)[0] == "ok"
        assert driver.is_plain(path)

    def test_without_the_extra_it_is_refused_with_how_to_get_it(self, filled, key, monkeypatch):
        recast(filled, key)
        cipher._library.cache_clear()
        monkeypatch.setitem(sys.modules, "sqlcipher3", None)
        try:
            with pytest.raises(UserError, match=r"swclient\[encryption\]"):
                open_store(filled)
            plain = filled.with_name("plain.db")
            open_store(plain).close()  # a plain one wants nothing
            with pytest.raises(UserError, match=r"swclient\[encryption\]"):
                recast(plain, key)
        finally:
            cipher._library.cache_clear()

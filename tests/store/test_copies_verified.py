# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A copy that is not as it was made is named, whatever became of it; and what the settings may say."""

import json
import sqlite3

import pytest

from swclient.base.errors import UserError
from swclient.store.backups import verifying
from swclient.store.backups.making import make
from swclient.store.backups.policy import read_policy
from swclient.store.backups.shelf import note_file
from swclient.store.backups.verifying import verify
from tests.store.conftest import append
from tests.store.copies import POLICY, live


@pytest.fixture
def store(path):
    with live(path) as opened:
        yield opened


class TestVerifying:
    def test_every_kind_of_wrong_file_is_named(self, copy, tmp_path):
        whole = copy.file.read_bytes()

        def state(content):
            copy.file.write_bytes(content)
            verdict = verify(copy.file)
            assert copy.file.name in verdict.message.text()
            return verdict.state

        flipped = bytearray(whole)
        flipped[len(whole) // 2] ^= 4
        assert state(whole) == verifying.GOOD
        assert state(flipped) == verifying.ALTERED
        assert state(whole[:-1]) == verifying.CUT
        assert state(b"") == verifying.CUT
        assert state(b"PK\x03\x04".ljust(len(whole))) == verifying.FOREIGN
        newer = bytearray(whole)
        newer[63] += 1
        assert state(newer) == verifying.FOREIGN
        copy.file.unlink()
        assert verify(copy.file).state == verifying.MISSING

    def test_without_its_note_it_is_judged_by_its_chain_and_digests(self, copy):
        note_file(copy.file).unlink()
        verdict = verify(copy.file)
        assert (verdict.state, verdict.good, verdict.usable, verdict.records) == ("no note", False, True, 42)
        connection = sqlite3.connect(copy.file)
        connection.execute("UPDATE outbox SET content = x'00'")
        connection.commit()
        connection.close()
        assert (verify(copy.file).state, verify(copy.file).usable) == ("damaged", False)

    def test_a_note_of_another_copy_is_told(self, copy, store, path, folder):
        append(store, 1).result()
        newer = make(path, folder, POLICY)
        told = json.loads(note_file(copy.file).read_text())
        told["extent"] = json.loads(note_file(newer.file).read_text())["extent"]
        note_file(copy.file).write_text(json.dumps(told))
        assert verify(copy.file).state == verifying.DAMAGED

    def test_no_flipped_bit_anywhere_passes(self, copy):
        whole = copy.file.read_bytes()
        silent = 0
        for place in range(0, len(whole), 499):
            rotten = bytearray(whole)
            rotten[place] ^= 1 << place % 8
            copy.file.write_bytes(rotten)
            silent += verify(copy.file).usable
        assert silent == 0

    def test_the_control_without_digest_and_chain_lets_flipped_bits_pass(self, copy):
        whole = copy.file.read_bytes()
        passed = 0
        for place in range(0, len(whole), 499):
            rotten = bytearray(whole)
            rotten[place] ^= 1 << place % 8
            copy.file.write_bytes(rotten)
            connection = sqlite3.connect(copy.file)
            try:
                passed += connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            except (sqlite3.DatabaseError, UnicodeDecodeError):
                pass
            finally:
                connection.close()
        assert passed > 10


class TestPolicy:
    def test_what_is_shipped_holds_until_the_user_says_otherwise(self, tmp_path):
        shipped = read_policy(tmp_path)
        (tmp_path / "backup.toml").write_text('keep_last = 4\nsecond_folder = "stick"\n')
        own = read_policy(tmp_path)
        assert (shipped.keep_last, shipped.second) == (10, None)
        assert (own.keep_last, own.keep_days, own.second) == (4, shipped.keep_days, tmp_path / "stick")

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("keep = 1", "keep_last"),
            ("keep_last = 0", "from 1 up"),
            ("second_folder = 7", "folder"),
            ("x", "cannot be read"),
        ],
    )
    def test_a_slip_is_told_with_file_and_key(self, tmp_path, words, said):
        (tmp_path / "backup.toml").write_text(words)
        with pytest.raises(UserError, match=said) as caught:
            read_policy(tmp_path)
        assert "backup.toml" in str(caught.value)

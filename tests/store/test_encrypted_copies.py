# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies of an encrypted store: encrypted with its key, verified, put back, saved when damaged."""

import pytest

from swclient.store import driver, open_store
from swclient.store.backups.making import make
from swclient.store.backups.recasting import recast
from swclient.store.backups.restoring import restore
from swclient.store.backups.salvage import salvage
from swclient.store.backups.verifying import LOCKED, verify
from swclient.store.vault import cipher, keys, notes
from tests.store.conftest import append
from tests.store.copies import POLICY, held, live

PAGE = 4096


def root_of(path, table):
    """The number of the first page of a table. The last page of the file may hold the list of tables instead."""
    connection = driver.connect(path)
    try:
        return connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    finally:
        connection.close()


@pytest.fixture
def filled(path):
    """A closed plain store with a life."""
    live(path).close()
    return path


class TestCopies:
    @pytest.fixture
    def copy(self, filled, key):
        recast(filled, key)
        return make(filled, filled.parent / "backups", POLICY)

    def test_a_copy_is_encrypted_verified_and_put_back(self, filled, key, copy):
        assert not driver.is_plain(copy.file)
        assert copy.note.key == key.id
        assert verify(copy.file).good
        before = held(filled)[1]
        with open_store(filled) as store:
            append(store, 77).result()
        done = restore(filled, copy.file)
        assert not driver.is_plain(filled)
        with open_store(filled) as store:
            assert {row.id for row in store.worklist()} == set(before)
            assert store.health.ok
        assert done.more == 1
        assert held(done.kept)[0] == "ok"
        assert not driver.is_plain(done.kept)

    def test_a_locked_copy_is_called_locked_not_foreign(self, copy):
        keys.let_go()
        found = verify(copy.file)
        assert (found.state, found.usable) == (LOCKED, False)

    def test_a_flipped_bit_in_a_copy_is_told(self, copy):
        whole = bytearray(copy.file.read_bytes())
        whole[5000] ^= 4
        copy.file.write_bytes(whole)
        assert verify(copy.file).state == "altered"

    def test_a_copy_with_the_former_key_is_put_back_as_it_is(self, filled, copy, key):
        keys.hold(second := keys.new_key())
        recast(filled, second)
        restore(filled, copy.file)
        assert cipher.opens(filled, key)
        assert notes.noted(filled) == (key.id,)
        assert held(filled)[0] == "ok"

    def test_a_plain_copy_over_an_encrypted_store_is_told(self, path, key):
        live(path).close()
        copy = make(path, path.parent / "backups", POLICY)
        recast(path, key)
        done = restore(path, copy.file)
        assert "not encrypted now" in done.warning.text()
        assert driver.is_plain(path)
        assert held(path)[0] == "ok"

    def test_what_is_saved_of_a_damaged_one_is_encrypted(self, filled, key):
        recast(filled, key)
        place = root_of(filled, "snapshot")
        whole = bytearray(filled.read_bytes())
        whole[place * PAGE - 3000] ^= 1
        filled.write_bytes(whole)
        target = filled.with_name("saved.db")
        found = salvage(filled, target)
        assert not driver.is_plain(target)
        assert [each.condition for each in found.declarations]
        assert held(target)[0] == "ok"

    def test_one_without_its_search_is_saved_whole(self, filled, key):
        recast(filled, key)
        places = [root_of(filled, table) for table in ("search_words_2", "search_index_2_data", "search_index_2_idx")]
        whole = bytearray(filled.read_bytes())
        for place in places:
            whole[place * PAGE - 3000] ^= 1
        filled.write_bytes(whole)
        found = salvage(filled, filled.with_name("saved.db"))
        assert {each.condition for each in found.declarations} == {"whole"}
        assert not found.lost_rows

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attached files: kept once, given back as they were, a flipped bit told by name."""

import hashlib
import sqlite3

import pytest

from swclient.base.errors import UserError
from swclient.store import open_store
from swclient.store.attachments import NewAttachment
from tests.store.conftest import ID, OTHER, new

INVOICE = b"%PDF- TRAINING invoice 17"


def attach(store, content=INVOICE, name="invoice.pdf", declaration=ID, row=None):
    return store.attachments.keep(NewAttachment(declaration, name, "application/pdf", content, row))


def blobs(path):
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT sha256, content FROM blob").fetchall()


@pytest.fixture
def two(store, draft):
    store.create(new(OTHER), actor="declarant")
    return store


def test_what_was_attached_comes_back_as_it_was(store, draft):
    kept = attach(store, row=3)
    assert (kept.name, kept.size, kept.document_row, kept.removed_at) == ("invoice.pdf", len(INVOICE), 3, None)
    assert kept.sha256 == hashlib.sha256(INVOICE).hexdigest()
    assert store.attachments.of_declaration(draft) == (kept,)
    assert store.attachments.content(kept.sha256) == INVOICE


def test_the_same_bytes_lie_in_the_store_once(two, path):
    first, second, third = attach(two), attach(two, declaration=OTHER, name="copy.pdf"), attach(two, b"other", "b.pdf")
    assert first.sha256 == second.sha256 != third.sha256
    assert len(blobs(path)) == 2
    assert two.attachments.room() == len(INVOICE) + len(b"other")
    assert two.attachments.room(OTHER) == len(INVOICE)


def test_a_file_for_no_declaration_is_refused_and_nothing_is_kept(store, draft, path):
    with pytest.raises(UserError, match="no declaration nobody"):
        attach(store, declaration="nobody")
    assert blobs(path) == []


def test_a_removed_file_can_be_brought_back(store, draft):
    kept = attach(store)
    store.attachments.remove(kept.id)
    assert store.attachments.of_declaration(draft) == ()
    assert [each.id for each in store.attachments.of_declaration(draft, removed=True)] == [kept.id]
    assert store.attachments.room(draft) == 0
    store.attachments.restore(kept.id)
    assert store.attachments.of_declaration(draft) == (kept,)


def test_every_flipped_bit_is_told_with_the_files_name(store, draft, path):
    kept = attach(store)
    with sqlite3.connect(path, isolation_level=None) as connection:
        for place in range(len(INVOICE) * 8):
            rotten = bytearray(INVOICE)
            rotten[place // 8] ^= 1 << place % 8
            connection.execute("UPDATE blob SET content = ?", (bytes(rotten),))
            with pytest.raises(UserError, match=r"“invoice\.pdf” is not as it was attached"):
                store.attachments.content(kept.sha256)
        connection.execute("UPDATE blob SET content = ?", (INVOICE,))
    assert store.attachments.content(kept.sha256) == INVOICE


def test_attaching_the_original_again_mends_a_rotten_one(store, draft, path):
    kept = attach(store)
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("UPDATE blob SET content = x'00'")
    attach(store, name="again.pdf")
    assert store.attachments.content(kept.sha256) == INVOICE


def test_what_is_not_there_is_told(store, draft):
    for ask in (store.attachments.get, store.attachments.remove, store.attachments.restore):
        with pytest.raises(UserError, match="number 7"):
            ask(7)
    with pytest.raises(UserError, match="digest ab"):
        store.attachments.content("ab")


def test_attached_files_outlive_the_program(store, draft, path):
    kept = attach(store)
    store.close()
    with open_store(path) as again:
        assert again.attachments.content(again.attachments.of_declaration(draft)[0].sha256) == INVOICE
        assert again.attachments.get(kept.id) == kept

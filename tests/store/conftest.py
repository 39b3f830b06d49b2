# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A store in an empty folder, and one declaration in it."""

from datetime import UTC, datetime, timedelta

import pytest

from swclient.store import NewDeclaration, Summary, open_store

ID = "11111111-2222-4333-8444-555555555555"
OTHER = "66666666-7777-4888-8999-000000000000"


class Clock:
    """A clock that moves one second at every look."""

    def __init__(self):
        self.at = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)

    def __call__(self):
        self.at += timedelta(seconds=1)
        return self.at


def new(declaration_id=ID, body=None, **named):
    """A declaration of a made-up firm."""
    summary = named.pop("summary", Summary("Shoes, 12 lines", "TRAINING Importer LLP", "10.00 KZT"))
    return NewDeclaration(declaration_id, "import", "KZ", "2025.1", body or {"header": {}}, summary=summary, **named)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "declarations.db"


@pytest.fixture
def store(path, clock):
    with open_store(path, clock=clock) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path):
    """Where copies are kept."""
    return tmp_path / "backups"


@pytest.fixture
def copy(store, path, folder):
    """A copy of the store, made while it is open."""
    from swclient.store.backups.making import make
    from tests.store.copies import POLICY

    return make(path, folder, POLICY)


@pytest.fixture
def draft(store):
    """The id of a declaration that lies in the store."""
    store.create(new(), actor="declarant")
    return ID


def append(store, number, declaration_id=ID):
    """Hand in one change."""
    return store.append_change(
        declaration_id,
        {"op": "set", "path": "header.office", "value": str(number)},
        label="Office",
        actor="declarant",
    )

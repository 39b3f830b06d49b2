# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A store in an empty folder, and one declaration in it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from swclient.store import NewDeclaration, Summary, driver, open_store

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


KINDS = ("file", "encrypted", "office")
"""How a store may be kept. A module that says `KINDS = KINDS` is tried with every one of them."""


def pytest_generate_tests(metafunc):
    if "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", getattr(metafunc.module, "KINDS", ("file",)), indirect=True)


@pytest.fixture
def kind(request):
    """How the store of this test is kept."""
    return getattr(request, "param", "file")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A PostgreSQL server of our own, for as long as the tests run."""
    from tests.store.office import started

    with started(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def path(kind, tmp_path, request):
    """Where the store of the test is: a file or an office's address."""
    if kind == "office":
        return request.getfixturevalue("server").database(tmp_path)
    file = tmp_path / "declarations.db"
    if kind == "encrypted":
        request.getfixturevalue("key")
        encrypted(file)
    return file


@pytest.fixture
def key():
    """A key for encrypted stores, at hand."""
    pytest.importorskip("sqlcipher3", reason="the part “encryption” is not installed")
    from swclient.store.vault import keys

    made = keys.new_key()
    keys.hold(made)
    yield made
    keys.let_go()


def encrypted(file):
    """An empty encrypted store with the key at hand."""
    from swclient.store import database
    from swclient.store.vault import keys

    database.prepare(file, keys.held()[0])


def looking(path):
    """A connection of another program, whose changes are kept at once."""
    if isinstance(path, Path):
        return driver.connect(path)
    from swclient.store.office.server import OfficePlace

    return OfficePlace(path).connect(read_only=False)


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

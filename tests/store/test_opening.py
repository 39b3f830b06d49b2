# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opening: new, old, newer, foreign, read-only; and nothing heavy on the way."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.store import Snapshot, chain, open_store
from swclient.store.database import VERSION
from swclient.store.migrations import upgrade
from swclient.store.schema import as_sql
from tests.store.conftest import ID, append, new

FILES = Path(__file__).parent / "files"
NEXT = VERSION + 1


def tables(path):
    """What the file is made of, without regard to how it was spelt."""
    connection = sqlite3.connect(path)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {}
    for name in names:
        found[name] = connection.execute(f"PRAGMA table_info({name})").fetchall()
        found[name, "keys"] = sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({name})"))
    found["indexes"] = sorted(
        (row[0], row[1], tuple(c[2] for c in connection.execute(f"PRAGMA index_info({row[0]})")))
        for row in connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'")
    )
    connection.close()
    return found


def test_the_written_out_tables_are_those_of_the_schema():
    written = (Path(chain.__file__).parent / "schema.sql").read_text(encoding="utf-8")
    assert written == as_sql(), "run python -m swclient.store.schema"


def test_a_new_store_and_one_brought_forward_from_nothing_are_the_same(store, path, tmp_path):
    migrated = tmp_path / "migrated.db"
    upgrade(migrated, VERSION)
    assert tables(migrated) == tables(path)
    with open_store(migrated) as opened:
        assert opened.worklist() == ()


def test_every_commit_is_synced(store):
    settings = store._desk.read(
        lambda connection: [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    )
    assert settings == ["wal", 2, 1, 10_000]


def test_a_store_is_private_to_its_owner(store, path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.with_name(f"{path.name}.head").stat().st_mode) == 0o600


def test_drafting_loads_nothing_heavy(tmp_path):
    script = """
import sys
import tempfile
from pathlib import Path
from swclient.store import NewDeclaration, Snapshot, open_store
with open_store(Path(sys.argv[1])) as store:
    store.create(NewDeclaration("one", "import", "x", "1", {}), actor="declarant")
    store.append_change("one", {}, label="", actor="").result()
    store.save_snapshot(Snapshot("one", {}), actor="").result()
    store.load("one"), store.worklist(), store.health
heavy = {"sqlalchemy", "alembic", "requests", "cryptography", "lxml"} & set(sys.modules)
sys.exit(f"loaded {heavy}" if heavy else 0)
"""
    run = [sys.executable, "-c", script, str(tmp_path / "light.db")]
    done = subprocess.run(run, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_newer_store_is_refused_and_left_untouched(store, path):
    store.close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version={VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(UserError, match="newer"):
            open_store(path, read_only=read_only)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"PK\x03\x04 not a database", b"x" * 5000])
def test_another_file_is_refused_and_left_untouched(path, content):
    path.write_bytes(content)
    with pytest.raises(UserError, match="not a store"):
        open_store(path)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_refused_and_left_untouched(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.commit()
    connection.close()
    with pytest.raises(UserError, match="not a store"):
        open_store(path)
    assert "declaration" not in tables(path)


def test_an_empty_file_becomes_a_store(path):
    path.touch()
    with open_store(path) as store:
        assert store.worklist() == ()


def test_reading_what_is_not_there_is_told(path):
    with pytest.raises(UserError, match="no store"):
        open_store(path, read_only=True)
    assert not path.exists()


def test_a_store_opened_for_reading_refuses_every_change(store, draft, path):
    append(store, 1).result()
    with open_store(path, read_only=True) as reading:
        assert reading.load(draft).changes[0].body["value"] == "1"
        for change in (
            lambda: append(reading, 2),
            lambda: reading.save_snapshot(Snapshot(ID, {}), actor=""),
            lambda: reading.create(new("other"), actor=""),
            lambda: reading.mappings.keep("name", {}),
        ):
            with pytest.raises(UserError, match="reading only"):
                change()


READER = """
import os, sys
from pathlib import Path
from swclient.base.errors import UserError
from swclient.store import open_store
if os.geteuid() == 0:
    os.seteuid(65534)      # the superuser may write anywhere
try:
    open_store(Path(sys.argv[1]))
    sys.exit("it opened for writing")
except UserError:
    pass
with open_store(Path(sys.argv[1]), read_only=True) as store:
    print(store.load(sys.argv[2]).changes[0].body["value"], store.health.state)
"""


@pytest.mark.skipif(os.name != "posix", reason="a folder nobody may write to is a POSIX affair")
def test_a_store_in_a_folder_nobody_may_write_to_opens_for_reading():
    with tempfile.TemporaryDirectory() as name:  # not pytest's own, which is closed to others
        folder, path = Path(name), Path(name) / "declarations.db"
        with open_store(path) as store:
            store.create(new(), actor="declarant")
            append(store, 1).result()
        for file in folder.iterdir():
            file.chmod(0o444)
        folder.chmod(0o555)
        run = [sys.executable, "-c", READER, str(path), ID]
        done = subprocess.run(run, check=False, capture_output=True, text=True)
        folder.chmod(0o755)
    assert done.stdout.split() == ["1", "ok"], done.stderr


def test_two_programs_on_one_store_lose_nothing(store, draft, path):
    with open_store(path) as other:
        mine = [append(store, number) for number in range(100)]
        theirs = [append(other, number) for number in range(100)]
        numbers = sorted(future.result() for future in mine + theirs)
    assert numbers == list(range(2, 202))
    store.close()
    with open_store(path) as again:
        assert (again.health.state, again.health.records) == (chain.OK, 201)


class TestUpgrade:
    """The way forward, tried with a version that does not exist yet."""

    STEP = """
import sqlalchemy as sa
from alembic import op

revision = "{number:04d}"
down_revision = "{before:04d}"


def upgrade():
    op.add_column("declaration", sa.Column("office", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE declaration SET office = 'moved'")
    {last}
"""

    @pytest.fixture
    def old(self, tmp_path):
        for file in FILES.glob("version-1.db*"):
            shutil.copy(file, tmp_path)
        return tmp_path / "version-1.db"

    def versions(self, tmp_path, last="pass"):
        from swclient.store.migrations import versions

        folder = tmp_path / "versions with 100% odd name"
        shutil.copytree(Path(versions.__file__).parent, folder, ignore=shutil.ignore_patterns("__pyc*"))
        step = self.STEP.format(last=last, number=NEXT, before=VERSION)
        (folder / f"v{NEXT:04d}_office.py").write_text(step)
        return folder

    def test_the_tables_change_and_the_older_store_is_kept_aside(self, old, tmp_path):
        copy = upgrade(old, NEXT, self.versions(tmp_path))
        connection = sqlite3.connect(old)
        assert connection.execute("PRAGMA user_version").fetchone() == (NEXT,)
        assert set(connection.execute("SELECT office FROM declaration")) == {("moved",)}
        connection.close()
        with open_store(copy) as before:
            assert before.health.ok
            assert len(before.worklist()) == 2

    def test_a_second_upgrade_does_nothing(self, old, tmp_path):
        folder = self.versions(tmp_path)
        upgrade(old, NEXT, folder)
        assert upgrade(old, NEXT, folder) is None

    def test_an_upgrade_that_fails_half_way_leaves_the_old_store(self, old, tmp_path):
        with pytest.raises(ZeroDivisionError):
            upgrade(old, NEXT, self.versions(tmp_path, last="1 / 0"))
        assert "office" not in str(tables(old)["declaration"])
        with open_store(old) as store:
            assert store.health.ok

    def test_an_upgrade_killed_half_way_leaves_the_old_store(self, old, tmp_path):
        folder = self.versions(tmp_path, last="import os; os.kill(os.getpid(), 9)")
        script = (
            "import sys; from pathlib import Path; from swclient.store.migrations import upgrade;"
            "upgrade(Path(sys.argv[1]), int(sys.argv[3]), Path(sys.argv[2]))"
        )
        run = [sys.executable, "-c", script, str(old), str(folder), str(NEXT)]
        assert subprocess.run(run, check=False, capture_output=True).returncode == -9
        with open_store(old) as store:
            assert store.health.ok
            assert "office" not in str(tables(old)["declaration"])


@pytest.mark.parametrize("file", sorted(FILES.glob("*.db")), ids=lambda file: file.stem)
def test_a_store_of_every_version_opens_for_ever(file, tmp_path):
    for part in FILES.glob(f"{file.name}*"):
        shutil.copy(part, tmp_path)
    with open_store(tmp_path / file.name) as store:
        assert store.health.ok
        stored = store.load(ID)
        assert stored.body == {"header": {"office": "55301000"}, "item": [{"gross_mass": "12.500"}]}
        assert [change.body["value"] for change in stored.changes] == ["12.750"]
        assert [event.after for event in store.events(ID)] == ["queued", "registered"]
        assert store.outbox.entries(ID)[0].entry.content == "<TRAINING>Обувь</TRAINING>".encode()
        assert store.answers.of_declaration(ID)[0].applied
        assert store.artefacts.latest(ID, "form.pdf").artefact.content == b"%PDF- TRAINING"
        assert store.parties.find("training")[0].country == "CN"
        assert store.mappings.get("Shoe factory") == {"A": "item.description"}

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An office's store on a real PostgreSQL server: several clients, one log; a server that goes away loses nothing."""

import subprocess
import sys
from concurrent.futures import wait
from dataclasses import replace
from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.store import QUEUED, SENDING, SENT_UNKNOWN, Move, Snapshot, StoreError, UnsavedGapError, chain, open_store
from swclient.store.database import APPLICATION, VERSION
from swclient.store.head import head_file, read_head
from swclient.store.office.address import Office
from swclient.store.office.server import OfficePlace, OutOfReachError
from tests.store.conftest import ID, OTHER, append, new
from tests.store.office import PASSWORD, free_port
from tests.store.test_life import entry


@pytest.fixture
def office(server, tmp_path):
    return server.database(tmp_path)


def on_another_computer(office, folder):
    """The same store, its notes elsewhere."""
    (folder / "other").mkdir(exist_ok=True)
    return replace(office, folder=folder / "other")


class TestSeveral:
    CLIENT = """
import sys
from pathlib import Path
from swclient.store import open_store
from swclient.store.office.address import Office
from tests.store.conftest import append
address, folder, declaration, password = sys.argv[1:]
with open_store(Office(address, Path(folder), lambda: password)) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    futures = [append(store, number, declaration) for number in range(500)]
    print(sorted(future.result() for future in futures))
"""

    def test_two_clients_at_once_lose_nothing_and_keep_one_chain(self, office, tmp_path):
        with open_store(office) as store:
            for key in (ID, OTHER):
                store.create(new(key), actor="declarant")
            clients = []
            for key, name in ((ID, "one"), (OTHER, "two")):
                (tmp_path / name).mkdir()
                order = [sys.executable, "-c", self.CLIENT, office.address, str(tmp_path / name), key, PASSWORD]
                root = Path(__file__).parents[2]
                clients.append(
                    subprocess.Popen(order, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root)
                )
            assert [client.stdout.readline() for client in clients] == ["ready\n", "ready\n"]
            for client in clients:
                client.stdin.write("go\n")
                client.stdin.flush()
            said = [client.communicate()[0] for client in clients]
            numbers = [eval(line) for line in said]  # noqa: S307 - a list that our own child printed
            assert sorted(numbers[0] + numbers[1]) == list(range(3, 1003))
            for key in (ID, OTHER):
                assert [change.body["value"] for change in store.load(key).changes] == [str(n) for n in range(500)]
        with open_store(office) as again:
            assert (again.health.state, again.health.records) == (chain.OK, 1002)

    def test_what_one_client_keeps_another_sees_at_once(self, office, tmp_path):
        with open_store(office) as one, open_store(on_another_computer(office, tmp_path)) as other:
            one.create(new(), actor="declarant")
            append(other, 1).result()
            assert [change.body["value"] for change in one.load(ID).changes] == ["1"]

    def test_what_one_client_is_sending_another_neither_sends_nor_takes_for_lost(self, office, tmp_path):
        with open_store(office) as one:
            one.create(new(), actor="declarant")
            one.move_state(Move(ID, "draft", "queued", outbox=(entry(),)))
            number = one.outbox.entries(ID)[0].id
            assert one.outbox.claim(number).state == QUEUED
            with open_store(on_another_computer(office, tmp_path)) as other:  # its start leaves it alone
                assert other.outbox.entries(ID)[0].state == SENDING
                assert other.outbox.claim(number) is None
                assert other.outbox.due() == ()
        with open_store(on_another_computer(office, tmp_path)) as other:  # the sender is gone
            assert [(one.id, one.state) for one in other.outbox.due()] == [(number, SENT_UNKNOWN)]

    def test_an_entry_is_let_go_of_when_it_is_settled(self, office, tmp_path, clock):
        with open_store(office, clock=clock) as one, open_store(on_another_computer(office, tmp_path)) as other:
            one.create(new(), actor="declarant")
            one.move_state(Move(ID, "draft", "queued", outbox=(entry(),)))
            number = one.outbox.entries(ID)[0].id
            one.outbox.claim(number)
            one.outbox.postpone(number, "busy", clock.at)
            held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = ?"
            assert other._desk.read(lambda connection: connection.execute(held, (number,)).fetchone()) == (0,)
            assert other.outbox.claim(number).state == QUEUED


class TestLostLine:
    def test_edits_wait_for_a_snapshot_when_the_server_went_away_and_go_on_when_it_is_back(self, office, server):
        with open_store(office) as store:
            store.create(new(), actor="declarant")
            append(store, 1).result()
            server.control("stop", "-m", "immediate")
            try:
                with pytest.raises(OutOfReachError, match="still on the screen"):
                    append(store, 2).result()
                with pytest.raises(StoreError, match="cannot be reached"):
                    store.worklist()
            finally:
                server.control("start")
            with pytest.raises(UnsavedGapError):
                append(store, 3).result()
            store.save_snapshot(Snapshot(ID, {"header": {"office": "3"}}), actor="declarant").result()
            append(store, 4).result()
            stored = store.load(ID)
            assert stored.body == {"header": {"office": "3"}}
            assert [change.body["value"] for change in stored.changes] == ["4"]
            assert [change.whole for change in store.history(ID)] == [True, False, True, False]
        with open_store(office) as again:
            assert again.health.ok

    def test_a_server_that_was_started_anew_between_two_edits_costs_nothing(self, office, server):
        with open_store(office) as store:
            store.create(new(), actor="declarant")
            store.outbox.add(entry())
            assert store.health.ok
            for number in range(3):
                server.control("restart", "-m", "fast")
                append(store, number).result()
                server.control("restart", "-m", "fast")
                assert len(store.outbox.entries(ID)) == 1
            assert len(store.load(ID).changes) == 3

    def test_acknowledged_edits_are_there_after_the_server_was_killed_in_their_midst(self, office, server):
        with open_store(office) as store:
            store.create(new(), actor="declarant")
            futures = [append(store, number) for number in range(400)]
            futures[20].result()
            server.control("stop", "-m", "immediate")
            wait(futures)
            server.control("start")
            acked = [future.result() for future in futures if future.exception() is None]
            assert len(acked) > 20
        with open_store(office) as again:
            assert again.health.ok
            assert {change.sequence for change in again.load(ID).changes} >= set(acked)

    def test_nobody_there_is_said_so(self, tmp_path):
        nobody = Office(f"postgresql://office@127.0.0.1:{free_port()}/declarations", tmp_path)
        with pytest.raises(OutOfReachError, match="cannot be reached"):
            open_store(nobody)

    def test_a_wrong_password_is_said_and_the_password_is_not(self, office):
        wrong = replace(office, password=lambda: "a-wrong-password")
        with pytest.raises(StoreError, match="password authentication failed") as error:
            open_store(wrong)
        assert "a-wrong-password" not in str(error.value)
        assert PASSWORD not in repr(office)


class TestTables:
    def test_a_newer_store_is_refused_and_untouched(self, office, server):
        open_store(office).close()
        name = office.address.rpartition("/")[2]
        server.sql(name, f"UPDATE store_version SET version = {VERSION + 1}")  # noqa: S608 - a number
        for read_only in (False, True):
            with pytest.raises(UserError, match="newer version"):
                open_store(office, read_only=read_only)

    def test_another_programs_database_is_refused(self, office, server):
        server.sql(office.address.rpartition("/")[2], "CREATE TABLE of_somebody_else (id integer)")
        with pytest.raises(UserError, match="not an office store"):
            open_store(office)

    def test_an_empty_database_is_not_made_into_a_store_by_reading(self, office):
        with pytest.raises(UserError, match="no office store"):
            open_store(office, read_only=True)

    def test_a_reader_changes_nothing(self, office):
        with open_store(office) as store:
            store.create(new(), actor="declarant")
        with open_store(office, read_only=True) as reading:
            assert reading.health.ok
            with pytest.raises(UserError, match="reading only"):
                append(reading, 1)
            with pytest.raises(StoreError):
                reading._desk.read(lambda connection: connection.execute("DELETE FROM declaration"))
            assert len(reading.worklist()) == 1

    def test_an_older_store_is_brought_forward_by_the_same_steps(self, server, tmp_path):
        """Version 1 is made by its own step; afterwards the tables are those of a new store."""
        from swclient.store.migrations import HERE, carry_out
        from swclient.store.office.core import engine_over

        old, fresh = server.database(tmp_path), server.database(tmp_path)
        place = OfficePlace(old)
        connection = place.connect(read_only=False)
        engine = engine_over(connection)
        with engine.connect() as core, core.begin():
            carry_out(core, 1, HERE / "versions")
            connection.execute(
                "CREATE TABLE store_version (one INTEGER PRIMARY KEY, application BIGINT, version INTEGER)"
            )
            connection.execute("INSERT INTO store_version VALUES (1, ?, 1)", (APPLICATION,))
        engine.dispose()
        with open_store(old) as store:
            store.create(new(), actor="declarant")
            store.outbox.add(entry())
            assert store.health.ok
        open_store(fresh).close()
        described = [columns(each) for each in (old, fresh)]
        assert described[0] == described[1]
        assert any(name == "attachment" for name, *_rest in described[0][0])

    def test_texts_are_ordered_by_their_bytes_as_in_a_file(self, office):
        with open_store(office) as store:
            for name in ("b", "A", "a", "Б", "а"):
                store.mappings.keep(name, {})
            assert store.mappings.names() == tuple(sorted(("b", "A", "a", "Б", "а")))

    def test_a_server_that_would_lose_what_it_acknowledged_is_refused(self, office, server):
        open_store(office).close()
        server.sql("postgres", "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        try:
            server.control("restart", "-m", "fast")
            with pytest.raises(UserError, match="fsync"):
                open_store(office)
        finally:
            server.sql("postgres", "ALTER SYSTEM RESET fsync")
            server.control("restart", "-m", "fast")


class TestLog:
    @pytest.fixture
    def closed(self, office):
        with open_store(office) as store:
            store.create(new(), actor="declarant")
            for number in range(20):
                append(store, number)
        return office

    @pytest.mark.parametrize(
        ("attack", "found"),
        [
            ("UPDATE change_log SET record = replace(record, 'set', 'cut') WHERE sequence = 11", chain.BROKEN),
            ("DELETE FROM change_log WHERE sequence = 11", chain.BROKEN),
            ("DELETE FROM change_log WHERE sequence > 18", chain.HEAD_MISMATCH),
        ],
    )
    def test_whoever_alters_the_log_on_the_server_is_found(self, closed, server, attack, found):
        server.sql(closed.address.rpartition("/")[2], attack)
        with open_store(closed) as store:
            assert store.health.state == found

    def test_a_computer_that_has_not_met_the_store_begins_its_own_note(self, closed, tmp_path):
        other = on_another_computer(closed, tmp_path)
        with open_store(other) as store:
            assert store.health.ok
        assert read_head(other.path).sequence == read_head(closed.path).sequence == 21
        assert head_file(other.path).parent == tmp_path / "other"


def columns(office):
    """Every column of every table, with its type and collation, and every index."""
    connection = OfficePlace(office).connect(read_only=True)
    found = connection.execute(
        "SELECT table_name, column_name, data_type, is_nullable, collation_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name NOT IN ('store_version', 'alembic_version')"
    ).fetchall()
    indexes = connection.execute(
        "SELECT indexname, '', '', '', '' FROM pg_indexes WHERE schemaname = 'public'"
    ).fetchall()
    connection.close()
    return sorted(found, key=str), sorted(row[0] for row in indexes if "version" not in row[0])

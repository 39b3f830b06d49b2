# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PostgreSQL server of our own: in a temporary folder, on loopback with a password, gone when the tests are."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from swclient.store.office.address import Office

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "a password for the tests"
USER = "office"
_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
shared_buffers = 16MB
max_connections = 40
logging_collector = off
"""


def programs() -> Path | None:
    """The folder of the newest server here; None for none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@dataclass
class Server:
    """A server that runs.

    Attributes:
        folder: its data.
        port: on loopback.
    """

    bin: Path
    folder: Path
    port: int
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def database(self, notes: Path, name: str = "") -> Office:
        """The address of an empty database of its own."""
        name = name or f"test_{next(self.numbers)}"
        self.sql("postgres", f'CREATE DATABASE "{name}"')
        return self.office(notes, name)

    def office(self, notes: Path, name: str) -> Office:
        """The address of a database, its notes in a folder."""
        return Office(f"postgresql://{USER}@127.0.0.1:{self.port}/{name}", notes, lambda: PASSWORD)

    def sql(self, database: str, *statements: str) -> None:
        """Carry out statements as the server's owner."""
        import psycopg

        told = {"host": "127.0.0.1", "port": self.port, "user": USER, "password": PASSWORD, "dbname": database}
        with psycopg.connect(**told, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def control(self, act: str, *words: str) -> None:
        """Start, stop or restart it."""
        order = [str(self.bin / "pg_ctl"), "-D", str(self.folder), "-w", "-s", "-l", f"{self.folder}.log", act, *words]
        subprocess.run(as_owner(order), check=True, capture_output=True, cwd=self.folder.parent)


def as_owner(order: list[str]) -> list[str]:
    """The order, as a user that may run a server: it refuses root."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *order] if os.geteuid() == 0 else order


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def started(folder: Path) -> Iterator[Server]:
    """A running server; the test is skipped where there is none."""
    pytest.importorskip("psycopg", reason="the part “office” is not installed")
    found = programs()
    if found is None or not sys.platform.startswith("linux"):
        pytest.skip("no PostgreSQL server is installed")
    # Not in the folder of the tests: its parents are closed to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="swclient-office-"))
    try:
        folder.chmod(0o755)
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        server = Server(found, folder / "data", free_port())
        phrase = folder / "phrase"
        phrase.write_text(PASSWORD)
        order = [str(found / "initdb"), "-D", str(server.folder), "-U", USER, "--auth=scram-sha-256", "-E", "UTF8"]
        order += ["--locale=C.UTF-8", f"--pwfile={phrase}"]
        subprocess.run(as_owner(order), check=True, capture_output=True, cwd=folder)
        with (server.folder / "postgresql.conf").open("a") as settings:
            settings.write(f"{_SETTINGS}\nport = {server.port}\n")
        server.control("start")
        try:
            yield server
        finally:
            server.control("stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)

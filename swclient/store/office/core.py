# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""SQLAlchemy over a connection to an office's server. Loading this module loads SQLAlchemy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import StaticPool

from swclient.store.office.connection import LOCK

if TYPE_CHECKING:
    from swclient.store.office.connection import Connection


@compiles(sa.Text, "postgresql")
def _text(_type: sa.Text, _compiler: Any, **_words: Any) -> str:
    """Order texts by their bytes, as SQLite does, whatever the language of the server."""
    return 'TEXT COLLATE "C"'


def engine_over(connection: Connection) -> sa.Engine:
    """Return an engine whose only connection is this one."""
    engine = sa.create_engine(
        "postgresql+psycopg://", creator=lambda: connection.raw, poolclass=StaticPool, use_native_hstore=False
    )

    @sa.event.listens_for(engine, "begin")
    def begin(core: sa.Connection) -> None:
        core.exec_driver_sql("BEGIN ISOLATION LEVEL READ COMMITTED")
        # One lock for all that write, as SQLite has: so the log has one order.
        if core.get_execution_options().get("swclient_writing", True):
            core.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK}, 0)").close()

    return engine


def brought_forward(core: sa.Connection, version: int) -> None:
    """Make the tables of the present version (0 = none are there), or bring older ones forward."""
    from swclient.store import database
    from swclient.store.migrations import HERE, carry_out
    from swclient.store.schema import metadata

    if version:
        carry_out(core, database.VERSION, HERE / "versions")
        return
    metadata.create_all(core)
    core.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    core.execute(sa.text("INSERT INTO alembic_version VALUES (:version)"), {"version": f"{database.VERSION:04d}"})

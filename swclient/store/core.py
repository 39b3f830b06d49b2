# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""SQLAlchemy over the desk's own connection.

Loading this module loads SQLAlchemy: never before the first paint.
"""

from __future__ import annotations

import sqlite3
import sys

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from swclient.store.driver import key_of


def engine_over(connection: sqlite3.Connection) -> sa.Engine:
    """Return an engine whose only connection is this one."""
    # SQLAlchemy must know whose errors to expect.
    module = sys.modules["sqlcipher3.dbapi2"] if key_of(connection) else sqlite3
    engine = sa.create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool, module=module)

    @sa.event.listens_for(engine, "begin")
    def begin(core: sa.Connection) -> None:
        # Asking for the write lock at once: a transaction that reads first and then writes can be
        # refused half way.
        writing = core.get_execution_options().get("swclient_writing", True)
        core.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def original() -> type[sa.exc.DBAPIError]:
    """Return the class in which SQLAlchemy wraps the database's own errors."""
    return sa.exc.DBAPIError

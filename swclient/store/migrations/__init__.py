# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing an older store forward with Alembic; there is no alembic.ini.

Loaded only when a store is behind. The file is copied first; all steps run in one transaction, so
that a killed upgrade leaves the old version.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.store import database, seals
from swclient.store.driver import connect, errors, key_of
from swclient.store.head import head_file
from swclient.store.problems import told
from swclient.store.vault.notes import note_file

if TYPE_CHECKING:
    import sqlalchemy as sa

HERE = Path(__file__).parent


def upgrade(path: Path, target: int, versions: Path = HERE / "versions") -> Path | None:
    """Bring the store at `path` to version `target`; return where the copy of the older one lies.

    None where nothing had to be done or there was nothing yet to copy.

    Raises:
        UserError: the disk refused; the store is as it was.
    """
    from swclient.store.core import engine_over, original

    try:
        copy = copy_aside(path, target)
        connection = database.connect(path)
        engine = engine_over(connection)
        try:
            with engine.connect() as core, core.begin():
                rotten = frozenset((row.table, row.key) for row in seals.unsealed(connection, lambda: False))
                carry_out(core, target, versions)
                if seals.sealed_tables(connection):
                    seals.seal_all(connection, but=rotten)
                core.exec_driver_sql(f"PRAGMA application_id={database.APPLICATION}")
                core.exec_driver_sql(f"PRAGMA user_version={target}")
        finally:
            engine.dispose()
    except errors() as error:
        raise told(error, path) from error
    except original() as error:
        if isinstance(error.orig, errors()):
            raise told(error.orig, path) from error
        raise
    return copy


def copy_aside(path: Path, target: int) -> Path | None:
    """Copy a store that is behind `target` beside itself, its write-ahead file included."""
    connection = database.connect(path)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if not 0 < version < target:
            return None
        copy = path.with_name(f"{path.name}.version-{version}")
        copy.unlink(missing_ok=True)
        beside = connect(copy, key=key_of(connection))
        try:
            connection.backup(beside)
        finally:
            beside.close()
        for note in (head_file, note_file):
            if note(path).exists():
                shutil.copy(note(path), note(copy))
        return copy
    finally:
        connection.close()


def carry_out(core: sa.Connection, target: int, versions: Path) -> None:
    """Have Alembic take every step to a version, in the transaction under way."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # Alembic reads options as a ConfigParser does, where a percent sign in a path would begin a
    # reference.
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("version_locations", str(versions).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = core
    # A second instance may have brought it forward while we waited for the lock; then this does
    # nothing.
    command.upgrade(config, f"{target:04d}")

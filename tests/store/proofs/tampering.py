# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alters a closed store by SQL, as somebody who may write the file can: every way must be found at the next start."""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from pathlib import Path

from swclient.store import open_store
from swclient.store.seals import KEYS
from tests.store.proofs.tally import Tally
from tests.store.proofs.world import fill

_NAME = "declarations.db"
_LOG = (
    "DELETE FROM change_log WHERE sequence = {one}",
    "DELETE FROM change_log WHERE sequence >= {one}",
    "DELETE FROM change_log WHERE sequence <= {one}",
    'UPDATE change_log SET record = replace(record, \'"at":"20\', \'"at":"19\') WHERE sequence = {one}',
    "UPDATE change_log SET record = record || ' ' WHERE sequence = {one}",
    "UPDATE change_log SET declaration_id = declaration_id || 'x' WHERE sequence = {one}",
    "UPDATE change_log SET hash = zeroblob(32) WHERE sequence = {one}",
    "UPDATE change_log SET sequence = -sequence WHERE sequence IN ({one}, {other});"
    "UPDATE change_log SET sequence = {one} + {other} + sequence WHERE sequence < 0",
    "UPDATE change_log SET sequence = sequence + 1000 WHERE sequence > {one}",
    "INSERT INTO change_log SELECT 1 + max(sequence), declaration_id, record, hash FROM change_log",
)
_ROWS = (
    "DELETE FROM {table} WHERE {key} = {value}",
    "UPDATE {table} SET {column} = coalesce({column}, '') || 'x' WHERE {key} = {value}",
)


def run(cases: int, seed: int = 1) -> Tally:
    """Alter so many copies, half of them in the log, half in another table."""
    dice = random.Random(seed)
    tally = Tally("SQLite's own integrity check of the same files: it finds nothing")
    with tempfile.TemporaryDirectory(prefix="swclient-tamper-") as name:
        sound = Path(name) / "sound"
        sound.mkdir()
        fill(sound / _NAME, files=500)
        while tally.cases < cases:
            copy = Path(name) / "copy"
            shutil.copytree(sound, copy)
            what = _alter(copy / _NAME, dice, log=tally.cases % 2 == 0)
            if what:
                _look(copy / _NAME, what, tally)
            shutil.rmtree(copy)
    return tally


def _alter(path: Path, dice: random.Random, *, log: bool) -> str:
    """Alter a store and return by which words; nothing where they altered nothing."""
    connection = sqlite3.connect(path)
    try:
        before = connection.total_changes
        last = connection.execute("SELECT max(sequence) FROM change_log").fetchone()[0]
        one, other = sorted(dice.sample(range(1, last + 1), 2))
        words = dice.choice(_LOG).format(one=one, other=other) if log else _on_row(connection, dice)
        connection.executescript(words)
        connection.commit()
        return words if connection.total_changes != before else ""
    finally:
        connection.close()


def _on_row(connection: sqlite3.Connection, dice: random.Random) -> str:
    table = dice.choice([each for each in KEYS if each != "errand"])
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[2] == "TEXT"]
    values = [row[0] for row in connection.execute(f"SELECT quote({KEYS[table]}) FROM {table}")]  # noqa: S608 - ours
    words = dice.choice(_ROWS)
    return words.format(
        table=table, key=KEYS[table], column=dice.choice(columns or [KEYS[table]]), value=dice.choice(values)
    )


def _look(path: Path, what: str, tally: Tally) -> None:
    tally.cases += 1
    connection = sqlite3.connect(path)
    tally.control_cases += 1
    tally.control_wrong += connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    with open_store(path) as store:
        health = store.health
    tally.tell(f"told: {health.state}")
    tally.wrong += [f"not found: {what}"] if health.ok else []

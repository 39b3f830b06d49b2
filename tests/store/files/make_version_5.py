# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes version-5.db: a store as version 5 left it, with registers. Run once; the file is kept for ever.

    python -m tests.store.files.make_version_5

Everything in it is made up.
"""

from datetime import UTC, datetime

from swclient.store import NewEntry, open_store
from tests.store.files.make_version_1 import HERE, make
from tests.store.files.make_version_2 import add_templates
from tests.store.files.make_version_3 import add_correction


def add_registers(path):
    """Keep a party in use, goods that were changed, and a carrier that was removed."""
    with open_store(path, clock=lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) as store:
        party = {"exporter.name": "TRAINING Фабрика обуви", "exporter.country": "CN"}
        goods = {"item.code": "6403990000", "item.description": "TRAINING boots"}
        lorry = {"arrival_means.identity": "TRAINING-01", "carrier.name": "TRAINING Haulier"}
        kept = [
            NewEntry("entry-1", "parties", "TRAINING Фабрика обуви", "TRAINING Фабрика обуви\nCN", party),
            NewEntry("entry-2", "goods", "TRAINING boots", "6403990000\nTRAINING boots", goods),
            NewEntry("entry-3", "carriers", "TRAINING-01 · TRAINING Haulier", "TRAINING-01\nTRAINING Haulier", lorry),
        ]
        store.registers.keep(kept, actor="declarant")
        changed = goods | {"item.origin": "CN"}
        store.registers.change(
            NewEntry("entry-2", "goods", "TRAINING boots", "6403990000\nTRAINING boots\nCN", changed), actor="declarant"
        )
        store.registers.remove("entry-3", actor="declarant")


if __name__ == "__main__":
    for old in HERE.glob("version-5.db*"):
        old.unlink()
    make(HERE / "version-5.db")
    add_templates(HERE / "version-5.db")
    add_correction(HERE / "version-5.db")
    add_registers(HERE / "version-5.db")

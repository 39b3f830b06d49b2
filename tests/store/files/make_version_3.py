# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes version-3.db: a store as version 3 left it, with a corrected draft. Run once; the file is kept for ever.

    python -m tests.store.files.make_version_3

Everything in it is made up.
"""

from datetime import UTC, datetime

from swclient.store import NewDeclaration, open_store
from tests.store.files.make_version_1 import HERE, make
from tests.store.files.make_version_2 import add_templates


def add_correction(path):
    """Keep a draft that corrects the first declaration."""
    with open_store(path, clock=lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) as store:
        first = store.worklist()[-1].id
        body = {"profile": "KZ", "next_row": 1, "tables": {"header": [[0, None, {"procedure": "40"}]]}}
        corrected = NewDeclaration("corrected", "40", "KZ", "2026.11", body, parent_id=first, relation="corrects")
        store.create(corrected, actor="declarant")


if __name__ == "__main__":
    for old in HERE.glob("version-3.db*"):
        old.unlink()
    make(HERE / "version-3.db")
    add_templates(HERE / "version-3.db")
    add_correction(HERE / "version-3.db")

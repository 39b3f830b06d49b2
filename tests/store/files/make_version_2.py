# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes version-2.db: a store as version 2 left it, with templates. Run once; the file is kept for ever.

    python -m tests.store.files.make_version_2

Everything in it is made up.
"""

from datetime import UTC, datetime

from swclient.store import NewTemplate, open_store
from tests.store.files.make_version_1 import HERE, make


def add_templates(path):
    """Keep one template in use and one that was removed."""
    with open_store(path, clock=lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) as store:
        body = {"profile": "KZ", "next_row": 1, "tables": {"header": [[0, None, {"procedure": "40"}]]}}
        for number, name in enumerate(("TRAINING Обувь", "TRAINING old shoes"), 1):
            store.templates.keep(NewTemplate(f"template-{number}", name, "KZ", "2026.11", body), actor="declarant")
        store.templates.remove("template-2", actor="declarant")


if __name__ == "__main__":
    for old in HERE.glob("version-2.db*"):
        old.unlink()
    make(HERE / "version-2.db")
    add_templates(HERE / "version-2.db")

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes version-4.db: a store as version 4 left it, every row sealed. Run once; the file is kept for ever.

    python -m tests.store.files.make_version_4

Everything in it is made up.
"""

from tests.store.files.make_version_1 import HERE, make
from tests.store.files.make_version_2 import add_templates
from tests.store.files.make_version_3 import add_correction

if __name__ == "__main__":
    for old in HERE.glob("version-4.db*"):
        old.unlink()
    make(HERE / "version-4.db")
    add_templates(HERE / "version-4.db")
    add_correction(HERE / "version-4.db")

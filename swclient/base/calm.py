# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Python's search for circular garbage, kept out of the way of somebody who types.

By its own measure it runs at every hundredth key or so, and at times looks through everything that is open.
"""

from __future__ import annotations

import gc

_THRESHOLDS = (20_000, 20, 50)


def settle() -> None:
    """Leave what is there now out of every search to come, and search seldom; to be called once the program is up."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)

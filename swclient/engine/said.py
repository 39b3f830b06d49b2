# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody else said of a declaration: an authority's errors, beside the boxes that they are about.

Such a finding stands until the value that it was said of is changed: nobody but the authority can tell whether the
new one is right, so it is a warning and does not bar the way.
"""

from __future__ import annotations

from dataclasses import dataclass

from swclient.engine.finding import Finding

ANY_VALUE = None
"""Said of no value in particular: it stands as long as the declaration is a draft."""


@dataclass(frozen=True, slots=True)
class Said:
    """A finding of somebody else's.

    Attributes:
        text: the value that it was said of, as an editor shows it; `ANY_VALUE` for none.
    """

    finding: Finding
    text: str | None

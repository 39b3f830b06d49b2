# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration of the store as people name it: by its id, the beginning of its id, or its registration number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store.values import Wanted

if TYPE_CHECKING:
    from swclient.store import Store

LEAST = 4  # characters of an id
_MOST = 1_000_000
_NONE = N_("There is no declaration “{name}” in the store; name it by its id or its registration number.")
_SEVERAL = N_("“{name}” fits {n} declarations; write more of the id.")


def declaration_named(store: Store, name: str) -> str:
    """Return the id of the one declaration that a word names.

    Raises:
        UserError: there is none, or several fit.
    """
    rows = store.worklist(Wanted(limit=_MOST))
    exact = [row.id for row in rows if name in {row.id, row.number}]
    found = exact or [row.id for row in rows if len(name) >= LEAST and row.id.startswith(name)]
    if len(found) != 1:
        raise UserError(_SEVERAL, name=name, n=len(found)) if found else UserError(_NONE, name=name)
    return found[0]

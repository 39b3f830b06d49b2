# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Named functions that rules may call: pure, typed, each with its source.

A function is registered under its name and gets values that are never blank; what it is given blank,
it is not asked.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

_known: dict[str, Callable[..., Any]] = {}


def function(name: str) -> Callable[[F], F]:
    """Register a function under a name for use in rules."""

    def keep(made: F) -> F:
        if name in _known:
            raise ValueError(name)
        _known[name] = made
        return made

    return keep


def functions() -> dict[str, Callable[..., Any]]:
    """Return every registered function by name (all modules of this package are loaded)."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return dict(_known)

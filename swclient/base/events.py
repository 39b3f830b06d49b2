# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Weak signals without a toolkit: whoever listens is forgotten when it dies."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from inspect import ismethod
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Signal(Generic[T]):
    """Tells listeners one value at a time, in the order in which they came.

    Bound methods are held weakly, so that a closed window does not live on in a list of listeners;
    plain functions are held as they are.
    """

    def __init__(self) -> None:
        self._listeners: list[Callable[[], Callable[[T], Any] | None]] = []

    def connect(self, listener: Callable[[T], Any]) -> None:
        """Have `listener` called with every value from now on."""
        if ismethod(listener):
            self._listeners.append(weakref.WeakMethod(listener))
        else:
            self._listeners.append(lambda: listener)

    def disconnect(self, listener: Callable[[T], Any]) -> None:
        """Stop calling `listener`; nothing happens if it never listened."""
        self._listeners = [ref for ref in self._listeners if ref() not in (None, listener)]

    def emit(self, value: T) -> None:
        """Call every listener that is still alive."""
        gone = False
        for ref in tuple(self._listeners):
            listener = ref()
            if listener is None:
                gone = True
            else:
                listener(value)
        if gone:
            self._listeners = [ref for ref in self._listeners if ref() is not None]

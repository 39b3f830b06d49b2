# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signals: in order, and forgetting whoever has died."""

import gc

from swclient.base.events import Signal


class Window:
    """Somebody who listens with a bound method."""

    def __init__(self):
        self.heard = []

    def hear(self, value):
        self.heard.append(value)


def test_listeners_are_told_in_the_order_in_which_they_came():
    signal, heard = Signal(), []
    signal.connect(lambda value: heard.append(("first", value)))
    signal.connect(lambda value: heard.append(("second", value)))
    signal.emit(1)
    signal.emit(2)
    assert heard == [("first", 1), ("second", 1), ("first", 2), ("second", 2)]


def test_a_listener_that_died_is_forgotten():
    signal, window = Signal(), Window()
    signal.connect(window.hear)
    heard = window.heard
    signal.emit(1)
    del window
    gc.collect()
    signal.emit(2)
    assert heard == [1]
    assert not signal._listeners


def test_a_plain_function_is_held_though_nobody_else_does():
    signal, heard = Signal(), []
    signal.connect(lambda value: heard.append(value))  # noqa: PLW0108 - a function that only the signal holds
    gc.collect()
    signal.emit(1)
    assert heard == [1]


def test_a_method_written_in_c_may_listen_too():
    signal, heard = Signal(), []
    signal.connect(heard.append)
    signal.emit(1)
    assert heard == [1]


def test_who_is_disconnected_hears_no_more():
    signal, window, other = Signal(), Window(), Window()
    signal.connect(window.hear)
    signal.connect(other.hear)
    signal.disconnect(window.hear)
    signal.emit(1)
    assert (window.heard, other.heard) == ([], [1])


def test_disconnecting_who_never_listened_does_nothing():
    signal, window = Signal(), Window()
    signal.disconnect(window.hear)
    signal.emit(1)
    assert window.heard == []


def test_who_connects_while_a_value_is_told_hears_the_next_one():
    signal, late = Signal(), Window()
    signal.connect(lambda value: signal.connect(late.hear) if value == 1 else None)
    signal.emit(1)
    signal.emit(2)
    assert late.heard == [2]

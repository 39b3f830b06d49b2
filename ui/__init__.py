# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window: PySide6 over `swclient.workflow`. Inside, it imports itself relatively only."""

import builtins
from time import perf_counter

STARTED = perf_counter()  # before Qt is loaded: what a start takes is counted from here

import PySide6.QtCore  # noqa: E402, F401 - as above; and what it does to `import` is undone below

# PySide reads the source of every module that is imported after it, and keeps it, to learn whether the module may ask
# for other names of Qt's methods (`__feature__`). Ours never do: that is 5 ms before the first paint, and 4 MiB of text
# in the end. So its own import, which it keeps by this name for the purpose, is the one in force again.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window: PySide6 over `swclient.workflow`. Inside, it imports itself relatively only."""

from time import perf_counter

STARTED = perf_counter()  # before Qt is loaded: what a start takes is counted from here

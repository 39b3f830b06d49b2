# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies of the store: made, verified, rotated, put back; and what can be saved of a damaged store.

Everything here runs beside an open store, over a connection of its own, and may take seconds: call it from a job.
See docs/handbook/store.md.
"""

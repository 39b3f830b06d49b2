# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Talking to the offices: over TLS, within a deadline, and never guessing what became of a request.

Import the modules directly: `endpoint`, `problems` and `retry` are light; `http`, `customs` and `tax` load what they
need with the first call.
"""

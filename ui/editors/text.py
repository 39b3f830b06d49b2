# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words on one line."""

from __future__ import annotations

from .base import LineEditor


class TextEditor(LineEditor):
    """A line of words, as typed."""

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a pack is not taken: it is no pack at all, or it is one that must not be used."""

from __future__ import annotations

from swclient.base.errors import UserError


class NotAPackError(UserError):
    """The file is not a reference pack, or nothing of it can be read."""


class RefusedError(UserError):
    """The file is a reference pack, and it is altered, wrongly signed, hostile or older than what is installed."""

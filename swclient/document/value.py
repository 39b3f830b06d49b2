# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a field can hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from swclient.catalogue.kinds.base import Unread

__all__ = ["Unread", "Value"]

Value = str | Decimal | int | bool | date | tuple[Any, ...]

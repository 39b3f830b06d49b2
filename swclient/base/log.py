# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program's log: one logger, never a secret in it."""

from __future__ import annotations

import logging

log = logging.getLogger("swclient")

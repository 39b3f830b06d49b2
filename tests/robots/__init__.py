# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Robots that use the real window from outside: by keys alone, and by the names that a screen reader is told."""

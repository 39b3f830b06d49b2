# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The declaration itself: records of values under stable row numbers, changes to them, and their history."""

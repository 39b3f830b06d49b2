# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small painted parts that every room of the window is furnished with; none of them knows a declaration."""

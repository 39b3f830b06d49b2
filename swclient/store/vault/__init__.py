# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stores that are encrypted as a whole: keys, the note that says which key, making one of the other. Optional."""

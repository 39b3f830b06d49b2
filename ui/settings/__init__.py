# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's choices about the window: the table of them, their values, the key map, what is remembered."""

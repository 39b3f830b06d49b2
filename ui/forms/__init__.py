# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bricks of the form: the box, the section that lays boxes out, the grid of rows."""

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Permits of the agencies: which are needed, asked for, granted, and how they come into box 44."""

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Paper: a snapshot of a declaration drawn on official forms as PDF. Placement is data; only composition is code."""

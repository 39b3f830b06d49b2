# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's registers of parties, goods and carriers: kept, found, filled from, exchanged."""

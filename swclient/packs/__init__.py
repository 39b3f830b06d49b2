# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference packs: one country's tariff, rates, lists and rules as one signed, dated file, by Internet or USB stick."""

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is owed and why: customs value, apportionment, duties, taxes and fees. Formulas only; rates are data."""

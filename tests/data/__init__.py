# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data that comes with the program: every profile, list, rate and tariff line is looked at."""

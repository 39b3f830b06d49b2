# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tax side of a released declaration: statement, pack, invoice, reminders."""

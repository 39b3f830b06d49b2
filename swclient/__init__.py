# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The core of swclient: declarations, checks, duties, forms and messages. It never meets Qt or the window."""

__version__ = "0.1.0"

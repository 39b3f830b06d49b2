# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at a declaration: works out values, finds what is wrong, and explains both. Knows no country."""

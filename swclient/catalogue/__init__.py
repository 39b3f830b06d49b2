# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What exists: fields, sections, kinds of value, code lists and national profiles, all read from data."""

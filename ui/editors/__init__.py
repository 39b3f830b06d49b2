# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One editor for each face of a value: words, lines of words, codes, days, figures, yes-or-no."""

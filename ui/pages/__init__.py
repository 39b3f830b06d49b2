# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rooms of the window, each composed by hand as the paper has it."""

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line to the offices, at work behind the window: sends, takes in, files away."""

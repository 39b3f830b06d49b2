# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions of declarations: made, opened, journalled, judged by the law of their day, kept as templates."""

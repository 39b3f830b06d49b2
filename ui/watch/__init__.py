# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window notices by itself: copies, the law, news, the steps of the tour."""

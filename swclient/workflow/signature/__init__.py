# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys, signed bytes, and the sign-off by a second person."""

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user does: draft, check, print, sign, send, read answers, archive. The window talks to this."""

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's own acts towards an office, one module each: made, signed, and put into the outbox."""

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing: what is signed verifies, what was altered does not, and secrets do not leak."""

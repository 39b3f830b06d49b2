# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transport: every bad line, every bad answer, and what is known after it."""

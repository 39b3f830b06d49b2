# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ground floor: errors, messages, language, paths and small values that every other room may use."""

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The offices behind their adapters: which connection is used, how it is tested, how pushes reach us."""

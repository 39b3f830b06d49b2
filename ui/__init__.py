# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window: PySide6 over `swclient.workflow`. Inside, it imports itself relatively only."""

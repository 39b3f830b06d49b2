# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files beside a declaration: those attached to it, and the archive it becomes."""

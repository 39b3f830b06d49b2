# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands around the declaration: the rail, the top bar, and the column of findings, why and help."""

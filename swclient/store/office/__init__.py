# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same store on an office's PostgreSQL server, for several people at once. Optional."""

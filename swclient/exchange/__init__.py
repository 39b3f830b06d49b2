# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading and writing: our own files, the messages of authorities, their answers, and workbooks."""

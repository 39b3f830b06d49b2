# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What others hand in: workbooks, pasted blocks, files of other programs; looked at before it is taken."""

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What we did and what was answered, and the state that follows from both. Nothing here sends."""

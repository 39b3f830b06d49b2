# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people are told: the timeline, the standing, the folders, the past, reports."""

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The store: nothing acknowledged is lost, nothing half done is kept."""

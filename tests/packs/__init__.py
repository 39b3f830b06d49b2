# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference packs: made, verified, refused, installed, and what judges on which day."""

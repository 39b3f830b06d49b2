# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who works on this computer, where the store is, who holds it, how it is copied and locked."""

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding a declaration among a hundred thousand by any words that a person remembers of it.

Everything here is derived from declarations: it is made when it is missing, made anew when it is damaged, and nothing
is lost with it. `Index` is what differs from one database to another.
"""

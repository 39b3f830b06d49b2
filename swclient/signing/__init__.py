# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing bytes and checking signatures, and where keys and pass phrases are kept.

Detached CMS over exactly the bytes that are sent. No key made here has any legal meaning: demo keys
say so in their own certificate. Import the modules directly; they load `cryptography` and `keyring`
when first used.
"""

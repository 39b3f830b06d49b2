# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sealed packages: the queue of a post without a line, carried on a stick, sent by any machine that has one.

Two machines may both get a line: each entry keeps the key that it was made with, both ask before they send, and the
office knows the key, so it is registered once.
"""

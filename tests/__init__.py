# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tests, one folder a floor; a package, so that `python -m tests.bench` finds itself."""

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures against their peers and limits, each proved right in the run that measures it: `./dev bench`.

What is measured and what the figures mean stands in docs/handbook/performance.md.
"""

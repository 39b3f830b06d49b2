# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What breaks stores, done to ours on purpose, and counted; each beside a control that must lose.

Short in `tests/store/test_proofs*.py`, long in `./dev bench reliability`; see docs/handbook/reliability.md.
"""

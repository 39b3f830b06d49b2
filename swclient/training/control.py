# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The format-logic control of the training customs office: notes what is wrong in a declaration.

Written from the domain's rules without a line of the client's engine, so that the two can disagree.
A note carries what the public ErrorList carries: item, box, path, expected, actual; wording and law
are in `wording.py`.
"""

from __future__ import annotations

from swclient.training.control_charges import check_charges
from swclient.training.control_header import check_header
from swclient.training.control_items import check_items
from swclient.training.declaration import Sent
from swclient.training.notebook import Note, Notebook


def control(sent: Sent) -> list[Note]:
    """Check a declaration; return what is wrong, header first, empty if all is well."""
    book = Notebook(sent)
    for check in (check_header, check_items, check_charges):
        check(book)
    return book.notes

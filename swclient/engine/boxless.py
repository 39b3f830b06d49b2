# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a finding says of a field that has no box on the form: its label alone, never the name that data files use."""

from __future__ import annotations

from swclient.base.i18n import N_
from swclient.catalogue.field import Field

MISSING = N_("Box {box}: {label} is missing.")
MISSING_DO = N_("Fill box {box}.")
NOT_IN_LIST = N_("Box {box}: {label} “{value}” is not in the list valid on the date of the declaration.")
DIFFERS = N_("Box {box}: {label} reads {value}, worked out is {computed}.")
UNREADABLE = N_("Box {box}, {label}: {why}")
TOO_LONG = N_("Box {box}, {label}: longer than {n} characters.")

_WITHOUT_BOX = {
    MISSING: N_("{label} is missing."),
    MISSING_DO: N_("Fill in “{label}”."),
    NOT_IN_LIST: N_("{label} “{value}” is not in the list valid on the date of the declaration."),
    DIFFERS: N_("{label} reads {value}, worked out is {computed}."),
    UNREADABLE: N_("{label}: {why}"),
    TOO_LONG: N_("{label}: longer than {n} characters."),
}


def said_of(field: Field, text: str) -> str:
    """Return a text about a field: as it is, or the one that names no box where the field has none."""
    return text if field.box else _WITHOUT_BOX[text]

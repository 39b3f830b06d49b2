# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which warnings may be acknowledged, and whether an acknowledgement still holds.

It holds as long as the warning says the same of the same values. What it said and read is kept as a digest, made
without words of any language, so that reading the declaration in another one brings nothing back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.document.declaration import Declaration
from swclient.document.value import Unread
from swclient.engine.finding import Finding, Level
from swclient.engine.live import Live, LiveRow

_NOT_A_WARNING = N_("Only a warning can be acknowledged; {code} is none. Correct what it speaks of.")
_NO_REASON = N_("Write the reason why this warning may stand.")


def refuse(finding: Finding, why: str) -> None:
    """Refuse to acknowledge what is no warning, or without a reason.

    Raises:
        UserError: says which of the two.
    """
    if finding.level is not Level.WARNING:
        raise UserError(_NOT_A_WARNING, code=finding.code)
    if not why.strip():
        raise UserError(_NO_REASON)


def marked(found: Iterable[Finding], declaration: Declaration, live: Live) -> list[Finding]:
    """Return findings, those that were acknowledged and still say the same with who let them stand."""
    if not declaration.acknowledged:
        return list(found)
    return [_marked(each, declaration, live) for each in found]


def _marked(finding: Finding, declaration: Declaration, live: Live) -> Finding:
    noted = declaration.acknowledged.get(finding.warned)
    holds = noted is not None and finding.level is Level.WARNING and noted.digest == digest_of(finding, live)
    return replace(finding, acknowledged=noted) if holds else finding


def digest_of(finding: Finding, live: Live) -> str:
    """Return the digest of what a finding says and of the values that it speaks of."""
    rows = [live.rows[path.table].get(path.row) for path in finding.paths]
    values = [
        _raw(live, path.field_id, row.values.get(path.field)) if row is not None else ""
        for path, row in zip(finding.paths, rows, strict=True)
    ]
    said = {place: _argument(place, arg, rows, live) for place, arg in finding.message.args.items()}
    told = [finding.code, finding.message.msgid, values, sorted(said.items())]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _argument(place: str, arg: Any, rows: Iterable[LiveRow | None], live: Live) -> str:
    """Return what stands in a place of a sentence: of a field its value as stored, of other words what they name."""
    table, sign, name = place.partition(".")
    if sign and place in live.plan.profile.fields:
        for row in rows:
            while row is not None and row.table != table:
                row = row.parent  # noqa: PLW2901 - climbs to the row that the field is of
            if row is not None:
                return _raw(live, place, row.values.get(name))
        single = live.singles.get(table)
        return _raw(live, place, single.values.get(name)) if single is not None else ""
    if isinstance(arg, Message):
        return arg.msgid
    return "".join(filter(str.isalnum, str(arg)))  # how a language groups figures is not what they say


def _raw(live: Live, field_id: str, value: Any) -> str:
    field = live.plan.profile.fields.get(field_id)
    if value is None:
        return ""
    return str(value) if field is None or isinstance(value, Unread | tuple) else field.kind.store(value)

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for exchange rates: list, import, fetch. Nothing is fetched but on the user's word."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from swclient.base import i18n
from swclient.base.decimals import plain
from swclient.base.i18n import N_, _
from swclient.base.messages import Message

if TYPE_CHECKING:
    from swclient.catalogue.exchange_rates import ExchangeRow
    from swclient.workflow.rates import Taken

_LINE = N_("{currency}  {units} = {rate}  from {day}  [{source}]")
_NONE = N_("There is no rate in force on that day.")
_TAKEN = N_("{n} rates of {first} to {last}, {fresh} of them new: {source}. Kept in {file}.")


def _data(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1))


def _row(row: ExchangeRow) -> dict[str, Any]:
    return {
        "currency": row.currency, "units": row.units, "rate": plain(row.rate), "date": row.date.isoformat(),
        "source": row.source, "how": row.how, "stated": row.stated.isoformat() if row.how else "",
        "confirmed": row.confirmed, "sample": row.sample,
    }  # fmt: skip


def listed(words: argparse.Namespace) -> int:
    """Print the rates in force on a day; 1 when there is none."""
    from swclient.workflow.rates import rates_on

    rows = rates_on(words.country, words.day, words.currency)
    if words.json:
        _data([_row(row) for row in rows])
        return int(not rows)
    for row in rows:
        told = {"currency": row.currency, "units": row.units, "rate": i18n.show(row.rate), "day": row.date}
        doubt = "" if row.confirmed else f" ({_('not confirmed')})"
        print(Message(_LINE, {**told, "source": row.told}).text() + doubt)
    if not rows:
        print(_(_NONE), file=sys.stderr)
    return int(not rows)


def take(words: argparse.Namespace) -> int:
    """Import rates from a file, all or none."""
    from swclient.workflow.rates import import_rates

    return _report(import_rates(words.country, words.file, words.source), as_data=words.json)


def fetch(words: argparse.Namespace) -> int:
    """Fetch rates from the bank's public list."""
    from swclient.workflow.rates import fetch_rates

    return _report(fetch_rates(words.country, words.day), as_data=words.json)


def _report(taken: Taken, *, as_data: bool) -> int:
    days = sorted(row.date for row in taken.rows)
    facts = {"source": taken.source, "file": str(taken.file)}
    if as_data:
        rows = {"rows": [_row(row) for row in taken.rows], "new": len(taken.fresh)}
        _data({**facts, **rows, "doubts": [each.text() for each in taken.doubts]})
        return 0
    counts = {"n": len(taken.rows), "fresh": len(taken.fresh), "first": days[0], "last": days[-1]}
    print(Message(_TAKEN, {**facts, **counts}).text())
    for doubt in taken.doubts:
        print(doubt.text(), file=sys.stderr)
    return 0

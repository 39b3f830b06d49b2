# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes packs: of a country folder, or of a national tariff in a CSV file or a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.catalogue.loader import load_profile
from swclient.catalogue.reference import BESIDE
from swclient.catalogue.versions import VERSION
from swclient.packs.archive import Wanted, make_pack
from swclient.packs.content import files_of
from swclient.packs.publisher import read_signer
from swclient.packs.tariff_table import Terms, tariff_file
from swclient.workflow.tables import read_table

TARIFF_PATH = "tariff/national.csv"
_NO_VERSION = N_("“{version}” is not a version; write figures and points, later is newer: 2026.12")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made.

    Attributes:
        folder: a country folder, or None.
        tariff: a table of tariff lines, or None.
        key: file of the publisher's private key.
        source: where the tariff was taken from, in words.
    """

    country: str
    version: str
    valid_from: date
    key: Path
    folder: Path | None = None
    tariff: Path | None = None
    source: str = ""


def make(order: Order, phrase: str = "", today: Callable[[], date] = date.today) -> bytes:
    """Return the signed pack as the bytes of its file.

    Args:
        order: what is to be made.
        phrase: of the key, when it is locked.
        today: the day on which a table counts as taken.

    Raises:
        UserError: the folder, the table or the key cannot be used; bad rows of a table are named by line.
    """
    if not VERSION.fullmatch(order.version):
        raise UserError(_NO_VERSION, version=order.version)
    signer = read_signer(order.key, phrase)
    contents: dict[str, bytes] = files_of(order.folder) if order.folder else {}
    if order.tariff:
        contents = {path: data for path, data in contents.items() if not _lines(path)}
        contents[TARIFF_PATH] = _tariff(order, order.tariff, today())
    return make_pack(Wanted(order.country, order.version, order.valid_from), contents, signer)


def _lines(path: str) -> bool:
    """Tell whether a file of a country folder holds tariff lines."""
    return path.startswith("tariff/") and path.removeprefix("tariff/") not in BESIDE


def _tariff(order: Order, file: Path, taken: date) -> bytes:
    units = load_profile(order.country).code_list("units")
    source = order.source or file.name
    terms = Terms(order.valid_from, source, taken, units.entries if units else ())
    return tariff_file(read_table(file), terms)

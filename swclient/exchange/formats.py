# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The formats that declarations are read from and written to, told apart by what is in a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.kinds.base import Unread
from swclient.catalogue.loader import load_profile, profile_codes
from swclient.document.body import FORMAT, from_body
from swclient.exchange.message import (
    DECLARATION,
    WCO_DECLARATION,
    Reading,
    find_declaration,
    read_declaration,
    write_declaration,
)
from swclient.exchange.settings import MessageFormat, message_formats
from swclient.exchange.xmlread import MAX_BYTES, fault, read_xml, value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from swclient.catalogue.profile import Profile
    from swclient.document.snapshot import Snapshot
    from swclient.exchange.mapping import Mapping

OWN = "swclient"
WORKBOOK = ".xlsx"
_ZIP = b"PK\x03\x04"
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf<")


@dataclass(frozen=True, slots=True)
class Format:
    """A format that declarations are written in.

    Attributes:
        name: how people name it.
        title: what it is, a msgid.
        suffix: usual ending of its files.
    """

    name: str
    title: str
    suffix: str


FORMATS = {
    OWN: Format(OWN, N_("Declaration of this program (JSON)"), ".json"),
    DECLARATION: Format(DECLARATION, N_("Goods declaration of the EAEU (XML)"), ".xml"),
    WCO_DECLARATION: Format(WCO_DECLARATION, N_("Declaration of the WCO data model (XML)"), ".xml"),
}


def read_any(file: str, content: bytes, profile: Profile | None = None, mapping: Mapping | None = None) -> Reading:
    """Read a declaration from a file of any format that we know.

    Args:
        file: name of the file, for errors; its ending tells workbooks.
        content: its bytes.
        profile: what to read a message with that does not say its country, or one that we have no
            profile for; without it, the first profile that knows the message.
        mapping: how a workbook is read; without it, one is guessed from its captions.

    Raises:
        UserError: no format that we know, or broken; names file, line and reason.
    """
    if PurePath(file).suffix.lower() == WORKBOOK or content.startswith(_ZIP):
        return _read_workbook(file, content, mapping)
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"{":
        return Reading(read_own(file, content), format=OWN)
    if start == b"<" or content.startswith(_BOMS):
        return _read_message(file, content, profile)
    raise fault(file, 1, 1, Message(N_("neither a declaration of this program, nor a message, nor a workbook")))


def _read_workbook(file: str, content: bytes, mapping: Mapping | None) -> Reading:
    from swclient.exchange.mapping_suggest import suggest_mapping
    from swclient.exchange.workbook import read_workbook

    chosen = mapping or suggest_mapping(content, PurePath(file).stem)
    found = read_workbook(content, chosen)
    unread = [f"{p.sheet}!{p.cell}: {p.text} ({p.reason.text()})" for p in found.problems]
    return Reading(found.body, (*unread, *found.columns_left), format=WORKBOOK.removeprefix("."))


def _read_message(file: str, content: bytes, profile: Profile | None) -> Reading:
    root = read_xml(content, file)
    known = [load_profile(code) for code in profile_codes()]
    chosen = [profile, *known] if profile else known
    for each in chosen:
        for name, message in message_formats(each).items():
            found = find_declaration(root, message, file)
            if found is not None:
                country = value(found, "RecipientCountryCode") or value(root, "ResponsibleCountryCode")
                return read_declaration(found, _at_home(country, message, known) or each, name)
    raise fault(file, 1, 1, Message(N_("no message that this program knows")))


def _at_home(country: str, message: MessageFormat, known: list[Profile]) -> Profile | None:
    """Return the profile of the country that a message is meant for."""
    for profile in known:
        if profile.facts.get("country") == country and message.name in message_formats(profile):
            return profile
    return None


def read_own(file: str, content: bytes) -> dict[str, Any]:
    """Read a declaration of our own format.

    Raises:
        UserError: not JSON, a key that stands twice, or another kind of document; names file and line.
    """
    if len(content) > MAX_BYTES:
        raise fault(file, 1, 1, Message(N_("too large")))
    try:
        body = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise fault(file, error.lineno, error.colno, error.msg) from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise fault(file, line, 1, Message(N_("not written in UTF-8"))) from None
    except (ValueError, RecursionError) as error:
        raise fault(file, 1, 1, str(error)) from None
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        reason = Message(N_("not a declaration of this program: the key “format” is not “swclient-declaration”"))
        raise fault(file, 1, 1, reason)
    return body


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, content in pairs:
        if key in found:
            reason = f"the key “{key}” stands twice"
            raise ValueError(reason)
        found[key] = content
    return found


def write_own(body: dict[str, Any]) -> bytes:
    """Return a declaration as a file of our own format."""
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def write(
    name: str,
    body: dict[str, Any],
    snapshot: Snapshot,
    *,
    profile: Profile,
    document_id: str,
    at: datetime,
) -> bytes:
    """Return a declaration as a file of a format.

    Args:
        name: one of `FORMATS`, or another message of the profile.
        body: the declaration as typed.
        snapshot: the same with what is worked out.
        profile: its profile.
        document_id: identifier that a message carries.
        at: when it is made.

    Raises:
        UserError: nobody knows the format, or a value cannot be written in it.
    """
    if name == OWN:
        return write_own(body)
    if name not in message_formats(profile):
        known = ", ".join(sorted({OWN, *message_formats(profile)}))
        raise UserError(N_("Unknown format “{name}”; known are {known}."), name=name, known=known)
    _refuse_unread(body, profile)
    return write_declaration(snapshot, profile, document_id, at, name)


def _refuse_unread(body: dict[str, Any], profile: Profile) -> None:
    """Refuse what was typed but cannot be read: a message would leave it out without a word."""
    place, text = next(_unread(body, profile), ("", ""))
    if place:
        raise UserError(
            N_("{place}: “{text}” cannot be read as a value, so it cannot be written; correct it."),
            place=place,
            text=text,
        )


def _unread(body: dict[str, Any], profile: Profile) -> Iterator[tuple[str, str]]:
    for table, rows in from_body(body, profile).tables.items():
        for position, row in enumerate(rows.values(), 1):
            where = f"{table}[{position}]" if profile.tables[table].many else table
            yield from ((f"{where}.{name}", str(text)) for name, text in row.values.items() if isinstance(text, Unread))

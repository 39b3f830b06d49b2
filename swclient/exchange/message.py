# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration as the message of its country, and back.

The bytes are made once and depend on nothing but what is given: the same declaration with the same identifier
and moment gives the same bytes, which is what a signature is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.catalogue.kinds import Given
from swclient.document.body import FORMAT, VERSION
from swclient.exchange.settings import MessageFormat, message_format
from swclient.exchange.skeleton import Skeleton, load_skeleton
from swclient.exchange.skeleton.loose import tidy
from swclient.exchange.xmlread import local, namespace

if TYPE_CHECKING:
    from datetime import datetime
    from xml.etree.ElementTree import Element

    from swclient.catalogue.profile import Profile
    from swclient.document.snapshot import Snapshot

DECLARATION = "eaeu-dt"
WCO_DECLARATION = "wco-dec"
_ANSWER = "Response"  # it names the declaration that it answers, and is none


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a file.

    Attributes:
        body: the declaration as nested texts, as `swclient.document.body` takes it.
        unread: path and text of what the file says and a declaration has no place for.
        namespace: namespace of the document, a hint of the version of the format; empty when there is none.
        format: the format that the file was in.
    """

    body: dict[str, Any]
    unread: tuple[str, ...] = ()
    namespace: str = ""
    format: str = ""


def declaration_skeleton(profile: Profile, name: str = DECLARATION) -> Skeleton:
    """Return the skeleton of the declaration message of a profile."""
    message = message_format(profile, name)
    return load_skeleton(message.skeleton, profile, message.not_carried)


def write_declaration(
    snapshot: Snapshot, profile: Profile, document_id: str, at: datetime, name: str = DECLARATION
) -> bytes:
    """Return the message of a declaration, without a container.

    Args:
        snapshot: the declaration, typed and worked-out values together.
        profile: its profile.
        document_id: identifier of the document, at most 36 characters.
        at: when the message is made.
        name: which message of the profile.

    Raises:
        UserError: a text holds a character that XML cannot hold; names field and item.
    """
    message = message_format(profile, name)
    given = {"document_id": (document_id,), "at": (at.isoformat(timespec="seconds"),)}
    skeleton = load_skeleton(message.skeleton, profile, message.not_carried)
    return skeleton.write(snapshot, _parameters(profile, message) | given)


def _parameters(profile: Profile, message: MessageFormat) -> dict[str, tuple[str, ...]]:
    facts = {key: (str(profile.facts[key]),) for key in ("country", "currency") if key in profile.facts}
    return {**message.parameters, **facts, "version": (message.version,)}


def read_declaration(root: Element, profile: Profile, name: str = DECLARATION) -> Reading:
    """Return what the message of a declaration says; `root` is the document itself, out of its container."""
    message = message_format(profile, name)
    skeleton = load_skeleton(message.skeleton, profile, message.not_carried)
    if message.loose:
        tidy(root, skeleton.root)
    found = skeleton.read(root, _parameters(profile, message))
    head = {"format": FORMAT, "version": VERSION, "profile": profile.code}
    head["profile_version"] = profile.version
    return Reading({**head, **found.body}, found.unread, namespace(root.tag), name)


def not_carried(snapshot: Snapshot, profile: Profile, name: str = DECLARATION) -> tuple[str, ...]:
    """Return the fields that the declaration fills and the message has no place for; `section[2]`: its further rows."""
    message = message_format(profile, name)
    further = (f"{table}[2]" for table in message.only_first if _repeats(snapshot, table))
    return (*(field_id for field_id in reasons(profile, name) if _filled(snapshot, field_id)), *further)


def reasons(profile: Profile, name: str = DECLARATION) -> dict[str, str]:
    """Return the fields that a message has no place for, and why."""
    message = message_format(profile, name)
    told = dict(message.not_carried)
    if message.otherwise:
        placed = {place.field for place in declaration_skeleton(profile, name).places}
        typed = (each.id for each in profile.fields.values() if not each.derived and not isinstance(each.kind, Given))
        told |= {field_id: message.otherwise for field_id in typed if field_id not in placed | told.keys()}
    return told


def _repeats(snapshot: Snapshot, table: str) -> bool:
    above = [record.parent for record in snapshot.tables.get(table, ())]
    return len(above) > len(set(above))


def _filled(snapshot: Snapshot, field_id: str) -> bool:
    table, _, name = field_id.partition(".")
    return any(record.get(name) is not None for record in snapshot.tables.get(table, ()))


def find_declaration(root: Element, message: MessageFormat, file: str) -> Element | None:
    """Return the declaration in a document or in the container around it, None in another document.

    Raises:
        UserError: a container that does not hold exactly one declaration.
    """
    if local(root.tag) == message.root:
        return root
    if local(root.tag) != message.envelope_root or any(local(each.tag) == _ANSWER for each in root):
        return None
    found = [each for each in root.iter() if local(each.tag) == message.root]
    if len(found) != 1:
        raise UserError(
            N_("{file}: the container holds {count} declarations; exactly one is expected."),
            file=file,
            count=len(found),
        )
    return found[0]

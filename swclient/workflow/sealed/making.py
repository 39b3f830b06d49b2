# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seals the queue: what waits in the outbox goes into one file, and from then on is asked about before it is sent."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.signing.sealing import COST, MOST_BYTES, check_phrase, read_sealed, seal, unseal
from swclient.workflow.sealed.contents import ANSWERS, QUEUE, Contents, Runs, packed, unpacked
from swclient.workflow.sealed.stick import MaybeWrittenError, read_capped, write_whole

if TYPE_CHECKING:
    from swclient.signing.secrets import Secret
    from swclient.signing.signer import Signer
    from swclient.store import Store
    from swclient.store.parcels import Parcel

SUFFIXES = {QUEUE: ".swpackage", ANSWERS: ".swanswers"}
EMPTY = N_("Nothing waits in the outbox, so there is nothing to seal.")
ALL_SEALED = N_(
    "All {n} entries that wait are in earlier packages. To put them into another one as well, seal again with those."
)
TOO_MUCH = N_("The queue has more than {limit} MiB, which is too much for one package. Nothing was written.")


@dataclass(frozen=True, slots=True)
class Sealing:
    """Who makes a package, and under which pass phrase.

    Attributes:
        signer: whose key signs it.
        phrase: opens it again; kept nowhere.
        actor: name of who sits at the computer.
        cost: see `swclient.signing.sealing.COST`.
    """

    signer: Signer
    phrase: Secret
    actor: str
    cost: int = COST


@dataclass(frozen=True, slots=True)
class Made:
    """A package that was written.

    Attributes:
        entries: how many entries, or answers, are in it.
        left: how many entries that wait are in earlier packages only.
    """

    file: Path
    id: str
    entries: int
    left: int = 0


def make_package(store: Store, sealing: Sealing, target: Path, *, again: bool = False) -> Made:
    """Seal what waits in the outbox into a new file.

    Args:
        store: whose outbox.
        sealing: who makes it.
        target: the folder to write into, or the file.
        again: whether entries of earlier packages go into this one too.

    Raises:
        UserError: nothing waits, the pass phrase is too short, or such a file is there already.
        OutsideError: the stick does not take it; the outbox is as it was.
        MaybeWrittenError: it is not sure whether the stick has it; the entries are asked about before they are sent.
    """
    check_phrase(sealing.phrase)
    identity = str(uuid.uuid4())
    parcels = store.parcels.seal(identity, again=again)
    left = [each for each in store.parcels.waiting() if each.package != identity]
    if not parcels:
        raise UserError(ALL_SEALED, n=len(left)) if left else UserError(EMPTY)
    try:
        file = write_package(_queue(store, identity, parcels, sealing), sealing, target)
    except MaybeWrittenError:
        raise
    except BaseException:
        store.parcels.put_back(identity, parcels)
        raise
    for declaration_id in dict.fromkeys(each.queued.entry.declaration_id for each in parcels):
        store.add_event(declaration_id, "sealed", {"text": file.name})
    return Made(file, identity, len(parcels), len(left))


def write_package(contents: Contents, sealing: Sealing, target: Path) -> Path:
    """Write contents as a sealed file; return where.

    Raises:
        UserError, OutsideError: as `make_package`.
    """
    inside = packed(contents, sealing.signer)
    if len(inside) > MOST_BYTES - (1 << 16):
        raise UserError(TOO_MUCH, limit=MOST_BYTES >> 20)
    stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    name = f"swclient-{stamp}-{contents.id[:8]}{SUFFIXES[contents.kind]}"
    file = target / name if target.is_dir() else target
    write_whole(file, seal(inside, sealing.phrase, contents.kind, contents.id, sealing.cost))
    return file


def open_package(file: Path, phrase: Secret, kind: str) -> Contents:
    """Open a sealed file; what is in it stays in memory.

    Raises:
        UserError: it cannot be read, is none, was damaged or altered, or the pass phrase is wrong.
    """
    whole = read_capped(file, MOST_BYTES)
    return unpacked(unseal(read_sealed(whole, file.name), phrase), kind, file.name)


def head_facts(sealing: Sealing) -> dict[str, Any]:
    """Return what every package says of itself: when it was made, and by whom."""
    sender = {"name": sealing.actor, "signer": sealing.signer.name, "serial": sealing.signer.serial}
    return {"made_at": datetime.now(UTC).isoformat(timespec="seconds"), "sender": sender}


def _queue(store: Store, identity: str, parcels: tuple[Parcel, ...], sealing: Sealing) -> Contents:
    runs, entries = Runs(), []
    queues: dict[str, int] = {}
    for parcel in parcels:
        entry = parcel.queued.entry
        row = store.load(entry.declaration_id).row
        entries.append(
            {
                "key": entry.idempotency_key,
                "channel": entry.channel,
                "verb": entry.verb,
                "content_type": entry.content_type,
                "created_at": parcel.queued.created_at.isoformat(),
                "queue": queues.setdefault(entry.declaration_id, len(queues)),
                "country": row.profile,
                "title": row.title,
                "sha256": parcel.queued.sha256,
                "content": runs.put(entry.content),
                "signature": runs.put(entry.signature),
            }
        )
    return Contents(QUEUE, identity, {**head_facts(sealing), "entries": entries}, tuple(runs.held))

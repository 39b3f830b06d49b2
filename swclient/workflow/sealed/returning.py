# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seals what came of a package, for the machine that made it: which entries were taken, and every answer as it came."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.signing.sealing import check_phrase
from swclient.store.mail import ACKNOWLEDGED, FAILED
from swclient.workflow.sealed.carrying import entries_of
from swclient.workflow.sealed.contents import ANSWERS, Contents, Runs
from swclient.workflow.sealed.making import Made, Sealing, head_facts, write_package

if TYPE_CHECKING:
    from swclient.store import Store
    from swclient.store.mail import QueuedEntry

TAKEN, REFUSED, OPEN = "taken", "refused", "open"
"""What became of an entry: the office has it; refused it for good; nobody knows yet."""

NOTHING = N_("Nothing of {file} was sent from this machine, so there are no answers to bring back.")


def make_answers(store: Store, package: Contents, sealing: Sealing, target: Path, file: str) -> Made:
    """Seal what came of a package into a new file.

    Args:
        store: of the machine that sent it.
        package: the package, opened.
        sealing: who makes it; its pass phrase is that of the package.
        target: the folder to write into, or the file.
        file: what to call the package in an error.

    Raises:
        UserError: nothing of it was sent here, or such a file is there already.
        OutsideError: the stick does not take it.
    """
    check_phrase(sealing.phrase)
    wanted = entries_of(package, file)
    held = store.errands.by_keys(each.entry.idempotency_key for each in wanted)
    if not held:
        raise UserError(NOTHING, file=file)
    runs = Runs()
    talks = {(each.queued.entry.channel, each.queued.conversation) for each in held if each.queued.conversation}
    answers = [row for talk in sorted(talks) for row in _answers(store, *talk, runs)]
    facts = {
        **head_facts(sealing),
        "of": package.id,
        "entries": [_outcome(each.queued) for each in held],
        "answers": answers,
    }
    contents = Contents(ANSWERS, str(uuid.uuid4()), facts, tuple(runs.held))
    return Made(write_package(contents, sealing, target), contents.id, len(answers))


def _outcome(entry: QueuedEntry) -> dict[str, Any]:
    became = {ACKNOWLEDGED: TAKEN, FAILED: REFUSED}.get(entry.state, OPEN)
    return {
        "key": entry.entry.idempotency_key,
        "sha256": entry.sha256,
        "outcome": became,
        "conversation": entry.conversation or "",
        "error": entry.last_error or "",
    }


def _answers(store: Store, channel: str, conversation: str, runs: Runs) -> list[dict[str, Any]]:
    return [
        {
            "channel": channel,
            "conversation": conversation,
            "remote_id": kept.answer.remote_id,
            "remote_sequence": kept.answer.remote_sequence,
            "content_type": kept.answer.content_type,
            "received_at": kept.received_at.isoformat(),
            "content": runs.put(kept.answer.raw),
        }
        for kept in store.answers.of_conversation(channel, conversation)
    ]

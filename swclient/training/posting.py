# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking a POST once: key and body against the ledger, faults on demand, and the 202."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from swclient.training.gate import Posted
from swclient.training.ledger import now
from swclient.training.ledger_rows import Conversation, Submission
from swclient.training.options import DROP_AFTER_COMMIT, DROP_BEFORE_COMMIT, STATUS_503
from swclient.training.refusal import RefusalError
from swclient.training.site import Site

CONVERSATION_HEADER = "X-Conversation-ID"
POST_ANSWERS: dict[int | str, dict[str, Any]] = {
    202: {"description": "Taken; X-Conversation-ID names the conversation"},
    400: {"description": "Not taken"},
    401: {"description": "No token"},
    406: {"description": "Accept"},
    409: {"description": "The key was used with another body"},
    415: {"description": "Content-Type"},
    503: {"description": "Try again with the same key"},
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What is posted: where, under which name, how its body is checked and its conversation begun.

    Attributes:
        back_end: `customs` or `tax`.
        name: `declaration`, `payment` or `statement`.
        validate: raises a RefusalError for a body that is not taken.
        begin: inside the transaction, returns the conversation as it stands after the POST.
    """

    back_end: str
    name: str
    validate: Callable[[bytes], None]
    begin: Callable[[Posted], Conversation]


class NoAnswer(Response):
    """Closes the connection instead of answering, as a line that breaks does."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hang up and wait until the server has noticed."""
        host, port = scope["client"]
        self._site.hang_up((host, port))
        while (await receive())["type"] != "http.disconnect":
            pass


async def take(site: Site, kind: Kind, posted: Posted) -> Response:
    """Take a POST that passed the door.

    Returns:
        202 with the conversation, or no answer at all where a fault is asked for.

    Raises:
        RefusalError: 400 by the body, 404, 409, or 503 by a fault.
    """
    fault = site.faults.next()
    if fault == STATUS_503:
        raise RefusalError(503, "SERVICE_UNAVAILABLE", "try again with the same key", headers={"Retry-After": "1"})
    if fault == DROP_BEFORE_COMMIT:
        return NoAnswer(site)
    conversation = await run_in_threadpool(_keep, site, kind, posted)
    site.clockwork(kind.back_end).wake(conversation)
    if fault == DROP_AFTER_COMMIT:
        return NoAnswer(site)
    return Response(status_code=202, headers={CONVERSATION_HEADER: conversation})


def _keep(site: Site, kind: Kind, posted: Posted) -> str:
    """Return the conversation of a POST, making it only if key and body are new."""
    if site.ledger.submission(kind.back_end, posted.key) is None:
        kind.validate(posted.body)  # outside the transaction: it may take a while
    with site.ledger.transaction():
        known = site.ledger.submission(kind.back_end, posted.key)
        if known is not None:
            if (known.sha256, known.kind) != (posted.sha256, kind.name):
                raise RefusalError(409, "IDEMPOTENCY_CONFLICT", "the key was used with another body")
            return known.conversation
        conversation = kind.begin(posted)
        site.ledger.keep_submission(
            Submission(
                kind.back_end,
                posted.key,
                kind.name,
                posted.sha256,
                conversation.id,
                now(),
                posted.body,
                posted.signature,
            )
        )
        site.ledger.keep_conversation(conversation)
        return conversation.id

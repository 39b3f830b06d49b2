# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every office has in common: take under a key, be asked by the key, hand out notifications.

The contract is docs/handbook/training.md; its outline is that of the WCO-style services: 202 with a conversation,
and everything else later.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlencode

from swclient.transport import problems
from swclient.transport.http import Call
from swclient.transport.problems import (
    AnswerUnknownError,
    BusyError,
    RefusedError,
    SignInError,
)
from swclient.transport.refusal import read_refusal
from swclient.transport.retry import retry_after

if TYPE_CHECKING:
    from collections.abc import Mapping

    from swclient.base.errors import OutsideError
    from swclient.transport.http import Caller, Reply

T = TypeVar("T")

_OK, _ACCEPTED, _NOT_FOUND = 200, 202, 404
_REFUSALS, _TROUBLES = 400, 500
_BUSY = {429, 503}
_STRANGER = {401, 403}
_CONVERSATION = re.compile(r"[A-Za-z0-9._:-]{1,100}")
_JSON = {"Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Submission:
    """What an office says it has under a key.

    Attributes:
        conversation: by which its answers are asked for.
        sha256: digest of the bytes it received, hexadecimal.
        kind: `declaration`, `payment` or `statement`.
    """

    conversation: str
    received_at: str
    sha256: str
    kind: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A line of the list of notifications: there is a message, fetched by its own call."""

    id: str
    sequence: int
    conversation: str
    content_type: str
    path: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message as it came.

    Attributes:
        conversation: in which it stands, as the office said with it; empty where it did not say.
    """

    content: bytes
    content_type: str
    conversation: str = ""


class Office:
    """One office of an endpoint.

    Args:
        caller: makes the calls.
        prefix: where it lives, such as `/customs`.
    """

    def __init__(self, caller: Caller, prefix: str) -> None:
        self._caller = caller
        self._prefix = prefix

    def post(self, path: str, content: bytes, key: str, headers: Mapping[str, str]) -> str:
        """Hand in bytes under a key; return the conversation in which the answers will come.

        Raises:
            NotSentError, AnswerUnknownError, BusyError, SignInError, RefusedError: as their classes say.
        """
        named = {"Idempotency-Key": key, "Accept": "*/*", **headers}
        reply = self._caller.call(Call("POST", self._prefix + path, named, content))
        conversation = reply.header("X-Conversation-ID") or ""
        if reply.status != _ACCEPTED:
            raise refusal(self._address, reply)
        if not _CONVERSATION.fullmatch(conversation):
            raise self._odd("202 without a conversation")
        return conversation

    def ask(self, key: str) -> Submission | None:
        """Return what the office has under a key; None where it says that it never received it.

        Raises:
            OutsideError: it could not be asked, or its answer is not one.
        """
        reply = self._caller.call(Call("GET", f"{self._prefix}/submissions/{quote(key, safe='')}", _JSON))
        if reply.status == _NOT_FOUND:
            # Any web server says 404; only the office's own words mean that it does not have it.
            if json_object(self._address, reply).get("code") == "NOT_FOUND":
                return None
            raise self._odd("404 that is not the office's own")
        answer = self._object(reply)
        parts = [answer.get(name) for name in ("conversation", "received_at", "sha256", "kind")]
        if not all(isinstance(part, str) for part in parts) or not _CONVERSATION.fullmatch(str(parts[0])):
            raise self._odd("a submission")
        return Submission(*map(str, parts))

    def notifications(self, conversation: str, after: int = 0, limit: int = 100) -> tuple[Notice, ...]:
        """Return the notices of a conversation with a number above `after`, the oldest first.

        Whatever else an office lists is returned too, under its own conversation: who asks decides what it is worth.
        """
        query = urlencode({"conversation": conversation, "after": after, "limit": limit})
        reply = self._caller.call(Call("GET", f"{self._prefix}/notifications?{query}", _JSON))
        if reply.status != _OK:
            raise refusal(self._address, reply)
        found = [self._notice(line) for line in _json(self._address, reply, list)]
        return tuple(sorted(found, key=lambda notice: notice.sequence))

    def fetch(self, notice: Notice) -> Fetched:
        """Return the message of a notice.

        Raises:
            OutsideError: it could not be fetched.
        """
        reply = self._caller.call(Call("GET", notice.path, {"Accept": "*/*"}))
        if reply.status != _OK:
            raise refusal(self._address, reply)
        told = reply.header("X-Conversation-ID") or notice.conversation
        return Fetched(reply.body, reply.header("Content-Type") or notice.content_type, told)

    @property
    def _address(self) -> str:
        return self._caller.endpoint.address

    def _object(self, reply: Reply) -> dict[str, Any]:
        if reply.status != _OK:
            raise refusal(self._address, reply)
        return json_object(self._address, reply)

    def _notice(self, line: object) -> Notice:
        if not isinstance(line, dict):
            raise self._odd("a notification")
        texts = [line.get(name) for name in ("id", "conversation", "content_type", "url")]
        sequence = line.get("sequence")
        if not isinstance(sequence, int) or not all(isinstance(text, str) and text for text in texts):
            raise self._odd("a notification")
        name, conversation, content_type, path = map(str, texts)
        if not path.startswith(f"{self._prefix}/"):
            raise self._odd("a notification elsewhere")
        return Notice(name, sequence, conversation, content_type, path)

    def _odd(self, what: str) -> AnswerUnknownError:
        return AnswerUnknownError(problems.ODD, address=self._address, what=what)


def refusal(address: str, reply: Reply) -> OutsideError:
    """Return what an answer other than the hoped-for means: refused, busy, a stranger, or not known."""
    status, words = reply.status, {"address": address, "status": reply.status}
    wait = retry_after(reply.header("Retry-After"), datetime.now(UTC))
    if status in _STRANGER:
        return SignInError(problems.STRANGER, **words)
    if status in _BUSY:
        return BusyError(problems.BUSY, retry_after=wait, **words)
    if _REFUSALS <= status < _TROUBLES:
        return RefusedError(status, *read_refusal(reply))
    if status >= _TROUBLES:
        return AnswerUnknownError(problems.TROUBLE, retry_after=wait, **words)
    return AnswerUnknownError(problems.ODD, address=address, what=str(status))


def json_object(address: str, reply: Reply) -> dict[str, Any]:
    """Return the JSON object that an answer is.

    Raises:
        AnswerUnknownError: it is not one.
    """
    return dict(_json(address, reply, dict))


def _json(address: str, reply: Reply, kind: type[T]) -> T:
    try:
        found = json.loads(reply.body)
    except (ValueError, RecursionError) as error:
        raise AnswerUnknownError(problems.ODD, address=address, what="not JSON") from error
    if not isinstance(found, kind):
        raise AnswerUnknownError(problems.ODD, address=address, what="other JSON")
    return found

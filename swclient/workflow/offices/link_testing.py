# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests a connection step by step, each told in plain words, with what to do where it fails.

Nothing is handed in: the last step asks the office for a key that was never used.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from swclient.base.errors import SwError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.transport import trust
from swclient.transport.endpoint import Endpoint
from swclient.workflow.connections import Connection
from swclient.workflow.offices.adapters import back_end, caller_of, credentials_of

if TYPE_CHECKING:
    from swclient.signing.secrets import Asking, Secret
    from swclient.transport.tokens import ClientCredentials
    from swclient.workflow.ports import BackEnd

NAME, LINE, TLS, TOKEN, OFFICE, PUSHED = (
    N_("Name found"), N_("Line"), N_("Identity (TLS)"), N_("Token"), N_("The office answers"), N_("Answers are pushed"),
)  # fmt: skip
_FOUND = N_("{host} is {numbers}")
_NO_NAME = N_("Nobody knows the name {host}: {reason}")
_OPEN = N_("the line to {host}, port {port}, is open")
_SHUT = N_("{host} does not answer on port {port}: {reason}")
_BELIEVED = N_("{name}, vouched for by {issuer}, until {until}; {protocol}")
_GIVEN = N_("the office gave a token for “{client}”")
_NOT_WANTED = N_("no client name is set, so no token is asked for")
_ANSWERS = N_("it knows us and answers as an office does")
_CHECK_NAME = N_("Check the address letter by letter, and whether this computer is on the network.")
_CHECK_PORT = N_("Check the port. If it is right, a firewall may be in between, or the office is down: ask them.")
_CHECK_CLIENT = N_("Check client name and secret with the office; a secret may have ended.")
_CHECK_PUSH = N_(
    "Without it answers are pulled, a little later. Check where we listen, and that the office reaches it."
)
_CHECK_PATH = N_("Check the path of the service, and whether the office speaks what was chosen here.")


FOLDER = "file"
FOLDER_FOUND = N_("Watched folder")
_THERE = N_("{folder} is there, with “in” and “out”")
_CHECK_FOLDER = N_("Connect the share or put the stick in; whoever runs the office's program makes “in” and “out”.")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a test.

    Attributes:
        name: what was tried, a msgid.
        words: what was found.
        advice: what to do; None where it went well.
    """

    name: str
    words: Message
    advice: Message | None = None

    @property
    def good(self) -> bool:
        """Whether it went well."""
        return self.advice is None


def try_connection(connection: Connection, ask: Asking | None = None, typed: Secret | None = None) -> Iterator[Step]:
    """Yield the steps of a test as they are done; the first that fails is the last.

    Args:
        connection: what to test; it need not be saved.
        ask: asks for the client secret where the key store has none.
        typed: the client secret, where it was just typed; it goes before that of the key store.
    """
    if connection.adapter == FOLDER:
        yield _look_into(connection)
        return
    ask = _once(ask)
    endpoint = Endpoint(
        connection.address, connection.ca_file, connection.client_id, connection.deadline, connection.byte_cap
    )
    for step in (_look_up, _reach, _identify):
        done = step(connection)
        yield done
        if not done.good:
            return
    if connection.client_id:
        done = _told(
            TOKEN, _CHECK_CLIENT, lambda: _token_given(credentials_of(connection, endpoint, ask, typed), connection)
        )
        yield done
        if not done.good:
            return
    else:
        yield Step(TOKEN, Message(_NOT_WANTED))
    caller = caller_of(connection, ask, typed)
    done = _told(OFFICE, _CHECK_PATH, lambda: _ask_office(back_end(connection, caller=caller)))
    yield done
    if done.good and connection.listen:
        from swclient.workflow.offices.push_testing import pushed_back

        yield _told(PUSHED, _CHECK_PUSH, lambda: pushed_back(connection, caller))


def _once(ask: Asking | None) -> Asking | None:
    """Return one who asks, and remembers the answer for as long as the test lasts."""
    found: list[Secret | None] = []

    def asked(prompt: Message) -> Secret | None:
        if ask is not None and not found:
            found.append(ask(prompt))
        return found[0] if found else None

    return asked if ask is not None else None


def _look_into(connection: Connection) -> Step:
    """Ask the office behind a folder for a key that was never used: it looks whether its folders are there."""
    try:
        back_end(connection).ask(str(uuid.uuid4()))
    except SwError as error:
        return Step(FOLDER_FOUND, error.message, Message(_CHECK_FOLDER))
    return Step(FOLDER_FOUND, Message(_THERE, {"folder": connection.address}))


def _look_up(connection: Connection) -> Step:
    host, port = trust.place_of(connection.address)
    try:
        numbers = trust.looked_up(host, port)
    except OSError as error:
        words = Message(_NO_NAME, {"host": host, "reason": error.strerror or str(error)})
        return Step(NAME, words, Message(_CHECK_NAME))
    return Step(NAME, Message(_FOUND, {"host": host, "numbers": ", ".join(numbers)}))


def _reach(connection: Connection) -> Step:
    host, port = trust.place_of(connection.address)
    try:
        trust.opened(host, port, connection.deadline).close()
    except OSError as error:
        words = Message(_SHUT, {"host": host, "port": str(port), "reason": error.strerror or str(error)})
        return Step(LINE, words, Message(_CHECK_PORT))
    return Step(LINE, Message(_OPEN, {"host": host, "port": str(port)}))


def _identify(connection: Connection) -> Step:
    host, port = trust.place_of(connection.address)
    try:
        shown = trust.proven(trust.opened(host, port, connection.deadline), host, connection.ca_file)
    except trust.DistrustError as error:
        return Step(TLS, error.message, error.advice)
    except OSError as error:
        words = Message(_SHUT, {"host": host, "port": str(port), "reason": error.strerror or str(error)})
        return Step(TLS, words, Message(_CHECK_PORT))
    told = {"name": shown.name, "issuer": shown.issuer, "until": shown.until, "protocol": shown.protocol}
    return Step(TLS, Message(_BELIEVED, told))


def _told(name: str, advice: str, work: Callable[[], Message]) -> Step:
    try:
        return Step(name, work())
    except SwError as error:
        return Step(name, error.message, Message(advice))


def _token_given(credentials: ClientCredentials, connection: Connection) -> Message:
    credentials.token()
    return Message(_GIVEN, {"client": connection.client_id})


def _ask_office(office: BackEnd) -> Message:
    office.ask(str(uuid.uuid4()))
    return Message(_ANSWERS)

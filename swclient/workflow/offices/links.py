# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which connection a declaration goes by: the one in use for its country when it was signed, else the training office.

The message is written in the form that the connection speaks, so the choice is made before signing and kept with it:
whatever the user settles later, what was signed for one office is never sent to another.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from swclient.base.errors import OutsideError, UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.transport.problems import AnswerUnknownError
from swclient.workflow.connections import CUSTOMS, TRAINING, Connection, Register, read_register
from swclient.workflow.offices.adapters import FILE, back_end, caller_of, training_connections

if TYPE_CHECKING:
    from swclient.catalogue.profile import Profile
    from swclient.signing.secrets import Asking
    from swclient.store import Store
    from swclient.store.mail import QueuedEntry
    from swclient.transport.http import Caller
    from swclient.transport.office import Fetched, Notice, Submission
    from swclient.workflow.ports import BackEnd, Offices, StartOffices

MESSAGES = {"eaeu": "eaeu-dt", "wco": "wco-dec", "file": "asycuda-sad"}
"""In which message a declaration is written, by what the connection speaks."""

TRAINING_MARK, OWN_MARK = "TRAINING · УЧЕБНАЯ", "NOT CONFIRMED · НЕ ПОДТВЕРЖДЕНО"
_NONE = N_("No office is configured; the declaration stays in the outbox.")
_GONE = N_(
    "The connection “{name}”, for which this was signed, is not there any more. Add it again under this name, or make a"
    " new draft; nothing was sent."
)
_FORGOTTEN = N_(
    "“{name}” remembers for {days} days what it took, and this was first sent earlier. Ask the office itself whether it"
    " has it; it is not sent again by itself."
)
_ALL_TRAINING = N_("connected to the TRAINING offices")
_OWN = N_("connected to {offices}; not confirmed by this program")


class Way(NamedTuple):
    """By which connection a declaration is to go, what is spoken there, and in which message it is written."""

    connection: str
    adapter: str
    message: str

    @property
    def training(self) -> bool:
        """Whether it goes to a training office."""
        return self.connection == TRAINING


def way_of(home: Path, profile: Profile) -> Way:
    """Return the way that a declaration of a profile goes by now.

    Raises:
        UserError: the file of connections cannot be read.
    """
    own = read_register(home).used_for(CUSTOMS, profile.code)
    adapter = own.adapter if own else training_adapter(profile)
    return Way(own.name if own else TRAINING, adapter, MESSAGES.get(adapter, MESSAGES["wco"]))


def training_adapter(profile: Profile) -> str:
    """Return what the training office of a country speaks: the union's message where it has it, else the data model."""
    from swclient.exchange.settings import message_formats

    return "eaeu" if MESSAGES["eaeu"] in message_formats(profile) else "wco"


def went_to_training(store: Store, declaration_id: str) -> bool:
    """Tell whether a declaration was signed for a training office; one that was not signed yet was for none other."""
    details = [event.detail for event in store.events(declaration_id) if event.kind == "signed"]
    return str((details[-1] if details else {}).get("connection") or TRAINING) == TRAINING


def watermark(store: Store, declaration_id: str) -> str:
    """Return what stands across the sheets of a declaration that was signed."""
    return TRAINING_MARK if went_to_training(store, declaration_id) else OWN_MARK


class Links:
    """The connections of a data folder, opened; the training offices are started when one is needed.

    Attributes:
        words: how it stands, for the user.
    """

    def __init__(self, home: Path, start: StartOffices | None, store: Store, ask: Asking | None = None) -> None:
        self._home = home
        self._start = start
        self._store = store
        self._ask = ask
        self._offices: Offices | None = None
        self._callers: dict[Connection, Caller] = {}
        self._training: tuple[Connection, ...] = ()
        self._register = Register()
        self.words = Message(N_("offline"))

    def open(self) -> dict[str, BackEnd]:
        """Return the back ends by channel.

        Raises:
            UserError: the file of connections cannot be read.
            OutsideError: the training offices do not start, or no office is configured at all.
        """
        self._register = read_register(self._home)
        used = [each for each in self._register.connections if each.name in self._register.in_use]
        if self._start is not None:
            self._offices = self._start(self._home / "training")
            self._training = training_connections(self._offices.address, self._offices.ca_file)
        elif not used:
            raise OutsideError(_NONE, retry=True)
        names = ", ".join(each.name for each in used)
        self.words = Message(_OWN, {"offices": names}) if used else Message(_ALL_TRAINING)
        known = (*self._register.connections, *self._training)
        return {channel: Routed(self, channel) for channel in dict.fromkeys(each.channel for each in known)}

    def close(self) -> None:
        """Stop the training offices."""
        if self._offices is not None:
            self._offices.stop()
            self._offices = None
        self.words = Message(N_("offline"))

    def connection(self, channel: str, declaration_id: str) -> Connection:
        """Return the connection by which a declaration goes.

        Raises:
            OutsideError: the connection for which it was signed is gone, or there is none at all.
        """
        self._register = read_register(self._home)  # the user may have changed it since
        country, signed = self._store.load(declaration_id).row.profile, self._signed(declaration_id)
        name = str(signed.get("connection") or "") if channel == CUSTOMS else ""
        own = self._named(name) if name else self._register.used_for(channel, country)
        if own is not None:
            return own
        if name not in {"", TRAINING}:
            raise OutsideError(_GONE, retry=False, name=name)
        fitting = [each for each in self._training if each.channel == channel]
        adapter = signed.get("adapter") if channel == CUSTOMS else None
        chosen = next((each for each in fitting if adapter in {None, each.adapter}), None)
        if chosen is None:
            raise OutsideError(_NONE, retry=True)
        return chosen

    def name_of(self, channel: str, declaration_id: str) -> str:
        """Return the name of the connection by which a declaration goes; empty where there is none."""
        try:
            return self.connection(channel, declaration_id).name
        except OutsideError:
            return ""

    def listening(self) -> dict[str, Connection]:
        """Return the connections in use that listen, by name, as the user has them now."""
        register = read_register(self._home)
        used = (each for each in register.connections if each.name in register.in_use and each.listen)
        return {each.name: each for each in used}

    def for_country(self, country: str) -> dict[str, BackEnd]:
        """Return the offices to which somebody else's entries of a country go, by the name of their channel."""
        from swclient.catalogue.loader import load_profile

        wanted, register = training_adapter(load_profile(country)), read_register(self._home)
        fitting = (each for each in self._training if each.channel != CUSTOMS or each.adapter == wanted)
        chosen = {each.channel: each for each in fitting}
        own = {name: register.used_for(name, country) for name in chosen}
        return {name: self.reach(own[name] or each) for name, each in chosen.items()}

    def _named(self, name: str) -> Connection | None:
        try:
            return self._register.named(name)
        except UserError:
            return None

    def _signed(self, declaration_id: str) -> Mapping[str, Any]:
        details = [event.detail for event in self._store.events(declaration_id) if event.kind == "signed"]
        return details[-1] if details else {}

    def reach(self, connection: Connection) -> BackEnd:
        """Return the office of a connection."""
        return back_end(connection, caller=None if connection.adapter == FILE else self.caller(connection))

    def caller(self, connection: Connection) -> Caller:
        """Return what calls the office of a connection: one for all uses; its secret is asked for once."""
        if connection not in self._callers:
            self._callers[connection] = caller_of(connection, self._ask)
        return self._callers[connection]

    def entry_of(self, channel: str, *, key: str = "", conversation: str = "") -> QueuedEntry | None:
        """Return the entry that was sent under a key, or that was given a conversation."""
        if key:
            return self._store.outbox.of_key(channel, key)
        return self._store.outbox.of_conversation(channel, conversation)


class Routed:
    """One channel: hands everything to the office by whose connection the declaration goes."""

    def __init__(self, links: Links, channel: str) -> None:
        self._links = links
        self._channel = channel
        self._made: dict[Connection, BackEnd] = {}
        self._of_conversation: dict[str, Connection] = {}
        self._listed: dict[str, Connection] = {}

    def send(self, entry: QueuedEntry) -> str:
        """Hand an entry over under its key; return the conversation in which answers will come."""
        return self._office(self._links.connection(self._channel, entry.entry.declaration_id)).send(entry)

    def ask(self, key: str) -> Submission | None:
        """Return what the office has under a key; its word that it has nothing counts while it remembers keys."""
        entry = self._links.entry_of(self._channel, key=key)
        if entry is None:
            raise OutsideError(_NONE, retry=False)
        connection = self._links.connection(self._channel, entry.entry.declaration_id)
        held = self._office(connection).ask(key)
        days = connection.key_days
        if held is None and days and datetime.now(UTC) - entry.created_at > timedelta(days=days):
            raise AnswerUnknownError(_FORGOTTEN, name=connection.name, days=days)
        return held

    def notifications(self, conversation: str, after: int = 0, limit: int = 100) -> tuple[Notice, ...]:
        """Return the notices of a conversation with a number above `after`, the oldest first."""
        found = self._of(conversation).notifications(conversation, after, limit)
        # An office may list letters of conversations that nobody began here; they are fetched where they were listed.
        strange = (notice for notice in found if notice.conversation != conversation)
        self._listed.update((notice.id, self._of_conversation[conversation]) for notice in strange)
        return found

    def fetch(self, notice: Notice) -> Fetched:
        """Return the message of a notice, as it came."""
        if notice.id in self._listed:
            return self._office(self._listed[notice.id]).fetch(notice)
        return self._of(notice.conversation).fetch(notice)

    def _of(self, conversation: str) -> BackEnd:
        if conversation not in self._of_conversation:
            entry = self._links.entry_of(self._channel, conversation=conversation)
            if entry is None:
                raise OutsideError(_NONE, retry=False)
            found = self._links.connection(self._channel, entry.entry.declaration_id)
            self._of_conversation[conversation] = found
        return self._office(self._of_conversation[conversation])

    def _office(self, connection: Connection) -> BackEnd:
        if connection not in self._made:
            self._made[connection] = self._links.reach(connection)
        return self._made[connection]

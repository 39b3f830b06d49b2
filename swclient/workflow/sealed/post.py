# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window and the commands do with sealed packages."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import OutsideError, UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.signing.sealing import COST, SHORTEST
from swclient.workflow.sealed.carrying import Carrier, Listed, Standing, lines_of, load_package, standing
from swclient.workflow.sealed.contents import ANSWERS, QUEUE, Contents
from swclient.workflow.sealed.making import Made, Sealing, make_package, open_package
from swclient.workflow.sealed.returning import make_answers
from swclient.workflow.sealed.taking import TakenIn, take_answers
from swclient.workflow.signature.keys import DECLARE

if TYPE_CHECKING:
    from swclient.workflow.application import Application
    from swclient.workflow.signature.keys import Secret

__all__ = ["SHORTEST", "SealedPost"]

PATIENCE_SECONDS = 60.0
_QUIET_SECONDS = 3.0
_BREATH_SECONDS = 0.3
MAKE_PHRASE = N_("Pass phrase for the package (12 characters or more; tell it to whoever sends it, not on the stick):")
AGAIN_PHRASE = N_("The same pass phrase once more:")
OPEN_PHRASE = N_("Pass phrase of the package {file}:")
NOT_GIVEN = N_("No pass phrase was given; nothing was done.")
NOT_THE_SAME = N_("The two pass phrases are not the same; nothing was sealed.")


@dataclass(frozen=True, slots=True)
class Look:
    """What a package says of itself when it is opened."""

    made_at: str
    sender: str
    signed_by: str
    entries: tuple[Listed, ...]


class SealedPost:
    """The verbs about sealed packages.

    Args:
        application: the program whose outbox, keys and line are used.
        cost: work of making the key of a file; see `swclient.signing.sealing.COST`.
    """

    def __init__(self, application: Application, cost: int = COST) -> None:
        self._application = application
        self._store = application.store
        self._cost = cost

    def new_phrase(self) -> Secret:
        """Ask for the pass phrase of a new package, twice.

        Raises:
            UserError: none was given, or not the same one.
        """
        first, second = self._asked(Message(MAKE_PHRASE)), self._asked(Message(AGAIN_PHRASE))
        if first != second:
            raise UserError(NOT_THE_SAME)
        return first

    def phrase_of(self, file: Path) -> Secret:
        """Ask for the pass phrase of a package.

        Raises:
            UserError: none was given.
        """
        return self._asked(Message(OPEN_PHRASE, {"file": file.name}))

    def anything_new(self) -> bool:
        """Tell whether something waits that is in no package yet."""
        return any(parcel.package is None for parcel in self._store.parcels.waiting())

    def make(self, target: Path, phrase: Secret, *, again: bool = False) -> Made:
        """Seal what waits in the outbox; see `make_package`."""
        made = make_package(self._store, self._sealing(phrase), target, again=again)
        self._application.jobs.post(self._tell)
        return made

    def look(self, file: Path, phrase: Secret) -> Look:
        """Open a package and tell what is in it; nothing is done with it.

        Raises:
            UserError: it does not open, or is none.
        """
        contents = open_package(file, phrase, QUEUE)
        sender = contents.facts.get("sender")
        name = str(sender.get("name", "")) if isinstance(sender, dict) else ""
        return Look(str(contents.facts["made_at"]), name, contents.signed_by, lines_of(contents, file.name))

    def send(
        self, file: Path, phrase: Secret, tell: Callable[[Message], None], patience: float = PATIENCE_SECONDS
    ) -> Standing:
        """Send somebody's package and gather its answers, for as long as patience lasts; may be called again.

        Args:
            file: the package.
            phrase: its pass phrase.
            tell: told what could not be taken, and why something is not sent yet.
            patience: seconds to go on asking for answers.

        Raises:
            UserError: it does not open, is none, or was made here.
            OutsideError: there is no line.
        """
        contents = open_package(file, phrase, QUEUE)
        line = self._application.line
        line.open()
        country = next((each.country for each in lines_of(contents, file.name)), "")
        channels = line.channels_for(country)
        for words in load_package(self._store, contents, channels, file.name):
            tell(words)
        carrier = Carrier(self._store, channels)
        self._carry(carrier, contents, file.name, patience)
        if carrier.last_error is not None:
            tell(carrier.last_error.message)
        return standing(self._store, contents, file.name)

    def answers(self, file: Path, phrase: Secret, target: Path) -> Made:
        """Seal what came of a package for the machine that made it; see `make_answers`."""
        contents = open_package(file, phrase, QUEUE)
        return make_answers(self._store, contents, self._sealing(phrase), target, file.name)

    def take(self, file: Path, phrase: Secret) -> TakenIn:
        """Take in what came of our package; see `take_answers`."""
        contents = open_package(file, phrase, ANSWERS)
        return take_answers(self._store, contents, self._application.moved, file.name)

    def _carry(self, carrier: Carrier, contents: Contents, file: str, patience: float) -> None:
        stopping = self._application.jobs.stopping.is_set
        begun = heard = time.monotonic()
        while not stopping():
            carrier.send_due()
            try:
                fresh = carrier.gather(self._store.parcels.errands.of_package(contents.id))
            except OutsideError as error:
                carrier.last_error, fresh = error, 0
            now = time.monotonic()
            heard = now if fresh else heard
            quiet = now - heard > _QUIET_SECONDS and not standing(self._store, contents, file).open
            if quiet or now - begun > patience:
                return
            time.sleep(_BREATH_SECONDS)

    def _sealing(self, phrase: Secret) -> Sealing:
        return Sealing(self._application.keys.signer(DECLARE), phrase, self._application.actor, self._cost)

    def _asked(self, words: Message) -> Secret:
        answer = self._application.ask(words) if self._application.ask else None
        if answer is None:
            raise UserError(NOT_GIVEN)
        return answer

    def _tell(self) -> None:
        from swclient.workflow.application import AppEvent

        self._application.listen.emit(AppEvent("worklist"))

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the room of connections does: saved, put to use, removed, tested behind the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swclient.base.errors import SwError, UserError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from ..pages.connection_form import FILES, MEGABYTE, PUSHED, PUSHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.workflow.connections import Connection
    from swclient.workflow.jobs import Jobs
    from swclient.workflow.offices.linking import Linking
    from swclient.workflow.signature.keys import Secret

    from ..pages.connections import ConnectionsPage
    from ..ports import Office

_NO_NUMBER = N_("“{text}” is no number; {name} wants one.")
_SAVED = N_("Connection “{name}” saved. It is not in use before you put it to use.")
_IN_USE = N_("Connection “{name}” is in use. It is not confirmed by this program.")
_OUT_OF_USE = N_("Connection “{name}” is out of use; the TRAINING offices are meant again.")
_REMOVED = N_("Connection “{name}” removed.")
_NUMBERS = {"deadline": N_("Deadline, seconds"), "byte_cap": N_("Longest answer, megabytes"),
            "key_days": N_("Keys remembered, days")}  # fmt: skip


class ConnectionVerbs:
    """The verbs about connections of one window."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._page: ConnectionsPage | None = None
        self._jobs: Jobs | None = None
        self.tell()

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what each action does."""
        return {"connections": self.show}

    def show(self) -> None:
        """Show the room."""
        page = self.page
        self._fill(page.name)
        self._office.window.column.show_stage(None)
        self._office.window.show_room(page)
        self._office.window.rail.mark("")
        page.start()

    @property
    def page(self) -> ConnectionsPage:
        """The room; made when it is first wanted."""
        if self._page is None:
            from swclient.catalogue.loader import profile_codes
            from swclient.workflow.offices.linking import ADAPTERS

            from ..pages.connections import ConnectionsPage

            self._page = ConnectionsPage(ADAPTERS, profile_codes())
            self._page.asked.connect(self._do)
        return self._page

    def _do(self, verb: str) -> None:
        verbs = {"save": self.save, "test": self.test, "use": self.use, "remove": self.remove}
        if verb == "back":
            self._office.show_folder(self._office.worklist.folder or "drafts")
            return
        try:
            verbs[verb]()
        except SwError as error:
            self.page.notice.say(str(error), "warning")

    def tell(self) -> None:
        """Say in the top bar whether everything goes to training offices."""
        try:
            own = bool(self._linking.register().in_use)
        except SwError as error:
            self._office.say(str(error), "warning")
            own = True
        self._office.window.top.tell_own(own=own)

    @property
    def _linking(self) -> Linking:
        from swclient.workflow.offices.linking import Linking

        application = self._office.application
        return Linking(application.home, application.ask)

    def _fill(self, chosen: str) -> None:
        try:
            register = self._linking.register()
        except SwError as error:
            self.page.notice.say(str(error), "warning")
            return
        rows = {each.name: _texts(each) for each in register.connections}
        self.page.fill(rows, register.in_use, chosen)

    def save(self) -> None:
        """Save what stands in the form; no test is needed before."""
        connection, secret = self._typed()
        told = self._linking.put(connection, self.page.name, secret)
        self.page.saved()
        self._fill(connection.name)
        self.page.notice.say("\n".join(m.text() for m in (_said(_SAVED, connection.name), *told)), "advice")

    def use(self) -> None:
        """Put the connection on show to use, or out of use."""
        linking, name = self._linking, self.page.name
        used = name in linking.register().in_use
        (linking.leave if used else linking.use)(name)
        self._fill(name)
        self.page.notice.say(_said(_OUT_OF_USE if used else _IN_USE, name).text(), "advice" if used else "warning")
        self.tell()

    def remove(self) -> None:
        """Forget the connection on show."""
        name = self.page.name
        self._linking.remove(name)
        self.page.saved()
        self._fill("")
        self.page.notice.say(_said(_REMOVED, name).text(), "advice")
        self.tell()

    def test(self) -> None:
        """Test what stands in the form behind the window; each step is shown as it is done."""
        connection, secret = self._typed()
        if not connection.name:
            connection = replace(connection, name=_("New connection"))
        steps = self._linking.test(connection, secret)
        page, post = self.page, self._office.application.jobs.post
        number = page.begin_test()

        def work() -> bool:
            good = True
            for step in steps:
                good = step.good
                post(lambda step=step: page.add_step(number, step))  # type: ignore[misc]  # bound now
            return good

        def failed(error: BaseException) -> None:
            page.end_test(number, good=False)
            page.notice.say(str(error), "warning")

        self._own_jobs().run(work, lambda good: page.end_test(number, good=good), failed)

    def _own_jobs(self) -> Jobs:
        """Return a thread of its own: a test waits for no declaration under way, and no declaration for a test."""
        from swclient.workflow.jobs import Jobs

        if self._jobs is None:
            self._jobs = Jobs(self._office.application.jobs.post)
            self._office.window.closing.connect(self._jobs.close)
        return self._jobs

    def _typed(self) -> tuple[Connection, Secret | None]:
        """Return what stands in the form.

        Raises:
            UserError: a number is none.
        """
        from swclient.workflow.connections import Connection
        from swclient.workflow.offices.adapters import CHANNEL_OF
        from swclient.workflow.signature.keys import Secret

        texts = self.page.form.texts()
        secret = texts.pop("secret")
        files = {key: Path(texts[key]) if texts[key] else None for key in FILES}
        pushed = PUSHED if texts["adapter"] == PUSHING else ()
        told: dict[str, Any] = {key: files[key] if key in files else texts[key] for key in pushed}
        deadline, cap, days = (_number(texts.pop(key), key) for key in _NUMBERS)
        adapter, address = texts.pop("adapter"), texts.pop("address").rstrip("/")
        connection = Connection(
            CHANNEL_OF[adapter], adapter, address, texts["client_id"], files["ca_file"],
            name=texts["name"], country=texts["country"], path=texts["path"], token_path=texts["token_path"],
            scopes=texts["scopes"], deadline=deadline, byte_cap=int(cap * MEGABYTE), key_days=int(days), **told,
        )  # fmt: skip
        return connection, Secret(secret) if secret else None


def _said(words: str, name: str) -> Message:
    return Message(words, {"name": name})


def _number(text: str, key: str) -> float:
    try:
        return float(text.replace(",", ".") or 0)
    except ValueError:
        raise UserError(_NO_NUMBER, text=text, name=Message(_NUMBERS[key])) from None


def _texts(connection: Connection) -> dict[str, str]:
    plain = ("name", "adapter", "country", "address", "client_id", "scopes", "path", "token_path")
    texts = {key: str(getattr(connection, key)) for key in plain}
    texts |= {key: str(getattr(connection, key) or "") for key in (*FILES, *PUSHED)}
    figures = (connection.deadline, connection.byte_cap / MEGABYTE, connection.key_days)
    return texts | {key: f"{figure:g}" for key, figure in zip(_NUMBERS, figures, strict=True)}

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every secret goes through real use, good and bad, and is then nowhere: no file, log, word or variable has it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from swclient.base.errors import OutsideError, SwError, UserError
from swclient.base.messages import Message
from swclient.signing.secrets import Secret
from swclient.store.backups.making import make
from swclient.store.vault import keys as store_keys
from swclient.training import RunningTraining, TrainingOptions, start_process
from swclient.transport.tokens import ClientCredentials
from swclient.workflow.application import Application
from swclient.workflow.connections import Connection
from swclient.workflow.house.vault import Vault
from swclient.workflow.house.whereabouts import Whereabouts, opened
from swclient.workflow.offices.adapters import CustomsChannel, back_end
from swclient.workflow.offices.linking import Linking
from swclient.workflow.printing import sign_printed
from swclient.workflow.sealed.contents import QUEUE
from swclient.workflow.sealed.making import open_package
from swclient.workflow.sealed.post import SealedPost
from swclient.workflow.signature.keys import DECLARE, NewKey
from swclient.workflow.states import State
from tests.declarations import today
from tests.signing.made import PHRASE, identity, packed
from tests.signing.test_keys import InMemory, key_store
from tests.store.conftest import server
from tests.store.copies import POLICY
from tests.store.office import PASSWORD
from tests.workflow.canaries import Told, dumped_rows, heard_in, leaks
from tests.workflow.sticks import CHEAP
from tests.workflow.test_sealed_way import Shared, silent
from tests.workflow.test_seven_countries import sample
from tests.workflow.test_way import carried

__all__ = ["key_store", "server"]

CLIENT = "canary of a client's secret, ключ 7"
STICK = "canary of seven quiet horses"


class Person:
    """Somebody who is asked for every secret, and who may mistype them all or say nothing."""

    def __init__(self) -> None:
        self.recovery = ""
        self.before: str | None = ""

    def __call__(self, prompt: Message) -> Secret | None:
        kinds = {"package": STICK, "same pass phrase": STICK, "Client secret": CLIENT, "Recovery key": self.recovery}
        right = next((text for words, text in kinds.items() if words in prompt.text()), PHRASE)
        return None if self.before is None else Secret(self.before + right)

    def shown(self, recovery: str) -> bool:
        """Write the recovery key down."""
        self.recovery = recovery
        return True


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningTraining]:
    """Somebody else's office, whose folder is not ours to look into."""
    options = TrainingOptions(pace=0.01, client_id="us", client_secret=CLIENT, clients={"training": "training"})
    with start_process(tmp_path_factory.mktemp("other"), options) as running:
        yield running


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every access token that an office gave."""
    given: set[str] = set()
    real = ClientCredentials.token

    def token(self: ClientCredentials) -> str:
        given.add(found := real(self))
        return found

    monkeypatch.setattr(ClientCredentials, "token", token)
    return given


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def started(tmp_path: Path, person: Person, office: RunningTraining) -> Iterator[tuple[Application, ExitStack]]:
    """The program over an encrypted store, and what closes it."""
    pytest.importorskip("sqlcipher3", reason="the part “encryption” is not installed")
    Application(tmp_path / "home", today=today).close()
    vault = Vault(tmp_path / "home" / "declarations.db", person)
    vault.encrypt(person.shown)
    store_keys.let_go()
    made = Application(tmp_path / "home", today=today, start_offices=lambda _: Shared(office), ask=person)
    with ExitStack() as end:  # a test may close it before
        end.callback(made.close)
        yield made, end
    store_keys.let_go()


def signs(application: Application, person: Person, told: Told, folder: Path) -> None:
    """Add a key and use it: wrong, without a word, right; declared, archived, exported, printed."""
    application.keys.add(
        NewKey("own", "pkcs12", DECLARE, {"file": str(packed(folder / "own.p12", identity(owner="NONE")))})
    )
    application.keys.use("own")
    declaration_id = application.take(sample("tj-import-40"))
    desk, paper = application.open(declaration_id), application.open(application.open_sample()).print_pdf()
    for before in ("wrong ", None):
        person.before = before
        with told.must_fail(SwError):
            application.keys.signer(DECLARE)
        with told.must_fail(SwError):
            sign_printed(paper, application.keys)
    person.before = ""
    told.words += carried(application, declaration_id)
    assert application.line.state(declaration_id) is State.ARCHIVED
    for format_name in ("swclient", "wco-dec"):
        (folder / format_name).write_bytes(desk.export(format_name))
    (folder / "signed.pdf").write_bytes(sign_printed(paper, application.keys))
    told.words.append(repr([desk.timeline(), application.keys.listed(), application.marks_of(declaration_id)]))


def calls(connection: Connection, application: Application, person: Person, told: Told) -> None:
    """Test a connection: asked, typed, from the key store, and mistyped; have it refused in the middle of work."""
    linking, mistyped = Linking(application.home, person), Secret(CLIENT + " mistyped")
    for before in ("", "wrong ", None):
        person.before = before
        steps = [*linking.test(connection)]
        assert steps[-1].good is (before == "")
        told.words += [repr(step) for step in steps]
        if before != "":
            with told.must_fail(SwError):
                back_end(connection, person).ask("key-00000001")
    person.before = ""
    told.words.append(repr(linking.put(connection, secret=Secret(CLIENT))))
    linking.use(connection.name)
    for typed in (None, Secret(CLIENT), mistyped):
        steps = [*linking.test(connection, typed)]
        assert steps[-1].good is (typed is not mistyped)  # what is typed goes before what is kept
        told.words += [repr(step) for step in steps]


def breaks(folder: Path, told: Told) -> None:
    """Have a line break, with a token at hand, before and after the token is given."""
    for faults in ({"drop_before_commit": 9}, {"drop_after_commit": 9}, {"truncated@tokens": 9}):
        options = TrainingOptions(pace=0.01, client_id="us", client_secret=CLIENT, faults=faults)
        with start_process(folder, options) as bad:
            broken = Connection("customs", "eaeu", bad.address, "us", bad.ca_file, name="Bad")
            end = back_end(broken, lambda _p: Secret(CLIENT))
            assert isinstance(end, CustomsChannel)
            with told.must_fail(OutsideError):
                end.submit_declaration(b"<x/>", "key-00000001", b"signature")
        with told.must_fail(OutsideError):  # nobody is there any more
            end.ask("key-00000001")


def seals(application: Application, helper: Application, stick: Path, told: Told) -> None:
    """Send a declaration by stick and take the answers in; then open what is sealed with another phrase."""
    declaration_id = application.open_sample()
    session = application.open(declaration_id).session
    application.line.lodge(declaration_id, session.snapshot(), session.findings(), silent)
    ours, theirs = SealedPost(application, CHEAP), SealedPost(helper, CHEAP)
    made = ours.make(stick, ours.new_phrase())
    with told.must_fail(UserError):
        theirs.look(made.file, Secret("wrong " + STICK))
    told.words.append(repr(open_package(made.file, Secret(STICK), QUEUE)))
    theirs.send(made.file, theirs.phrase_of(made.file), lambda m: told.words.append(m.text()), patience=30.0)
    back = theirs.answers(made.file, Secret(STICK), stick)
    told.words.append(repr(ours.take(back.file, Secret(STICK))))
    assert application.number_of(declaration_id)


def locks(home: Path, person: Person, told: Told) -> None:
    """Lock the encrypted store, mistype its key, and make it a plain one, in which a secret could be read."""
    file = home / "declarations.db"
    vault = Vault(file, person)
    for wrong in ("7", None):
        store_keys.let_go()
        person.before = wrong
        with told.must_fail(SwError):
            opened(home, person)
    person.before = ""
    with told.must_fail(UserError):
        vault.unlock(person.recovery + "7")
    assert vault.unlock(person.recovery)
    assert vault.recovery() == person.recovery
    vault.decrypt()


def test_no_secret_is_left_anywhere(  # noqa: PLR0917 - pytest passes them by name
    tmp_path: Path,
    started: tuple[Application, ExitStack],
    person: Person,
    office: RunningTraining,
    tokens: set[str],
    key_store,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    kept, told, (application, end) = key_store(InMemory()), Told(), started
    named = {"name": "Own", "country": "TJ", "path": "/wco/customs"}
    own = Connection("customs", "wco", office.address, "us", office.ca_file, **named)
    calls(own, application, person, told)
    signs(application, person, told, tmp_path)
    breaks(tmp_path.parent / f"{tmp_path.name}-office", told)
    (tmp_path / "stick").mkdir()
    helper = Application(tmp_path / "helper", today=today, start_offices=lambda _: Shared(office), ask=person)
    seals(application, helper, tmp_path / "stick", told)
    helper.close()
    make(application.home / "declarations.db", application.home / "backups", POLICY)
    end.close()
    locks(application.home, person, told)
    told.dump()
    told.words.append(dumped_rows(tmp_path / "home" / "declarations.db"))
    key = store_keys.read(person.recovery).raw
    secrets = [PHRASE, CLIENT, STICK, person.recovery, person.recovery.replace(" ", ""), key.hex(), *tokens]
    assert len(tokens) > 2
    assert CLIENT in kept.kept.values()  # where secrets belong
    assert told.errors > 8
    out, err = capfd.readouterr()
    assert heard_in("\n".join([*told.words, caplog.text, out, err]), secrets) == []
    assert {each: leaks(tmp_path, each) for each in secrets if leaks(tmp_path, each)} == {}
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and key in file.read_bytes()]
    (tmp_path / "control").write_text(f"so they would be found: {' '.join(secrets)}", encoding="utf-8")
    assert all(leaks(tmp_path, each) == [tmp_path / "control"] for each in secrets)
    assert heard_in((tmp_path / "control").read_text("utf-8"), secrets) == secrets


def test_the_password_of_an_office_store_is_left_nowhere(
    server, tmp_path: Path, key_store, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    kept, told = key_store(InMemory()), Told()
    address, home = server.database(tmp_path).address, tmp_path / "home"
    home.mkdir()
    with told.must_fail(SwError):
        Whereabouts(home).use(address, Secret("wrong " + PASSWORD))
    with pytest.raises(UserError) as refused:  # who writes it there is told, in words that do not repeat it
        Whereabouts(home).use(address.replace("office@", f"office:{PASSWORD}@"), None)
    told.words.append(repr(refused.value))
    assert Whereabouts(home).use(address, Secret(PASSWORD))
    application = Application(home, today=today)
    application.open_sample()
    told.words.append(repr(application.worklist()))
    server.control("stop", "-m", "immediate")
    with told.must_fail(SwError):
        opened(home)
    server.control("start")
    application.close()
    told.dump()
    out, err = capfd.readouterr()
    assert PASSWORD in kept.kept.values()
    assert heard_in("\n".join([*told.words, caplog.text, out, err]), [PASSWORD]) == []
    assert leaks(tmp_path, PASSWORD) == []
    (tmp_path / "control").write_text(PASSWORD)
    assert leaks(tmp_path, PASSWORD) == [tmp_path / "control"]

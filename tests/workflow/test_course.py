# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What follows a registration, with the training office over the wire: documents, payment, amendments, withdrawal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.document.path import Path as FieldPath
from swclient.training import TrainingOptions, start_process
from swclient.workflow.acts import amending, paying, replying, withdrawing
from swclient.workflow.acts.correcting import correct
from swclient.workflow.application import Application
from swclient.workflow.desk import acts
from swclient.workflow.files.attachments import attach, remove
from swclient.workflow.files.filing import verify
from swclient.workflow.files.limits import limits_on
from swclient.workflow.states import State, Verb
from swclient.workflow.told.standing import prospect
from tests.declarations import today

Start = Callable[..., Application]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start the program with offices set up for a lesson."""
    made: list[Application] = []

    def begin(**options: object) -> Application:
        chosen = TrainingOptions(pace=0.01, **options)  # type: ignore[arg-type]  # each as its field says
        made.append(
            Application(tmp_path / "home", today=today, start_offices=lambda folder: start_process(folder, chosen))
        )
        return made[-1]

    yield begin
    for application in made:
        application.close()


def lodged(application: Application, until: State) -> str:
    """Lodge the sample and follow it until the user is needed."""
    declaration_id = application.open_sample()
    desk = application.open(declaration_id)
    application.dealings.carrier(pays=False).carry(
        declaration_id, desk.session.snapshot(), desk.session.findings(), lambda _m: None
    )
    assert application.line.state(declaration_id) is until
    return declaration_id


def goes_on(application: Application, declaration_id: str, *, pays: bool = False) -> State:
    """Follow a declaration until the user is needed again, or to the archive."""
    snapshot = application.open(declaration_id).session.snapshot()
    return application.dealings.carrier(pays=pays).carry(declaration_id, snapshot, (), lambda _m: None)


def turns(application: Application, until: Callable[[], bool]) -> None:
    """Let the line take turns until something is so."""
    import time

    begun = time.monotonic()
    while not until():
        application.line.turn()
        time.sleep(0.05)
        assert time.monotonic() - begun < 60


def priced(application: Application, draft: str, price: str) -> None:
    """Type another price for the first item of a draft."""
    session = application.open(draft).session
    session.type_in(FieldPath("item", session.rows("item")[0], "price"), price)
    session.settle()
    due = {line.kind: line.amount for line in session.snapshot().one("header").charge_totals()}
    for row in session.rows("payment"):
        kind = str(session.value(FieldPath("payment", row, "kind")))
        session.type_in(FieldPath("payment", row, "amount"), f"{due[kind]:f}")
    session.settle()
    application.open(draft).saving.snapshot().result()


def sent(application: Application, draft: str, reason: str = "A mistake in the invoice") -> State:
    """Send an amendment."""
    session = application.open(draft).session
    return amending.send(application, draft, session.snapshot(), session.findings(), reason, lambda _m: None)


def test_documents_are_asked_for_twice_and_the_second_reply_is_enough(start: Start, tmp_path: Path) -> None:
    application = start(lane="red")
    declaration_id = lodged(application, State.DOCUMENTS)
    now = prospect(application.store, declaration_id)
    assert now.due_at is not None
    assert dict(now.verbs)[Verb.REPLY] is None
    assert dict(now.verbs)[Verb.PAY] is not None
    (asking,) = replying.asked_for(application.store, declaration_id)
    assert {each.code for each in asking.wanted} >= {"04021", "04131"}
    file = tmp_path / "invoice.pdf"
    file.write_bytes(b"%PDF-1.4 made up")
    snapshot = application.open(declaration_id).session.snapshot()
    first = replying.from_file(file, "04021", snapshot)
    assert first.number not in {"", "-"}
    with pytest.raises(UserError, match="at least one document"):
        replying.reply(application.store, declaration_id, (), "", application.keys)
    replying.reply(application.store, declaration_id, (first,), "here it is", application.keys)
    assert application.line.state(declaration_id) is State.ANSWERED
    assert goes_on(application, declaration_id) is State.DOCUMENTS
    rest = [replying.from_file(file, each.code, snapshot) for each in asking.wanted]
    replying.reply(application.store, declaration_id, rest, "and these", application.keys)
    assert goes_on(application, declaration_id, pays=True) is State.ARCHIVED


def test_what_is_due_is_seen_and_paid_by_the_users_own_act(start: Start) -> None:
    application = start(lane="green")
    declaration_id = lodged(application, State.PAYMENT_DUE)
    now = prospect(application.store, declaration_id)
    assert any(line.startswith("1010") for line in now.lines)
    assert application.store.row(declaration_id).due_at is not None
    snapshot = application.open(declaration_id).session.snapshot()
    paying.pay(application.store, declaration_id, snapshot, application.keys)
    assert application.line.state(declaration_id) is State.PAID
    with pytest.raises(UserError, match="cannot be done"):
        paying.pay(application.store, declaration_id, snapshot, application.keys)
    assert goes_on(application, declaration_id) is State.ARCHIVED


def test_an_amendment_before_the_release_is_made_box_by_box(start: Start) -> None:
    application = start(lane="green")
    declaration_id = lodged(application, State.PAYMENT_DUE)
    before = paying.due_now(application.store, declaration_id)
    draft = amending.amend(application, declaration_id)
    assert amending.amend(application, declaration_id) == draft
    with pytest.raises(UserError, match="Nothing differs"):
        sent(application, draft)
    priced(application, draft, "21000.00")
    differing = amending.changes(application.store, draft)
    assert {"42", "45", "47", "12"} <= {each.box.partition(".")[0] for each in differing}
    with pytest.raises(UserError, match="Say why"):
        sent(application, draft, " ")
    assert sent(application, draft) is State.QUEUED
    assert application.line.state(declaration_id) is State.AMENDING
    turns(application, lambda: application.line.state(draft) is State.MERGED)
    turns(application, lambda: application.line.state(declaration_id) is State.PAYMENT_DUE)
    assert paying.due_now(application.store, declaration_id) != before
    first, second = amending.versions(application.store, declaration_id)
    assert (first.in_force, second.in_force) == (False, True)
    assert second.number.endswith("/01")
    titles = [each.title for each in application.open(declaration_id).timeline()]
    assert "Amendment signed" in titles
    assert goes_on(application, declaration_id, pays=True) is State.ARCHIVED
    assert application.open(declaration_id).session.read_only


def test_an_amendment_after_the_release_asks_for_more_and_is_archived_anew(start: Start) -> None:
    application = start(lane="green")
    declaration_id = lodged(application, State.PAYMENT_DUE)
    assert goes_on(application, declaration_id, pays=True) is State.ARCHIVED
    draft = amending.amend(application, declaration_id)
    priced(application, draft, "99000.00")
    sent(application, draft)
    turns(application, lambda: application.line.state(declaration_id) is State.PAYMENT_DUE)
    snapshot = application.open(declaration_id).session.snapshot()
    paying.pay(application.store, declaration_id, snapshot, application.keys)
    turns(application, lambda: application.line.state(declaration_id) is State.ARCHIVED)
    folders = sorted((application.home / "archive").iterdir())
    assert len(folders) == 2
    assert all(verify(folder).good for folder in folders)


def test_errors_in_an_amendment_leave_the_declaration_as_it_was_and_stand_in_the_next_draft(start: Start) -> None:
    application = start(lane="green")
    declaration_id = lodged(application, State.PAYMENT_DUE)
    draft = amending.amend(application, declaration_id)
    session = application.open(draft).session
    session.type_in(FieldPath("header", 0, "customs_value_total"), "1.00")
    amending.send(application, draft, session.snapshot(), (), "A try", lambda _m: None)
    turns(application, lambda: application.line.state(draft) is State.REJECTED)
    assert application.line.state(declaration_id) is State.PAYMENT_DUE
    again = correct(application, draft)
    assert application.store.row(again).relation == "amends"
    assert application.store.row(again).parent_id == declaration_id
    found = [each for each in application.open(again).session.findings() if "Customs said" in each.message.text()]
    assert FieldPath("header", 0, "customs_value_total") in {each.paths[0] for each in found}


def test_a_rejected_declaration_is_corrected_with_its_errors_beside_the_boxes(start: Start) -> None:
    application = start()
    declaration_id = application.open_sample()
    session = application.open(declaration_id).session
    session.type_in(FieldPath("header", 0, "customs_value_total"), "1.00")
    application.open(declaration_id).saving.snapshot().result()
    application.line.lodge(declaration_id, session.snapshot(), (), lambda _m: None)
    assert goes_on(application, declaration_id) is State.REJECTED
    draft = application.open(correct(application, declaration_id))
    assert application.store.row(draft.id).relation == "corrects"
    box = FieldPath("header", 0, "customs_value_total")
    (said,) = [each for each in draft.session.findings_at(box) if "Customs said" in each.message.text()]
    assert (said.code, str(said.level)) == ("TRN-203", "warning")
    assert "1.00" in said.message.text()
    draft.session.clear(box)
    assert said not in draft.session.findings()
    draft.session.undo()
    assert said in draft.session.findings()
    draft.session.redo()
    assert goes_on_from(application, draft.id) is State.ARCHIVED


def goes_on_from(application: Application, draft: str) -> State:
    """Submit a draft and carry it to its end, paying."""
    session = application.open(draft).session
    return application.dealings.carrier().carry(draft, session.snapshot(), session.findings(), lambda _m: None)


def test_a_withdrawal_is_granted(start: Start) -> None:
    application = start(lane="green")
    declaration_id = lodged(application, State.PAYMENT_DUE)
    with pytest.raises(UserError, match="Say why"):
        withdrawing.withdraw(application.store, declaration_id, "", application.keys)
    state = withdrawing.withdraw(application.store, declaration_id, "The goods did not come", application.keys)
    assert state is State.WITHDRAWING
    assert goes_on(application, declaration_id) is State.WITHDRAWN
    with pytest.raises(UserError, match="cannot be done"):
        amending.amend(application, declaration_id)


@pytest.mark.parametrize(
    ("decisions", "ends"),
    [(("90",), State.REFUSED), (("91", "20"), State.ARCHIVED), (("82",), State.CANCELLED), (("11",), State.ARCHIVED)],
)
def test_other_decisions(start: Start, decisions: tuple[str, ...], ends: State) -> None:
    application = start(lane="green", decisions=decisions)
    declaration_id = application.open_sample()
    assert goes_on_from(application, declaration_id) is ends
    marks = [each.parsed for each in application.store.answers.of_declaration(declaration_id) if each.parsed]
    assert [each["decision"] for each in marks if each.get("kind") == "mark"] == list(decisions)


def test_orders_are_signed_apart_and_name_the_conversation(start: Start) -> None:
    application = start(lane="green")
    declaration_id = lodged(application, State.PAYMENT_DUE)
    withdrawing.withdraw(application.store, declaration_id, "Почему", application.keys)
    entry = application.store.outbox.entries(declaration_id)[-1]
    told = json.loads(entry.entry.content)
    assert told == {
        "conversation": application.store.outbox.entries(declaration_id)[0].conversation,
        "reason": "Почему",
    }
    assert entry.entry.signature


def test_attached_files_answer_the_request_and_go_into_the_archive(start: Start, tmp_path: Path) -> None:
    application = start(lane="red")
    declaration_id = lodged(application, State.DOCUMENTS)
    (asking,) = replying.asked_for(application.store, declaration_id)
    desk = application.open(declaration_id)
    file = tmp_path / "TRAINING scan.pdf"
    file.write_bytes(b"%PDF-1.4 made up")
    kept = attach(application.store, declaration_id, file, limits_on(date(2026, 11, 23)))
    assert acts.attached_answers(desk, asking) == ()
    codes = [code for _file, code in acts.attached_matched(desk, str(kept.id), asking)]
    assert codes == [asking.wanted[0].code]
    snapshot = desk.session.snapshot()
    enclosed = [replying.from_attached(application.store, kept, each.code, snapshot) for each in asking.wanted]
    assert enclosed[0].content == file.read_bytes()
    replying.reply(application.store, declaration_id, enclosed, "all of them", application.keys)
    assert goes_on(application, declaration_id, pays=True) is State.ARCHIVED
    (archive,) = (application.home / "archive").iterdir()
    assert (archive / "attachments" / "01-TRAINING scan.pdf").read_bytes() == file.read_bytes()
    assert verify(archive).good
    with pytest.raises(UserError, match="in the archive"):
        attach(application.store, declaration_id, file, limits_on(date(2026, 11, 23)))
    with pytest.raises(UserError, match="in the archive"):
        remove(application.store, kept)

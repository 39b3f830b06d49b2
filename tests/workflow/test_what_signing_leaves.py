# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What signing leaves behind: no pass phrase anywhere, and an archive that outlives the certificate."""

import io
import logging
import traceback
from datetime import UTC, datetime, timedelta

import pytest

from swclient.base.errors import SwError
from swclient.signing.cms import sign_detached
from swclient.workflow.files.archiving import Piece, write_archive
from swclient.workflow.files.filing import verify
from swclient.workflow.signature.keys import DECLARE, PAY
from swclient.workflow.states import State
from tests.signing.made import PHRASE, identity
from tests.workflow.canaries import dumped_rows, leaks
from tests.workflow.people import application, lodge, person, put_to_use

__all__ = ["application", "person", "put_to_use"]


def test_a_pass_phrase_is_nowhere(tmp_path, application, person, put_to_use, caplog):
    """Not in the data folder, the store, the archive, the log, nor in any traceback with all its variables."""
    caplog.set_level(logging.DEBUG)
    put_to_use(DECLARE)
    put_to_use(PAY)
    declaration_id = application.open_sample()
    desk, shown = application.open(declaration_id), io.StringIO()
    for before in ("wrong ", None, ""):
        person.answer = None if before is None else before + PHRASE
        try:
            lodge(application, declaration_id)
        except SwError as error:
            told = traceback.TracebackException.from_exception(error, capture_locals=True)
            shown.write("".join(told.format()))
    snapshot = desk.session.snapshot()
    application.dealings.carrier().carry(declaration_id, snapshot, (), lambda message: shown.write(message.text()))
    shown.write(repr([application.keys.listed(), application.keys.signer(DECLARE), desk.timeline()]))
    assert application.line.state(declaration_id) is State.ARCHIVED
    for format_name in ("swclient", "eaeu-dt"):
        (tmp_path / format_name).write_bytes(desk.export(format_name))
    dumped = dumped_rows(application.home / "declarations.db")
    assert "Archived" in shown.getvalue()
    assert "TRAINING" in dumped
    assert PHRASE not in shown.getvalue() + caplog.text + dumped
    assert not leaks(tmp_path, PHRASE)
    (tmp_path / "control").write_text(f"so it would be found: {PHRASE}", encoding="utf-8")
    assert leaks(tmp_path, PHRASE) == [tmp_path / "control"]


@pytest.mark.parametrize(
    ("signed_at", "good"), [(timedelta(days=-10), True), (timedelta(days=1), False), (None, False)]
)
def test_an_archive_outlives_the_certificate_that_signed(tmp_path, signed_at, good):
    now, ended, seal = datetime.now(UTC), identity(days=-1), identity()
    pieces = [Piece("message.xml", b"<a/>"), Piece("message.p7s", sign_detached(b"<a/>", ended))]
    facts = {"archived_at": now.isoformat()} | ({"signed_at": (now + signed_at).isoformat()} if signed_at else {})
    folder = write_archive(tmp_path / "archive", pieces, facts, lambda content: sign_detached(content, seal))
    told = [problem.text() for problem in verify(folder).problems]
    assert verify(folder).good is good, told
    assert good or "certificate ended" in told[0]


def test_the_archive_says_when_the_message_was_signed(application):
    declaration_id = application.open_sample()
    session = application.open(declaration_id).session
    application.dealings.carrier().carry(declaration_id, session.snapshot(), session.findings(), lambda _m: None)
    folder = application.home / "archive" / application.number_of(declaration_id).replace("/", "_")
    (signed,) = (event.at for event in application.store.events(declaration_id) if event.kind == "signed")
    assert verify(folder).facts["signed_at"] == signed.isoformat()

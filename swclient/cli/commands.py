# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each command does. They print; everything else is done by the workflow."""

from __future__ import annotations

import argparse
import json
import sys

from swclient.base import paths
from swclient.base.errors import OutsideError, UserError
from swclient.base.files import write_file
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.catalogue.profile import Profile
from swclient.engine.finding import Level
from swclient.engine.session import Session


def _out(text: str) -> None:
    print(text)


def _opened(words: argparse.Namespace) -> Session:
    from swclient.workflow.intake.converting import open_file

    opened = open_file(words.file, words.profile)
    for what in opened.unread:
        print(Message(N_("{file}: not read: {what}"), {"file": words.file.name, "what": what}), file=sys.stderr)
    return opened.session


def _data(data: object) -> None:
    _out(json.dumps(data, ensure_ascii=False, indent=1))


def check(words: argparse.Namespace) -> int:
    """Print the findings; 1 when there are errors."""
    from swclient.workflow.told.reporting import finding_data, finding_lines

    session = _kept(words) or _opened(words)
    findings = session.findings()
    errors = sum(each.level is Level.ERROR for each in findings)
    if words.json:
        _data(
            {
                "file": words.file.name,
                "profile": session.profile.code,
                "errors": errors,
                "findings": [finding_data(session, each) for each in findings],
            }
        )
    else:
        let = [each for each in findings if each.acknowledged is not None]
        for finding in findings:
            if let and finding is let[0]:
                _out(_("Acknowledged:"))
            _out("\n".join(finding_lines(session, finding)))
        _out(
            Message(
                N_("{errors} errors, {rest} warnings and advice"),
                {"errors": errors, "rest": len(findings) - errors - len(let)},
            ).text()
        )
    return int(bool(errors))


def _kept(words: argparse.Namespace) -> Session | None:
    """Return a declaration of the store that is named instead of a file, by number or the first letters of its id."""
    from swclient.workflow.bootstrap import open_application
    from swclient.workflow.drafts.kept import kept_session

    name = str(words.file)
    if words.file.exists() or words.file.suffix or not (paths.store_file().exists() or paths.wished_store()):
        return None
    application = open_application()
    try:
        found = [row for row in application.worklist() if row.number == name or row.id.startswith(name)]
        return kept_session(application.store, found[0].id) if len(found) == 1 else None
    finally:
        application.close()


def duties(words: argparse.Namespace) -> int:
    """Print values and charges."""
    from swclient.workflow.told.reporting import duties_data, duties_lines

    session = _opened(words)
    if words.json:
        _data(duties_data(session))
    else:
        _out("\n".join(duties_lines(session)))
    return 0


def checklist(words: argparse.Namespace) -> int:
    """Print which documents are needed and how it stands with each; 1 when there is something to see to."""
    from swclient.workflow.permits.checklist import BARS, as_data, lines_of

    session = _opened(words)
    grave = sum(line.status in BARS for line in session.checklist())
    if words.json:
        _data({"file": words.file.name, "profile": session.profile.code, "lines": as_data(session)})
    else:
        _out("\n".join(lines_of(session)))
        _out(Message(N_("{n} to see to: missing, ended, overdue or too little left"), {"n": grave}).text())
    return int(bool(grave))


def explain(words: argparse.Namespace) -> int:
    """Print why a figure is what it is."""
    from swclient.workflow.addresses import find

    session = _opened(words)
    _out("\n".join(session.explain(find(session, words.path)).lines()))
    return 0


def paper(words: argparse.Namespace) -> int:
    """Print a form to a PDF file, signed if so asked."""
    from swclient.base import paths
    from swclient.cli.asking import ask_for_secret
    from swclient.workflow.printing import print_declaration, sign_printed
    from swclient.workflow.signature.keys import Keys

    session = _opened(words)
    printed = print_declaration(
        session.snapshot(),
        session.profile,
        {"watermark": "DRAFT · ПРОЕКТ"},
        form=words.form,
        language=words.lang,
    )
    pdf = sign_printed(printed.pdf, Keys(paths.user_data(), ask_for_secret)) if words.sign else printed.pdf
    write_file(words.output, pdf)
    for missing in printed.missing:
        print(
            Message(N_("A character could not be printed and is marked: {what}"), {"what": str(missing)}),
            file=sys.stderr,
        )
    _out(Message(N_("{file}: {n} sheets"), {"file": str(words.output), "n": printed.sheets}).text())
    return 0


def convert(words: argparse.Namespace) -> int:
    """Write a declaration in another format, and say what that format has no place for."""
    from swclient.workflow.intake.converting import left_out, written

    session = _opened(words)
    write_file(words.output, written(session, words.to))
    for field_id in left_out(session, words.to):
        print(
            Message(N_("{format} has no place for {field}"), {"format": words.to, "field": field_id}),
            file=sys.stderr,
        )
    return 0


def submit(words: argparse.Namespace) -> int:
    """Sign, queue, send; with --wait follow to the archive."""
    from swclient.cli.asking import ask_for_secret
    from swclient.document.body import to_body
    from swclient.training import start_process
    from swclient.workflow.bootstrap import open_application
    from swclient.workflow.ports import use_offices
    from swclient.workflow.states import State

    session = _opened(words)
    where = _goes_to(words.to, session.profile)
    use_offices(start_process)
    application = open_application(ask=ask_for_secret)
    try:
        declaration_id = application.take(to_body(session.declaration))
        snapshot, findings = session.snapshot(), session.findings()
        line = application.line
        if words.wait:
            state = application.dealings.carrier(pays=words.pay).carry(
                declaration_id, snapshot, findings, lambda message: _out(message.text())
            )
        else:
            line.lodge(declaration_id, snapshot, findings, lambda message: _out(message.text()))
            line.open()
            line.pump(declaration_id)
            state = line.state(declaration_id)
        told = {"where": where, "id": declaration_id, "state": state.value}
        _out(Message(N_("{where}: {id} stands at {state}"), told).text())
    finally:
        application.close()
    return int(words.wait and state is not State.ARCHIVED)


def _goes_to(wanted: str, profile: Profile) -> str:
    """Return where a declaration of a profile goes, in words.

    Raises:
        UserError: the settings say otherwise than the command.
    """
    from swclient.workflow.offices.links import way_of

    way = way_of(paths.user_data(), profile)
    if way.training != (wanted == "training"):
        other = N_("For {country} “{name}” is in use. “swclient connection use” says by which connection to send.")
        raise UserError(other, country=profile.code, name=way.connection)
    return "TRAINING" if way.training else _("not confirmed")


def serve_training(words: argparse.Namespace) -> int:
    """Run the training offices until they are told to stop."""
    from swclient.training.command import main

    return main(words.rest)


def verify(words: argparse.Namespace) -> int:
    """Verify an archive; 1 when something is not as it was."""
    from swclient.workflow.files.filing import verify as verified

    verdict = verified(words.archive)
    if words.json:
        _data(
            {
                "good": verdict.good,
                "files": verdict.files,
                "problems": [each.text() for each in verdict.problems],
                **verdict.facts,
            }
        )
    else:
        for problem in verdict.problems:
            _out(problem.text())
        _out(
            Message(N_("{n} files verified"), {"n": verdict.files}).text()
            if verdict.good
            else _("The archive is NOT as it was made.")
        )
    return int(not verdict.good)


def demo(words: argparse.Namespace) -> int:
    """Carry the sample from the workbook to release."""
    from swclient.training import start_process
    from swclient.workflow.demo import Demo

    try:
        return int(not Demo(words.out, start_process, _out, words.explain).run())
    except OutsideError as error:
        print(error, file=sys.stderr)
        return 1

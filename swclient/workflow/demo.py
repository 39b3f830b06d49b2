# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job in one go: from a supplier's workbook to release and a verified archive, one printed line a step.

Nothing on the way is played: the workbook is read, the rules run, the message is signed, the offices are servers in
their own process and answer over TLS. Only the authority is a TRAINING one.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from swclient.base import paths
from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.loader import read_toml
from swclient.document.body import to_body
from swclient.engine.finding import Level
from swclient.engine.session import Session
from swclient.workflow.addresses import find
from swclient.workflow.application import Application
from swclient.workflow.drafts import drafting
from swclient.workflow.files.filing import verify
from swclient.workflow.intake.converting import written
from swclient.workflow.intake.importing import Imported, complete, lay_over, read_workbook, sample_workbook
from swclient.workflow.ports import StartOffices
from swclient.workflow.printing import print_declaration
from swclient.workflow.states import STANDINGS, State
from swclient.workflow.told import reporting

Say = Callable[[str], None]


class Demo:
    """One run of the demonstration.

    Args:
        out: folder for the results; files of an earlier run in it are replaced.
        start_offices: starts the training offices.
        say: prints a line.
        figure: name of a figure to explain, empty for none.
    """

    def __init__(self, out: Path, start_offices: StartOffices, say: Say, figure: str = "") -> None:
        self.out = out.resolve()
        self._say = say
        self._figure = figure
        self._step = 0
        home = self.out / "data"
        if home.exists():
            shutil.rmtree(home)
        home.mkdir(parents=True)
        self._application = Application(home, start_offices=start_offices)
        self._samples = paths.shipped("resources") / "samples"

    def run(self) -> bool:
        """Carry the sample through; return whether it was released and its archive verified."""
        try:
            self._head(N_("TRAINING. Nothing in this demonstration is filed with any authority."))
            imported = self._read()
            session = self._draft(imported)
            self._check(session)
            self._duties(session)
            self._print(session)
            self._message(session)
            return self._submit(session)
        finally:
            self._application.close()

    def _head(self, msgid: str, **args: object) -> None:
        self._say(Message(msgid, args).text())

    def _tell(self, msgid: str, **args: object) -> None:
        self._step += 1
        self._say(f"{self._step:>2}. " + Message(msgid, args).text())

    def _more(self, text: str) -> None:
        self._say("    " + text)

    def _read(self) -> Imported:
        workbook = sample_workbook()
        imported = read_workbook(workbook)
        shutil.copy(workbook, self.out / workbook.name)
        self._tell(
            N_("Read {name} through its saved mapping: {rows} lines of goods, {n} values"),
            name=workbook.name,
            rows=imported.rows,
            n=len(imported.origins),
        )
        for doubt in imported.doubts:
            self._more(
                Message(
                    N_("sheet {sheet}, cell {cell}: “{text}”: {reason}"),
                    {
                        "sheet": doubt.sheet,
                        "cell": doubt.cell,
                        "text": doubt.text,
                        "reason": doubt.reason,
                    },
                ).text()
            )
        return imported

    def _draft(self, imported: Imported) -> Session:
        body = json.loads((self._samples / "kz-import-40.declarant.json").read_text(encoding="utf-8"))
        profile = str(body["profile"])
        session = drafting.session_of(
            drafting.new_declaration(profile, self._application.today()), self._application.today
        )
        lay_over(session, imported)
        complete(session, body, Message(N_("What the declarant adds")))
        self._tell(N_("Drafted: {facts}"), facts=self._facts(session))
        return session

    @staticmethod
    def _facts(session: Session) -> Message:
        snapshot = session.snapshot()
        header = snapshot.one("header")
        wanted = (
            "direction",
            "procedure",
            "destination_country",
            "border_mode",
            "dispatch_country",
            "incoterm",
            "delivery_place",
        )
        args = {name: header.get(name) for name in wanted}
        numbers = sorted({str(row.get("number")) for row in snapshot.many("container")})
        words = N_(
            "{direction} {procedure} into {destination_country} by mode {border_mode} from {dispatch_country}, "
            "{incoterm} {delivery_place}, containers {containers}"
        )
        return Message(words, {**args, "containers": ", ".join(numbers)})

    def _check(self, session: Session) -> None:
        rules = sum(len(table.rules) for table in session.live.plan.tables.values())
        found = session.findings()
        self._tell(N_("Checked by {rules} rules: {n} findings"), rules=rules, n=len(found))
        for finding in found:
            for line in reporting.finding_lines(session, finding):
                self._more(line)
        taken = self._take_fixes(session)
        self._tell(
            N_("Took {n} offered fixes; findings left: {left}"),
            n=taken,
            left=len(session.findings()),
        )
        for finding in session.findings():
            self._more(finding.message.text())
        errors = [each for each in session.findings() if each.level is Level.ERROR]
        if errors:
            raise UserError(N_("The sample still has errors: {first}"), first=errors[0].message)

    @staticmethod
    def _take_fixes(session: Session) -> int:
        """Take every offered fix; none is offered again once taken, so this ends."""
        taken: set[str] = set()
        while fixable := [f for f in session.findings() if f.fix is not None and f"{f.code} {f.paths}" not in taken]:
            finding = fixable[0]
            if finding.fix is not None:
                session.accept(finding.fix)
            taken.add(f"{finding.code} {finding.paths}")
            session.settle()
        return len(taken)

    def _duties(self, session: Session) -> None:
        header = session.snapshot().one("header")
        args = {
            name: header.get(name) for name in ("customs_value_total", "charges_total", "value_currency", "items_total")
        }
        words = N_(
            "customs value {customs_value_total} {value_currency}, to pay {charges_total} for {items_total} items"
        )
        self._tell(N_("Worked out: {facts}"), facts=Message(words, args))
        for line in reporting.duties_lines(session)[-6:]:
            self._more(line.strip())
        if self._figure:
            for line in session.explain(find(session, self._figure)).lines():
                self._more(line)

    def _print(self, session: Session) -> None:
        language = str(read_toml(paths.shipped("resources") / "defaults.toml")["print_language"])
        printed = print_declaration(
            session.snapshot(),
            session.profile,
            {"watermark": "TRAINING · УЧЕБНАЯ"},
            language=language,
        )
        (self.out / "dt.pdf").write_bytes(printed.pdf)
        self._tell(
            N_("Printed the goods declaration: dt.pdf, {n} sheets, {missing} characters lost"),
            n=printed.sheets,
            missing=len(printed.missing),
        )

    def _message(self, session: Session) -> None:
        (self.out / "declaration.json").write_bytes(written(session, "swclient"))
        (self.out / "declaration.xml").write_bytes(written(session, "eaeu-dt"))
        self._tell(
            N_("Wrote the declaration as our own file and as an EAEU message: declaration.json, declaration.xml")
        )

    def _submit(self, session: Session) -> bool:
        application = self._application
        declaration_id = application.take(to_body(session.declaration))
        self._tell(N_("Signing, queueing and sending to the TRAINING customs and tax offices on this machine"))
        state = application.dealings.carrier().carry(
            declaration_id,
            session.snapshot(),
            session.findings(),
            lambda message: self._more(message.text()),
        )
        number = application.number_of(declaration_id)
        if state is not State.ARCHIVED:
            self._tell(N_("Not released: {state}"), state=Message(STANDINGS[state].name))
            return False
        folder = application.home / "archive" / number.replace("/", "_")
        kept = self.out / "archive"
        if kept.exists():
            shutil.rmtree(kept)
        shutil.copytree(folder, kept)
        verdict = verify(kept)
        self._tell(
            N_("Released under {number}; archive of {n} files verified: {folder}"),
            number=number,
            n=verdict.files,
            folder=str(kept),
        )
        for problem in verdict.problems:
            self._more(problem.text())
        self._head(N_("Results: {folder}"), folder=str(self.out))
        return verdict.good

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The training tax office: holds a statement against itself and against the customs ledger."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from swclient.training.ledger import Ledger
from swclient.training.ledger_rows import Conversation, Submission
from swclient.training.signature import SignatureRefusedError, verify

BACK_END = "tax"
RECEIVED, ACCEPTED, REFUSED = "received", "accepted", "refused"
OFFICE_NAME = "УЧЕБНЫЙ НАЛОГОВЫЙ ОРГАН / TRAINING"
JSON_TYPE = "application/json"
DELAY = 0.5
AMOUNTS = ("customs_value", "duty", "excise", "vat_base", "vat")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class LineError:
    """One reason for a refusal; `line` is None for what concerns the whole statement."""

    code: str
    line: int | None
    field: str
    expected: str
    actual: str
    message: str


class TaxOffice:
    """The office that moves tax conversations: one step, from received to accepted or refused."""

    back_end = BACK_END

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def delay(self, conversation: Conversation) -> float | None:
        """Return the seconds (before pace) until the next step, None when it is over."""
        return DELAY if conversation.stage == RECEIVED else None

    def advance(self, identifier: str) -> None:
        """Accept or refuse the statement and keep the answer."""
        conversation = self._ledger.conversation(identifier)
        if conversation is None or conversation.stage != RECEIVED:
            return
        opening = self._ledger.opening(identifier)
        statement = json.loads(opening.body)
        errors = _signature_errors(opening) or self._errors(statement)
        with self._ledger.transaction():
            number = 0 if errors else self._ledger.receipt(statement["declaration_number"], identifier)
            if not errors and not number:
                errors = [_error("TRT-105", None, ("declaration_number", "", statement["declaration_number"]))]
            answer = self._refusal(opening, errors) if errors else _receipt(opening, statement, number)
            stage = REFUSED if errors else ACCEPTED
            body = json.dumps(answer, ensure_ascii=False, indent=1).encode()
            self._ledger.notify(conversation, str(answer["document"]), JSON_TYPE, body)
            self._ledger.keep_conversation(Conversation(identifier, BACK_END, stage, {}))

    def _errors(self, statement: dict[str, Any]) -> list[LineError]:
        found = _own_errors(statement)
        customs = self._ledger.conversation(self._ledger.registered(statement["declaration_number"]))
        if customs is None:
            number = statement["declaration_number"]
            return [*found, _error("TRT-101", None, ("declaration_number", "", number))]
        return found + _customs_errors(statement, customs.facts)

    def _refusal(self, opening: Submission, errors: list[LineError]) -> dict[str, Any]:
        return {
            "document": "import-statement-refusal",
            **_answer_head(opening),
            "refused_at": datetime.now().astimezone().isoformat(timespec="seconds"),
            "errors": [asdict(error) for error in errors],
        }


MESSAGES = {
    "TRT-101": "Номер декларации не известен таможне / customs does not know this declaration",
    "TRT-102": "Дата не совпадает с датой регистрации / the date is not that of the registration",
    "TRT-103": "Плательщик не указан в декларации / the payer is not a party of the declaration",
    "TRT-105": "Заявление уже принято / there is a receipt for this declaration already",
    "TRT-201": "Строки не совпадают с товарами декларации / lines are not the declared items",
    "TRT-202": "Значение не совпадает с декларацией / the value differs from the declaration",
    "TRT-203": "НДС не равен основе, умноженной на ставку / VAT is not base times rate",
    "TRT-401": "Платёжный документ таможне не известен / customs did not take this payment document",
    "TRT-402": "Сумма по платёжному документу иная / the amount under the payment document is another one",
    "TRT-403": "Платёжный документ не указан / a payment document that customs took is missing",
    "TRT-301": "Итог не равен сумме строк / the total is not the sum of the lines",
}


def _error(code: str, line: int | None, found: tuple[str, str, str]) -> LineError:
    """Return an error; `found` is field, expected, actual."""
    return LineError(code, line, *found, message=f"TRAINING: {MESSAGES[code]}")


def _signature_errors(opening: Submission) -> list[LineError]:
    try:
        verify(opening.signature, opening.body, datetime.fromisoformat(opening.received_at))
    except SignatureRefusedError as refused:
        code = refused.code.replace("TRN", "TRT")
        return [LineError(code, None, "X-Signature", "", "", f"TRAINING: {refused.reason}")]
    return []


def _own_errors(statement: dict[str, Any]) -> list[LineError]:
    """Hold the statement against itself: VAT of each line, totals."""
    found = []
    for line in statement["items"]:
        due = (Decimal(line["vat_base"]) * Decimal(line["vat_rate"]) / 100).quantize(_CENT, ROUND_HALF_UP)
        if due != Decimal(line["vat"]):
            found.append(_error("TRT-203", line["no"], ("vat", f"{due:f}", line["vat"])))
    for name in AMOUNTS:
        total = sum((Decimal(line[name]) for line in statement["items"]), Decimal(0))
        if total != Decimal(statement["totals"][name]):
            found.append(_error("TRT-301", None, (f"totals.{name}", f"{total:f}", statement["totals"][name])))
    return found


def _customs_errors(statement: dict[str, Any], facts: dict[str, Any]) -> list[LineError]:
    """Hold the statement against what customs registered."""
    found = []
    if statement["declaration_date"] != facts["date"]:
        found.append(_error("TRT-102", None, ("declaration_date", facts["date"], statement["declaration_date"])))
    if statement["payer_bin"] not in facts["payers"]:
        found.append(_error("TRT-103", None, ("payer_bin", "", statement["payer_bin"])))
    known = {item["no"]: item for item in facts["items"]}
    numbers = [str(line["no"]) for line in statement["items"]]
    if numbers != list(known):
        found.append(_error("TRT-201", None, ("items", ", ".join(known)[:250], ", ".join(numbers)[:250])))
        return found
    for line in statement["items"]:
        item = known[str(line["no"])]
        if line["commodity_code"] != item["commodity_code"]:
            found.append(
                _error(
                    "TRT-202",
                    line["no"],
                    ("commodity_code", item["commodity_code"], line["commodity_code"]),
                )
            )
        for name in (*AMOUNTS, "vat_offset"):
            given, expected = line.get(name), item.get(name, "0")
            if given is not None and Decimal(given) != Decimal(expected):
                found.append(_error("TRT-202", line["no"], (name, expected, given)))
    return found + _payment_errors(statement, facts)


def _payment_errors(statement: dict[str, Any], facts: dict[str, Any]) -> list[LineError]:
    """Hold the payment documents, where they are given, against the payment orders that customs took."""
    if statement.get("payments") is None:
        return []
    known, given = _sums(facts.get("payment_documents", [])), _sums(statement["payments"])
    documents = {document for document, _kind, _currency in known}
    found = []
    for place, amount in given.items():
        if place[0] not in documents:
            found.append(_error("TRT-401", None, ("payments.document", ", ".join(sorted(documents))[:250], place[0])))
        elif known.get(place, Decimal(0)) != amount:
            expected = f"{known.get(place, Decimal(0)):f}"
            found.append(_error("TRT-402", None, (f"payments.{place[0]}.{place[1]}", expected, f"{amount:f}")))
    lacking = sorted(documents - {document for document, _kind, _currency in given})
    return found + [_error("TRT-403", None, ("payments.document", document, "")) for document in lacking]


def _sums(payments: list[dict[str, str]]) -> dict[tuple[str, str, str], Decimal]:
    found: dict[tuple[str, str, str], Decimal] = {}
    for one in payments:
        place = (one["document"], one["kind"], one["currency"])
        found[place] = found.get(place, Decimal(0)) + Decimal(one["amount"])
    return found


def _receipt(opening: Submission, statement: dict[str, Any], number: int) -> dict[str, Any]:
    at = datetime.now().astimezone()
    return {
        "document": "import-statement-receipt",
        **_answer_head(opening),
        "receipt_number": f"TRN-{at.year}-{number:08d}",
        "declaration_number": statement["declaration_number"],
        "accepted_at": at.isoformat(timespec="seconds"),
        "totals": {name: statement["totals"][name] for name in AMOUNTS},
    }


def _answer_head(opening: Submission) -> dict[str, Any]:
    return {
        "training": True,
        "office": OFFICE_NAME,
        "conversation": opening.conversation,
        "sha256": opening.sha256,
    }

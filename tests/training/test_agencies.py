# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The training agencies over the wire: receipt, decision by rule and by option, and what never gets in."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from swclient.base.errors import UserError
from swclient.training import TrainingOptions, start_process
from swclient.training.options import read_agency
from tests.training import sample
from tests.training.office_client import WAIT_SECONDS, OfficeClient

MEAT: dict[str, Any] = {
    "no": 1,
    "commodity_code": "0202309004",
    "description": "УЧЕБНЫЙ ТОВАР: говядина",
    "maker": "DEMO plant 7",
    "origin": "CN",
    "net_mass": "1000",
    "gross_mass": "1100",
    "mass_unit": "166",
    "packages": 50,
}


def application(agency: str = "veterinary", items: tuple[dict[str, Any], ...] = (MEAT,), **changes: Any) -> bytes:
    """Return an application that the agency has nothing against, but for the changes."""
    said = {
        "document": "permit-application",
        "application": str(uuid.uuid4()),
        "consignment": "C-1",
        "agency": agency,
        "kind": "01202",
        "country": "KZ",
        "applicant": {"name": sample.BUYER, "tax_id": sample.BIN},
        "route": {
            "border_office": "55302000",
            "arrival": "2026-11-25",
            "vehicles": [{"identity": "DEMO001"}],
        },
        "items": list(items),
    }
    return json.dumps({**said, **changes}, ensure_ascii=False).encode()


def post(client: OfficeClient, body: bytes, signature: str, agency: str = "veterinary", key: str = "") -> Any:
    headers = {"Content-Type": "application/json", "Idempotency-Key": key or str(uuid.uuid4())}
    if signature:
        headers["X-Signature"] = signature
    return client.post(f"/agencies/{agency}/applications", body, headers)


def answers(client: OfficeClient, conversation: str, until: int, agency: str = "veterinary") -> list[dict[str, Any]]:
    """Wait until there are so many answers, and return them."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        rows = client.listed(f"agencies/{agency}", conversation)
        if len(rows) >= until:
            return [client.get(row["url"]).json() for row in rows]
        time.sleep(0.01)
    raise AssertionError("the agency did not answer")


@pytest.fixture
def apply(client: OfficeClient, signer: sample.Signer) -> Any:
    """Post an application and return both answers."""

    def run(agency: str = "veterinary", **changes: Any) -> list[dict[str, Any]]:
        body = application(agency, **changes)
        answer = post(client, body, signer.sign(body), agency)
        assert answer.status_code == 202, answer.text
        return answers(client, answer.headers["X-Conversation-ID"], 2, agency)

    return run


def test_what_lacks_nothing_is_received_then_granted_with_its_quantities(apply: Any) -> None:
    receipt, grant = apply()
    assert (receipt["document"], grant["document"]) == ("permit-receipt", "permit-grant")
    assert grant["items"] == [{"no": 1, "quantity": "1000", "unit": "166"}]
    assert grant["kind"] == "01202"
    assert grant["number"].startswith("TRN-VET-")
    assert grant["valid_from"] < grant["valid_until"]
    assert all(each["training"] and each["consignment"] == "C-1" for each in (receipt, grant))


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"net_mass": ""}, "AGN-101", "net_mass"),
        ({"commodity_code": "8517130000"}, "AGN-102", "commodity_code"),
        ({"origin": ""}, "AGN-103", "origin"),
        ({"gross_mass": "999.5"}, "AGN-104", "gross_mass"),
    ],
)
def test_a_fault_of_an_item_is_refused_and_pinned_to_it(
    apply: Any, changed: dict[str, str], code: str, field: str
) -> None:
    refusal = apply(items=({**MEAT, **changed},))[1]
    assert refusal["document"] == "permit-refusal"
    assert [(each["code"], each["item"], each["field"]) for each in refusal["errors"]] == [(code, 1, field)]


def test_an_item_twice_and_a_nameless_applicant_are_refused(apply: Any) -> None:
    refusal = apply(items=(MEAT, MEAT), applicant={"name": "DEMO", "tax_id": ""})[1]
    assert [each["code"] for each in refusal["errors"]] == ["AGN-106", "AGN-105"]


@pytest.mark.parametrize(
    ("agency", "changes", "codes"),
    [
        ("veterinary", {"route": {}}, ["AGN-201", "AGN-202"]),
        ("veterinary", {"items": ({**MEAT, "maker": ""},)}, ["AGN-211"]),
        ("quarantine", {"items": ({**MEAT, "commodity_code": "0808108009", "packages": 0},)}, ["AGN-221"]),
        ("technical", {"items": ({**MEAT, "commodity_code": "8517130000"},)}, ["AGN-231"]),
    ],
)
def test_what_is_not_known_yet_is_asked_for(apply: Any, agency: str, changes: Any, codes: list[str]) -> None:
    query = apply(agency, **changes)[1]
    assert query["document"] == "permit-query"
    assert [each["code"] for each in query["wanted"]] == codes


def test_the_same_key_registers_once_and_another_body_is_a_conflict(
    client: OfficeClient, signer: sample.Signer
) -> None:
    body, key = application(), str(uuid.uuid4())
    first, again = (post(client, body, signer.sign(body), key=key) for _ in range(2))
    assert first.headers["X-Conversation-ID"] == again.headers["X-Conversation-ID"]
    other = application()
    assert post(client, other, signer.sign(other), key=key).status_code == 409
    held = client.get(f"/agencies/veterinary/submissions/{key}").json()
    assert held["kind"] == "application"
    assert client.get(f"/agencies/quarantine/submissions/{key}").status_code == 404  # keys of each office are its own


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        application(agency="quarantine"),
        application(surprise=1),
        application(items=()),
        application(items=({**MEAT, "net_mass": "1e9"},)),
        application(items=({**MEAT, "net_mass": 1000},)),
        application(route={"arrival": "2026-02-30"}),
    ],
)
def test_what_the_contract_does_not_know_is_not_taken(client: OfficeClient, signer: sample.Signer, body: bytes) -> None:
    answer = post(client, body, signer.sign(body))
    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_a_signature_is_needed_and_must_be_over_these_bytes(client: OfficeClient, signer: sample.Signer) -> None:
    body = application()
    assert post(client, body, "").status_code == 400
    taken = post(client, body, signer.sign(body + b" "))
    refusal = answers(client, taken.headers["X-Conversation-ID"], 2)[1]
    assert [each["code"] for each in refusal["errors"]] == ["AGN-SIG-002"]


@pytest.fixture(scope="module")
def forced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeClient]:
    """Agencies that answer as the run wants it."""
    wanted = {"veterinary": "withdrawn", "quarantine": "refused", "technical": "more"}
    folder = tmp_path_factory.mktemp("forced")
    with start_process(folder, TrainingOptions(pace=0.005, agencies=wanted)) as running:
        made = OfficeClient(running)
        yield made
        made.close()


@pytest.mark.parametrize(
    ("agency", "kinds"),
    [
        ("veterinary", ["permit-receipt", "permit-grant", "permit-withdrawal"]),
        ("quarantine", ["permit-receipt", "permit-refusal"]),
        ("technical", ["permit-receipt", "permit-query"]),
    ],
)
def test_a_run_may_force_the_answer(forced: OfficeClient, signer: sample.Signer, agency: str, kinds: list[str]) -> None:
    code = {"veterinary": "0202309004", "quarantine": "0808108009", "technical": "6403990000"}[agency]
    body = application(agency, items=({**MEAT, "commodity_code": code},))
    taken = post(forced, body, signer.sign(body), agency)
    told = answers(forced, taken.headers["X-Conversation-ID"], len(kinds), agency)
    assert [each["document"] for each in told] == kinds


@pytest.mark.parametrize("word", ["", "veterinary", "veterinary=maybe", "customs=granted"])
def test_an_unknown_agency_or_answer_is_told(word: str) -> None:
    with pytest.raises(UserError, match="veterinary, quarantine, technical"):
        read_agency(word)
    name, _, answer = word.partition("=")
    with pytest.raises(UserError):
        TrainingOptions(agencies={name: answer})

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract as a document: complete, the same as the one in docs/, and held to by the offices."""

import json
import re
from pathlib import Path

import pytest

from swclient.training.openapi import DOCUMENT, openapi_text
from tests.bench.contract import run, spoiled

ROOT = Path(__file__).resolve().parents[2]


def test_the_document_in_the_handbook_is_the_one_that_is_served(client):
    assert DOCUMENT.read_text(encoding="utf-8") == openapi_text(), "run python -m swclient.training.openapi"
    assert client.get("/openapi.json").json() == json.loads(openapi_text())


def test_every_route_of_the_handbook_is_in_the_document():
    text = (ROOT / "docs" / "handbook" / "training.md").read_text(encoding="utf-8")
    told = {(m, p) for m, p in re.findall(r"`(GET|POST|DELETE) (/[a-z][\w./{}-]*)", text) if "…" not in p}
    paths = json.loads(openapi_text())["paths"]
    known = {(method.upper(), re.sub(r"\{\w+\}", "{}", path)) for path, methods in paths.items() for method in methods}
    assert {(method, re.sub(r"\{\w+\}", "{}", path)) for method, path in told} <= known
    assert len(told) > 10


def test_every_operation_says_who_may_and_what_it_answers():
    for path, methods in json.loads(openapi_text())["paths"].items():
        for method, operation in methods.items():
            place = f"{method} {path}"
            assert operation["summary"], place
            if path not in {"/oauth/token", "/ledger", "/schemas/training-1.xsd"}:
                assert operation["security"], place
                assert {"401"} <= set(operation["responses"]), place
            for answer in operation["responses"].values():
                assert "X-Training" in answer["headers"], place


@pytest.mark.slow
def test_schemathesis_finds_nothing():
    found = run(150)
    assert found.failures == []
    assert found.cases >= 150
    assert len(found.operations) > 15


@pytest.mark.slow
def test_schemathesis_finds_what_is_wrong_in_a_document():
    found = " ".join(run(60, spoil=spoiled).failures)
    assert "/tax/submissions/{key}" in found
    assert "/ledger:" in found
    assert "/tax/notifications:" in found

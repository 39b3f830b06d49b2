# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The training office of the WCO data model: its door, its control, its answers, held against the public schema."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from swclient.signing.cms import sign_detached
from swclient.signing.demo import demo_identity
from swclient.signing.secrets import Secrets
from swclient.training import RunningTraining, TrainingOptions, start_process
from swclient.transport.customs import CustomsClient
from swclient.transport.endpoint import Endpoint
from swclient.transport.http import Caller
from swclient.transport.problems import RefusedError
from swclient.transport.tokens import ClientCredentials
from tests.corpus import corpus_path

ITEM = """<GovernmentAgencyGoodsItem><SequenceNumeric>{no}</SequenceNumeric><Commodity><Description>Valves</Description>
<Classification><ID>8481808199</ID><IdentificationTypeCode>TSP</IdentificationTypeCode></Classification>
<DutyTaxFee><AdValoremTaxBaseAmount currencyID="TJS">1000</AdValoremTaxBaseAmount><TaxRateNumeric>5</TaxRateNumeric>
<TypeCode>20</TypeCode><Payment><PaymentAmount currencyID="TJS">{duty}</PaymentAmount></Payment></DutyTaxFee>
<GoodsMeasure><GrossMassMeasure>{gross}</GrossMassMeasure><NetNetWeightMeasure>10</NetNetWeightMeasure></GoodsMeasure>
<InvoiceLine><ItemChargeAmount currencyID="USD">100.00</ItemChargeAmount></InvoiceLine></Commodity>
<GovernmentProcedure><CurrentCode>40</CurrentCode></GovernmentProcedure></GovernmentAgencyGoodsItem>"""


PAYMENT = {"kind": "20", "amount": "%s", "currency": "TJS"}


def declaration(**told: Any) -> bytes:
    """Return a declaration of two goods, right but for what is told."""
    items = "".join(ITEM.format(no=no, duty=told.get("duty", "50.00"), gross=told.get("gross", "11")) for no in (1, 2))
    return f"""<MetaData><WCOTypeName>DEC</WCOTypeName><ResponsibleCountryCode>TJ</ResponsibleCountryCode><Declaration>
<FunctionCode>{told.get("function", "9")}</FunctionCode><FunctionalReferenceID>LRN-1</FunctionalReferenceID>
<TypeCode>IM</TypeCode><GoodsItemQuantity>{told.get("goods", 2)}</GoodsItemQuantity>
<InvoiceAmount currencyID="USD">{told.get("invoice", "200.00")}</InvoiceAmount>
<Declarant><Name>DEMO declarant</Name></Declarant>
<Exporter><Name>{told.get("exporter", "DEMO exporter")}</Name></Exporter>
<GoodsShipment>{items}</GoodsShipment></Declaration></MetaData>""".encode()


class Trader:
    """Signs, sends, and takes the answers."""

    def __init__(self, running: RunningTraining, folder: Path) -> None:
        endpoint = Endpoint(running.address, running.ca_file, "training")
        tokens = ClientCredentials(Caller(endpoint), lambda: "training")
        self.client = CustomsClient(Caller(endpoint, tokens), "/wco/customs")
        self._identity = demo_identity(folder, Secrets())

    def send(self, content: bytes, key: str = "") -> str:
        signature = sign_detached(content, self._identity)
        return self.client.submit_declaration(content, key or str(uuid.uuid4()), signature)

    def answers(self, conversation: str, last: str) -> list[etree._Element]:
        """Return the answers of a conversation, once one with a function code has come."""
        until = time.monotonic() + 20
        while True:
            notices = self.client.notifications(conversation)
            found = [etree.fromstring(self.client.fetch(each).content) for each in notices]
            if last in [code(each) for each in found]:
                return found
            assert time.monotonic() < until, [code(each) for each in found]
            time.sleep(0.02)


def code(answer: etree._Element) -> str:
    return answer.findtext("{*}Response/{*}FunctionCode")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningTraining]:
    with start_process(tmp_path_factory.mktemp("office"), TrainingOptions(pace=0.01)) as made:
        yield made


@pytest.fixture
def trader(running: RunningTraining, tmp_path: Path) -> Trader:
    return Trader(running, tmp_path)


def test_a_right_declaration_is_taxed_paid_for_released_and_cleared(trader: Trader) -> None:
    conversation = trader.send(declaration())
    taxed = trader.answers(conversation, "13")
    assert [code(each) for each in taxed] == ["02", "01", "13"]
    assert [each.text for each in taxed[2].iterfind(".//{*}PaymentAmount")] == ["50.00", "50.00"]
    number = taxed[1].findtext("{*}Response/{*}Declaration/{*}ID")
    assert number[2:4] == "TJ"
    assert len(number) == 18
    order = json.dumps({"conversation": conversation, "reference": "R-1", "payments": [PAYMENT]})
    trader.client.submit_payment((order % "60.00").encode(), str(uuid.uuid4()))
    lacking = trader.answers(conversation, "14")[-1]
    assert [each.text for each in lacking.iterfind(".//{*}PaymentAmount")] == ["40.00"]
    trader.client.submit_payment((order % "40.00").encode(), str(uuid.uuid4()))
    codes = [code(each) for each in trader.answers(conversation, "09")]
    assert codes == ["02", "01", "13", "14", "08", "09"]


@pytest.mark.parametrize(
    ("told", "rule", "sections"),
    [
        ({"gross": "9"}, "TRW-301", ["42A", "67A", "68A", "23A", "65A"]),
        ({"goods": 3}, "TRW-201", ["42A"]),
        ({"invoice": "200.01"}, "TRW-204", ["42A"]),
        ({"duty": "52.00"}, "TRW-502", ["42A", "67A", "68A", "23A", "50A", "94A"]),
        ({"exporter": ""}, "TRW-101", ["42A", "57A"]),
    ],
)
def test_an_error_is_rejected_with_pointers(
    trader: Trader, told: dict[str, Any], rule: str, sections: list[str]
) -> None:
    rejected = trader.answers(trader.send(declaration(**told)), "03")[-1]
    errors = rejected.findall("{*}Response/{*}Error")
    assert {each.findtext("{*}ValidationCode") for each in errors} == {rule}
    assert [each.findtext("{*}DocumentSectionCode") for each in errors[0].iterfind("{*}Pointer")] == sections
    assert all("TRAINING" in each.findtext("{*}Description") for each in errors)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<MetaData>", "xml_validation_error"),
        (b"<ED_Container/>", "unknown_document"),
        (declaration(function="13"), "unknown_function"),
        (declaration().replace(b"LRN-1", b""), "reference_missing"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><MetaData/>', "doctype_forbidden"),
    ],
)
def test_what_is_no_declaration_is_refused_at_the_door_and_nothing_is_registered(
    trader: Trader, content: bytes, reason: str
) -> None:
    key = str(uuid.uuid4())
    with pytest.raises(RefusedError) as told:
        trader.send(content, key)
    assert told.value.status == 400
    assert told.value.details[0][0] == reason
    assert trader.client.ask(key) is None


def test_the_same_key_is_taken_once(trader: Trader) -> None:
    key, content = str(uuid.uuid4()), declaration()
    assert trader.send(content, key) == trader.send(content, key)
    with pytest.raises(RefusedError, match="409"):
        trader.send(content + b" ", key)


def test_every_answer_satisfies_the_public_schema(trader: Trader) -> None:
    folder = corpus_path("wco-cds", "schemas", "wco", "notification")
    imports = "".join(
        f'<xs:import namespace="urn:wco:datamodel:WCO:{space}" schemaLocation="{(folder / file).as_uri()}"/>'
        for space, file in (
            ("DocumentMetaData-DMS:2", "DocumentMetaData_2_DMS.xsd"),
            ("RES-DMS:2", "WCO_RES_2_DMS.xsd"),
        )
    )
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    official = etree.XMLSchema(etree.fromstring(text))
    found = trader.answers(trader.send(declaration()), "13") + trader.answers(trader.send(declaration(gross="9")), "03")
    for each in found:
        official.validate(each)
        assert [str(fault.message) for fault in official.error_log] == []


@pytest.mark.parametrize(("lane", "told"), [("red", "05"), ("yellow", "06")])
def test_a_forced_lane_is_told_before_the_tax(tmp_path: Path, lane: str, told: str) -> None:
    with start_process(tmp_path / "office", TrainingOptions(pace=0.01, lane=lane)) as running:
        trader = Trader(running, tmp_path)
        codes = [code(each) for each in trader.answers(trader.send(declaration()), "13")]
    assert codes == ["02", "01", told, "13"]

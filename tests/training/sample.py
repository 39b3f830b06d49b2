# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small import declaration made by hand: two items by road, two containers, made-up parties.

The figures are worked out by hand: values 17 220 600 and 11 318 400, duty 10 % and 5 %, VAT 16 %,
fee 25 950.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

BIN = "240140000011"
SELLER = "DEMO Trading Co., Ltd. (made up)"
BUYER = "ТОО «Учебный импортёр DEMO»"

ITEM = """
<e:ESADout_CUGoods>
  <s:GoodsNumeric>{no}</s:GoodsNumeric>
  <s:GoodsDescription>{description}</s:GoodsDescription>
  <s:GrossWeightQuantity>{gross}</s:GrossWeightQuantity>
  <s:NetWeightQuantity>{net}</s:NetWeightQuantity>
  <s:InvoicedCost>{price}</s:InvoicedCost>
  <s:CustomsCost>{value}</s:CustomsCost>
  <s:GoodsTNVEDCode>{code}</s:GoodsTNVEDCode>
  <s:OriginCountryCode>CN</s:OriginCountryCode>
  <s:CustomsCostCorrectMethod>1</s:CustomsCostCorrectMethod>
  <s:Preferencii><s:CustomsTax>ОО</s:CustomsTax><s:CustomsDuty>ОО</s:CustomsDuty><s:Excise>-</s:Excise>
    <s:Rate>ОО</s:Rate></s:Preferencii>
  {documents}
  {charges}
  <e:ESADGoodsPackaging><s:PakageQuantity>{packages}</s:PakageQuantity>
    <s:PakageTypeCode>1</s:PakageTypeCode></e:ESADGoodsPackaging>
  <e:ESADContainer><s:ContainerNumber><s:ContainerIdentificaror>{container}</s:ContainerIdentificaror>
    <s:FullIndicator>1</s:FullIndicator></s:ContainerNumber></e:ESADContainer>
  <e:ESADCustomsProcedure><s:MainCustomsModeCode>40</s:MainCustomsModeCode>
    <s:PrecedingCustomsModeCode>00</s:PrecedingCustomsModeCode>
    <s:GoodsTransferFeature>000</s:GoodsTransferFeature></e:ESADCustomsProcedure>
</e:ESADout_CUGoods>"""

DOCUMENT = """<e:ESADout_CUPresentedDocument><c:PrDocumentNumber>{number}</c:PrDocumentNumber>
    <c:PrDocumentDate>2025-03-01</c:PrDocumentDate>
    <s:PresentedDocumentModeCode>{kind}</s:PresentedDocumentModeCode></e:ESADout_CUPresentedDocument>"""

CHARGE = """<e:ESADout_CUCustomsPaymentCalculation><s:PaymentModeCode>{kind}</s:PaymentModeCode>
    <s:PaymentAmount>{amount}</s:PaymentAmount><s:PaymentCurrencyCode>398</s:PaymentCurrencyCode>
    <s:TaxBase>{base}</s:TaxBase><s:Rate>{rate}</s:Rate><s:RateTypeCode>{rate_kind}</s:RateTypeCode>
    <s:PaymentCode>ИУ</s:PaymentCode></e:ESADout_CUCustomsPaymentCalculation>"""

PAYMENT = """<e:ESADout_CUCustomsPayment><s:PaymentModeCode>{kind}</s:PaymentModeCode>
    <s:PaymentAmount>{amount}</s:PaymentAmount><s:PaymentCurrencyCode>398</s:PaymentCurrencyCode>
    <e:RKOrganizationFeatures><c:BIN>{bin}</c:BIN></e:RKOrganizationFeatures></e:ESADout_CUCustomsPayment>"""

PLACE = """<e:ESADout_CUGoodsLocation><e:InformationTypeCode>11</e:InformationTypeCode>
  <e:CustomsOffice>55301000</e:CustomsOffice>
  <e:CustomsCountryCode>KZ</e:CustomsCountryCode></e:ESADout_CUGoodsLocation>"""

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<x:ED_Container DocumentModeID="1006058E"
  xmlns:x="urn:customs.ru:Information:ExchangeDocuments:ED_Container:5.22.0"
  xmlns:e="urn:customs.ru:Information:CustomsDocuments:ESADout_CU:5.23.0"
  xmlns:s="urn:customs.ru:CUESADCommonAggregateTypesCust:5.22.0"
  xmlns:c="urn:customs.ru:CommonAggregateTypes:5.22.0"
  xmlns:r="urn:customs.ru:RUSCommonAggregateTypes:5.22.0"
  xmlns:d="urn:customs.ru:RUDeclCommonAggregateTypesCust:5.23.0">
<c:DocumentID>{container_id}</c:DocumentID>
<x:ContainerDoc><x:AFVersion>5.23.0</x:AFVersion><x:DocBody>
<e:ESADout_CU DocumentModeID="1006107E">
<c:DocumentID>{document_id}</c:DocumentID>
<e:EECEDocHeaderAddInfo><r:EDocCode>R.036</r:EDocCode>
  <r:EDocDateTime>2025-03-04T09:00:00+05:00</r:EDocDateTime></e:EECEDocHeaderAddInfo>
<e:CustomsProcedure>ИМ</e:CustomsProcedure>
<e:CustomsModeCode>40</e:CustomsModeCode>
<e:ElectronicDocumentSign>ЭД</e:ElectronicDocumentSign>
<e:RecipientCountryCode>KZ</e:RecipientCountryCode>
<e:ESADout_CUGoodsShipment>
<s:TotalGoodsNumber>2</s:TotalGoodsNumber>
<s:TotalPackageNumber>500</s:TotalPackageNumber>
<s:TotalSheetNumber>2</s:TotalSheetNumber>
<s:TotalCustCost>28539000.00</s:TotalCustCost>
<s:CustCostCurrencyCode>KZT</s:CustCostCurrencyCode>
<e:ESADout_CUConsignor><c:OrganizationName>{seller}</c:OrganizationName>
  <c:RKOrganizationFeatures/></e:ESADout_CUConsignor>
<e:ESADout_CUConsignee><c:OrganizationName>{buyer}</c:OrganizationName>
  <c:RKOrganizationFeatures><c:BIN>{bin}</c:BIN></c:RKOrganizationFeatures></e:ESADout_CUConsignee>
<e:ESADout_CUDeclarant><c:OrganizationName>{buyer}</c:OrganizationName>
  <c:RKOrganizationFeatures><c:BIN>{bin}</c:BIN></c:RKOrganizationFeatures></e:ESADout_CUDeclarant>
{place}
<e:ESADout_CUConsigment><s:ContainerIndicator>1</s:ContainerIndicator>
  <s:DispatchCountryCode>CN</s:DispatchCountryCode>
  <s:DestinationCountryCode>KZ</s:DestinationCountryCode>
  <s:BorderCustomsOffice><c:Code>55302000</c:Code></s:BorderCustomsOffice>
  <e:ESADout_CUBorderTransport><c:TransportModeCode>31</c:TransportModeCode></e:ESADout_CUBorderTransport>
</e:ESADout_CUConsigment>
<e:ESADout_CUMainContractTerms><s:ContractCurrencyCode>USD</s:ContractCurrencyCode>
  <s:ContractCurrencyRate>540.0000</s:ContractCurrencyRate>
  <s:TotalInvoiceAmount>50000.00</s:TotalInvoiceAmount>
  <s:CUESADDeliveryTerms><c:DeliveryPlace>URUMQI</c:DeliveryPlace>
  <c:DeliveryTermsStringCode>FCA</c:DeliveryTermsStringCode></s:CUESADDeliveryTerms></e:ESADout_CUMainContractTerms>
{items}
<e:ESADout_CUPayments>{payments}</e:ESADout_CUPayments>
</e:ESADout_CUGoodsShipment>
<e:FilledPerson><d:SigningDetails><c:PersonSurname>Учебный</c:PersonSurname><c:PersonName>Декларант</c:PersonName>
  <r:SigningDate>2025-03-04T09:00:00+05:00</r:SigningDate></d:SigningDetails></e:FilledPerson>
</e:ESADout_CU>
</x:DocBody></x:ContainerDoc>
</x:ED_Container>
"""


AMENDMENT = """<x:ContainerDoc><x:DocBody><t:Amendment xmlns:t="urn:swclient:training:1" Training="true">
  <t:DocumentID>{document_id}</t:DocumentID><t:Conversation>{conversation}</t:Conversation>
  <t:RegistrationNumber>{number}</t:RegistrationNumber><t:Reason>УЧЕБНАЯ опечатка</t:Reason>
  <t:Change><t:Box>31</t:Box><t:Item>1</t:Item><t:Field>item.description</t:Field><t:Old>a</t:Old><t:New>b</t:New></t:Change>
</t:Amendment></x:DocBody></x:ContainerDoc>"""


def _charges(*rows: tuple[str, str, str, str, str]) -> str:
    names = ("kind", "base", "rate", "rate_kind", "amount")
    return "".join(CHARGE.format(**dict(zip(names, row, strict=True))) for row in rows)


def _items() -> str:
    documents = [("04021", "DEMO-INV-1"), ("02015", "DEMO-CMR-1")]
    first = ITEM.format(
        no=1,
        description="УЧЕБНЫЙ ТОВАР: столы деревянные",
        gross="8000",
        net="7600.5",
        price="30000.00",
        value="17220600.00",
        code="9403609000",
        packages=300,
        container="DEMU1234568",
        documents="".join(DOCUMENT.format(kind=kind, number=number) for kind, number in documents),
        charges=_charges(
            ("1010", "25950", "25950", "S", "25950.00"),
            ("2010", "17220600.00", "10", "%", "1722060.00"),
            ("5010", "18942660.00", "16", "%", "3030825.60"),
        ),
    )
    second = ITEM.format(
        no=2,
        description="УЧЕБНЫЙ ТОВАР: стулья",
        gross="4000",
        net="3800",
        price="20000.00",
        value="11318400.00",
        code="9401610000",
        packages=200,
        container="DEMU7654321",
        documents="",
        charges=_charges(
            ("2010", "11318400.00", "5", "%", "565920.00"),
            ("5010", "11884320.00", "16", "%", "1901491.20"),
        ),
    )
    return first + second


def container(*changes: tuple[str, str]) -> bytes:
    """Return a container with new identifiers; each change replaces a text that must be there."""
    payments = (("1010", "25950.00"), ("2010", "2287980.00"), ("5010", "4932316.80"))
    text = CONTAINER.format(
        container_id=uuid.uuid4(),
        document_id=uuid.uuid4(),
        place=PLACE,
        seller=SELLER,
        buyer=BUYER,
        bin=BIN,
        items=_items(),
        payments="".join(PAYMENT.format(kind=kind, amount=amount, bin=BIN) for kind, amount in payments),
    )
    for old, new in changes:
        assert old in text, f"{old} is not in the sample"
        text = text.replace(old, new, 1)
    return text.encode()


def amendment(number: str, conversation: str, *changes: tuple[str, str]) -> bytes:
    """Return the container of an amendment: the sample with some changes, and what they are said to be."""
    text = container(*changes).decode()
    said = AMENDMENT.format(document_id=uuid.uuid4(), conversation=conversation, number=number)
    return text.replace("</x:DocBody></x:ContainerDoc>", f"</x:DocBody></x:ContainerDoc>{said}", 1).encode()


def reply(conversation: str, request: str, *codes: str) -> bytes:
    """Return a reply to a request for documents, with one small document for each code."""
    documents = [_document(code) for code in codes]
    return json.dumps({"conversation": conversation, "request": request, "text": "", "documents": documents}).encode()


def _document(code: str) -> dict[str, str]:
    content = f"TRAINING document {code}".encode()
    return {
        "code": code,
        "number": "DEMO-1",
        "date": "2025-03-01",
        "name": f"{code}.txt",
        "media_type": "text/plain",
        "sha256": hashlib.sha256(content).hexdigest(),
        "content": base64.b64encode(content).decode(),
    }


def statement(number: str, date: str, **changes: Any) -> bytes:
    """Return the import statement that fits the sample declaration."""
    lines = [
        _line(1, "9403609000", "17220600.00", "1722060.00", "18942660.00", "3030825.60"),
        _line(2, "9401610000", "11318400.00", "565920.00", "11884320.00", "1901491.20"),
    ]
    totals = dict(
        zip(
            ("customs_value", "duty", "excise", "vat_base", "vat"),
            ("28539000.00", "2287980.00", "0.00", "30826980.00", "4932316.80"),
            strict=True,
        )
    )
    said = {
        "declaration_number": number,
        "declaration_date": date,
        "payer_bin": BIN,
        "items": lines,
        "totals": totals,
    }
    return json.dumps({**said, **changes}).encode()


def _line(no: int, code: str, value: str, duty: str, base: str, vat: str) -> dict[str, Any]:
    return {
        "no": no,
        "commodity_code": code,
        "customs_value": value,
        "duty": duty,
        "excise": "0.00",
        "vat_base": base,
        "vat_rate": "16",
        "vat": vat,
    }


@dataclass(frozen=True)
class Signer:
    """A key with its certificate."""

    key: Any
    certificate: x509.Certificate

    def sign(self, body: bytes, *options: pkcs7.PKCS7Options) -> str:
        """Return the value of the X-Signature header."""
        builder = pkcs7.PKCS7SignatureBuilder().set_data(body)
        builder = builder.add_signer(self.certificate, self.key, hashes.SHA256())
        chosen = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary, *options]
        return base64.b64encode(builder.sign(serialization.Encoding.DER, chosen)).decode()


def signer(name: str = "DEMO declarant", kind: str = "ec", *, days: int = 30) -> Signer:
    """Return a key (`ec` or `rsa`) with a certificate that ends in some days."""
    key: Any = ec.generate_private_key(ec.SECP256R1())
    if kind == "rsa":
        key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    end = datetime.now(UTC) + timedelta(days=days)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(end - timedelta(days=60))
        .not_valid_after(end)
        .sign(key, hashes.SHA256())
    )
    return Signer(key, certificate)

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signatures: what stands, what does not, and that no bytes whatever break the reader."""

import base64
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import pkcs7
from hypothesis import given
from hypothesis import strategies as st

from swclient.training.reading import UnreadableError, read_xml
from swclient.training.signature import SignatureRefusedError, verify
from tests.training import sample

BODY = "<a>тело</a>\r\n".encode()
NOW = datetime.now(UTC)
KEY = sample.signer()
GOOD = KEY.sign(BODY)


def refusal(header: str, body: bytes = BODY) -> str:
    with pytest.raises(SignatureRefusedError) as caught:
        verify(header, body, NOW)
    return caught.value.code


@pytest.mark.parametrize("kind", ["ec", "rsa"])
@pytest.mark.parametrize("options", [(), (pkcs7.PKCS7Options.NoAttributes,)])
def test_a_signature_over_the_exact_bytes_stands(kind, options):
    key = sample.signer(kind=kind)
    header = key.sign(BODY, *options)
    assert verify(header, BODY, NOW) == key.certificate
    assert refusal(header, BODY + b" ") == "TRN-SIG-002"


def test_a_signature_by_rsa_pss_stands():
    key = sample.signer(kind="rsa")
    builder = pkcs7.PKCS7SignatureBuilder().set_data(BODY)
    pss = padding.PSS(mgf=padding.MGF1(hashes.SHA512()), salt_length=padding.PSS.DIGEST_LENGTH)
    builder = builder.add_signer(key.certificate, key.key, hashes.SHA512(), rsa_padding=pss)
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    raw = builder.sign(serialization.Encoding.DER, options)
    assert verify(base64.b64encode(raw).decode(), BODY, NOW) == key.certificate


def test_a_key_that_does_not_say_demo_is_refused():
    assert refusal(sample.signer("Real Person").sign(BODY)) == "TRN-SIG-004"


def test_a_certificate_that_has_ended_is_refused():
    assert refusal(sample.signer(days=-1).sign(BODY)) == "TRN-SIG-003"


def test_a_certificate_of_somebody_else_inside_is_no_help():
    other = sample.signer()
    forged = sample.Signer(other.key, KEY.certificate)
    # The builder signs with a key that does not belong to the certificate it puts in.
    assert refusal(forged.sign(BODY)) == "TRN-SIG-002"


def test_a_signature_with_the_content_inside_is_refused():
    builder = pkcs7.PKCS7SignatureBuilder().set_data(BODY)
    builder = builder.add_signer(KEY.certificate, KEY.key, hashes.SHA256())
    raw = builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
    assert refusal(base64.b64encode(raw).decode()) == "TRN-SIG-001"


@pytest.mark.parametrize("header", ["", "not base64!", "AAAA", "MAA=", GOOD[:-40], GOOD + "AAAA"])
def test_what_is_no_signature_is_refused(header):
    assert refusal(header) == "TRN-SIG-001"


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@given(place=st.integers(0, len(base64.b64decode(GOOD)) - 1), bit=st.integers(0, 7))
def test_no_flipped_bit_breaks_the_reader_or_makes_other_bytes_stand(place, bit):
    raw = bytearray(base64.b64decode(GOOD))
    raw[place] ^= 1 << bit
    header = base64.b64encode(bytes(raw)).decode()
    with pytest.raises(SignatureRefusedError):
        verify(header, BODY + b" ", NOW)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader_of_signatures(raw):
    with pytest.raises(SignatureRefusedError):
        verify(base64.b64encode(raw).decode(), BODY, NOW)


@given(st.binary(max_size=200) | st.text(alphabet="<>/!?[]ab&;\"'= \n-", max_size=80).map(str.encode))
def test_no_bytes_break_the_reader_of_xml(raw):
    try:
        node = read_xml(raw)
    except UnreadableError:
        return
    else:
        assert node.name

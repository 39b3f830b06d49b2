# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""C020 at the moment of signing: the key of somebody else, or an ended certificate, bars the way."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from swclient.base.errors import UserError
from swclient.signing.demo import demo_identity
from swclient.signing.identity import Identity
from swclient.signing.secrets import Secrets
from swclient.workflow.signature.signing import refuse_foreign_key
from tests.data.cases import good

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DECLARANT, STRANGER = "240140000011", "250640007772"


def identity(*owners: str, until: datetime = NOW + timedelta(days=30)) -> Identity:
    """A key that is no demo key, made out to taxpayer numbers."""
    key = ec.generate_private_key(ec.SECP256R1())
    kinds = (NameOID.SERIAL_NUMBER, NameOID.ORGANIZATIONAL_UNIT_NAME)
    named = [x509.NameAttribute(kind, owner) for kind, owner in zip(kinds, owners, strict=False)]
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "ENTIRELY MADE UP"), *named])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(NOW - timedelta(days=400)).not_valid_after(until)
    return Identity(key, builder.sign(key, SHA256()))


@pytest.mark.parametrize("owners", [(), (f"BIN{DECLARANT}",), (f"IIN{STRANGER}", f"BIN{DECLARANT}"), (DECLARANT,)])
def test_a_key_of_the_declarant_or_of_nobody_named_signs(owners):
    refuse_foreign_key(identity(*owners), good().snapshot(), NOW)


@pytest.mark.parametrize("owners", [(f"BIN{STRANGER}",), (STRANGER, "OU of a firm")])
def test_a_key_of_somebody_else_bars_the_way_and_says_whose_it_is(owners):
    with pytest.raises(UserError, match=f"C020.*{STRANGER}"):
        refuse_foreign_key(identity(*owners), good().snapshot(), NOW)


def test_an_ended_certificate_bars_the_way():
    ended = identity(f"BIN{DECLARANT}", until=NOW - timedelta(days=1))
    with pytest.raises(UserError, match="2026-11-19"):
        refuse_foreign_key(ended, good().snapshot(), NOW)


def test_the_demo_key_signs_for_anybody(tmp_path):
    demo = demo_identity(tmp_path, Secrets(), bin_number=STRANGER)
    assert demo.owners == {STRANGER}
    refuse_foreign_key(demo, good().snapshot(), datetime.now(UTC))

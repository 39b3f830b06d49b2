# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Detached signatures, checked by us and by OpenSSL, made by us and by OpenSSL."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from swclient.signing.cms import sign_detached, verify_detached
from swclient.signing.identity import Identity

CONTENT = "<TRAINING>Обувь\r\n\n鞋</TRAINING>".encode()
DAY = timedelta(days=1)

openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")


def certificate(name, key, issuer=None, *, ca=False, begin=-DAY, end=DAY, usage=None):
    """A certificate for a key; its own issuer where none is given."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + begin)
        .not_valid_after(now + end)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if usage:
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(issuer.key if issuer else key, SHA256())


def identity(name="TRAINING signer", issuer=None, key=None, others=(), **named):
    key = key or ec.generate_private_key(ec.SECP256R1())
    return Identity(key, certificate(name, key, issuer, **named), others)


def pem(one):
    return one.certificate.public_bytes(Encoding.PEM)


@pytest.fixture(scope="module")
def rsa_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module", params=["rsa", "ec"])
def signer(request, rsa_key):
    return identity(key=rsa_key if request.param == "rsa" else None)


@pytest.fixture(scope="module")
def signature(signer):
    return sign_detached(CONTENT, signer)


def test_a_signature_is_good_for_the_bytes_it_was_made_over(signer, signature):
    report = verify_detached(CONTENT, signature, [pem(signer)])
    assert report.valid, report.reason
    assert (report.signer, report.serial) == ("TRAINING signer", signer.serial)
    assert report.not_after == signer.not_after


def test_the_content_is_not_inside(signature):
    assert CONTENT not in signature
    assert "Обувь".encode() not in signature


def test_any_change_of_the_content_is_found(signature):
    for other in (CONTENT + b" ", CONTENT.replace(b"\r\n", b"\n"), CONTENT[:-1], b""):
        assert not verify_detached(other, signature).valid


def test_no_single_altered_byte_of_a_signature_makes_another_good_one(signer, signature):
    for place in range(len(signature)):
        altered = bytearray(signature)
        altered[place] ^= 1 + place % 255
        report = verify_detached(CONTENT, bytes(altered), [pem(signer)])
        # Bytes that are not signed and not used may differ; then it is still that signer's signature.
        assert not report.valid or report.serial == signer.serial


@given(st.data())
def test_no_bytes_make_the_check_fail_other_than_by_saying_so(data):
    start = data.draw(st.integers(0, len(FIXED)))
    noise = data.draw(st.binary(max_size=40))
    broken = FIXED[:start] + noise + FIXED[start + len(noise) // 2 :]
    assert verify_detached(CONTENT, broken).valid in {True, False}
    assert verify_detached(CONTENT, noise).valid is False


FIXED = sign_detached(CONTENT, identity())


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"0",
        b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\x00\x00",  # an indefinite length
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x03" * 100_000,
        b"\x30\x00",
        b"\x1f" * 50,
    ],
)
def test_what_is_no_signature_is_refused_in_words(hostile):
    report = verify_detached(CONTENT, hostile)
    assert not report.valid
    assert "not a detached CMS signature" in report.reason.text()


def test_a_signature_with_the_content_inside_is_no_detached_one(signer):
    from cryptography.hazmat.primitives.serialization.pkcs7 import (
        PKCS7Options,
        PKCS7SignatureBuilder,
    )

    builder = PKCS7SignatureBuilder().set_data(CONTENT)
    builder = builder.add_signer(signer.certificate, signer.key, SHA256())
    assert not verify_detached(CONTENT, builder.sign(Encoding.DER, [PKCS7Options.Binary])).valid


class TestCertificates:
    def report(self, signer, trust, **named):
        return verify_detached(CONTENT, sign_detached(CONTENT, signer), trust, **named)

    def test_a_stranger_is_not_trusted(self):
        report = self.report(identity(), [pem(identity())])
        assert not report.valid
        assert "not among the trusted" in report.reason.text()

    def test_nobody_is_trusted_where_the_list_is_empty(self):
        assert not self.report(identity(), []).valid

    def test_who_is_issued_by_a_trusted_one_is_trusted(self):
        root = identity("TRAINING root", ca=True)
        assert self.report(identity(issuer=root), [pem(root)]).valid

    def test_the_way_may_lead_over_one_that_came_along(self):
        root = identity("TRAINING root", ca=True)
        middle = identity("TRAINING middle", root, ca=True)
        signer = identity(issuer=middle, others=(middle.certificate,))
        assert self.report(signer, [pem(root)]).valid
        assert not self.report(identity(issuer=middle), [pem(root)]).valid

    def test_who_is_issued_by_one_that_may_not_issue_is_not_trusted(self):
        root = identity("TRAINING root", ca=True)
        neighbour = identity("TRAINING neighbour", root)
        forged = identity(issuer=neighbour, others=(neighbour.certificate,))
        assert not self.report(forged, [pem(root)]).valid

    def test_a_name_alone_does_not_make_an_issuer(self):
        root, impostor = (identity("TRAINING root", ca=True) for _ in range(2))
        assert not self.report(identity(issuer=impostor), [pem(root)]).valid

    def test_a_certificate_that_ended_or_has_not_begun_is_told(self):
        over = identity(begin=-2 * DAY, end=-DAY)
        early = identity(begin=DAY, end=2 * DAY)
        assert "ended" in self.report(over, None).reason.text()
        assert "clock" in self.report(early, None).reason.text()
        assert self.report(over, None, at=datetime.now(UTC) - 1.5 * DAY).valid

    def test_a_certificate_for_another_purpose_does_not_sign(self):
        flags = dict.fromkeys(
            (
                "digital_signature",
                "content_commitment",
                "data_encipherment",
                "key_agreement",
                "key_cert_sign",
                "crl_sign",
                "encipher_only",
                "decipher_only",
            ),
            False,
        )
        letters = identity(usage=x509.KeyUsage(key_encipherment=True, **flags))
        assert "not made for signing" in self.report(letters, None).reason.text()


def run(*order):
    return subprocess.run(order, check=False, capture_output=True, text=True)


@pytest.fixture
def files(tmp_path, signer, signature):
    """Content, signature, key and certificate as files."""
    made = {"content": CONTENT, "signature": signature, "certificate": pem(signer)}
    made["key"] = signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return {name: str(tmp_path / name) for name in (*made, "out")}


@openssl
def test_openssl_finds_our_signature_good_and_an_altered_content_bad(files, tmp_path):
    order = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", files["signature"]]
    order += ["-CAfile", files["certificate"], "-out", files["out"], "-content"]
    assert run(*order, files["content"]).returncode == 0
    (tmp_path / "content").write_bytes(CONTENT + b" ")
    assert run(*order, files["content"]).returncode != 0


@openssl
@pytest.mark.parametrize(
    "options",
    [
        ["-md", "sha256"],
        ["-md", "sha384"],
        ["-md", "sha512", "-keyid"],
        ["-md", "sha256", "-noattr"],
        ["-md", "sha256", "-keyopt", "rsa_padding_mode:pss"],
    ],
    ids=" ".join,
)
def test_we_find_openssls_signature_good_and_an_altered_content_bad(files, signer, options):
    if "-keyopt" in options and not isinstance(signer.key, rsa.RSAPrivateKey):
        pytest.skip("only RSA has a padding")
    order = ["openssl", "cms", "-sign", "-binary", "-outform", "DER", "-in", files["content"]]
    order += ["-signer", files["certificate"], "-inkey", files["key"], "-out", files["out"]]
    done = run(*order, *options)
    assert done.returncode == 0, done.stderr
    with open(files["out"], "rb") as stream:  # noqa: PTH123 - the name is a text here
        made = stream.read()
    report = verify_detached(CONTENT, made, [pem(signer)])
    assert report.valid, report.reason
    assert not verify_detached(CONTENT + b" ", made, [pem(signer)]).valid

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signed PDF files are verified by a program that is not ours: pdfsig of poppler, with the signer trusted."""

import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from swclient.base.errors import UserError
from swclient.signing import pdf as signed_files
from swclient.signing.pdf import sign_pdf
from swclient.signing.signer import LocalSigner
from tests.signing.made import KINDS, identity

pytestmark = [
    pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig is not installed"),
    pytest.mark.skipif(shutil.which("certutil") is None, reason="certutil is not installed"),
]
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def plain():
    paper = BytesIO()
    canvas = Canvas(paper)
    canvas.drawString(100, 700, "TRAINING 47/1 1722060.00")
    canvas.save()
    return paper.getvalue()


@pytest.fixture(scope="module", params=KINDS)
def who(request):
    return identity(request.param)


def pdfsig(folder, content, trusted):
    """What pdfsig says of a file when it trusts these people only."""
    store = folder / "nss"
    store.mkdir()
    made = ["certutil", "-N", "-d", store, "--empty-password"]
    subprocess.run(made, check=True, capture_output=True)
    (folder / "ca.pem").write_bytes(trusted.certificate.public_bytes(Encoding.PEM))
    subprocess.run(
        ["certutil", "-A", "-d", store, "-n", "ca", "-t", "CT,C,C", "-i", folder / "ca.pem"],
        check=True,
        capture_output=True,
    )
    (folder / "signed.pdf").write_bytes(content)
    told = subprocess.run(
        ["pdfsig", "-nssdir", store, folder / "signed.pdf"], check=False, capture_output=True, text=True
    )
    return told.stdout


def test_a_signed_form_is_found_good_and_whole(tmp_path, who):
    told = pdfsig(tmp_path, sign_pdf(plain(), LocalSigner(who), AT, "made up"), who)
    assert "Signature is Valid." in told
    assert "Certificate is Trusted." in told
    assert "Total document signed" in told
    assert "TRAINING - entirely made up" in told


def test_a_changed_figure_is_found(tmp_path, who):
    signed = sign_pdf(plain(), LocalSigner(who), AT)
    at = signed.index(b"stream") + 12
    told = pdfsig(tmp_path, signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :], who)
    assert "Signature is Valid." not in told
    assert "Digest Mismatch" in told


def test_a_stranger_is_not_trusted(tmp_path, who):
    told = pdfsig(tmp_path, sign_pdf(plain(), LocalSigner(who), AT), identity("rsa"))
    assert "Signature is Valid." in told
    assert "Certificate is Trusted." not in told


def test_what_was_printed_stays_as_it_was():
    before = plain()
    signed = sign_pdf(before, LocalSigner(identity()), AT)
    assert signed.startswith(before)
    assert "1722060.00" in PdfReader(BytesIO(signed)).pages[0].extract_text()


def test_a_signature_without_room_is_told(monkeypatch):
    monkeypatch.setattr(signed_files, "RESERVED", 100)
    with pytest.raises(UserError, match="room"):
        sign_pdf(plain(), LocalSigner(identity()), AT)

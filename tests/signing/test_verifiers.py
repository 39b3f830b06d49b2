# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What we sign is verified by programs that are not ours: openssl for CMS, xmlsec1 for XAdES."""

import shutil
import subprocess

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from swclient.base.errors import UserError
from swclient.signing.cms import sign_detached
from swclient.signing.xades import DS, XADES, sign_beside, sign_enveloped
from tests.signing.made import KINDS, identity

openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
xmlsec1 = pytest.mark.skipif(shutil.which("xmlsec1") is None, reason="xmlsec1 is not installed")

DOCUMENT = (
    '<?xml version="1.0"?><!-- before --><?pi x?><a:r xmlns:a="urn:a" xmlns="urn:b" xmlns:unused="urn:u"><!-- in -->'
    '<x z="1" b="2">Ж 芝麻 &amp;\r\n</x> </a:r>\n'
).encode()


@pytest.fixture(scope="module", params=KINDS)
def who(request):
    return identity(request.param)


def trusted(folder, who):
    file = folder / "who.pem"
    file.write_bytes(who.certificate.public_bytes(Encoding.PEM))
    return file


def cms_holds(folder, who, content, signature):
    (folder / "content").write_bytes(content)
    (folder / "signature").write_bytes(signature)
    order = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", folder / "signature"]
    order += ["-content", folder / "content", "-CAfile", trusted(folder, who), "-purpose", "any", "-out", "/dev/null"]
    return subprocess.run(order, capture_output=True, check=False).returncode == 0


def xml_holds(folder, who, content):
    (folder / "signed.xml").write_bytes(content)
    order = ["xmlsec1", "--verify", "--trusted-pem", trusted(folder, who)]
    order += ["--id-attr:Id", f"{XADES}:SignedProperties", "signed.xml"]
    done = subprocess.run(order, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode == 0 and "2/2" in done.stdout + done.stderr


@openssl
@pytest.mark.parametrize("content", [b"", b"line\nline\r\n", DOCUMENT, bytes(range(256)) * 100], ids=len)
def test_openssl_verifies_our_cms(tmp_path, who, content):
    assert cms_holds(tmp_path, who, content, sign_detached(content, who))


@openssl
def test_openssl_refuses_our_cms_over_other_bytes_and_of_another_key(tmp_path, who):
    signature = sign_detached(b"content", who)
    assert cms_holds(tmp_path, who, b"content", signature)
    assert not cms_holds(tmp_path, who, b"Content", signature)
    assert not cms_holds(tmp_path, identity("ec256"), b"content", signature)


@xmlsec1
@pytest.mark.parametrize("content", [b"<a/>", DOCUMENT], ids=["small", "with everything"])
def test_xmlsec1_verifies_a_signature_inside(tmp_path, who, content):
    assert xml_holds(tmp_path, who, sign_enveloped(content, who))


@xmlsec1
def test_xmlsec1_verifies_a_signature_beside(tmp_path, who):
    (tmp_path / "a file Ж.xml").write_bytes(DOCUMENT)
    signature = sign_beside(DOCUMENT, "a file Ж.xml", who)
    assert xml_holds(tmp_path, who, signature)
    (tmp_path / "a file Ж.xml").write_bytes(DOCUMENT.replace(b'z="1"', b'z="7"'))
    assert not xml_holds(tmp_path, who, signature)


@xmlsec1
@pytest.mark.parametrize(
    ("before", "after"),
    [(b'z="1"', b'z="7"'), (b"text/xml", b"text/htm"), (b"SigningTime>20", b"SigningTime>19"), (b" </a:r>", b"</a:r>")],
)
def test_xmlsec1_refuses_what_was_altered(tmp_path, who, before, after):
    signed = sign_enveloped(DOCUMENT.replace(b" </a:r>", b"<end/></a:r>") if after == b"</a:r>" else DOCUMENT, who)
    altered = signed.replace(b"<end/>", b"") if after == b"</a:r>" else signed.replace(before, after)
    assert altered != signed
    assert xml_holds(tmp_path, who, signed)
    assert not xml_holds(tmp_path, who, altered)


@xmlsec1
def test_a_signature_survives_an_envelope_with_other_name_spaces(tmp_path, who):
    """The inclusive form would not: the name spaces of the envelope would become part of what is digested."""
    envelope = etree.fromstring(b'<e:env xmlns:e="urn:e" xmlns:more="urn:more" more:x="1"><e:body/></e:env>')
    envelope[0].append(etree.fromstring(sign_enveloped(b'<a:r xmlns:a="urn:a"><a:x/></a:r>', who)))
    carried = etree.fromstring(etree.tostring(envelope))
    taken_out = etree.tostring(carried[0][0])
    assert b"urn:more" in taken_out
    assert xml_holds(tmp_path, who, taken_out)


def test_every_reference_says_which_canonical_form_it_has(who):
    signed = etree.fromstring(sign_enveloped(DOCUMENT, who))
    references = signed.findall(f".//{{{DS}}}Reference")
    last = [reference.findall(f"{{{DS}}}Transforms/{{{DS}}}Transform")[-1].get("Algorithm") for reference in references]
    assert last == ["http://www.w3.org/2001/10/xml-exc-c14n#"] * 2


def test_taking_the_signature_out_gives_the_document_back():
    signed = etree.fromstring(sign_enveloped(DOCUMENT, identity()))
    signed.remove(signed[-1])
    before = etree.tostring(etree.fromstring(DOCUMENT), method="c14n")
    assert etree.tostring(signed, method="c14n") == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "not well-formed"),
        (b"<a>", "not well-formed"),
        (b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>', "document type"),
    ],
)
def test_what_is_no_plain_xml_is_not_signed(content, told):
    with pytest.raises(UserError, match=told):
        sign_enveloped(content, identity())
    with pytest.raises(UserError, match=told):
        sign_beside(content, "x.xml", identity())

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys on a token, with a token made of software; skipped where that or the extra `pkcs11` is not installed.

A library of a token keeps its state for as long as a process runs, so there is one token for all tests of this file.
"""

import copy
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from swclient.base.errors import OutsideError, UserError
from swclient.signing.cms import sign_detached, verify_detached
from swclient.signing.identity import WrongPassPhraseError
from swclient.signing.opening import open_signer
from swclient.signing.secrets import Secret
from swclient.signing.tokens import load_token_identity
from tests.house.sources import ROOT
from tests.signing.made import identity
from tests.signing.test_verifiers import DOCUMENT, cms_holds, openssl, sign_enveloped, xml_holds, xmlsec1

PIN, TOKEN = "482915", "swclient-made-up"
PLACES = [Path("/usr/lib") / part for part in ("softhsm", "x86_64-linux-gnu/softhsm", "aarch64-linux-gnu/softhsm")]
MODULE = next((place / "libsofthsm2.so" for place in PLACES if (place / "libsofthsm2.so").is_file()), None)


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    """A token with an RSA and an elliptic curve key on it; return both identities as they were made."""
    pytest.importorskip("pkcs11", reason="the extra pkcs11 is not installed")
    if MODULE is None or shutil.which("softhsm2-util") is None:
        pytest.skip("softhsm2 is not installed")
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    order = ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--so-pin", "94837261", "--pin", PIN]
    subprocess.run(order, check=True, capture_output=True)
    made = {kind: identity(kind) for kind in ("rsa", "ec256")}
    for number, (kind, one) in enumerate(made.items(), 1):
        put_on(folder, kind, f"0{number}", one)
    yield made
    if before is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = before


def put_on(folder, label, number, one):
    import pkcs11
    from pkcs11 import Attribute, CertificateType, ObjectClass

    key = folder / "key.pem"
    key.write_bytes(one.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    order = ["softhsm2-util", "--import", key, "--token", TOKEN, "--label", label, "--id", number, "--pin", PIN]
    subprocess.run(order, check=True, capture_output=True)
    content = {
        Attribute.CLASS: ObjectClass.CERTIFICATE,
        Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
        Attribute.TOKEN: True,
        Attribute.LABEL: label,
        Attribute.ID: bytes.fromhex(number),
        Attribute.SUBJECT: one.certificate.subject.public_bytes(),
        Attribute.VALUE: one.certificate.public_bytes(Encoding.DER),
    }
    with pkcs11.lib(str(MODULE)).get_token(token_label=TOKEN).open(user_pin=PIN, rw=True) as session:
        session.create_object(content)


def place(**more):
    return {"module": str(MODULE), "token": TOKEN, **more}


@pytest.fixture(params=["rsa", "ec256"])
def on_token(request, token):
    return load_token_identity(place(label=request.param), Secret(PIN)), token[request.param]


def test_the_certificate_is_the_one_on_the_token(on_token):
    found, made = on_token
    assert found.certificate == made.certificate
    assert found.serial == made.serial


def test_what_a_token_signs_verifies(on_token):
    found, _made = on_token
    signature = sign_detached(b"content", found)
    assert verify_detached(b"content", signature).valid
    assert not verify_detached(b"Content", signature).valid


@openssl
def test_openssl_verifies_what_a_token_signs(tmp_path, on_token):
    found, made = on_token
    assert cms_holds(tmp_path, made, DOCUMENT, sign_detached(DOCUMENT, found))


@xmlsec1
def test_xmlsec1_verifies_what_a_token_signs(tmp_path, on_token):
    found, made = on_token
    assert xml_holds(tmp_path, made, sign_enveloped(DOCUMENT, found))


def test_the_key_does_not_leave_the_token(on_token):
    key = on_token[0].key
    for way in (key.private_numbers, lambda: key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())):
        with pytest.raises(TypeError, match="does not leave"):
            way()
    assert copy.deepcopy(key) is key
    assert PIN not in repr(key)
    with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
        pickle.dumps(key)


def test_a_token_is_asked_for_nothing_that_it_does_not_do_here(token):
    rsa_key = load_token_identity(place(label="rsa"), Secret(PIN)).key
    for padded, digest in ((padding.PKCS1v15(), SHA384()), (padding.PSS(padding.MGF1(SHA256()), 32), SHA256())):
        with pytest.raises(TypeError):
            rsa_key.sign(b"x", padded, digest)
    ec_key = load_token_identity(place(label="ec256"), Secret(PIN)).key
    with pytest.raises(TypeError):
        ec_key.exchange(ec.ECDH(), ec_key.public_key())


@pytest.mark.usefixtures("token")
def test_a_wrong_pin_is_told_and_not_repeated():
    with pytest.raises(WrongPassPhraseError, match="locks itself") as told:
        load_token_identity(place(label="rsa"), Secret("777111"))
    assert "777111" not in str(told.value)


@pytest.mark.usefixtures("token")
def test_which_of_several_keys_must_be_said():
    with pytest.raises(UserError, match="2 certificates"):
        load_token_identity(place(), Secret(PIN))
    with pytest.raises(UserError, match="“other”"):
        load_token_identity(place(label="other"), Secret(PIN))


@pytest.mark.usefixtures("token")
def test_a_token_that_is_not_there_can_be_tried_again():
    with pytest.raises(OutsideError, match="not there") as told:
        load_token_identity({"module": str(MODULE), "token": "left at home"}, Secret(PIN))
    assert told.value.retry


_PULLED_OUT = """
import shutil, sys
from swclient.base.errors import OutsideError
from swclient.signing.cms import sign_detached
from swclient.signing.secrets import Secret
from swclient.signing.tokens import load_token_identity

module, token, pin, files = sys.argv[1:]
found = load_token_identity({"module": module, "token": token, "label": "rsa"}, Secret(pin))
sign_detached(b"content", found)
shutil.rmtree(files)
try:
    sign_detached(b"content", found)
except OutsideError as error:
    print(error)
"""


@pytest.mark.usefixtures("token")
def test_a_token_pulled_out_before_signing_signs_nothing(tmp_path):
    """Its files are gone, as a token is that was pulled out; in a process of its own, whose library it upsets."""
    shutil.copytree(Path(os.environ["SOFTHSM2_CONF"]).parent / "tokens", tmp_path / "tokens")
    conf = tmp_path / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {tmp_path}/tokens\nobjectstore.backend = file\n")
    order = [sys.executable, "-c", _PULLED_OUT, MODULE, TOKEN, PIN, tmp_path / "tokens"]
    done = subprocess.run(
        order,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SOFTHSM2_CONF": str(conf), "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert "othing was signed" in done.stdout, done.stderr
    assert PIN not in done.stdout + done.stderr


@pytest.mark.usefixtures("token")
def test_a_library_that_is_none_is_told(tmp_path):
    (tmp_path / "none.so").write_bytes(b"\x7fELF?")
    for module in (tmp_path / "absent.so", tmp_path / "none.so"):
        with pytest.raises(UserError, match="cannot be used"):
            load_token_identity({"module": str(module), "token": TOKEN}, Secret(PIN))


@pytest.mark.usefixtures("token")
def test_a_token_is_opened_as_any_other_key():
    asked = []

    def secret(prompt):
        asked.append(prompt.text())
        return Secret(PIN)

    signer = open_signer("pkcs11", place(label="ec256"), secret)
    assert verify_detached(b"x", signer.sign(b"x")).serial == signer.serial
    assert asked == [f"PIN of the token “{TOKEN}”:"]

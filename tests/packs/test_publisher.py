# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys of publishers: made for training, trusted by the user, and never taken for what they are not."""

import stat
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from swclient.base.errors import UserError
from swclient.packs.publisher import DEMO_LINE, make_key, read_publisher, read_signer, trust, trusted, trusted_folder


def test_a_key_made_here_says_demo_in_both_its_files(tmp_path):
    made = make_key(tmp_path / "k.pem", "A\nname")
    for name in ("k.pem", "k.pub.pem"):
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(DEMO_LINE)
        found = read_publisher(tmp_path / name)
        assert (found.id, found.name, found.demo) == (made.id, "A name", True)
    assert b"PRIVATE" not in (tmp_path / "k.pub.pem").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such bits")
def test_the_secret_half_is_for_its_owner_only(tmp_path):
    make_key(tmp_path / "k.pem", "")
    assert stat.S_IMODE((tmp_path / "k.pem").stat().st_mode) == 0o600


def test_a_key_that_is_there_is_not_overwritten(tmp_path):
    make_key(tmp_path / "k.pem", "")
    before = (tmp_path / "k.pem").read_bytes()
    with pytest.raises(UserError, match="already"):
        make_key(tmp_path / "k.pem", "")
    assert (tmp_path / "k.pem").read_bytes() == before


def test_trusting_keeps_the_public_half_only(key_file):
    made = trust(key_file)
    assert b"PRIVATE" not in (trusted_folder() / f"{made.id}.pem").read_bytes()
    assert set(trusted()) == {made.id}
    assert trusted()[made.id].demo


def test_nobody_is_trusted_until_the_user_says_so():
    assert trusted() == {}


def test_a_file_that_holds_no_key_is_passed_over_among_the_trusted(key_file):
    trust(key_file)
    (trusted_folder() / "junk.pem").write_text("-----BEGIN nothing", encoding="utf-8")
    assert len(trusted()) == 1


def test_a_signature_is_for_packs_and_for_its_content_only(signer):
    signature = signer.sign(b"content")
    assert signer.publisher.signed(b"content", signature)
    assert not signer.publisher.signed(b"content.", signature)
    assert not signer.publisher.signed(b"content", signer.key.sign(b"content"))
    assert not signer.publisher.signed(b"content", b"")


def test_a_locked_key_needs_its_pass_phrase(tmp_path):
    key = ed25519.Ed25519PrivateKey.generate()
    file = tmp_path / "locked.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"phrase")))
    assert not read_signer(file, "phrase").publisher.demo
    for wrong in ("", "other"):
        with pytest.raises(UserError, match="locked"):
            read_signer(file, wrong)


def test_keys_of_other_kinds_are_refused(tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    (tmp_path / "ec.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "ec.pub.pem").write_bytes(public)
    (tmp_path / "none.pem").write_text("no key", encoding="utf-8")
    for name in ("ec.pem", "ec.pub.pem", "none.pem", "absent.pem"):
        with pytest.raises(UserError):
            trust(tmp_path / name)
    with pytest.raises(UserError, match="private"):
        read_signer(tmp_path / "ec.pub.pem")

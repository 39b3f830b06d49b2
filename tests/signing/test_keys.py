# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys and pass phrases: the demo key says what it is, real secrets go to the key store or nowhere."""

import copy
import logging
import pickle

import keyring
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError, PasswordDeleteError

from swclient.base.errors import UserError
from swclient.base.messages import Message
from swclient.signing.cms import sign_detached, verify_detached
from swclient.signing.demo import KEY_FILE, PHRASE_FILE, demo_identity
from swclient.signing.identity import DEMO, load_identity
from swclient.signing.secrets import Secret, Secrets

CANARY = "canary-сезам-芝麻"
PROMPT = Message("Pass phrase of your key?")


class InMemory(KeyringBackend):
    """A key store that works, standing where keyring's own stand."""

    priority = 5

    def __init__(self):
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        if (service, username) not in self.kept:
            raise PasswordDeleteError("no such password")
        del self.kept[service, username]


class Forgetful(InMemory):
    def set_password(self, service, username, password):
        pass


class Locked(InMemory):
    def get_password(self, service, username, password=None):
        raise KeyringLocked("locked")

    set_password = delete_password = get_password


class Absent(Locked):
    def get_password(self, service, username, password=None):
        raise NoKeyringError("none")

    set_password = delete_password = get_password


class Unplugged(Locked):
    def get_password(self, service, username, password=None):
        raise ConnectionResetError

    set_password = delete_password = get_password


for one in (InMemory, Forgetful, Locked, Absent, Unplugged):
    one.__module__ = "keyring.backends.tests"


class PlainText(InMemory):
    """A back end from elsewhere, such as those that write plain files."""


PlainText.__module__ = "keyrings.alt.file"


@pytest.fixture
def key_store():
    """Let keyring use a back end for the time of a test."""
    before = keyring.get_keyring()

    def use(backend):
        keyring.set_keyring(backend)
        return backend

    yield use
    keyring.set_keyring(before)


def asking(asked):
    def ask(message):
        asked.append(message.text())
        return Secret(CANARY)

    return ask


class TestSecret:
    def test_it_shows_itself_as_dots_wherever_it_is_put(self, caplog):
        secret = Secret(CANARY)
        logging.getLogger("swclient").warning("%s %r", secret, secret)
        shown = [repr(secret), str(secret), f"{secret} {secret!r:>40}", "%s" % secret, caplog.text]  # noqa: UP031 - old ways leak too
        shown.append(repr({"key": [secret]}))
        assert not any(CANARY in text for text in shown)
        assert secret.reveal() == CANARY

    def test_it_is_not_written_down(self):
        for way in (pickle.dumps, copy.deepcopy):
            with pytest.raises(TypeError):
                way(Secret(CANARY))

    def test_it_is_compared_by_what_it_is(self):
        assert Secret(CANARY) == Secret(CANARY)
        assert Secret(CANARY) != Secret("other")
        assert Secret(CANARY) != CANARY


class TestSecrets:
    def test_what_the_key_store_keeps_is_not_asked_for(self, key_store):
        key_store(InMemory())
        asked = []
        secrets = Secrets(asking(asked))
        assert secrets.keep("key", Secret(CANARY))
        assert secrets.get("key", PROMPT) == Secret(CANARY)
        assert asked == []
        secrets.forget("key")
        secrets.forget("key")
        assert secrets.get("key") is None

    @pytest.mark.parametrize("backend", [Absent, Locked, Unplugged, Forgetful, PlainText])
    def test_without_a_key_store_it_asks_each_time_and_writes_nothing(self, key_store, backend, tmp_path):
        used = key_store(backend())
        asked = []
        secrets = Secrets(asking(asked))
        assert not secrets.keep("key", Secret(CANARY))
        assert secrets.get("key", PROMPT) == Secret(CANARY)
        assert secrets.get("key", PROMPT) == Secret(CANARY)
        assert asked == [PROMPT.text()] * 2
        secrets.forget("key")
        assert used.kept == {}

    def test_nobody_is_asked_without_a_question(self, key_store):
        key_store(Absent())
        asked = []
        assert Secrets(asking(asked)).get("key") is None
        assert Secrets().get("key", PROMPT) is None
        assert asked == []


class TestDemoKey:
    def test_it_says_in_its_certificate_what_it_is(self, tmp_path):
        made = demo_identity(tmp_path, Secrets())
        subject = made.certificate.subject.rfc4514_string()
        assert made.name == DEMO == "DEMO KEY - NOT A LEGAL SIGNATURE"
        assert "TRAINING" in subject
        assert "BIN240140000011" in subject
        assert made.is_demo

    def test_it_is_the_same_the_next_time(self, tmp_path):
        first, second = demo_identity(tmp_path, Secrets()), demo_identity(tmp_path, Secrets())
        assert first.serial == second.serial
        assert verify_detached(b"x", sign_detached(b"x", second)).valid

    def test_its_pass_phrase_goes_to_the_key_store_and_then_to_no_file(self, tmp_path, key_store):
        kept = key_store(InMemory()).kept
        first = demo_identity(tmp_path, Secrets())
        assert [file.name for file in tmp_path.iterdir()] == [KEY_FILE]
        (phrase,) = kept.values()
        assert phrase.encode() not in (tmp_path / KEY_FILE).read_bytes()
        assert demo_identity(tmp_path, Secrets()).serial == first.serial

    def test_without_a_key_store_it_lies_beside_the_key_marked_demo(self, tmp_path):
        demo_identity(tmp_path, Secrets())
        assert {file.name for file in tmp_path.iterdir()} == {KEY_FILE, PHRASE_FILE}
        assert (tmp_path / PHRASE_FILE).read_text(encoding="utf-8").startswith("DEMO ONLY")
        for file in tmp_path.iterdir():
            assert file.stat().st_mode & 0o077 == 0

    def test_nobody_is_asked_for_a_pass_phrase_without_worth(self, tmp_path):
        asked = []
        demo_identity(tmp_path, Secrets(asking(asked)))
        demo_identity(tmp_path, Secrets(asking(asked)))
        assert asked == []

    @pytest.mark.parametrize("name", [KEY_FILE, PHRASE_FILE])
    def test_one_that_does_not_open_any_more_is_made_anew(self, tmp_path, name):
        first = demo_identity(tmp_path, Secrets())
        (tmp_path / name).write_bytes(b"damaged")
        second = demo_identity(tmp_path, Secrets())
        assert second.serial != first.serial
        assert demo_identity(tmp_path, Secrets()).serial == second.serial

    def test_a_folder_that_cannot_be_written_is_told(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(UserError, match="demo key"):
            demo_identity(tmp_path / "file", Secrets())


class TestKeyFiles:
    @pytest.fixture
    def file(self, tmp_path):
        made = demo_identity(tmp_path / "made", Secrets())
        lock = BestAvailableEncryption(CANARY.encode())
        content = pkcs12.serialize_key_and_certificates(b"x", made.key, made.certificate, None, lock)
        (tmp_path / "key.p12").write_bytes(content)
        return tmp_path / "key.p12"

    def test_it_opens_with_a_pass_phrase_in_any_letters(self, file):
        assert load_identity(file, Secret(CANARY)).name == DEMO

    def test_a_wrong_pass_phrase_is_told_and_not_repeated(self, file):
        with pytest.raises(UserError, match="does not open") as told:
            load_identity(file, Secret("wrong-canary"))
        assert "wrong-canary" not in str(told.value)

    def test_a_file_that_is_absent_or_something_else_is_told(self, file):
        with pytest.raises(UserError, match="cannot be read"):
            load_identity(file.with_name("absent"), Secret(CANARY))
        file.write_bytes(b"PK\x03\x04")
        with pytest.raises(UserError, match="does not open"):
            load_identity(file, Secret(CANARY))

    def test_a_file_without_a_certificate_is_told(self, file):
        lock, key = (
            BestAvailableEncryption(CANARY.encode()),
            load_identity(file, Secret(CANARY)).key,
        )
        file.write_bytes(pkcs12.serialize_key_and_certificates(b"x", key, None, None, lock))
        with pytest.raises(UserError, match="no private key with a certificate"):
            load_identity(file, Secret(CANARY))

    def test_a_kind_of_key_we_cannot_sign_with_is_told(self, file):
        lock = BestAvailableEncryption(CANARY.encode())
        certificate = load_identity(file, Secret(CANARY)).certificate
        other = pkcs12.serialize_key_and_certificates(
            b"x", ed25519.Ed25519PrivateKey.generate(), None, [certificate], lock
        )
        file.write_bytes(other)
        with pytest.raises(UserError):
            load_identity(file, Secret(CANARY))

    def test_the_key_does_not_show_in_what_is_printed(self, file):
        assert "key" not in repr(load_identity(file, Secret(CANARY))).lower().replace("demo key", "")

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The register of keys, the warnings before a certificate ends, and keys that other packages open."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from swclient.base.errors import OutsideError, UserError
from swclient.signing.expiry import expiry
from swclient.signing.opening import known_kinds, open_signer
from swclient.signing.register import FILE, KeyEntry, Register, read_register, write_register
from swclient.signing.secrets import Secret
from tests.signing.made import PHRASE, identity, packed

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def entry(name="firm", purpose="declare"):
    return KeyEntry(name, "pkcs12", purpose, {"file": "/keys/firm.p12"}, "1f", "Made up", NOW)


class TestRegister:
    def test_there_is_none_at_first(self, tmp_path):
        assert read_register(tmp_path / "keys") == Register()

    def test_it_is_read_as_it_was_written_and_is_nobody_elses(self, tmp_path):
        register = Register().with_key(entry()).with_key(entry("bank", "pay")).using("bank", "pay")
        write_register(tmp_path / "keys", register)
        assert read_register(tmp_path / "keys") == register
        assert [file.name for file in (tmp_path / "keys").iterdir()] == [FILE]
        assert (tmp_path / "keys" / FILE).stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize("name", ["firm", "demo"])
    def test_a_name_is_given_once_and_demo_never(self, name):
        with pytest.raises(UserError, match=f"“{name}” already"):
            Register().with_key(entry()).with_key(entry(name))

    def test_a_key_is_used_for_what_it_was_added_for(self):
        register = Register().with_key(entry())
        assert register.used_for("declare") is None
        assert register.using("firm", "declare").used_for("declare") == entry()
        with pytest.raises(UserError, match="added for “declare”"):
            register.using("firm", "pay")
        with pytest.raises(UserError, match="no key “other”"):
            register.using("other", "pay")

    def test_the_demo_key_comes_back_with_demo_and_with_removing(self):
        register = Register().with_key(entry()).using("firm", "declare")
        assert register.using("demo", "declare").used_for("declare") is None
        assert register.without("firm") == Register()

    @pytest.mark.parametrize(
        "content",
        [
            b"{",
            b"\xff",
            b"[]",
            b"null",
            b'{"layout": 2, "keys": [], "in_use": {}}',
            b'{"layout": 1, "keys": [{}], "in_use": {}}',
            b'{"layout": 1, "keys": [], "in_use": {"declare": "gone"}}',
            b'{"layout": 1, "keys": {}, "in_use": []}',
        ],
    )
    def test_a_damaged_one_is_told_with_its_place_and_not_written_over(self, tmp_path, content):
        (tmp_path / FILE).write_bytes(content)
        with pytest.raises(UserError, match=FILE):
            read_register(tmp_path)
        assert (tmp_path / FILE).read_bytes() == content

    def test_a_day_without_a_zone_is_no_day(self, tmp_path):
        write_register(tmp_path, Register().with_key(entry()))
        found = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
        found["keys"][0]["not_after"] = "2026-11-20T12:00:00"
        (tmp_path / FILE).write_text(json.dumps(found))
        with pytest.raises(UserError, match=FILE):
            read_register(tmp_path)

    def test_a_folder_that_cannot_be_written_is_told(self, tmp_path):
        (tmp_path / "keys").touch()
        with pytest.raises(UserError, match="cannot be written"):
            write_register(tmp_path / "keys", Register())


@pytest.mark.parametrize(
    ("left", "step"),
    [
        (timedelta(days=30, seconds=1), None),
        (timedelta(days=30), 30),
        (timedelta(days=14, seconds=1), 30),
        (timedelta(days=14), 14),
        (timedelta(days=7, seconds=1), 14),
        (timedelta(days=7), 7),
        (timedelta(0), 7),
        (timedelta(seconds=-1), 0),
    ],
)
def test_the_end_of_a_certificate_is_told_at_30_14_and_7_days(left, step):
    told = expiry("firm", NOW + left, NOW)
    assert (told and told.step) == step
    if told is not None:
        words = told.message.text()
        assert "firm" in words
        assert str((NOW + left).date()) in words
        assert told.days == max(0, left.days)


class NationalSigner:
    """What a package for national crypto would bring; made of a file here, pulled out while a file `.out` is beside."""

    def __init__(self, place, secret):
        self.out = Path(place["card"] + ".out")
        from swclient.base.messages import Message

        self.opened = open_signer("pkcs12", {"file": place["card"]}, lambda _prompt: secret(Message("Card code?")))
        self.certificate, self.serial, self.name = self.opened.certificate, self.opened.serial, self.opened.name
        self.not_after, self.owners, self.is_demo = self.opened.not_after, self.opened.owners, False

    def sign(self, content):
        if self.out.exists():
            raise OutsideError("The card is not there.")
        return self.opened.sign(content)


@pytest.fixture
def plug_in(tmp_path, monkeypatch):
    """A package of that kind, installed."""
    about = tmp_path / "site" / "national_signer-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: national-signer\nVersion: 1.0\n")
    points = "national = tests.signing.test_register:NationalSigner\nbroken = tests.signing.absent:Signer\n"
    (about / "entry_points.txt").write_text(f"[swclient.signers]\n{points}pkcs12 = tests.signing.absent:Thief\n")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))


class TestOpening:
    def test_a_key_file_opens_with_the_pass_phrase_asked_for(self, tmp_path):
        made = identity()
        file = packed(tmp_path / "key.p12", made)
        asked = []
        signer = open_signer(
            "pkcs12", {"file": str(file)}, lambda prompt: asked.append(prompt.text()) or Secret(PHRASE)
        )
        assert (signer.serial, signer.owners, signer.is_demo) == (made.serial, {"240140000011"}, False)
        assert asked == [f"Pass phrase of the key file {file}:"]

    @pytest.mark.usefixtures("plug_in")
    def test_another_package_may_open_keys_of_its_own_kind(self, tmp_path):
        made = identity()
        place = {"card": str(packed(tmp_path / "key.p12", made))}
        signer = open_signer("national", place, lambda _prompt: Secret(PHRASE))
        assert signer.serial == made.serial
        assert signer.sign(b"x")

    @pytest.mark.usefixtures("plug_in")
    def test_another_package_cannot_put_itself_in_the_place_of_ours(self, tmp_path):
        assert known_kinds() == ("pkcs12", "pkcs11", "broken", "national")
        file = packed(tmp_path / "key.p12", identity())
        assert open_signer("pkcs12", {"file": str(file)}, lambda _prompt: Secret(PHRASE))

    @pytest.mark.usefixtures("plug_in")
    @pytest.mark.parametrize(
        ("kind", "place", "told"),
        [
            ("nowhere", {}, "Known: pkcs12, pkcs11, broken, national"),
            ("broken", {}, "“broken” cannot be loaded"),
            ("pkcs12", {}, "“file” must be said"),
            ("pkcs11", {"module": "x.so"}, "“token” must be said"),
        ],
    )
    def test_what_cannot_be_opened_is_told_before_anything_is_asked(self, kind, place, told):
        with pytest.raises(UserError, match=told):
            open_signer(kind, place, lambda prompt: pytest.fail(prompt.text()))

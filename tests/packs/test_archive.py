# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A pack is read only if it is, bit for bit, what a trusted publisher signed."""

import io
import json
import random
import stat
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.base.errors import UserError
from swclient.packs.archive import Wanted, make_pack, read_file, read_pack
from swclient.packs.content import may_hold
from swclient.packs.manifest import Manifest, files_in, read_manifest
from swclient.packs.publisher import make_key, read_signer
from swclient.packs.refusal import NotAPackError, RefusedError
from tests.packs.conftest import tariff


def entries(content):
    """The entries of a pack, name and bytes, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(info, archive.read(info)) for info in archive.infolist()]


def rebuilt(found, change=lambda info: None, compress=None):
    """A ZIP of entries, each after a change."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for info, data in found:
            change(info)
            archive.writestr(info, data, compress_type=compress)
    return stream.getvalue()


def added(content, name, data=b"x", mode=stat.S_IFREG | 0o644):
    """A pack with one more entry."""
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return rebuilt([*entries(content), (info, data)])


def resigned(content, signer, change):
    """A pack whose manifest was changed and signed again by its own publisher."""
    found = {info.filename: data for info, data in entries(content)}
    told = json.loads(found["manifest.json"])
    change(told)
    manifest = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    found |= {"manifest.json": manifest, "manifest.sig": signer.sign(manifest)}
    return rebuilt([(info, found[info.filename]) for info, _data in entries(content)])


def test_what_was_packed_comes_back(pack):
    found = pack()
    assert found.contents == tariff()
    assert found.manifest.version == "2026.12"
    assert found.manifest.valid_from == date(2026, 11, 1)
    assert found.publisher.name == "Training publisher"
    assert found.demo
    assert not found.manifest.whole


def test_the_same_content_makes_the_same_file(packed):
    assert packed() == packed()


def test_every_flipped_bit_is_refused(packed, known):
    content = packed()
    chance = random.Random(7)
    places = [(n, chance.randrange(8)) for n in range(len(content))]
    for place, bit in places:
        altered = bytearray(content)
        altered[place] ^= 1 << bit
        with pytest.raises(UserError):
            read_pack(bytes(altered), known)
    assert read_pack(content, known)


def test_every_cut_and_every_addition_is_refused(packed, known):
    content = packed()
    for length in range(0, len(content), 7):
        with pytest.raises(UserError):
            read_pack(content[:length], known)
    for longer in (content + b"x", b"x" + content, content + content):
        with pytest.raises(UserError):
            read_pack(longer, known)


@given(st.binary(max_size=2000))
def test_no_bytes_whatever_upset_it(content):
    with pytest.raises(UserError):
        read_pack(content, {})


def test_an_unknown_publisher_is_refused_with_the_key_and_what_to_do(packed):
    with pytest.raises(RefusedError, match="pack trust"):
        read_pack(packed(), {})


def test_a_signature_of_another_key_is_refused(packed, known, signer, tmp_path):
    make_key(tmp_path / "other.pem", "Somebody else")
    other = read_signer(tmp_path / "other.pem")
    theirs = make_pack(Wanted("KZ", "2026.12", date(2026, 11, 1)), tariff(), other)
    own_name = resigned(theirs, other, lambda told: told.update(key=signer.publisher.id))
    with pytest.raises(RefusedError, match="signature"):
        read_pack(own_name, known)


@pytest.mark.parametrize(
    "name",
    [
        "../evil.toml",
        "data/../../evil.toml",
        "/etc/evil.toml",
        "data/lists/..\\evil.csv",
        "C:/evil.toml",
        "data/lists/extra.csv",
        "readme.txt",
    ],
)
def test_a_file_that_the_manifest_does_not_name_is_refused(packed, known, name):
    with pytest.raises(RefusedError):
        read_pack(added(packed(), name), known)


def test_a_link_in_place_of_a_file_is_refused(packed, known):
    linked = rebuilt(entries(packed()), lambda info: setattr(info, "external_attr", (stat.S_IFLNK | 0o777) << 16))
    with pytest.raises(RefusedError, match="no plain file"):
        read_pack(linked, known)


def test_two_files_of_one_name_are_refused(packed, known):
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = added(packed(), "data/tariff/national.csv", b"other")
    with pytest.raises(RefusedError, match="two of one name"):
        read_pack(twice, known)
    with pytest.raises(RefusedError, match="two of one name"):
        read_pack(added(packed(), "data/tariff/NATIONAL.csv", b"other"), known)


def test_a_compressed_entry_is_refused_before_it_is_unpacked(packed, known):
    bomb = [(info, b"0" * 50_000_000 if "tariff" in info.filename else data) for info, data in entries(packed())]
    content = rebuilt(bomb, compress=zipfile.ZIP_DEFLATED)
    assert len(content) < 100_000
    with pytest.raises(RefusedError, match="no plain file"):
        read_pack(content, known)


def test_an_entry_larger_than_its_manifest_says_is_refused(packed, known):
    larger = [(info, data + b"x" if "tariff" in info.filename else data) for info, data in entries(packed())]
    with pytest.raises(RefusedError, match="altered"):
        read_pack(rebuilt(larger), known)


def test_a_file_too_large_is_not_read(packed, known, tmp_path, monkeypatch):
    monkeypatch.setattr("swclient.packs.archive._MAX_PACK", 100)
    file = tmp_path / "large.swpack"
    file.write_bytes(packed())
    with pytest.raises(NotAPackError, match="larger"):
        read_file(file, known)


def test_a_file_that_is_not_there_is_named(known, tmp_path):
    with pytest.raises(NotAPackError, match="nowhere"):
        read_file(tmp_path / "nowhere.swpack", known)


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(country="../.."),
        lambda told: told.update(version="2026.12/../.."),
        lambda told: told.update(version="new"),
        lambda told: told.update(valid_from="soon"),
        lambda told: told.update(valid_from=20261201),
        lambda told: told.update(extra=1),
        lambda told: told.update(files=[]),
        lambda told: told.update(files={}),
        lambda told: told.update(key=7),
        lambda told: told.update(demo="no"),
        lambda told: told["files"][0].update(path="../../evil.csv"),
        lambda told: told["files"][0].update(path="lists/CON.csv"),
        lambda told: told["files"][0].update(size=-1),
        lambda told: told["files"][0].update(size=10**12),
        lambda told: told["files"][0].update(size=True),
        lambda told: told["files"][0].update(sha256="x"),
        lambda told: told["files"].append(told["files"][0]),
        lambda told: told.pop("publisher"),
    ],
)
def test_a_manifest_that_says_what_it_must_not_is_refused_though_it_is_signed(packed, known, signer, change):
    with pytest.raises(RefusedError):
        read_pack(resigned(packed(), signer, change), known)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"format":"other"}', b"\xff\xfe", b"[" * 100_000],
)
def test_what_is_no_manifest_is_no_pack(content):
    with pytest.raises(NotAPackError):
        read_manifest(content)


def test_a_manifest_has_one_form_only():
    told = Manifest("KZ", "1", date(2026, 1, 1), "П", "0" * 32, True, files_in(tariff())).to_bytes()
    assert read_manifest(told).to_bytes() == told
    for other in (told + b" ", told.replace(b":", b": ", 1), told.replace("П".encode(), b"\\u041f")):
        with pytest.raises(RefusedError, match="one form"):
            read_manifest(other)


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("profile.toml", True),
        ("pages.toml", True),
        ("lists/countries.csv", True),
        ("rules/kz.toml", True),
        ("message/A-5.23.0.xml", True),
        ("other.toml", False),
        ("lists/countries.toml", False),
        ("lists/deep/er.csv", False),
        ("lists/.hidden.csv", False),
        ("lists/nul.csv", False),
        ("lists/COM1.csv", False),
        ("lists/a b.csv", False),
        ("lists/é.csv", False),
        ("lists//a.csv", False),
        ("lists/a.csv/", False),
        ("lists/a.csv\n", False),
        ("../profile.toml", False),
        ("", False),
    ],
)
def test_only_plain_names_of_a_country_folder_may_be_held(path, may):
    assert may_hold(path) is may


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("message/m.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a/>'),
        ("message/m.xml", b"<! doctype a><a/>"),
        ("lists/a.csv", b"a\0b"),
    ],
)
def test_document_types_and_nul_characters_are_refused(packed, known, path, data):
    with pytest.raises(RefusedError, match="document type"):
        read_pack(packed({path: data}), known)


def test_names_in_either_case_stand_in_the_order_the_reader_expects():
    contents = {"B.toml": b"1", "a.toml": b"2", "C.toml": b"3"}
    assert [file.path for file in files_in(contents)] == ["a.toml", "B.toml", "C.toml"]

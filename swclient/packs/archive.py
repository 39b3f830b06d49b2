# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A pack as a file: a ZIP with the manifest, its signature and the data, in that order.

It has one form only: nothing compressed, no comment, no dates; a file that differs from it in a single bit is refused.
Reading trusts nothing: the signature is looked at before anything that it covers is read, nothing is read beyond the
size that the manifest names, and nothing is written anywhere.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.catalogue.versions import MANIFEST
from swclient.packs.content import MAX_FILES, MAX_TOTAL, is_hostile
from swclient.packs.manifest import Manifest, files_in, read_manifest
from swclient.packs.publisher import Publisher, Signer
from swclient.packs.refusal import NotAPackError, RefusedError

SIGNATURE = "manifest.sig"
DATA = "data/"
SUFFIX = ".swpack"
_MAX_PACK = MAX_TOTAL
_MAX_MANIFEST = 1024 * 1024
_SIGNATURE_SIZE = 64
_THEN = (1980, 1, 1, 0, 0, 0)  # the same content makes the same file, whenever it is made
_PLAIN_FILE = (stat.S_IFREG | 0o644) << 16
_ENCRYPTED = 0x1

_NO_PACK = N_("This file is not a reference pack.")
_UNREADABLE = N_("{file} cannot be read: {reason}")
_TOO_LARGE = N_("{file} is larger than a pack may be and is not read.")
_TOO_MANY = N_("The pack holds too many files, or two of one name; it is not read.")
_NOT_PLAIN = N_("The pack holds “{file}”, which is no plain file.")
_LOST = N_("The pack lacks {file}.")
_STRANGE = N_("The pack holds “{file}”, which its manifest does not name.")
_ALTERED = N_("The pack was altered: {file} is not as its publisher signed it.")
_OTHER_FORM = N_("The pack was altered: its file holds more than what its publisher signed.")
_HOSTILE = N_("The pack holds {file} with a document type or characters that no data has.")
_UNKNOWN_KEY = N_(
    "The pack is signed with the key {key}, which is not among the publishers you trust. If you know whose it is, add"
    " the publisher's key with “swclient pack trust”."
)
_BAD_SIGNATURE = N_("The signature of the pack does not fit: it was altered, or not made by {publisher}.")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was read and found good.

    Attributes:
        manifest: what it says of itself.
        publisher: the trusted key that signed it.
        signature: over the manifest's bytes.
        contents: its files by path.
    """

    manifest: Manifest
    publisher: Publisher
    signature: bytes
    contents: Mapping[str, bytes]

    @property
    def demo(self) -> bool:
        """Whether it is for training only."""
        return self.manifest.demo or self.publisher.demo


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new pack is to be: of which country, which version, from which day on."""

    country: str
    version: str
    valid_from: date


def make_pack(wanted: Wanted, contents: Mapping[str, bytes], signer: Signer) -> bytes:
    """Return a signed pack as the bytes of its file; the same input makes the same bytes.

    Raises:
        RefusedError: country, version or a path is not written as it must be, or there is too much of it.
    """
    who = signer.publisher
    manifest = Manifest(
        wanted.country, wanted.version, wanted.valid_from, who.name, who.id, who.demo, files_in(contents)
    )  # fmt: skip
    told = manifest.to_bytes()
    read_manifest(told)
    return _packed(manifest, signer.sign(told), contents)


def _packed(manifest: Manifest, signature: bytes, contents: Mapping[str, bytes]) -> bytes:
    """Return the one form of a pack's file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        _put(archive, MANIFEST, manifest.to_bytes())
        _put(archive, SIGNATURE, signature)
        for file in manifest.files:
            _put(archive, DATA + file.path, contents[file.path])
    return stream.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _THEN)
    info.external_attr = _PLAIN_FILE
    info.create_system = 3
    archive.writestr(info, content)


def read_file(file: Path, trusted: Mapping[str, Publisher]) -> Pack:
    """Read and verify the pack in a file.

    Raises:
        NotAPackError: it cannot be read, or is none.
        RefusedError: it must not be used; says why.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(_MAX_PACK + 1)
    except OSError as error:
        raise NotAPackError(_UNREADABLE, file=str(file), reason=error.strerror or str(error)) from error
    if len(content) > _MAX_PACK:
        raise NotAPackError(_TOO_LARGE, file=file.name)
    return read_pack(content, trusted)


def read_pack(content: bytes, trusted: Mapping[str, Publisher]) -> Pack:
    """Verify a pack given as bytes and return it with its files.

    Args:
        content: of the file.
        trusted: publishers by the identifier of their key.

    Raises:
        NotAPackError: it is none.
        RefusedError: it must not be used; says why.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            pack = _read(archive, trusted)
    except UserError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise NotAPackError(_NO_PACK) from error
    if _packed(pack.manifest, pack.signature, pack.contents) != content:
        raise RefusedError(_OTHER_FORM)
    return pack


def _read(archive: zipfile.ZipFile, trusted: Mapping[str, Publisher]) -> Pack:
    if MANIFEST not in archive.namelist():  # another ZIP, as a workbook is one
        raise NotAPackError(_NO_PACK)
    infos = _plain(archive.infolist())
    told = _take(archive, infos, MANIFEST, _MAX_MANIFEST)
    manifest = read_manifest(told)
    publisher = trusted.get(manifest.key)
    if publisher is None:
        raise RefusedError(_UNKNOWN_KEY, key=manifest.key)
    signature = _take(archive, infos, SIGNATURE, _SIGNATURE_SIZE)
    if not publisher.signed(told, signature):
        raise RefusedError(_BAD_SIGNATURE, publisher=publisher.name or publisher.id)
    strange = set(infos) - {MANIFEST, SIGNATURE} - {DATA + file.path for file in manifest.files}
    if strange:
        raise RefusedError(_STRANGE, file=min(strange))
    contents = {}
    for file in manifest.files:
        data = _take(archive, infos, DATA + file.path, file.size)
        if len(data) != file.size or sha256(data).hexdigest() != file.sha256:
            raise RefusedError(_ALTERED, file=file.path)
        if is_hostile(file.path, data):
            raise RefusedError(_HOSTILE, file=file.path)
        contents[file.path] = data
    return Pack(manifest, publisher, signature, contents)


def _plain(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Return the entries by name.

    Raises:
        RefusedError: there are too many, two of one name, or one that is no plain file.
    """
    if len(infos) > MAX_FILES + 2 or len({info.filename.casefold() for info in infos}) < len(infos):
        raise RefusedError(_TOO_MANY)
    for info in infos:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if info.is_dir() or kind != stat.S_IFREG or info.flag_bits & _ENCRYPTED or info.compress_type:
            raise RefusedError(_NOT_PLAIN, file=info.filename)
    return {info.filename: info for info in infos}


def _take(archive: zipfile.ZipFile, infos: Mapping[str, zipfile.ZipInfo], name: str, limit: int) -> bytes:
    """Unpack an entry, never more than a byte beyond its limit, whatever it says of itself.

    Raises:
        RefusedError: it is not there, is larger, or cannot be unpacked.
    """
    if name not in infos:
        raise RefusedError(_LOST, file=name.removeprefix(DATA))
    try:
        with archive.open(infos[name]) as stream:
            data = stream.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise RefusedError(_ALTERED, file=name.removeprefix(DATA)) from error
    if len(data) > limit:
        raise RefusedError(_ALTERED, file=name.removeprefix(DATA))
    return data

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where installed packs stand, version beside version, and how one gets there: whole or not at all.

A pack is written into a folder whose name no one reads, flushed to the disk, looked at, and only then given its name.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.catalogue.versions import MANIFEST, Version, installed, must_be_intact, order, read_version, shelf
from swclient.packs.archive import SIGNATURE
from swclient.packs.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from swclient.packs.archive import Pack

_PART = ".part"
_OLD = ".old"
_STALE = 24 * 3600  # seconds after which what a killed installation left is cleared away
_OLDER = N_("The pack {country} {version} is not newer than {newest}, which is installed; nothing was changed.")
_EARLIER = N_(
    "The pack {country} {version} begins on {day}, before version {newest}, which is installed and begins on {begins};"
    " a later version cannot begin earlier. Nothing was changed."
)
_OTHER = N_(
    "Another pack {country} {version} is installed already. A publisher must give every pack a version of its own;"
    " nothing was changed."
)
_BEHIND = N_("The pack {country} {version} is not newer than {newest}, which came with the program.")
_UNWRITABLE = N_("The pack cannot be installed in {folder}: {reason}. Nothing was changed.")


def must_be_newer(pack: Pack, shipped: str, home: Path | None = None) -> None:
    """Refuse a pack that is older than what is there; the very same one may be installed again.

    Args:
        pack: what is to be installed.
        shipped: version of the folder that came with the program.
        home: folder of installed packs.

    Raises:
        RefusedError: it is older, begins earlier, or has the version of another one.
    """
    told = pack.manifest
    there = installed(told.country, home)
    names = {"country": told.country, "version": told.version}
    same = next((each for each in there if each.version == told.version), None)
    if same is not None:
        if (same.folder / MANIFEST).read_bytes() != told.to_bytes():
            raise RefusedError(_OTHER, **names)
        return
    newest = there[-1] if there else None
    if newest and order(told.version) <= order(newest.version):
        raise RefusedError(_OLDER, newest=newest.version, **names)
    if newest and told.valid_from < newest.valid_from:
        begins = newest.valid_from.isoformat()
        raise RefusedError(_EARLIER, newest=newest.version, day=told.valid_from.isoformat(), begins=begins, **names)
    if told.whole and shipped and order(told.version) <= order(shipped):
        raise RefusedError(_BEHIND, newest=shipped, **names)


@dataclass(frozen=True, slots=True)
class Staged:
    """A pack that lies on the shelf without a name yet."""

    version: Version
    final: Path

    def install(self) -> Version:
        """Give it its name; from now on it counts.

        Raises:
            UserError: the folder cannot be written.
        """
        there = read_version(self.final)
        if there is not None and _intact(there):
            return there
        aside = self.final.with_name(f".{self.final.name}{_OLD}")
        try:
            if self.final.exists():  # the same pack, of which a file was damaged
                shutil.rmtree(aside, ignore_errors=True)
                self.final.rename(aside)
            self.version.folder.rename(self.final)
            _flush_folder(self.final.parent)
            shutil.rmtree(aside, ignore_errors=True)
        except OSError as error:
            raise _unwritable(self.final, error) from error
        found = read_version(self.final)
        if found is None:
            raise UserError(_UNWRITABLE, folder=str(self.final), reason=MANIFEST)
        return found


def _intact(version: Version) -> bool:
    try:
        must_be_intact(version)
    except UserError:
        return False
    return True


@contextlib.contextmanager
def staged(pack: Pack, home: Path | None = None) -> Iterator[Staged]:
    """Lay a pack on the shelf without a name; unless it is installed, it is gone at the end.

    Raises:
        UserError: the folder cannot be written.
    """
    room = Path(pack.manifest.country)
    try:
        room = (home or shelf()) / room
        room.mkdir(parents=True, exist_ok=True)
        _clear(room)
        folder = Path(tempfile.mkdtemp(_PART, ".", room))
    except OSError as error:
        raise _unwritable(room, error) from error
    try:
        yield Staged(_lay(pack, folder), room / pack.manifest.version)
    except OSError as error:
        raise _unwritable(room, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lay(pack: Pack, folder: Path) -> Version:
    folder.chmod(0o755)
    for path, content in pack.contents.items():
        _write(folder / path, content)
    _write(folder / SIGNATURE, pack.signature)
    _write(folder / MANIFEST, pack.manifest.to_bytes())
    for inner in {folder, *((folder / path).parent for path in pack.contents)}:
        _flush_folder(inner)
    found = read_version(folder)
    if found is None:
        raise UserError(_UNWRITABLE, folder=str(folder), reason=MANIFEST)
    return found


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(exist_ok=True)
    with file.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    """Have the names in a folder on the disk too, where the system can be asked for it."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _clear(room: Path) -> None:
    """Take away what killed installations left long ago; a version that was moved aside comes back if it is alone."""
    for each in room.iterdir():
        if each.name.endswith(_OLD):
            home = room / each.name.removeprefix(".").removesuffix(_OLD)
            if home.exists():
                shutil.rmtree(each, ignore_errors=True)
            else:
                each.rename(home)
        elif each.name.endswith(_PART) and time.time() - each.stat().st_mtime > _STALE:
            shutil.rmtree(each, ignore_errors=True)


def _unwritable(folder: Path, error: OSError) -> UserError:
    return UserError(_UNWRITABLE, folder=str(folder), reason=error.strerror or str(error))

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reference packs from file to force: verified, tried out, held against drafts and templates, only then installed."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from swclient.base import paths
from swclient.base.errors import SwError
from swclient.base.i18n import N_
from swclient.catalogue.loader import load_profile, load_stacked, profile_codes, read_toml, stacks_of
from swclient.catalogue.reference import Reference
from swclient.catalogue.versions import WHOLE, Version, installed, must_be_intact
from swclient.engine.session import plan_of
from swclient.packs.archive import read_file
from swclient.packs.publisher import trusted
from swclient.packs.refusal import RefusedError
from swclient.packs.shelf import must_be_newer, staged
from swclient.tariff.formulary import formulary
from swclient.workflow.packs.report import Breakage, breakage, template_breakage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from swclient.catalogue.profile import Profile
    from swclient.packs.archive import Pack
    from swclient.packs.shelf import Staged
    from swclient.store import Store

_NOT_OURS = N_("The pack is for “{country}”, which this program does not know. Known are {known}.")
_UPSET = (TypeError, ValueError, KeyError, AttributeError, IndexError)  # a value of another shape than is read there
_UNFIT = N_("The pack cannot be used: {reason}. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a pack would do to drafts or to templates.

    Attributes:
        judged: how many of them it would judge.
        broken: those that it breaks, and why.
    """

    judged: int = 0
    broken: tuple[Breakage, ...] = ()


@dataclass(frozen=True, slots=True)
class Installation:
    """A pack ready to be installed, and what that would do.

    Attributes:
        drafts: what it would do to the drafts.
        templates: what it would do to the templates.
    """

    pack: Pack
    staged: Staged
    drafts: Verdict
    templates: Verdict

    @property
    def breaks(self) -> bool:
        """Whether a draft or a template would be judged otherwise than now."""
        return bool(self.drafts.broken or self.templates.broken)

    def install(self) -> Version:
        """Put the pack into force.

        Raises:
            UserError: its folder cannot be written; what was there stays.
        """
        return self.staged.install()


@dataclass(frozen=True, slots=True)
class Shelved:
    """An installed pack as it is listed.

    Attributes:
        manifest: what it says of itself.
        good: whether its files and its signature are as its publisher made them.
    """

    manifest: dict[str, Any]
    whole: bool
    good: bool


def read_pack(file: Path) -> Pack:
    """Read and verify a pack, signed by one of the publishers that the user trusts.

    Raises:
        NotAPackError: it cannot be read, or is none.
        RefusedError: it is altered, wrongly signed or hostile.
    """
    return read_file(file, trusted())


@contextlib.contextmanager
def installing(pack: Pack, store: Store | None, today: Callable[[], date] = date.today) -> Iterator[Installation]:
    """Prepare the installation of a pack; it is in force only after `install`.

    Args:
        pack: a verified one.
        store: where the drafts and templates are that it is held against; None when there are none yet.
        today: the date of drafts that have none, and of drafts made of templates.

    Raises:
        RefusedError: it is older than what is there, of an unknown country, or its data cannot be used.
        UserError: the folder cannot be written.
    """
    country = pack.manifest.country
    folder = paths.shipped("resources") / "profiles" / country
    if not (folder / WHOLE).is_file():
        raise RefusedError(_NOT_OURS, country=country, known=", ".join(profile_codes()))
    must_be_newer(pack, str(read_toml(folder / WHOLE).get("version", "")))
    with staged(pack) as ready:
        concerned = tuple(code for code in profile_codes() if _stands_on(code, country))
        _try_out(ready.version, concerned)
        drafts = templates = Verdict()
        if store is not None:
            drafts = _drafts_under(ready.version, concerned, store, today)
            templates = _templates_under(ready.version, concerned, store, today)
        yield Installation(pack, ready, drafts, templates)


def _stands_on(code: str, country: str) -> bool:
    """Tell whether a profile is of the country or has it among its parents."""
    return any(folder.name == country for folder in load_profile(code).folders)


def under(code: str, day: date, version: Version | None = None) -> Profile:
    """Return the profile that judges on a day; with a version, as it would be with that one installed too."""
    root = paths.shipped("resources")
    return load_stacked(code, root, stacks_of(code, root, day, staged=version))


def _try_out(version: Version, codes: tuple[str, ...]) -> None:
    """Use the data of a pack once, all of it.

    Raises:
        RefusedError: something of it cannot be read or does not fit.
    """
    try:
        for code in codes:
            profile = under(code, version.valid_from, version)
            reference = Reference(profile)
            for name in {path.stem for folder in profile.folders for path in (folder / "lists").glob("*.csv")}:
                profile.code_list(name)
            for line in reference.tariff_codes():
                reference.tariff_line(line, version.valid_from)
            reference.measures("", "", version.valid_from)
            reference.exchange("", version.valid_from)
            for rate in profile.rates:
                reference.rate_rows(rate)
            plan_of(profile, formulary())
    except (SwError, *_UPSET) as error:
        told = str(error).replace(f"{version.folder}/", "")
        raise RefusedError(_UNFIT, reason=told) from error


def _drafts_under(version: Version, codes: tuple[str, ...], store: Store, today: Callable[[], date]) -> Verdict:
    """Work every draft out as it is and as it would be."""
    from swclient.store.values import Wanted
    from swclient.workflow.states import State, editable

    states = tuple(state.value for state in State if editable(state))
    rows = (row for row in store.worklist(Wanted(states=states, limit=1_000_000)) if row.profile in codes)
    return _verdict(breakage(store.load(row.id), lambda code, day: under(code, day, version), today) for row in rows)


def _templates_under(version: Version, codes: tuple[str, ...], store: Store, today: Callable[[], date]) -> Verdict:
    """Work a draft of every template out, made today or on the pack's first day if that is later."""
    day = max(version.valid_from, today())
    rows = (row for row in store.templates.listed() if row.profile in codes)
    held = (store.templates.load(row.id) for row in rows)
    return _verdict(template_breakage(each, lambda code, when: under(code, when, version), day) for each in held)


def _verdict(found: Iterable[Breakage | None]) -> Verdict:
    judged = [each for each in found if each is not None]
    return Verdict(len(judged), tuple(each for each in judged if each.lines))


def shelved() -> tuple[Shelved, ...]:
    """Return all installed packs, by country and version, each verified anew."""
    root = paths.shipped("resources") / "profiles"
    names = sorted(folder.name for folder in root.iterdir() if folder.is_dir())
    return tuple(_shelved(version) for name in names for version in installed(name))


def _shelved(version: Version) -> Shelved:
    import json

    from swclient.catalogue.versions import MANIFEST
    from swclient.packs.archive import SIGNATURE

    told = (version.folder / MANIFEST).read_bytes()
    manifest: dict[str, Any] = json.loads(told)
    publisher = trusted().get(str(manifest.get("key")))
    try:
        must_be_intact(version)
        signature = (version.folder / SIGNATURE).read_bytes()
    except (SwError, OSError):
        return Shelved(manifest, version.whole, good=False)
    return Shelved(manifest, version.whole, good=publisher is not None and publisher.signed(told, signature))

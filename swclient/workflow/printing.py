# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms on paper and on screen: the PDF, and its pages as pictures with the places of the boxes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from swclient.catalogue.profile import Profile
from swclient.document.snapshot import Snapshot

if TYPE_CHECKING:
    from swclient.workflow.signature.keys import Keys

Tick = Callable[[int, int], object]
"""Told how many sheets of all are drawn."""


@dataclass
class Paper:
    """How the user wishes forms to be printed.

    Attributes:
        language: of captions and of the words between values.
        descriptions: of goods: `own` as declared, `both`, or `supplier` where there is one in that language.
    """

    language: str = "ru"
    descriptions: str = "own"

    def in_language(self, language: str = "") -> dict[str, str]:
        """Return the wishes as `print_declaration` takes them, in another language where one is named."""
        return {"language": language or self.language, "descriptions": self.descriptions}


def print_declaration(
    snapshot: Snapshot,
    profile: Profile,
    marks: dict[str, str] | None = None,
    *,
    form: str = "dt",
    language: str = "ru",
    descriptions: str = "own",
) -> Any:
    """Return the printed form (`pdf`, `sheets`, `missing`).

    Args:
        snapshot: what is printed.
        profile: whose forms.
        form: which form.
        marks: watermark, registration number and hash of the message, by those names.
        language: of the form's captions; values are printed as they are.
        descriptions: of goods: `own`, `both` or `supplier`, for the language they are written in.

    Raises:
        UserError: there is no such form.
    """
    from swclient.printing.form import print_form
    from swclient.printing.marks import Marks

    made = Marks(**(marks or {}))
    return print_form(snapshot, profile, form, lang=language, marks=made, descriptions=descriptions)


def printing(
    snapshot: Snapshot, profile: Profile, marks: dict[str, str], paper: Paper, language: str = ""
) -> Callable[[Tick], bytes]:
    """Return what prints the goods declaration as PDF, on any thread; the tick is told of each sheet."""
    from swclient.printing.form import prepared
    from swclient.printing.marks import Marks

    wished = {"lang": language or paper.language, "descriptions": paper.descriptions}
    run = prepared(snapshot, profile, marks=Marks(**marks), **wished)

    def work(tick: Tick) -> bytes:
        pdf: bytes = run(tick).pdf
        return pdf

    return work


def print_languages() -> tuple[str, ...]:
    """Return the languages that forms can be printed in: those that their words are given in, the first one first."""
    from swclient.base.paths import shipped
    from swclient.catalogue.loader import read_toml

    found: dict[str, None] = {}
    for file in sorted((shipped("resources") / "profiles").glob("*/print/words.toml")):
        found |= {language: None for words in read_toml(file).values() for language in words}
    return tuple(found)


def sign_printed(pdf: bytes, keys: Keys) -> bytes:
    """Return a printed form signed with the key for declaring.

    Raises:
        UserError, OutsideError: it cannot be signed; see `Keys.signer` and `sign_pdf`.
    """
    from swclient.signing.pdf import sign_pdf
    from swclient.workflow.signature.keys import DECLARE
    from swclient.workflow.signature.signing import refuse_ended_key

    at, signer = datetime.now(UTC), keys.signer(DECLARE)
    refuse_ended_key(signer, at)
    return sign_pdf(pdf, signer, at)


@dataclass
class Preview:
    """The form of one declaration for a window: pages as PNG pictures, boxes by their place in millimetres."""

    snapshot: Snapshot
    profile: Profile
    marks: dict[str, str]
    language: str = "ru"
    descriptions: str = "own"
    _pdf: bytes = b""
    _sheets: int = 0
    _pages: dict[tuple[int, float], bytes] = field(default_factory=dict)

    def _made(self) -> bytes:
        if not self._pdf:
            wished = {"language": self.language, "descriptions": self.descriptions}
            printed = print_declaration(self.snapshot, self.profile, self.marks, **wished)
            self._pdf, self._sheets = printed.pdf, printed.sheets
        return self._pdf

    @property
    def pages(self) -> int:
        """How many sheets there are."""
        self._made()
        return self._sheets

    def png(self, page: int, scale: float = 2.0) -> bytes:
        """Return a page (from 1) as a picture."""
        from swclient.printing.picture import render_png

        key = (page, scale)
        if key not in self._pages:
            self._pages[key] = render_png(self._made(), page, scale)
        return self._pages[key]

    @property
    def boxes(self) -> list[Any]:
        """Return the places of the boxes: page, table, row, field, x, y, w, h in millimetres from the top left."""
        from swclient.printing.form import boxes

        return boxes("dt", self.snapshot, self.profile)

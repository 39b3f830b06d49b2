# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads placement rows and refuses what does not fit, by file and row.

A country's `print/dt1.toml` lies over the one it inherits, row by row and key by key, so that it may change a title
without repeating the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from swclient.base.errors import DataError, UserError
from swclient.catalogue.loader import read_toml
from swclient.catalogue.profile import Profile
from swclient.printing.placement import EDGE, Box, Frame, Label, Layout, Slot

_STRIP = 3.8  # height of the cells at the foot of a box
_LINE = 3.2  # what a line at the foot of a box takes
_SUMS = 0.05  # how far the widths of cells may miss the width of their box

_VALUE = {
    "value",
    "of",
    "field",
    "align",
    "pt",
    "wrap",
    "columns",
    "widths",
    "aligns",
    "top",
    "more",
    "pad",
}
_BOX = _VALUE | {
    "at",
    "size",
    "no",
    "title",
    "cells",
    "strip",
    "also",
    "labels",
    "sides",
    "heavy",
    "heading",
}
_CELL = {"w", "value", "of", "field", "align", "pt", "pad", "heavy", "label"}
_ALSO = _VALUE | {"at", "size"}
_LABEL = {"at", "title", "pt"}
_ALIGNS = {"left", "right", "center"}

_loaded: dict[tuple[tuple[Path, ...], str, str], Layout] = {}


def load_layout(profile: Profile, name: str) -> Layout:
    """Return a sheet as a profile prints it, read once and kept.

    Raises:
        UserError: the profile has no such sheet.
        DataError: a row is wrong; says which and how.
    """
    key = (profile.folders, profile.version, name)
    if key not in _loaded:
        _loaded[key] = _load(profile, name)
    return _loaded[key]


def _load(profile: Profile, name: str) -> Layout:
    files = [folder / "print" / f"{name}.toml" for folder in reversed(profile.folders)]
    files = [path for path in files if path.is_file()]
    if not files:
        raise UserError("The profile {profile} has no form “{form}” to print.", profile=profile.code, form=name)
    merged: dict[str, Any] = {}
    for path in files:
        _merge(merged, read_toml(path))
    sheet, origins = merged.pop("sheet"), merged.pop("groups")
    groups = {
        group: tuple(_box(files[-1], key, row, profile) for key, row in merged[group].items()) for group in origins
    }
    return Layout(
        name=name,
        page=(float(sheet["page"][0]), float(sheet["page"][1])),
        items=int(sheet["items"]),
        code=(float(sheet["code"][0]), float(sheet["code"][1]), float(sheet["code"][2])),
        groups=groups,
        origins={group: tuple((float(x), float(y)) for x, y in row["at"]) for group, row in origins.items()},
    )


def _merge(under: dict[str, Any], over: Mapping[str, Any]) -> None:
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(under.get(key), dict):
            _merge(under[key], value)
        else:
            under[key] = value


def _box(path: Path, key: str, row: dict[str, Any], profile: Profile) -> Box:
    _known(path, key, row, _BOX)
    if "at" not in row or "size" not in row:
        raise DataError("A box needs “at” and “size”", file=path, row=key)
    frame = Frame(*map(float, (*row["at"], *row["size"])))
    cells, slots, labels = _cells(path, key, row, frame)
    taken = cells[0][0].h if cells else 0.0 if row.get("wrap") or "value" not in row else _LINE
    if "value" in row:
        slots = [_slot(path, key, row, frame), *slots]
    for also in row.get("also", ()):
        _known(path, key, also, _ALSO)
        x, y = also["at"]
        slots.append(_slot(path, key, {**also, "bare": True}, Frame(frame.x + x, frame.y + y, *also["size"])))
    for label in row.get("labels", ()):
        _known(path, key, label, _LABEL)
        labels.append(
            Label(
                frame.x + label["at"][0],
                frame.y + label["at"][1],
                label["title"],
                label.get("pt", 5.5),
            )
        )
    for slot in slots:
        _check_fields(path, key, slot, profile)
    return Box(
        id=key,
        frame=frame,
        number=row.get("no", ""),
        titles=row.get("title", {}),
        sides=row.get("sides", "trbl"),
        heavy=row.get("heavy", False),
        heading=float(row.get("heading", 0)),
        caption_room=frame.h - taken,
        cells=tuple(cells),
        labels=tuple(labels),
        slots=tuple(slots),
    )


def _cells(
    path: Path, key: str, row: dict[str, Any], frame: Frame
) -> tuple[list[tuple[Frame, bool]], list[Slot], list[Label]]:
    """Read the strip of cells at the foot of a box: their frames, their values, their printed letters."""
    cells: list[tuple[Frame, bool]] = []
    slots: list[Slot] = []
    labels: list[Label] = []
    given = row.get("cells", [])
    if given and abs(sum(cell["w"] for cell in given) - frame.w) > _SUMS:
        raise DataError("The cells are not as wide as the box together", file=path, row=key)
    strip = float(row.get("strip", _STRIP))
    x, y = frame.x, frame.y + frame.h - strip
    for cell in given:
        _known(path, key, cell, _CELL)
        here = Frame(x, y, float(cell["w"]), strip)
        cells.append((here, bool(cell.get("heavy"))))
        if "value" in cell:
            slots.append(_slot(path, key, {"align": "center", "bare": True, **cell}, here))
        if "label" in cell:
            words = cell["label"]
            titles = words if isinstance(words, dict) else {"": words}
            labels.append(Label(x + 0.5, y + strip - 1.1, titles))
        x += here.w
    return cells, slots, labels


def _slot(path: Path, key: str, row: Mapping[str, Any], frame: Frame) -> Slot:
    value = str(row["value"])
    align = row.get("align", "left")
    if align not in _ALIGNS:
        raise DataError("“align” is left, right or center, not {align}", file=path, row=key, align=align)
    if len(row.get("widths", ())) != len(row.get("aligns", "")):
        raise DataError("A table needs one letter in “aligns” for every column in “widths”", file=path, row=key)
    return Slot(
        box=key,
        value=value,
        of=row.get("of", ""),
        field=row.get("field", "" if value.startswith("@") else value),
        frame=frame,
        captioned=not row.get("bare"),
        align=align,
        size=float(row.get("pt", 8)),
        wrap=bool(row.get("wrap")),
        columns=tuple(row.get("columns", (1,))),
        more=tuple(Frame(frame.x + x, frame.y + y, w, h) for x, y, w, h in row.get("more", ())),
        widths=tuple(map(float, row.get("widths", ()))),
        aligns=row.get("aligns", ""),
        top=float(row.get("top", 0)),
        pad=float(row.get("pad", EDGE)),
    )


def _known(path: Path, key: str, row: Mapping[str, Any], names: set[str]) -> None:
    strange = sorted(set(row) - names)
    if strange:
        raise DataError("Unknown keys {keys}", file=path, row=key, keys=", ".join(strange))


def _check_fields(path: Path, key: str, slot: Slot, profile: Profile) -> None:
    for name in {slot.field, "" if slot.value.startswith("@") else slot.value} - {""}:
        if name not in profile.fields:
            raise DataError("There is no field “{field}”", file=path, row=key, field=name)

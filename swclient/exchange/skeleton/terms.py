# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The small words of a skeleton: when something is written, and texts that are worked out.

Both directions evaluate them, over a declaration that is written or over what has been read so far, so they see
the declaration through `View` only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from swclient.base.decimals import plain, read_decimal

if TYPE_CHECKING:
    from swclient.catalogue.profile import Profile


class View(Protocol):
    """A declaration, looked at from one row."""

    def text(self, table: str, name: str) -> str:
        """Return what stands in a field of the row in question, as files keep it; empty when nothing does."""

    def rows(self, table: str) -> Iterable[Mapping[str, object]]:
        """Return the rows of a section that stand under the row in question."""

    def position(self, table: str) -> int:
        """Return the place of the row in question among its like, from 1."""

    def parameter(self, name: str) -> tuple[str, ...]:
        """Return what the caller or exchange.toml gives under a name; empty when nothing does."""


Term = Callable[[View], str]
Test = Callable[[View], bool]

_FIELD = re.compile(r"([a-z_]+)\.([a-z_]+)")
_NAME = re.compile(r"(?:name|column)\(([a-z_]+)\.([a-z_]+)(?:, *([a-z_]+))?(?:, *(\d+))?\)")
_PLACE = re.compile(r"position\(([a-z_]+)\)")
FIRST = re.compile(r"first\(([a-z_]+)\.([a-z_]+)\)")
_HEAD = re.compile(r"head\(([a-z_]+)\.([a-z_]+), *(\d+)\)")
_COUNT = re.compile(r"count\(([a-z_]+)\.([a-z_]+)\)")
_SUM = re.compile(r"sum\(([a-z_]+)\.([a-z_]+)(?: (where|unless) ([a-z_]+))?\)")
# Office, day and serial number, as customs writes the number of a registered declaration.
REGISTRATION = re.compile(r"([0-9]{8}|[0-9]{5}|[0-9]{2})/([0-9]{2})([0-9]{2})([0-9]{2})/(\w{1,7})")
NUMBER_PARTS = ("office", "day", "serial")
RATE_PARTS = ("currency", "unit")
KIND_PARTS = ("category", "type")  # the data model keeps the kind of a document in two elements, of 3 letters at most
_TYPE_LENGTH = 3
CODE_PARTS = ("commodity", "precision")  # the code of goods, the first eight digits apart from the rest
_COMMODITY_LENGTH = 8
NAMES_LANGUAGE = "ru"  # official messages of the album of formats are written in Russian


class TermError(ValueError):
    """A skeleton says something that nobody understands."""


def is_steady(term: str, profile: Profile) -> bool:
    """Tell whether a term gives the same text wherever it stands: it names no section that repeats."""
    tables = re.findall(r"\b([a-z_]+)[.)]", re.sub(r"\$\w+", "", term))
    return all(table in profile.tables and not profile.tables[table].many for table in tables)


def make_term(text: str, profile: Profile) -> Term:
    """Return a worked-out text: `$at`, `header.currency|$currency`, `count(item.code)`, `name(item.origin)`, ..."""
    choices = [_choice(part.strip(), profile) for part in text.split("|")]
    if len(choices) == 1:
        return choices[0]
    return lambda view: next((found for choice in choices if (found := choice(view))), "")


def _choice(text: str, profile: Profile) -> Term:
    if text.startswith("$"):
        name = text[1:]
        return lambda view: " ".join(view.parameter(name))
    if match := _FIELD.fullmatch(text):
        table, field = match.groups()
        return lambda view: view.text(table, field)
    if match := _COUNT.fullmatch(text):
        table, field = match.groups()
        return lambda view: str(sum(1 for row in view.rows(table) if row.get(field)) or "")
    if match := _SUM.fullmatch(text):
        return _sum(match.group(1), match.group(2), match.group(3) or "", match.group(4) or "")
    if match := _NAME.fullmatch(text):
        return _entry(match, profile)
    return _of_rows(text)


def _of_rows(text: str) -> Term:
    if match := _PLACE.fullmatch(text):
        table = match.group(1)
        return lambda view: str(view.position(table))
    if match := FIRST.fullmatch(text):
        table, field = match.groups()
        return lambda view: str(next((row[field] for row in view.rows(table) if row.get(field)), ""))
    if match := _HEAD.fullmatch(text):
        table, field, length = match.group(1), match.group(2), int(match.group(3))
        return lambda view: view.text(table, field)[:length]
    raise TermError(text)


def _sum(table: str, field: str, kind: str, flag: str) -> Term:
    def total(view: View) -> str:
        chosen = [
            read_decimal(str(row[field]))
            for row in view.rows(table)
            if row.get(field) is not None and (not kind or bool(row.get(flag)) == (kind == "where"))
        ]
        figures = [figure for figure in chosen if figure is not None]
        return plain(sum(figures, Decimal(0))) if figures and len(figures) == len(chosen) else ""

    return total


def _entry(match: re.Match[str], profile: Profile) -> Term:
    """Return the name of a code, or what stands in another column of its row, cut to a length."""
    table, field, column, limit = match.groups()
    cut = int(limit) if limit else None
    codes = profile.code_list(profile.field(f"{table}.{field}").list_name)
    told: dict[str, str] = {}
    for entry in codes.sorted() if codes else ():
        found = entry.more.get(column, "") if column else entry.name(NAMES_LANGUAGE)
        told[entry.code] = found[:cut].strip()
    return lambda view: told.get(view.text(table, field), "")


def read_attribute(mark: str, profile: Profile) -> tuple[str, Term, tuple[str, str] | None]:
    """Return name, text and, where that is just a field of a row, section and field of an attribute."""
    name, _, text = mark.partition("=")
    field = _FIELD.fullmatch(text)
    own = (field.group(1), field.group(2)) if field and field.group(1) != "header" else None
    return name, make_term(text, profile), own


def make_test(text: str, profile: Profile) -> Test:
    """Return a condition.

    `<term> in A B`, `<term> matches REGEX`, `<term> starts A B`, `<term> filled`, each also with `not` before the
    word, and `registered SECTION`: the row bears the number of a registered declaration and no other day than its.
    """
    if text.startswith(("registered ", "not registered ")):
        table = text.rpartition(" ")[2]
        wanted = not text.startswith("not ")
        return lambda view: _registered(view, table) == wanted
    match = re.fullmatch(r"(\S+) (not )?(in|matches|starts|filled)(?: (.+))?", text)
    if match is None:
        raise TermError(text)
    term, wanted, argument = (
        make_term(match.group(1), profile),
        not match.group(2),
        match.group(4) or "",
    )
    return _tests(match.group(3), term, argument, wanted=wanted)


def _tests(word: str, term: Term, argument: str, *, wanted: bool) -> Test:
    if word == "filled":
        return lambda view: bool(term(view)) == wanted
    if word == "matches":
        pattern = re.compile(argument)
        return lambda view: bool(pattern.fullmatch(term(view))) == wanted
    choices = argument.split()

    def values(view: View) -> tuple[str, ...]:
        return tuple(
            each for choice in choices for each in (view.parameter(choice[1:]) if choice[0] == "$" else (choice,))
        )

    if word == "starts":
        return lambda view: term(view).startswith(values(view)) == wanted
    if any(choice.startswith("$") for choice in choices):
        return lambda view: (term(view) in values(view)) == wanted
    fixed = frozenset(choices)
    return lambda view: (term(view) in fixed) == wanted


def _registered(view: View, table: str) -> bool:
    match = REGISTRATION.fullmatch(view.text(table, "number"))
    return bool(match) and view.text(table, "date") in {
        "",
        number_part(view.text(table, "number"), "day"),
    }


def number_part(number: str, part: str) -> str:
    """Return a part of a composed value, empty when it has none.

    `office`, `day` (ISO) and `serial` of a registration number; `currency` and `unit` of a specific rate;
    `category` and `type` of the kind of a document, `commodity` and `precision` of the code of goods, as messages keep
    them apart.

    >>> number_part("55301/201126/0000123", "day")
    '2026-11-20'
    >>> number_part("EUR/166", "unit")
    '166'
    """
    if part in CODE_PARTS:
        return number[:_COMMODITY_LENGTH] if part == "commodity" else number[_COMMODITY_LENGTH:]
    if part in KIND_PARTS:
        return number[:-_TYPE_LENGTH] if part == "category" else number[-_TYPE_LENGTH:]
    if part in RATE_PARTS:
        return [*number.split("/", 1), ""][RATE_PARTS.index(part)]
    match = REGISTRATION.fullmatch(number)
    if match is None:
        return ""
    office, day, month, year, serial = match.groups()
    return {"office": office, "day": f"20{year}-{month}-{day}", "serial": serial}[part]


def whole_number(parts: dict[str, str]) -> str:
    """Return the value that parts make.

    >>> whole_number({"office": "55301", "day": "2026-11-20", "serial": "0000123"})
    '55301/201126/0000123'
    """
    if CODE_PARTS[0] in parts:
        return "".join(parts.get(key, "") for key in CODE_PARTS)
    if KIND_PARTS[1] in parts:
        return "".join(parts.get(key, "") for key in KIND_PARTS)
    day = parts.get("day", "")
    if day and len(parts) == len(NUMBER_PARTS):
        parts = {**parts, "day": day[8:10] + day[5:7] + day[2:4]}
    return "/".join(parts[key] for key in (*NUMBER_PARTS, *RATE_PARTS) if parts.get(key))

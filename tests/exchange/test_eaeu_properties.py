# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever people type comes back from the message as it was, or is refused by name; never lost."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.base.errors import UserError
from swclient.catalogue.kinds import Given
from swclient.document.body import from_body, to_body
from swclient.exchange.message import declaration_skeleton, read_declaration
from swclient.exchange.settings import message_format
from swclient.exchange.xmlread import read_xml
from swclient.exchange.xmltext import ForbiddenCharacterError, escape
from tests.exchange.given import kz, written

WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
LONG_WORDS = st.text(st.sampled_from("ab я国 \n<&>\"'\r"), max_size=1200)
BY_KIND = {
    "text": WORDS,
    "tax_id": WORDS,
    "container": WORDS,
    "code": st.text("DFGQ019ИЖ", min_size=1, max_size=5),  # look-alikes of listed codes are told elsewhere
    "digits": st.text("0123456789", min_size=1, max_size=4),
    "count": st.integers(0, 999).map(str),
    "flag": st.sampled_from(["0", "1"]),
    "date": st.dates(date(1000, 1, 1)).map(str),
    "mass": st.decimals(0, 10**9, places=6).map("{:f}".format),
    "quantity": st.decimals(0, 10**9, places=6).map("{:f}".format),
    "money": st.decimals(0, 10**14, places=2).map("{:f}".format),
    "rate": st.decimals(0, 10**6, places=4).map("{:f}".format),
}
# What the message says in a way of its own; each has an example elsewhere.
SPECIAL: dict[str, Any] = {
    "item.description": LONG_WORDS,
    "item.number": st.integers(1, 999).map(str),
    "header.date": st.just("2026-11-20"),
    "header.subsoil": st.sampled_from("1Н"),
    "header.security_label": st.text("AB01", min_size=6, max_size=6),
    "person.date": st.just("2026-11-21"),
    "charge.base_unit": st.sampled_from(["KZT", "166", "796"]),
    "charge.rate_type": st.sampled_from(["%", "*", "S"]),
    "charge.rate_unit": st.sampled_from(["EUR/166", "USD/796", "EUR"]),
    "previous.number": st.sampled_from(["55301/151126/0000123", "WH-7", "1/2/3"]),
    "previous.date": st.just("2026-11-15"),
    "package.shared": st.sampled_from(["G1", "G2"]),
    "package.marks": st.sampled_from(["N/M", "<&>", "Ящик 1"]),
}
ALWAYS = {
    "header.date",
    "person.date",
    "item.number",
    "package.kind",
    "previous.date",
    "container.number",
}
# Written for persons of one country, or for lines of one feature only: test_eaeu_writing.
NATIONAL = {"category", "kato", "okpo", "temporary_months"}
UNIQUE = {"arrival_means": "identity", "border_means": "identity"}


def values(table: str) -> st.SearchStrategy[dict[str, str]]:
    left_out = message_format(kz(), "eaeu-dt").not_carried
    placed = {place.field for place in declaration_skeleton(kz()).places} - set(left_out)
    must, may = {}, {}
    for field in kz().table_fields(table).values():
        if field.id in placed and field.name not in NATIONAL and not isinstance(field.kind, Given):
            chosen = {**BY_KIND, **SPECIAL}[field.id if field.id in SPECIAL else field.kind.name]
            (must if field.id in ALWAYS else may)[field.name] = chosen
    return st.fixed_dictionaries(must, optional=may)


def rows(table: str, **more: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.builds(dict, values(table), **more), max_size=3)


@st.composite
def bodies(draw: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"format": "swclient-declaration", "version": 1, "profile": "KZ"}
    body["profile_version"] = kz().version
    for name, spec in kz().tables.items():
        if not spec.many:
            body[name] = draw(values(name))
        elif name in {"payment", "guarantee"}:
            body[name] = draw(rows(name))
    for name, key in UNIQUE.items():
        identities = draw(st.lists(st.text("ABC123", min_size=1, max_size=4), unique=True, max_size=3))
        body[name] = [{**draw(values(name)), key: each} for each in identities]
    children = [name for name, spec in kz().tables.items() if spec.parent == "item" and name != "document"]
    body["item"] = [
        {**draw(values("item")), **{name: draw(rows(name)) for name in children}}
        for _ in range(draw(st.integers(1, 3)))
    ]
    kinds = {
        "general": st.sampled_from(["02015", "04021"]),
        "own": st.sampled_from(["01191", "05011"]),
    }
    body["document"] = draw(rows("document", kind=kinds["general"]))
    for item in body["item"]:
        item["document"] = draw(rows("document", kind=kinds["own"]))
    return body


def plain(body: dict[str, Any]) -> Any:
    """Return what a body says, blanks and empty rows aside: they say nothing."""
    return without_nothing(to_body(from_body(body, kz())))


def without_nothing(found: Any) -> Any:
    if isinstance(found, dict):
        kept = {key: without_nothing(each) for key, each in found.items()}
        return {key: each for key, each in kept.items() if each not in ({}, [], "")}
    if isinstance(found, list):
        return [each for each in map(without_nothing, found) if each != {}]
    return found


def texts(found: Any) -> list[str]:
    if isinstance(found, dict):
        return [text for each in found.values() for text in texts(each)]
    if isinstance(found, list):
        return [text for each in found for text in texts(each)]
    return [str(found)]


def holds_forbidden(body: dict[str, Any]) -> bool:
    for text in texts(to_body(from_body(body, kz()))):
        try:
            escape(text)
        except ForbiddenCharacterError:
            return True
    return False


@given(bodies())
def test_what_was_typed_comes_back_or_is_refused_by_name(body):
    if holds_forbidden(body):
        with pytest.raises(UserError, match=r"U\+"):
            written(body)
        return
    first = written(body)
    found = read_declaration(read_xml(first, "m"), kz())
    assert found.unread == ()
    assert plain(found.body) == plain(body)
    assert written(found.body) == first

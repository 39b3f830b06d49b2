# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of value: what it reads, what it refuses, how it shows and stores."""

from datetime import date
from decimal import Decimal

import pytest

from swclient.base import i18n
from swclient.catalogue.kinds import KINDS, KindError, make_kind
from swclient.catalogue.kinds.base import Unread

READS = [
    # kind, typed, value
    ("text:10", "  two words ", "two words"),
    ("text:3", "longer than three", "longer than three"),  # kept and reported, not cut
    ("date", "05.11.2026", date(2026, 11, 5)),
    ("date", "2026-11-05", date(2026, 11, 5)),
    ("date", "051126", date(2026, 11, 5)),
    ("date", "05112026", date(2026, 11, 5)),
    ("date", "5/11/26", date(2026, 11, 5)),
    ("date", "29.02.2028", date(2028, 2, 29)),
    ("flag", "1", True),
    ("flag", "Да", True),
    ("flag", "иә", True),
    ("flag", "нет", False),
    ("flag", "0", False),
    ("mass:3", "1 240,5", Decimal("1240.5")),
    ("mass:3", "1240.500", Decimal("1240.5")),
    ("mass:6", "0.000001", Decimal("0.000001")),
    ("money:2", "1.204.330,00", Decimal("1204330.00")),
    ("money", "3", Decimal("3.00")),
    ("money:2", "-150", Decimal("-150.00")),
    ("quantity:3", "12", Decimal(12)),
    ("rate:4", "478,1234", Decimal("478.1234")),
    ("count:3", "999", 999),
    ("count:3", "12,00", 12),
    ("count", "0", 0),
    ("code:countries", "kz", "KZ"),
    ("code:countries", "CN China", "CN"),
    ("digits:10", "8481 80 819 9", "8481808199"),
    ("digits:10", "00.12-34", "001234"),
    ("tax_id", " 240 140-000011 ", "240140000011"),
    ("tax_id", "ab.123", "AB123"),
    ("container", "mskU 123456-5", "MSKU1234565"),
    ("container", "СМАU 123456-5", "CMAU1234565"),  # the first three letters are Cyrillic
    ("container", "тсни1234565", "TCHИ1234565"),  # what looks like nothing Latin stays to be found by a rule
]
REFUSES = [
    ("date", "31.02.2026"),
    ("date", "2026-13-01"),
    ("date", "yesterday"),
    ("date", "5.11"),
    ("flag", "perhaps"),
    ("flag", "2"),
    ("mass:3", "12 boxes"),
    ("mass:3", "0.0001"),
    ("money:2", "1.005"),
    ("money:2", "1" * 16),
    ("rate:4", "12345678"),
    ("rate", "0.00001"),
    ("count:3", "1000"),
    ("count:3", "1,5"),
    ("count:3", "-1"),
    ("digits:4", "12345"),
    ("digits:10", "12A4"),
    ("digits:10", "١٢٣"),
    ("charges", "1010"),
    ("totals", ""),
]
STORES = [
    ("text:10", "two words", "two words"),
    ("date", date(2026, 11, 5), "2026-11-05"),
    ("flag", True, "1"),
    ("flag", False, "0"),
    ("mass:3", Decimal("1240.500"), "1240.5"),
    ("money:2", Decimal("1240.50"), "1240.50"),
    ("quantity:3", Decimal("1E+3"), "1000"),
    ("count:3", 12, "12"),
    ("digits:4", "0012", "0012"),
]


@pytest.mark.parametrize(("spec", "typed", "value"), READS)
def test_a_kind_reads_what_a_person_types(spec, typed, value):
    read = make_kind(spec).parse(typed)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(("spec", "typed"), REFUSES)
def test_a_kind_refuses_what_does_not_fit_and_says_what_was_typed(spec, typed):
    with pytest.raises(KindError) as refused:
        make_kind(spec).parse(typed)
    assert refused.value.message.text()
    assert typed in refused.value.message.text() or "{text}" not in refused.value.message.msgid


@pytest.mark.parametrize(("spec", "typed"), [each for each in REFUSES if each[1]])
def test_what_a_kind_cannot_read_is_loaded_as_it_stands(spec, typed):
    loaded = make_kind(spec).load(typed)
    assert isinstance(loaded, Unread)
    assert loaded == typed


@pytest.mark.parametrize("spec", [f"{name}:4" for name in KINDS if name not in {"charges", "totals"}])
@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_is_nothing(spec, typed):
    assert make_kind(spec).parse(typed) is None


@pytest.mark.parametrize(("spec", "value", "text"), STORES)
def test_a_stored_value_is_a_text_without_language_and_loads_again(spec, value, text):
    kind = make_kind(spec)
    assert kind.store(value) == text
    assert kind.load(text) == value


@pytest.mark.parametrize("code", ["en", "ru"])
@pytest.mark.parametrize(("spec", "typed", "value"), READS)
def test_what_stands_in_an_editor_is_read_again_as_it_was(spec, typed, value, code):
    kind = make_kind(spec)
    i18n.set_language(code)
    try:
        assert kind.parse(kind.edit(value)) == value
        assert kind.parse(kind.show(value)) == value
    finally:
        i18n.set_language(i18n.ENGLISH)


def test_an_editor_shows_figures_without_groups_and_a_box_shows_them_with():
    kind = make_kind("money:2")
    assert kind.edit(Decimal("1204330.00")) == "1204330.00"
    assert kind.show(Decimal("1204330.00")) == "1\u00a0204\u00a0330.00"


@pytest.mark.parametrize("spec", ["mass:6", "money:2", "flag", "date", "code:countries", "charges"])
def test_nothing_shows_as_nothing(spec):
    assert make_kind(spec).show(None) == ""


def test_an_amount_keeps_its_cents_and_a_mass_only_what_was_typed():
    assert str(make_kind("money:2").parse("5")) == "5.00"
    assert str(make_kind("mass:6").parse("5,10")) == "5.10"


def test_a_code_knows_its_list_and_an_unknown_code_is_kept():
    kind = make_kind("code:countries")
    assert kind.list_name == "countries"
    assert kind.parse("??") == "??"


def test_a_kind_that_nobody_knows_cannot_be_made():
    with pytest.raises(KeyError, match="colour"):
        make_kind("colour:3")


@pytest.mark.parametrize("spec", ["count:three", "mass:x", "text:-"])
def test_an_argument_that_is_no_number_cannot_be_used(spec):
    with pytest.raises(ValueError, match=r"three|x|-"):
        make_kind(spec)

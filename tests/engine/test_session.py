# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An open declaration: typing, rows, what an editor shows, and the refusal to change what is signed."""

from decimal import Decimal

import pytest

from swclient.base.errors import UserError
from swclient.base.messages import Message
from swclient.document.path import SINGLE, Path
from swclient.document.value import Unread
from swclient.engine.finding import Fix
from swclient.engine.look import State
from swclient.engine.session import path_of
from tests.data.cases import good
from tests.declarations import opened, two_items
from tests.engine.laboratory import rule

CURRENCY = path_of("header", "currency")
GOODS = [{"code": "8481", "price": "2", "mass": "3", "package": [{"kind": "CT", "count": "4"}]}]


@pytest.fixture
def session(lab):
    return lab.opened(item=GOODS)


@pytest.fixture
def item(session):
    return session.rows("item")[0]


def test_what_is_typed_is_read_by_the_kind_of_its_field(session, item):
    session.type_in(Path("item", item, "price"), "1 240,50")
    assert session.value(Path("item", item, "price")) == Decimal("1240.50")


def test_what_cannot_be_read_is_kept_as_typed_and_told(session, item):
    session.type_in(Path("item", item, "price"), " a lot ")
    look = session.look(Path("item", item, "price"))
    assert (look.text, look.state) == ("a lot", State.UNREAD)
    assert isinstance(session.declaration.value(Path("item", item, "price")), Unread)
    assert [finding.code for finding in look.findings] == ["KIND-42"]
    assert "“a lot” is not a figure" in look.findings[0].message.text()


def test_a_text_that_is_too_long_is_kept_and_told(session, item):
    session.type_in(Path("item", item, "name"), "x" * 21)
    assert [finding.code for finding in session.findings_at(Path("item", item, "name"))] == ["H040"]
    assert session.value(Path("item", item, "name")) == "x" * 21


def test_typing_over_a_worked_out_value_and_clearing_it_again(session, item):
    worth = Path("item", item, "worth")
    assert (session.look(worth).shown, session.look(worth).state) == ("6.00", State.WORKED_OUT)
    session.type_in(worth, "7")
    assert (session.look(worth).text, session.look(worth).state) == ("7.00", State.OVERWRITTEN)
    assert session.value(path_of("header", "total")) == 7
    session.clear(worth)
    assert session.look(worth).state is State.WORKED_OUT
    assert session.value(path_of("header", "total")) == 6


def test_an_editor_shows_the_name_after_a_code_and_only_the_code_while_typing(session):
    session.type_in(CURRENCY, "usd")
    look = session.look(CURRENCY)
    assert (look.text, look.shown, look.state) == ("USD", "USD US dollar", State.TYPED)
    assert (look.list_name, look.box, look.label) == ("currencies", "22", "Currency")


def test_a_blank_field_shows_nothing(session):
    look = session.look(CURRENCY)
    assert (look.text, look.shown, look.state, look.findings) == ("", "", State.BLANK, ())


def test_choices_are_those_of_the_fields_list(session):
    assert [(choice.code, choice.name) for choice in session.choices(CURRENCY, "us")] == [("USD", "US dollar")]
    assert session.choices(path_of("header", "container"), "us") == []
    assert session.nearest(CURRENCY, "PQR") == 1


def test_an_unknown_code_opens_at_the_one_that_begins_most_like_it():
    session = good()
    path = Path("item", session.rows("item")[0], "code")
    codes = [choice.code for choice in session.choices(path, "", 100_000)]
    for typed, opens in {"847199": "847190", "8472999999": "847290"}.items():
        assert codes[session.nearest(path, typed)] == opens
    assert session.nearest(path, "000") == 0
    assert session.nearest(path, "99999999") == len(codes) - 1
    assert codes[session.nearest(path, "8481808199")] == "8481808199"


def test_a_field_is_required_when_its_need_holds(lab):
    boxes = '"item.price" = { need = "always" }\n"item.mass" = { need = "item.price > 5" }'
    session = lab.opened(boxes=boxes, item=[{"price": "2"}, {"price": "6"}])
    first, second = session.rows("item")
    assert [session.look(Path("item", row, "mass")).required for row in (first, second)] == [False, True]
    assert session.look(Path("item", first, "price")).required
    assert not session.look(Path("item", first, "code")).required
    assert [each.paths for each in session.findings()] == [(Path("item", second, "mass"),)]


def test_rows_come_and_go_with_what_stands_under_them(session, item):
    copy = session.duplicate_row("item", item)
    assert session.value(Path("item", copy, "worth")) == 6
    (package,) = session.rows("package", copy)
    assert session.value(Path("package", package, "count")) == 4
    assert session.value(Path("item", copy, "number")) == 2
    session.remove_row("item", item)
    assert session.rows("package") == [package]
    assert session.value(Path("item", copy, "number")) == 1


def test_copying_a_row_is_one_step(session, item):
    session.duplicate_row("item", item)
    assert session.undo()
    assert session.rows("item") == [item]
    assert session.undo_label is None


def test_rows_are_numbered_as_they_stand(session, item):
    new = session.add_row("item", position=0)
    assert [session.value(Path("item", row, "number")) for row in (new, item)] == [1, 2]
    session.move_row("item", new, 1)
    assert session.rows("item") == [item, new]
    assert [session.value(Path("item", row, "number")) for row in (item, new)] == [1, 2]


def test_a_section_that_is_full_takes_no_more_rows(session):
    for _ in range(3):
        session.add_row("item")
    with pytest.raises(UserError, match="room for 4 rows only in “Goods item”"):
        session.add_row("item")


def test_a_fix_is_accepted_as_one_step(lab):
    rules = rule(
        "R", check="item.code == '1'", fix={"item.code": "'1'", "item.name": "''"}, fix_say="Take {item.number}"
    )
    session = lab.opened(rules, item=[{"code": "2", "name": "Valve"}])
    (finding,) = session.findings()
    assert finding.fix.label.text() == "Take 1"
    session.accept(finding.fix)
    row = session.rows("item")[0]
    assert (session.value(Path("item", row, "code")), session.value(Path("item", row, "name"))) == ("1", None)
    assert session.findings() == []
    session.undo()
    assert len(session.findings()) == 1


def test_findings_stand_with_errors_first(lab):
    rules = [rule(code, check="False", level=code) for code in ("advice", "warning", "error")]
    assert [each.code for each in lab.opened("".join(rules), item=[{}]).findings()] == ["error", "warning", "advice"]


def test_windows_are_told_what_to_look_at_again(session, item):
    told = []
    session.changed.connect(lambda changed: told.append((changed.paths, changed.tables)))
    session.type_in(CURRENCY, "USD")
    session.add_row("item")
    with session.step(Message("Two")):
        session.type_in(CURRENCY, "EUR")
        session.type_in(Path("item", item, "code"), "1")
    assert told == [(frozenset({CURRENCY}), frozenset()), (None, {"item"}), (None, frozenset())]


def test_a_snapshot_does_not_change_while_somebody_types_on(session, item):
    before = session.snapshot()
    session.type_in(Path("item", item, "price"), "9")
    assert before.many("item")[0].get("price") == 2
    assert session.snapshot().many("item")[0].get("worth") == 27
    with pytest.raises(TypeError):
        before.many("item")[0].values["price"] = 1


def test_a_snapshot_holds_values_and_nothing_of_the_engines_own(session, item):
    record = session.snapshot().many("package", item)[0]
    assert dict(record.values) == {"kind": "CT", "count": 4}
    assert not any(name.startswith("_") for name in session.snapshot().many("item")[0].values)


VERBS = {
    "type_in": lambda session, row: session.type_in(Path("item", row, "price"), "1"),
    "clear": lambda session, row: session.clear(Path("item", row, "price")),
    "add_row": lambda session, _row: session.add_row("item"),
    "remove_row": lambda session, row: session.remove_row("item", row),
    "move_row": lambda session, row: session.move_row("item", row, 0),
    "duplicate_row": lambda session, row: session.duplicate_row("item", row),
    "accept": lambda session, row: session.accept(Fix(Message("Fix"), ((Path("item", row, "price"), "1"),))),
    "undo": lambda session, _row: session.undo(),
    "redo": lambda session, _row: session.redo(),
}


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_signed_refuses_every_change(session, item, verb):
    session.type_in(Path("item", item, "price"), "5")
    before = session.snapshot()
    session.read_only = True
    with pytest.raises(UserError, match="signed"):
        VERBS[verb](session, item)
    assert session.snapshot() == before
    assert session.look(CURRENCY).read_only


def test_what_is_signed_may_still_be_looked_at(session, item):
    session.read_only = True
    assert session.value(Path("item", item, "worth")) == 6
    assert session.explain(Path("item", item, "worth")).value == "6.00"
    assert session.findings() == []


def test_a_field_without_a_box_is_told_by_its_label_and_never_by_the_name_of_its_row() -> None:
    header = {"date": "2018-01-05", "direction": "I", "procedure": "0110", "currency": "USD"}
    body = {"format": "swclient-declaration", "version": 1, "profile": "CN", "header": header}
    session = opened(body | {"item": [{"code": "8481808199", "price": "1.00"}]})
    told = [f"{each.message.text()} {each.advice.text()}" for each in session.findings()]
    assert any(text.startswith("Exchange rate of the month is missing. Fill in “") for text in told), told
    assert any(text.startswith("Customs value of item 1 is missing.") for text in told)
    assert not [text for text in told if "header." in text or "item." in text]
    assert "B Total to pay" in "\n".join(opened(two_items()).explain(Path("header", SINGLE, "charges_total")).lines())

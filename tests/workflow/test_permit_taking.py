# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking a granted permit into box 44: at its goods, undone at once, and nothing there is replaced."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from swclient.base.errors import UserError
from swclient.document.path import Path
from swclient.exchange.permit_replies import Allowed
from swclient.workflow.application import Application
from swclient.workflow.desk.desk import Desk
from swclient.workflow.permits.checklist import Status
from swclient.workflow.permits.fold import Goods, Permit, Standing
from swclient.workflow.permits.needs import needs_of, rows_of
from swclient.workflow.permits.taking import take
from tests.workflow.consignment import needing_permits

NUMBER = "TRN-TEC-2026-1"


def granted(desk: Desk, *places: int, kind: str = "01191") -> Permit:
    """Return a permit granted for items by place."""
    rows = [desk.session.rows("item")[place] for place in places]
    goods = tuple(
        Goods(place + 1, row, str(desk.session.value(Path("item", row, "code"))))
        for place, row in zip(places, rows, strict=True)
    )
    allowed = tuple(Allowed(place + 1, "100.5", "166") for place in places)
    at = datetime(2026, 11, 20, tzinfo=UTC)
    permit = Permit("a-1", "technical", kind, goods, Standing.GRANTED, at, number=NUMBER, granted=kind)
    return replace(permit, issued=date(2026, 11, 20), valid_until=date(2027, 11, 20), allowed=allowed)


def documents(desk: Desk, place: int) -> list[dict[str, object]]:
    item = desk.session.rows("item")[place]
    rows = desk.session.declaration.rows("document", item)
    return [{name: str(value) for name, value in row.values.items()} for row in rows]


def test_it_stands_under_each_of_its_goods_and_one_undo_takes_it_back(offline: Application) -> None:
    desk = needing_permits(offline)
    before = [documents(desk, place) for place in range(4)]
    taken = take(desk.session, granted(desk, 2, 3))
    assert len(taken.rows) == 2
    assert not taken.kept
    for place in (2, 3):
        (new,) = [row for row in documents(desk, place) if row not in before[place]]
        assert (new["kind"], new["number"], new["date"]) == ("01191", NUMBER, "2026-11-20")
        assert (new["valid_until"], new["quantity"], new["quantity_unit"]) == ("2027-11-20", "201.0", "166")
        assert new["country"] == "KZ"
    assert [documents(desk, place) for place in (0, 1)] == before[:2]
    desk.session.undo()
    assert [documents(desk, place) for place in range(4)] == before


def test_a_row_that_waits_for_its_number_is_filled_in(offline: Application) -> None:
    desk = needing_permits(offline)
    item = desk.session.rows("item")[2]
    row = desk.session.add_row("document", item)
    desk.session.type_in(Path("document", row, "kind"), "01191")
    assert take(desk.session, granted(desk, 2)).rows == (row,)
    assert desk.session.value(Path("document", row, "number")) == NUMBER


def test_another_number_stays_and_one_is_added_beside_it(offline: Application) -> None:
    desk = needing_permits(offline)
    item = desk.session.rows("item")[2]
    row = desk.session.add_row("document", item)
    desk.session.type_in(Path("document", row, "kind"), "01191")
    desk.session.type_in(Path("document", row, "number"), "OLD-1")
    (new,) = take(desk.session, granted(desk, 2)).rows
    assert new != row
    assert desk.session.value(Path("document", row, "number")) == "OLD-1"


def test_a_day_that_was_typed_is_not_replaced_and_that_is_told(offline: Application) -> None:
    desk = needing_permits(offline)
    item = desk.session.rows("item")[2]
    row = desk.session.add_row("document", item)
    for name, text in (("kind", "01191"), ("number", NUMBER), ("valid_until", "2026-12-24")):
        desk.session.type_in(Path("document", row, name), text)
    taken = take(desk.session, granted(desk, 2))
    assert taken.rows == (row,)
    assert [("2026-12-24" in each.text(), "2027-11-20" in each.text()) for each in taken.kept] == [(True, True)]
    assert desk.session.value(Path("document", row, "valid_until")) == date(2026, 12, 24)


def test_the_checklist_is_content_afterwards(offline: Application) -> None:
    desk = needing_permits(offline)
    permit = granted(desk, 2)
    (need,) = [each for each in needs_of(desk.session, [permit]) if each.permit]
    assert need.line.status is Status.MISSING
    take(desk.session, permit)
    (need,) = [each for each in needs_of(desk.session, [permit]) if each.permit]
    assert need.standing is Standing.TAKEN
    assert need.line.status is not Status.MISSING


def test_goods_are_found_where_they_went_and_not_taken_for_others(offline: Application) -> None:
    desk = needing_permits(offline)
    permit = granted(desk, 2)
    third = desk.session.rows("item")[2]
    desk.session.move_row("item", third, 0)
    assert rows_of(desk.session, permit) == (third,)
    desk.session.type_in(Path("item", third, "code"), "8517130000")  # other goods now
    assert rows_of(desk.session, permit) == ()
    with pytest.raises(UserError, match="no longer in the declaration"):
        take(desk.session, permit)


def test_what_is_not_granted_or_no_draft_takes_nothing(offline: Application) -> None:
    desk = needing_permits(offline)
    permit = granted(desk, 2)
    for standing in set(Standing) - {Standing.GRANTED}:
        with pytest.raises(UserError, match="no granted permit"):
            take(desk.session, replace(permit, standing=standing))
    desk.session.read_only = True
    before = documents(desk, 2)
    with pytest.raises(UserError, match="signed"):
        take(desk.session, permit)
    assert documents(desk, 2) == before

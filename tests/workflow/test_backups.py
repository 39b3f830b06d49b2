# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies made by themselves: when it is time, not sooner, never two at once, and what failed is tried again later."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from swclient.store import Store
from swclient.store.backups import making
from swclient.store.backups.shelf import copies_in
from swclient.workflow.house.backups import RETRY, Backups, CopyStanding
from tests.store.conftest import append
from tests.store.copies import live

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Watch:
    """Copies of a live store by a clock that the test turns."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.at = START
        self.home = store.path.parent
        (self.home / "backup.toml").write_text(
            "after_edits = 3\nafter_minutes = 30\nreserve_mib = 0\n", encoding="utf-8"
        )
        self.backups = Backups(store.path, clock=lambda: self.at)

    def look(self, *, first: bool = False) -> CopyStanding:
        return self.backups.look(first=first).result(10)

    def edit(self, times: int = 1) -> None:
        for number in range(times):
            append(self.store, number).result()

    @property
    def copies(self) -> int:
        return len(copies_in(self.home / "backups"))


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    with live(tmp_path / "declarations.db", changes=2) as store:
        made = Watch(store)
        yield made
        made.backups.close()


def test_a_store_never_copied_is_copied_at_once(watch: Watch) -> None:
    assert watch.look() == CopyStanding(START, 0, None)
    assert watch.copies == 1


def test_then_after_so_many_edits_or_so_many_minutes(watch: Watch) -> None:
    watch.look()
    watch.edit(2)
    assert (watch.look().behind, watch.copies) == (2, 1)
    watch.edit()
    assert (watch.look().behind, watch.copies) == (0, 2)
    watch.edit()
    watch.at += 29 * MINUTE
    assert (watch.look().behind, watch.copies) == (1, 2)
    watch.at += MINUTE
    assert (watch.look().behind, watch.copies) == (0, 3)
    watch.at += 300 * MINUTE  # nothing was done, so there is nothing to copy
    assert (watch.look().behind, watch.copies) == (0, 3)


def test_a_start_copies_anything_that_is_in_no_copy(watch: Watch) -> None:
    watch.look()
    assert watch.look(first=True).made_at == START
    assert watch.copies == 1
    watch.edit()
    watch.at += MINUTE
    assert watch.look(first=True) == CopyStanding(START + MINUTE, 0, None)


def test_a_clock_set_back_does_not_stop_the_copies(watch: Watch) -> None:
    watch.look()
    watch.edit()
    watch.at -= timedelta(days=400)
    assert watch.look() == CopyStanding(watch.at, 0, None)
    assert (watch.look().behind, watch.copies) == (0, 2)  # and starts no flood of them


def test_what_failed_is_told_and_tried_again_later_only(watch: Watch) -> None:
    (watch.home / "backups").write_text("in the way", encoding="utf-8")
    told = watch.look()
    assert told.trouble is not None
    assert told.behind > 0
    (watch.home / "backups").unlink()
    watch.at += RETRY - MINUTE
    assert watch.look().trouble == told.trouble
    assert watch.copies == 0
    watch.at += MINUTE
    assert watch.look() == CopyStanding(watch.at, 0, None)


def test_a_stick_that_comes_back_gets_the_copy_it_missed(watch: Watch) -> None:
    stick = watch.home / "stick"
    (watch.home / "backup.toml").write_text('second_folder = "stick"\nreserve_mib = 0\n', encoding="utf-8")
    told = watch.look()
    assert told.trouble is not None
    assert (told.behind, watch.copies) == (0, 1)
    stick.mkdir()
    watch.at += RETRY
    assert watch.look().trouble is None
    assert [copy.file.name for copy in copies_in(stick)] == [
        copy.file.name for copy in copies_in(watch.home / "backups")
    ]


def test_a_setting_that_means_nothing_is_told(watch: Watch) -> None:
    (watch.home / "backup.toml").write_text("after = 3\n", encoding="utf-8")
    told = watch.look()
    assert "“after”" in str(told.trouble)
    assert watch.copies == 0


def test_a_hash_that_rotted_is_told_and_breaks_nothing(watch: Watch) -> None:
    connection = sqlite3.connect(watch.store.path)
    connection.execute("UPDATE change_log SET hash = 'text' WHERE sequence = 1")
    connection.commit()
    connection.close()
    assert "rotten" in str(watch.look().trouble)


def test_looks_never_run_beside_each_other(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, honest = threading.Event(), making.copy_pages

    def slow(*given: object) -> None:
        gate.wait(10)
        honest(*given)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(making, "copy_pages", slow)
    first = watch.backups.look()
    assert watch.backups.look() is first
    gate.set()
    assert first.result(10).behind == 0
    assert watch.copies == 1


def test_the_store_of_an_office_is_not_copied_from_here(tmp_path):
    backups = Backups(tmp_path / "office-1", shared=True)
    told = []
    backups.told.connect(told.append)
    assert backups.look(first=True).result().by_office
    backups.close()
    assert [each.by_office for each in told] == [True]
    assert not list(tmp_path.iterdir())

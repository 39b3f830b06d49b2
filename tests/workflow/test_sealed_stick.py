# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stick that is not there, is full, or fails at any call: a whole package or none, and nothing is lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from swclient.base.errors import OutsideError
from swclient.store import Store, open_store
from swclient.store.mail import QUEUED, SENT_UNKNOWN
from swclient.workflow.sealed.carrying import entries_of
from swclient.workflow.sealed.contents import QUEUE
from swclient.workflow.sealed.making import open_package
from tests.workflow.sticks import CANARY, PHRASE, home_with, queue, sealed


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Store]:
    """A post without a line, two entries in its outbox."""
    with home_with(tmp_path / "post") as store:
        yield store


def _refuses(post: Store, target: Path) -> None:
    with pytest.raises(OutsideError, match="Nothing was lost"):
        sealed(post, target)
    assert {(each.queued.state, each.package) for each in post.parcels.waiting()} == {(QUEUED, None)}


def test_a_stick_that_is_not_there_leaves_the_outbox_as_it_was(post: Store, stick: Path) -> None:
    stick.rmdir()
    _refuses(post, stick / "x.swpackage")


@pytest.mark.parametrize("size", [4, 8, 12])
def test_a_full_stick_leaves_the_outbox_as_it_was(post: Store, stick: Path, size: int) -> None:
    mount = shutil.which("mount")
    if (
        not mount
        or subprocess.run([mount, "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", stick], check=False).returncode
    ):
        pytest.skip("no small disk can be made here")
    try:
        for _ in range(4):
            queue(post, CANARY * 2000)
        _refuses(post, stick)
        assert list(stick.iterdir()) == []
    finally:
        subprocess.run(["umount", str(stick)], check=True)
    assert sealed(post, stick).entries == 6


STRIKES = ("error=EIO", "error=ENOSPC", "signal=SIGKILL")


@pytest.mark.parametrize("strike", STRIKES)
@pytest.mark.parametrize("call", ["openat", "write", "fsync", "/rename.*"])
def test_a_stick_that_fails_at_any_step_has_a_whole_package_or_none(
    tmp_path: Path, stick: Path, call: str, strike: str
) -> None:
    strace = shutil.which("strace")
    if not strace:
        pytest.skip("strace is not installed")
    home, target = tmp_path / "post", stick / "x.swpackage"
    home_with(home).close()
    paths = [word for path in (target, f"{target}.part", stick) for word in ("-P", str(path))]
    words = [
        strace,
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        *paths,
        "-e",
        f"trace={call}",
        "-e",
        f"inject={call}:{strike}:when=1",
    ]
    run = [*words, sys.executable, "-m", "tests.workflow.sticks", str(home / "declarations.db"), str(target)]
    done = subprocess.run(run, check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert "made" not in done.stdout, "the strike did not happen"
    whole = target.exists()
    if whole:
        assert len(entries_of(open_package(target, PHRASE, QUEUE), "x")) == 2
    with open_store(home / "declarations.db") as store:
        waiting = store.parcels.waiting()
        assert len(waiting) == 2
        if whole:
            assert {each.queued.state for each in waiting} == {SENT_UNKNOWN}
        again = sealed(store, stick / "y.swpackage", again=True)
        assert len(entries_of(open_package(again.file, PHRASE, QUEUE), "x")) == 2

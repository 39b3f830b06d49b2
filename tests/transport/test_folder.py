# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An office behind a watched folder: handed over once, asked, answered, and every way in which a folder fails."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
import uuid
from pathlib import Path

import pytest

from swclient.transport.folder import FolderOffice
from swclient.transport.folder_answers import STILL_SECONDS
from swclient.transport.problems import AnswerUnknownError, NotSentError, RefusedError

KEY = "0b2e9a54-8d7c-4f9e-9a7b-5d1c2e3f4a5b"
XML = "application/xml; charset=utf-8"
SAD = b"<ASYCUDA><Declarant><Reference><Number>REF-1</Number></Reference></Declarant></ASYCUDA>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("in", "out", "done"):
        (tmp_path / "office" / name).mkdir(parents=True)
    return tmp_path / "office"


@pytest.fixture
def office(folder: Path) -> FolderOffice:
    return FolderOffice(folder)


def hand_over(office: FolderOffice, key: str = KEY, content: bytes = SAD) -> str:
    return office.hand_over(key, content, XML, b"signature")


def names(folder: Path, place: str) -> list[str]:
    return sorted(file.name for file in (folder / place).iterdir())


def answer(folder: Path, name: str, content: bytes = b"<ASYCUDA/>", age: float = 60.0) -> Path:
    file = folder / "in" / name
    file.write_bytes(content)
    os.utime(file, (time.time() - age, time.time() - age))
    return file


def test_a_file_and_its_signature_are_there_once_however_often_they_are_handed_over(
    office: FolderOffice, folder: Path
) -> None:
    assert hand_over(office) == KEY
    assert hand_over(office) == KEY
    assert names(folder, "out") == [f"{KEY}.p7s", f"{KEY}.xml"]
    assert (folder / "out" / f"{KEY}.xml").read_bytes() == SAD
    assert (folder / "out" / f"{KEY}.p7s").read_bytes() == b"signature"
    with pytest.raises(RefusedError):
        hand_over(office, content=SAD + b" ")


@pytest.mark.parametrize("moved", ["kept in out", "moved to done", "taken away"])
def test_what_was_taken_is_known_and_not_put_there_again(office: FolderOffice, folder: Path, moved: str) -> None:
    assert office.ask(KEY) is None
    hand_over(office)
    file = folder / "out" / f"{KEY}.xml"
    if moved == "moved to done":
        file.replace(folder / "done" / file.name)
    elif moved == "taken away":
        file.unlink()
    fresh = FolderOffice(folder)
    held = fresh.ask(KEY)
    assert held is not None
    assert held.conversation == KEY
    hand_over(fresh)
    assert (file in (folder / "out").iterdir()) == (moved == "kept in out")


def test_a_crash_before_the_name_was_given_is_no_file(office: FolderOffice, folder: Path) -> None:
    hand_over(office)
    file = folder / "out" / f"{KEY}.xml"
    file.replace(folder / "out" / f".{KEY}.xml.part")
    fresh = FolderOffice(folder)
    assert fresh.ask(KEY) is None
    hand_over(fresh)
    assert file.is_file()


def test_an_order_belongs_to_the_conversation_that_it_names(office: FolderOffice, folder: Path) -> None:
    other, order = str(uuid.uuid4()), json.dumps({"conversation": KEY, "payments": []}).encode()
    assert office.hand_over(other, order, "application/json", None) == KEY
    (folder / "out" / f"{other}.json").unlink()
    held = FolderOffice(folder).ask(other)
    assert held is not None
    assert held.conversation == KEY


def test_answers_come_by_name_or_by_reference_each_once_and_are_moved_aside_when_kept(
    office: FolderOffice, folder: Path
) -> None:
    hand_over(office)
    answer(folder, f"{KEY}.1.xml", b"<ASYCUDA>1</ASYCUDA>", 30)
    answer(folder, "export of today.xml", SAD.replace(b"</ASYCUDA>", b"<x/></ASYCUDA>"), 20)
    answer(folder, "somebody else's.xml", SAD.replace(b"REF-1", b"REF-2"), 10)
    first, second = office.notifications(KEY)
    assert [first.sequence, second.sequence] == [1, 2]
    assert office.notifications(KEY) == (first, second)  # nobody fetched it: nothing is moved
    assert len(names(folder, "in")) == 3
    assert office.fetch(first).content == b"<ASYCUDA>1</ASYCUDA>"
    assert [each.id for each in office.notifications(KEY)] == [first.id, second.id]
    assert len(names(folder, "in")) == 2
    fresh = FolderOffice(folder)
    assert [each.id for each in fresh.notifications(KEY, after=1)] == [second.id]
    assert fresh.notifications(KEY, after=2) == ()
    assert names(folder, "in") == ["somebody else's.xml"]
    again = fresh.notifications(KEY)  # a store that was put back asks from the beginning
    assert [each.id for each in again] == [first.id, second.id]
    assert fresh.fetch(again[1]).content.endswith(b"<x/></ASYCUDA>")


def test_the_same_answer_under_another_name_is_the_same_answer(office: FolderOffice, folder: Path) -> None:
    hand_over(office)
    answer(folder, f"{KEY}.1.xml")
    answer(folder, f"{KEY}.copy.xml")
    assert len({each.id for each in office.notifications(KEY)}) == 1


def test_a_file_that_is_still_being_written_is_left(office: FolderOffice, folder: Path) -> None:
    hand_over(office)
    half = answer(folder, f"{KEY}.1.xml", b"<ASYCUDA><half>", age=0)
    answer(folder, f"{KEY}.2.txt", b"ASYCUDA: REF", age=0)
    assert office.notifications(KEY) == ()
    half.write_bytes(b"<ASYCUDA><half/></ASYCUDA>")
    assert len(office.notifications(KEY)) == 1
    for file in (folder / "in").iterdir():
        os.utime(file, (time.time() - STILL_SECONDS - 1,) * 2)
    assert len(office.notifications(KEY)) == 2


def test_hostile_names_and_things_that_are_no_files_are_passed_by(
    office: FolderOffice, folder: Path, tmp_path: Path
) -> None:
    hand_over(office)
    secret = tmp_path / "secret.xml"
    secret.write_bytes(b"<secret/>")
    (folder / "in" / f"{KEY}.link.xml").symlink_to(secret)
    (folder / "in" / f"{KEY}.folder.xml").mkdir()
    os.mkfifo(folder / "in" / f"{KEY}.pipe.xml")
    answer(folder, f".{KEY}.hidden.xml")
    answer(folder, f"{KEY}.exe")
    answer(folder, f"{KEY}.entities.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", age=0)
    answer(folder, f"{KEY};rm -rf \n.xml")
    (notice,) = office.notifications(KEY)
    office.notifications(KEY, after=notice.sequence)
    kept = names(folder, f"kept/{KEY}")
    assert len(kept) == 1
    assert set(kept[0]) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
    with pytest.raises(NotSentError):
        office.hand_over("../../etc/passwd", SAD, XML, None)
    assert office.ask("../../etc/passwd") is None


def test_an_answer_that_changed_since_it_was_noticed_is_not_taken(office: FolderOffice, folder: Path) -> None:
    hand_over(office)
    file = answer(folder, f"{KEY}.1.xml")
    (notice,) = office.notifications(KEY)
    file.write_bytes(b"<ASYCUDA>other</ASYCUDA>")
    with pytest.raises(AnswerUnknownError):
        office.fetch(notice)


def test_a_journal_that_was_cut_off_or_scribbled_on_still_tells_the_rest(office: FolderOffice, folder: Path) -> None:
    hand_over(office)
    journal = folder / "journal.jsonl"
    journal.write_bytes(journal.read_bytes() + b'[1]\n{"sent": 3}\n{"sent": "x", "sha2')
    shutil.rmtree(folder / "out")
    (folder / "out").mkdir()
    assert FolderOffice(folder).ask(KEY) is not None
    other = str(uuid.uuid4())
    hand_over(FolderOffice(folder), other)
    shutil.rmtree(folder / "out")
    (folder / "out").mkdir()
    assert FolderOffice(folder).ask(other) is not None


@pytest.mark.parametrize("gone", ["", "in", "out"])
def test_a_folder_that_is_not_there_takes_nothing_and_none_is_made(
    office: FolderOffice, folder: Path, gone: str
) -> None:
    shutil.rmtree(folder / gone)
    for act in (lambda: hand_over(office), lambda: office.ask(KEY), lambda: office.notifications(KEY)):
        with pytest.raises(NotSentError, match="is the share connected"):
            act()
    assert not (folder / gone).exists()


def small_disk(folder: Path, options: str) -> None:
    mount = shutil.which("mount")
    if not mount or subprocess.run([mount, "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False).returncode:
        pytest.skip("no disk can be made here")


def test_a_full_folder_says_so_and_takes_it_when_there_is_space(folder: Path) -> None:
    small_disk(folder, "size=16k")
    try:
        for name in ("in", "out"):
            (folder / name).mkdir()
        office = FolderOffice(folder)
        with pytest.raises(NotSentError, match="is full"):
            hand_over(office, content=SAD * 1000)
        assert office.ask(KEY) is None
        assert not [name for name in names(folder, "out") if name.endswith(".xml")]
        for file in (folder / "out").iterdir():
            file.unlink()
        hand_over(office)
        assert office.ask(KEY) is not None
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_read_only_folder_says_so(folder: Path) -> None:
    small_disk(folder, "size=64k")
    try:
        for name in ("in", "out"):
            (folder / name).mkdir()
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        with pytest.raises(NotSentError, match="Ask for the right"):
            hand_over(FolderOffice(folder))
        assert FolderOffice(folder).ask(KEY) is None
    finally:
        subprocess.run(["umount", str(folder)], check=True)

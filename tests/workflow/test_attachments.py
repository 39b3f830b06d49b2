# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attached files: within limits, only whole, written out under safe names, taken off and brought back."""

from __future__ import annotations

import os
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.store.attachments import Attachment, NewAttachment
from swclient.workflow.application import Application
from swclient.workflow.files import attachments, filing
from swclient.workflow.files.archiving import write_archive
from swclient.workflow.files.attachments import attach
from swclient.workflow.files.limits import MIB, Limits, limits_on
from swclient.workflow.signature.keys import demo_signer
from swclient.workflow.told.timeline import timeline

SMALL = Limits(100, 250, frozenset({"exe"}))


@pytest.fixture
def sample(offline: Application) -> str:
    """A declaration in the store."""
    return offline.open_sample()


def made(folder: Path, name: str = "invoice.pdf", content: bytes = b"%PDF TRAINING 17") -> Path:
    """A file of the user's."""
    file = folder / name
    file.write_bytes(content)
    return file


def names(application: Application, declaration_id: str) -> list[str]:
    return [each.name for each in application.store.attachments.of_declaration(declaration_id)]


def test_the_limits_that_are_shipped() -> None:
    limits = limits_on(date(2026, 11, 23))
    assert (limits.file, limits.declaration) == (20 * MIB, 100 * MIB)
    assert limits == limits_on(date(2020, 1, 1))
    assert limits.runs("Setup.EXE")
    assert not limits.runs("invoice.pdf")


def test_a_file_is_attached_to_a_document_and_told_on_the_timeline(
    offline: Application, sample: str, tmp_path: Path
) -> None:
    declaration = offline.open(sample).session.declaration
    row = attachments.document_named(declaration, "1")
    kept = attach(offline.store, sample, made(tmp_path), SMALL, row)
    attach(offline.store, sample, made(tmp_path, "Setup.exe", b"MZ"), SMALL, 9999)
    first, second = attachments.seen(offline.store.attachments.of_declaration(sample), declaration, SMALL)
    assert (first.file, first.lost, first.runs) == (kept, False, False)
    assert first.document.endswith(str(declaration.tables["document"][row].values["number"]))
    assert (second.document, second.lost, second.runs) == ("", True, True)
    told = [each.detail for each in timeline(offline.store, sample) if each.kind == "attached"]
    assert told[0] == f"invoice.pdf · 16 B · {kept.sha256[:12]}"


def test_a_document_is_named_by_place_or_number(offline: Application, sample: str) -> None:
    declaration = offline.open(sample).session.declaration
    rows = list(declaration.tables["document"])
    number = str(declaration.tables["document"][rows[2]].values["number"])
    assert attachments.document_named(declaration, number) == rows[2]
    assert attachments.document_named(declaration, str(len(rows))) == rows[-1]
    for wrong in ("0", str(len(rows) + 1), "nothing"):
        with pytest.raises(UserError, match="Box 44 has no document"):
            attachments.document_named(declaration, wrong)


def test_too_large_a_file_is_refused_with_its_size_and_the_limit(
    offline: Application, sample: str, tmp_path: Path
) -> None:
    huge = tmp_path / "scan.tif"
    with huge.open("wb") as stream:
        stream.truncate(20 * MIB + 1)
    with pytest.raises(UserError, match=r"“scan\.tif” has 20971521 bytes; a file may have 20971520"):
        attach(offline.store, sample, huge, limits_on(date(2026, 1, 1)))
    attach(offline.store, sample, made(tmp_path, content=b"x" * 100), SMALL)
    with pytest.raises(UserError, match="has 101 bytes"):
        attach(offline.store, sample, made(tmp_path, content=b"x" * 101), SMALL)


def test_the_files_of_a_declaration_have_a_limit_together_and_the_same_bytes_count_once(
    offline: Application, sample: str, tmp_path: Path
) -> None:
    for name in "ab":
        attach(offline.store, sample, made(tmp_path, name, name.encode() * 100), SMALL)
    with pytest.raises(UserError, match=r"“c” has 51 bytes, and .* have 200 already; .* may have 250"):
        attach(offline.store, sample, made(tmp_path, "c", b"c" * 51), SMALL)
    attach(offline.store, sample, made(tmp_path, "a2", b"a" * 100), SMALL)
    last = attach(offline.store, sample, made(tmp_path, "d", b"d" * 50), SMALL)
    attachments.remove(offline.store, last)
    attach(offline.store, sample, made(tmp_path, "e", b"e" * 50), SMALL)
    with pytest.raises(UserError, match="“d” has 50 bytes"):
        attachments.restore(offline.store, last, SMALL)
    assert names(offline, sample) == ["a", "b", "a2", "e"]


@pytest.mark.parametrize("how", ["grows", "shrinks", "is written over"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    offline: Application, sample: str, tmp_path: Path, how: str
) -> None:
    file = made(tmp_path, "busy.pdf", b"x" * 2 * MIB)
    os.utime(file, (1, 1))
    looks = []

    def meddle() -> bool:
        looks.append(how)
        if len(looks) == 2:
            with file.open("r+b") as stream:
                stream.seek(0, os.SEEK_END if how == "grows" else os.SEEK_SET)
                stream.write(b"y")
                if how == "shrinks":
                    stream.truncate(MIB)
        return False

    with pytest.raises(UserError, match=r"“busy\.pdf” changed while it was read"):
        attach(offline.store, sample, file, limits_on(date(2026, 1, 1)), stopped=meddle)
    assert names(offline, sample) == []
    attach(offline.store, sample, file, limits_on(date(2026, 1, 1)))  # the control: it holds still now
    with pytest.raises(UserError, match="the program is closing"):
        attach(offline.store, sample, file, limits_on(date(2026, 1, 1)), stopped=lambda: True)


def test_what_is_no_file_or_cannot_be_read_is_told(offline: Application, sample: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(UserError, match="not a file that can be attached"):
            attach(offline.store, sample, path, SMALL)
    with pytest.raises(UserError, match=r"gone\.pdf cannot be read: No such file"):
        attach(offline.store, sample, tmp_path / "gone.pdf", SMALL)


def test_the_same_file_twice_is_refused_and_mends_one_that_rotted(
    offline: Application, sample: str, tmp_path: Path
) -> None:
    file = made(tmp_path)
    kept = attach(offline.store, sample, file, SMALL)
    with pytest.raises(UserError, match=f"attached already, as file number {kept.id}"):
        attach(offline.store, sample, file, SMALL)
    with sqlite3.connect(offline.store.path) as connection:
        connection.execute("UPDATE blob SET content = x'00'")
    attach(offline.store, sample, file, SMALL)
    assert offline.store.attachments.content(kept.sha256) == file.read_bytes()


def test_a_file_is_written_out_under_a_safe_name_and_over_nothing_unasked(
    offline: Application, sample: str, tmp_path: Path
) -> None:
    new = NewAttachment(sample, "../..\\nul\u202e.pdf", "application/pdf", b"%PDF")
    evil = offline.store.attachments.keep(new)  # as another machine may have kept it
    folder = tmp_path / "out"
    folder.mkdir()
    target = attachments.export(offline.store, evil, folder)
    assert (target, target.read_bytes()) == (folder / "_nul.pdf", b"%PDF")
    target.write_bytes(b"mine")
    with pytest.raises(UserError, match="not written over"):
        attachments.export(offline.store, evil, folder)
    assert target.read_bytes() == b"mine"
    assert attachments.free_target(folder, evil) == folder / "_nul (2).pdf"
    attachments.export(offline.store, evil, folder, over=True)
    assert target.read_bytes() == b"%PDF"
    (folder / "link.pdf").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UserError, match="not written over"):
        attachments.export(offline.store, evil, folder / "link.pdf")
    with pytest.raises(UserError, match="no folder"):
        attachments.export(offline.store, evil, folder / "deeper" / "x.pdf")


def test_a_file_is_named_by_number_or_by_a_name_that_only_it_has(
    offline: Application, sample: str, tmp_path: Path
) -> None:
    first = attach(offline.store, sample, made(tmp_path), SMALL)
    second = attach(offline.store, sample, made(tmp_path, content=b"other"), SMALL)
    third = attach(offline.store, sample, made(tmp_path, "list.pdf"), SMALL)
    files: tuple[Attachment, ...] = offline.store.attachments.of_declaration(sample)
    assert attachments.file_named(files, str(second.id)) == second
    assert attachments.file_named(files, "list.pdf") == third
    with pytest.raises(UserError, match=f"2 attached files; use the number: {first.id}, {second.id}"):
        attachments.file_named(files, "invoice.pdf")
    with pytest.raises(UserError, match="number or name “x”"):
        attachments.file_named(files, "x")


def test_an_archive_holds_the_files_and_verifying_names_one_that_was_touched(
    offline: Application, sample: str, tmp_path: Path
) -> None:
    attach(offline.store, sample, made(tmp_path), SMALL)
    attach(offline.store, sample, made(tmp_path, "list.pdf", b"list"), SMALL)
    gone = attach(offline.store, sample, made(tmp_path, "gone.pdf", b"gone"), SMALL)
    attachments.remove(offline.store, gone)
    pieces = filing._pieces(offline.store, sample, offline.open(sample).session.snapshot(), "")
    folder = write_archive(tmp_path / "archive", pieces, {}, demo_signer(offline.home).sign)
    files = sorted(file.name for file in (folder / "attachments").iterdir())
    assert files == ["01-invoice.pdf", "02-list.pdf"]
    assert filing.verify(folder).good
    (folder / "attachments" / "02-list.pdf").write_bytes(b"lisT")
    assert [each.text() for each in filing.verify(folder).problems] == [
        "attachments/02-list.pdf is not as it was archived."
    ]

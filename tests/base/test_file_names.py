# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of files from elsewhere: they lead nowhere else, hide nothing, and every system takes them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.base.file_names import free_name, safe_name


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("invoice 17.pdf", "invoice 17.pdf"),
        ("счёт № 17.pdf", "счёт № 17.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("/", "file"),
        ("..", "file"),
        ("", "file"),
        (".bashrc", "bashrc"),
        ("annex\u202efdp.exe", "annexfdp.exe"),
        ("zero\u200bwidth\ufeff.pdf", "zerowidth.pdf"),
        ("line\nbreak\x07.txt", "line break.txt"),
        ("nul", "_nul"),
        ("COM1.txt", "_COM1.txt"),
        ("aux .pdf", "_aux .pdf"),
        ("LPT¹", "_LPT¹"),
        ("company.pdf", "company.pdf"),
        ("con.tar.gz", "_con.tar.gz"),
        ('a<b>:"c|d?e*.pdf', "a_b___c_d_e_.pdf"),
        ("dots and blanks. . ", "dots and blanks"),
        ("e\u0301.pdf", "\u00e9.pdf"),
        ("lone\udc80.pdf", "lone.pdf"),
    ],
)
def test_a_name_is_made_safe(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


def test_a_long_name_is_cut_between_two_letters_and_keeps_its_ending() -> None:
    cut = safe_name("ж" * 300 + ".pdf")
    assert cut == "ж" * 73 + ".pdf"
    assert len(safe_name("a." + "b" * 300).encode()) == 150


@given(st.text(st.characters(), max_size=400))
def test_whatever_the_name_it_stays_in_the_folder(name: str) -> None:
    safe = safe_name(name)
    assert Path("folder", safe).parent == Path("folder")
    assert safe not in {"", ".", ".."}
    assert len(safe.encode()) <= 151
    assert safe.isprintable()


def test_names_that_are_taken_get_a_number_whatever_their_case() -> None:
    assert free_name("list.pdf", []) == "list.pdf"
    assert free_name("list.pdf", ["LIST.pdf", "list (2).PDF"]) == "list (3).pdf"

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages that a profile lays out itself: what is read, what is inherited, what is refused and where it says so."""

import pytest

from swclient.base.errors import DataError
from swclient.catalogue.layout import Cell, cells
from swclient.catalogue.loader import load_profile, profile_codes

WHOLE = """
[[header]]
title = { en = "Head", ru = "Заголовок" }
rows = ["header.date:4 exporter.name:8:2"]
[[header]]
share = 5
rows = ["consignee.name:12"]
[[header]]
share = 7
table = "package"
columns = "kind:12"
lines = 2
"""


def test_a_layout_says_what_stands_where(home):
    layout = home.profile(pages=WHOLE).layout
    first, second, third = layout.pages["header"]
    assert first.title.text("ru") == "Заголовок"
    assert first.title.text("zh") == "Head"
    assert list(cells(first.rows[0])) == [Cell("header.date", 4, 1), Cell("exporter.name", 8, 2)]
    assert [block.share for block in (first, second, third)] == [12, 5, 7]
    assert (third.table, third.columns, third.lines) == ("package", "kind:12", 2)


def test_a_layout_tells_the_page_of_a_field_and_of_the_columns_of_a_table(home):
    layout = home.profile(pages=WHOLE).layout
    assert [layout.page_of(name) for name in ("exporter.name", "package.kind", "item.gross_mass")] == [
        "header",
        "header",
        "",
    ]


def test_a_profile_without_a_layout_takes_its_parents(home):
    home.profile("UNION", facts='version = "1"\n', pages=WHOLE)
    assert len(home.profile("XX", facts='country = "XX"\nparent = "UNION"\n').layout.pages["header"]) == 3


def test_most_profiles_have_none(home):
    assert home.profile().layout.pages == {}


@pytest.mark.parametrize(
    ("pages", "row", "said"),
    [
        ('[[cover]]\nrows = ["header.date:3"]', "cover", "pages are header, parties"),
        ('[header]\nrows = ["header.date:3"]', "header", "list of blocks"),
        ('header = ["header.date:3"]', "header, 1", "table of keys"),
        ('[[header]]\nrow = ["header.date:3"]', "header, 1", "row"),
        ('[[header]]\nrows = "header.date:3"', "header, 1", "“rows”"),
        ('[[header]]\ntitle = "Head"\nrows = ["header.date:3"]', "header, 1", "“title”"),
        ("[[header]]\nshare = 12", "header, 1", "either rows of boxes or a table"),
        ('[[header]]\nrows = ["header.date:3"]\ntable = "package"', "header, 1", "either rows of boxes or a table"),
        ('[[header]]\nrows = ["header.dat:3"]', "header, 1", "no field “header.dat”"),
        ('[[header]]\nrows = ["header.date:3", "header.date:3"]', "header, 1", "stands twice"),
        ('[[goods]]\nrows = ["header.date:3"]\n[[header]]\nrows = ["header.date:3"]', "header, 1", "first in goods, 1"),
        ('[[header]]\nrows = ["header.date:three"]', "header, 1", "is no row"),
        ('[[header]]\nrows = ["header.date:3:1:1"]', "header, 1", "is no row"),
        ('[[header]]\nrows = ["header.date:0"]', "header, 1", "is no row"),
        ('[[header]]\nrows = [""]', "header, 1", "is no row"),
        ('[[header]]\nrows = ["header.date:5 exporter.name:8"]', "header, 1", "twelve columns at most"),
        ('[[header]]\nrows = ["package.kind:3"]', "header, 1", "wants a table"),
        ('[[header]]\ntable = "header"', "header, 1", "no section with many rows"),
        ('[[header]]\ntable = "package"\ncolumns = "colour:3"', "header, 1", "no field “package.colour”"),
        ('[[header]]\nshare = 7\nrows = ["header.date:3"]', "header", "do not make up twelve"),
        ("[[header]]\nshare = 7\nrows = []\n[[header]]\nrows = []", "header", "do not make up twelve"),
    ],
)
def test_a_layout_that_does_not_fit_is_refused_by_file_and_block(home, pages, row, said):
    with pytest.raises(DataError) as refused:
        home.profile(pages=pages)
    assert refused.value.file.endswith("pages.toml")
    assert refused.value.row == row
    assert said in str(refused.value)


def test_titles_of_a_layout_are_said_in_the_languages_of_the_window():
    for code in profile_codes():
        for blocks in load_profile(code).layout.pages.values():
            for block in blocks:
                assert block.title is None or {"en", "ru"} <= set(block.title.titles)

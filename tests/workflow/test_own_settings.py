# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A value is put into the user's settings file and given up again; what else stands there stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.store.backups.policy import read_policy
from swclient.workflow import own_settings
from swclient.workflow.bin import keep_days

_OURS = '# ours\nkeep_days = 7  # a week\nsecond_folder = "a = b"\n'


def test_a_value_is_put_read_and_given_up(tmp_path: Path) -> None:
    shipped = read_policy(tmp_path).keep_last
    own_settings.put(tmp_path, "backup.toml", "keep_last", 3)
    assert read_policy(tmp_path).keep_last == own_settings.value(tmp_path, "backup.toml", "keep_last") == 3
    own_settings.put(tmp_path, "backup.toml", "keep_last", None)
    assert not (tmp_path / "backup.toml").exists()
    assert own_settings.value(tmp_path, "backup.toml", "keep_last") == shipped


def test_what_else_stands_in_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "backup.toml"
    file.write_text(_OURS, encoding="utf-8")
    own_settings.put(tmp_path, "backup.toml", "keep_last", 3)
    assert file.read_text(encoding="utf-8") == _OURS + "keep_last = 3\n"
    own_settings.put(tmp_path, "backup.toml", "keep_last", None)
    assert file.read_text(encoding="utf-8") == _OURS


@pytest.mark.parametrize("folder", ["/media/stick", "C:\\copies\\“один”", 'a"b', "ﷺ\u2028"])
def test_a_folder_is_read_back_as_it_was_put(tmp_path: Path, folder: str) -> None:
    own_settings.put(tmp_path, "backup.toml", "second_folder", folder)
    assert own_settings.value(tmp_path, "backup.toml", "second_folder") == folder


@pytest.mark.parametrize("broken", ["keep_last = ", "keep_last = 0", 'what = "?"', "\x00", "keep_last = [\n"])
def test_a_file_that_is_not_understood_is_told_and_left(tmp_path: Path, broken: str) -> None:
    file = tmp_path / "backup.toml"
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(UserError, match=r"backup\.toml"):
        own_settings.put(tmp_path, "backup.toml", "keep_days", 3)
    assert file.read_text(encoding="utf-8") == broken


def test_a_value_over_several_lines_is_not_torn(tmp_path: Path) -> None:
    text = 'second_folder = """\nkeep_last = 4\n"""\n'
    (tmp_path / "backup.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="several lines"):
        own_settings.put(tmp_path, "backup.toml", "keep_last", 3)
    assert (tmp_path / "backup.toml").read_text(encoding="utf-8") == text


def test_a_value_that_means_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="keep_last"):
        own_settings.put(tmp_path, "backup.toml", "keep_last", 0)
    assert not (tmp_path / "backup.toml").exists()


def test_the_days_of_the_bin_are_put_and_given_up(tmp_path: Path) -> None:
    own_settings.put(tmp_path, "bin.toml", "keep_days", 0)
    assert keep_days(tmp_path) == 0
    own_settings.put(tmp_path, "bin.toml", "keep_days", None)
    assert keep_days(tmp_path) == own_settings.shipped_value("bin.toml", "keep_days")

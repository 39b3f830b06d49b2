# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where things are."""

import platformdirs
import pytest

from swclient.base import paths


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of one's own that is not there yet."""
    folder = tmp_path / "not" / "yet"
    monkeypatch.setenv("SWCLIENT_HOME", str(folder))
    return folder


def test_the_users_data_moves_where_the_environment_says_and_is_made_there(home):
    assert paths.user_data() == home
    assert home.is_dir()


def test_declarations_are_kept_in_the_users_data(home):
    assert paths.store_file() == home / "declarations.db"


def test_what_came_with_the_program_is_found_beside_it_in_a_checkout(tmp_path, monkeypatch):
    (tmp_path / "checkout" / "resources").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "checkout" / "swclient")
    assert paths.shipped("resources") == tmp_path / "checkout" / "resources"


def test_what_was_installed_with_the_program_comes_before_what_lies_beside_it(tmp_path, monkeypatch):
    for folder in ("swclient/resources", "resources"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "swclient")
    assert paths.shipped("resources") == tmp_path / "swclient" / "resources"


def test_a_folder_that_did_not_come_along_is_named():
    with pytest.raises(FileNotFoundError, match="no-such-folder"):
        paths.shipped("no-such-folder")


def test_the_rules_and_profiles_came_along():
    assert (paths.shipped("resources") / "catalogue" / "fields.toml").is_file()


@pytest.mark.parametrize("shared", ["", "  ", "elsewhere"])
def test_on_linux_the_usual_home_is_the_one_platformdirs_tells(tmp_path, monkeypatch, shared):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / shared) if shared.strip() else shared)
    monkeypatch.delenv("SWCLIENT_HOME", raising=False)
    assert paths.user_data() == platformdirs.user_data_path("swclient", appauthor=False)

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A place of its own for translations, so that tests can speak languages that do not exist."""

import pytest

from swclient.base import i18n, paths


def _forget():
    i18n._catalogue.cache_clear()
    i18n._said.cache_clear()
    i18n.available.cache_clear()


def po_of(words):
    """Return a `.po` file of pairs."""
    quoted = [(key.replace('"', '\\"'), said.replace('"', '\\"')) for key, said in words.items()]
    return "\n\n".join(f'msgid "{key}"\nmsgstr "{said}"' for key, said in quoted)


@pytest.fixture
def localization(tmp_path, monkeypatch):
    """An empty folder for translations instead of the shipped one."""
    folder = tmp_path / "localization"
    folder.mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path)
    _forget()
    yield folder
    i18n.set_language(i18n.ENGLISH)
    _forget()


@pytest.fixture
def speaking(localization):
    """Teach a language: `speaking("xx", {msgid: words})`."""

    def speak(code, words):
        folder = localization / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "swclient.po").write_text(po_of(words), encoding="utf-8")
        _forget()

    return speak

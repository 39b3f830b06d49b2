# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The language in force, gettext for core and window alike, and numbers and dates as that language writes them.

In a checkout the `.po` files are read as they are; an installed program carries compiled `.mo` files.
A translation whose places differ from the original is refused, so that a slip cannot break a screen. The window needs
words before its first paint, figures and dates after it: what only these need is imported where they are shown.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from swclient.base import paths
from swclient.base.events import Signal

if TYPE_CHECKING:
    from decimal import Decimal

DOMAIN = "swclient"
LISTS = "lists"
"""The names of codes: a catalogue of its own, read when the first of them is shown."""
ENGLISH = "en"
PSEUDO = "qps"
"""A language for looking at the program, see `swclient.base.pseudo`; asked for by this name, offered nowhere."""
_NEXT = {"kk": "ru", "ky": "ru", "tg": "ru", "uz": "ru"}
_PLACE = re.compile(r"\{([\w.]+)(?::[^{}]*)?\}")
_NO_BREAK = "\u00a0"

language_changed: Signal[str] = Signal()
_state = {"language": ENGLISH}


def N_(msgid: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a sentence for translation without translating it now."""
    return msgid


def _(msgid: str) -> str:
    """Return a sentence in the language in force."""
    return translate(msgid)


def language() -> str:
    """Return the language in force: `en`, `ru`, ..."""
    return _state["language"]


def set_language(code: str) -> None:
    """Choose the language in force and tell everyone who listens."""
    if code != _state["language"]:
        _state["language"] = code
        language_changed.emit(code)


def wished_language() -> str:
    """Return the language that the environment asks for, if we speak it, else English."""
    for name in ("SWCLIENT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(name, "").split(".")[0].split("_")[0]
        if code in available() or (code == PSEUDO and name == "SWCLIENT_LANG"):
            return code
    return ENGLISH


@lru_cache(maxsize=1)
def available() -> tuple[str, ...]:
    """Return the languages that the program speaks, English first."""
    try:
        home = paths.shipped("localization")
    except FileNotFoundError:
        return (ENGLISH,)
    found = [folder.name for folder in home.iterdir() if (folder / "LC_MESSAGES").is_dir()]
    return (ENGLISH, *sorted(code for code in found if code != ENGLISH))


def next_best(code: str) -> tuple[str, ...]:
    """Return the languages in which people of a language read what is not said in their own, the best first."""
    return (_NEXT[code], ENGLISH) if code in _NEXT else (ENGLISH, "ru")


def translate(msgid: str, code: str | None = None, domain: str = DOMAIN) -> str:
    """Return a sentence in the given language; the original where there is no good translation.

    English has a catalogue too: the sentences in which a word follows a number.
    """
    return _said(msgid, code or _state["language"], domain)


@lru_cache(maxsize=16_384)
def _said(msgid: str, code: str, domain: str) -> str:
    words = _catalogue(code, domain).get(msgid, "") if msgid else ""
    if not words or set(_PLACE.findall(words)) != set(_PLACE.findall(msgid)):
        return msgid
    return words


@lru_cache(maxsize=32)
def _catalogue(code: str, domain: str) -> dict[str, str]:
    if code == PSEUDO:
        from swclient.base.pseudo import Pseudo

        return Pseudo(_catalogue(ENGLISH, domain))
    folder = paths.shipped("localization") / code / "LC_MESSAGES"
    compiled = folder / f"{domain}.mo"
    source = folder / f"{domain}.po"
    if source.is_file():
        return read_po(source.read_text(encoding="utf-8"))
    if compiled.is_file():
        import gettext

        with compiled.open("rb") as stream:
            held = getattr(gettext.GNUTranslations(stream), "_catalog", {})
        return {key: words for key, words in held.items() if isinstance(key, str)}
    return {}


def read_po(text: str) -> dict[str, str]:
    """Read the plain `msgid`/`msgstr` pairs of a `.po` file (fuzzy and obsolete ones are left out).

    Stands before the first paint in every language but English, so it goes over each line once.
    """
    found: dict[str, str] = {}
    parts: dict[str, str] = {}
    name, fuzzy = "", False
    for line in (*text.splitlines(), ""):
        first = line[:1]
        if first == '"' and name:
            parts[name] += line.strip()[1:-1]
        elif first == "m":
            name, _space, words = line.partition(" ")
            parts[name] = words.strip()[1:-1]
        elif first == "#":
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif not line.strip():
            msgid, msgstr = parts.get("msgid"), parts.get("msgstr")
            if msgid and msgstr and not fuzzy:
                found[_unescape(msgid)] = _unescape(msgstr)
            parts, name, fuzzy = {}, "", False
    return found


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m.group(1), m.group(1)), text)


def show(value: Any, code: str | None = None) -> str:
    """Return a value as people of that language read it: grouped figures, their decimal sign, day first."""
    code = code or _state["language"]
    if isinstance(value, bool):
        return translate(N_("yes") if value else N_("no"), code)
    if value is None or isinstance(value, (str, int)):
        return "" if value is None else str(value)
    from datetime import date, datetime
    from decimal import Decimal

    if isinstance(value, Decimal):
        return show_number(value, code)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M" if code == ENGLISH else "%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d" if code == ENGLISH else "%d.%m.%Y")
    return str(value)


def show_number(value: Decimal, code: str | None = None) -> str:
    """Return a decimal with its digits grouped by thin no-break spaces, point or comma by language."""
    code = code or _state["language"]
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return str(value)
    plain = f"{value:f}".lstrip("-")
    whole, dot, rest = plain.partition(".")
    grouped = f"{int(whole or 0):,}".replace(",", _NO_BREAK)
    point = "." if code in {ENGLISH, "zh"} else ","
    return ("-" if sign and any(digits) else "") + grouped + (point + rest if dot else "")

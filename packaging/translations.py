# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gathers every sentence that people read, and keeps the catalogues of translations in step.

    python packaging/translations.py              tells what each language lacks
    python packaging/translations.py --write      adds what is new, untranslated, to every catalogue; drops what is gone
    python packaging/translations.py --merge FILE LANG   takes translations from lines `english<TAB>translation`;
        with `lists` behind it, names of codes: a bin is a package there, and a folder of the program here

Sentences come from the code (what stands in `_()`, `N_()`, `Message()` and our errors) and from data (labels, rules).
The names of codes that stand in lists are a catalogue of their own (`lists.po`); the lists bring their Russian along.
"""

from __future__ import annotations

import ast
import csv
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
CATALOGUES = HOME / "localization"
_CALLS = {"_", "N_", "Message", "UserError", "OutsideError", "DataError", "KindError", "_tell", "_head"}
_PLACE = re.compile(r"\{([\w.]+)(?::[^{}]*)?\}")
ENGLISH = "en"  # its catalogue holds only what differs by number


PROGRAM, LISTS = "swclient", "lists"
_WHAT = {PROGRAM: "sentences", LISTS: "names of codes"}
_BY_CLDR = {"countries.csv", "currencies.csv"}  # named by the Unicode CLDR in every language


def gathered(domain: str) -> dict[str, str]:
    """Return everything a catalogue of a kind is to say, with the place it was first met in."""
    return sentences() if domain == PROGRAM else names_of_codes()


def names_of_codes() -> dict[str, str]:
    """Return the English names of the codes of all lists, each with its list."""
    found: dict[str, str] = {}
    for file in sorted((HOME / "resources").rglob("lists/*.csv")):
        if file.name not in _BY_CLDR:
            lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
            for row in csv.DictReader(lines):
                found.setdefault(row["name_en"], str(file.relative_to(HOME)))
    return found


def sentences() -> dict[str, str]:
    """Return every sentence with the place it was first met in, in order."""
    found: dict[str, str] = {}
    for where, words in (*_from_code(), *_from_data()):
        if words.strip() and re.search(r"[A-Za-z]", words):
            found.setdefault(words, where)
    return found


def _from_code() -> Iterator[tuple[str, str]]:
    for folder in ("swclient", "ui"):
        for file in sorted((HOME / folder).rglob("*.py")):
            if "training" not in file.parts:  # the training offices speak Russian and English themselves
                yield from ((str(file.relative_to(HOME)), words) for words in _spoken(file))


def _spoken(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in _CALLS and node.args:
            yield from _texts(node.args[0])


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _from_data() -> Iterator[tuple[str, str]]:
    resources = HOME / "resources"
    national = [str(file.relative_to(resources)) for file in sorted(resources.glob("profiles/*/boxes.toml"))]
    neutral = [str(file.relative_to(resources)) for file in sorted(resources.glob("catalogue/fields*.toml"))]
    for name in ("catalogue/tables.toml", "registers.toml", *neutral, *national):
        for row in _toml(resources / name).values():
            yield name, str(row.get("label", ""))
            yield from ((name, str(label)) for label in row.get("as", {}).values())
    for file in sorted(resources.glob("profiles/*/profile.toml")):
        for law in _toml(file).get("formula_laws", {}).values():
            yield str(file.relative_to(HOME)), str(law)
    yield from _from_rows(("catalogue/help/*.toml", "profiles/*/help.toml"), ("what", "words", "mistake"))
    yield from _from_rows(("**/rules/*.toml",), ("say", "do", "fix_say"))
    yield from _from_rows(("tour/*.toml",), ("label", "story", "say"))


def _from_rows(patterns: tuple[str, ...], keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Give what stands under some keys of the rows of files of data."""
    resources = HOME / "resources"
    for file in sorted(found for pattern in patterns for found in resources.glob(pattern)):
        for row in _toml(file).values():
            yield from ((str(file.relative_to(HOME)), str(row.get(key, ""))) for key in keys)


def _toml(path: Path) -> dict[str, dict[str, object]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))  # type: ignore[return-value]  # rows are tables


def languages(domain: str = PROGRAM) -> list[str]:
    """Return the languages that have a whole catalogue: English needs none, the lists have Russian with them."""
    found = (folder.name for folder in CATALOGUES.iterdir() if (folder / "LC_MESSAGES" / "swclient.po").is_file())
    return sorted(name for name in found if name not in ({ENGLISH} if domain == PROGRAM else {ENGLISH, "ru"}))


def catalogue(language: str, domain: str = PROGRAM) -> Path:
    """Return the file of a language's translations."""
    return CATALOGUES / language / "LC_MESSAGES" / f"{domain}.po"


def read(language: str, domain: str = PROGRAM) -> dict[str, str]:
    """Return the translations of a language."""
    sys.path.insert(0, str(HOME))
    from swclient.base.i18n import read_po

    file = catalogue(language, domain)
    return read_po(file.read_text(encoding="utf-8")) if file.is_file() else {}


def faulty(words: str, translation: str) -> bool:
    """Tell whether a translation has other places than the original."""
    return set(_PLACE.findall(words)) != set(_PLACE.findall(translation))


def write(language: str, known: dict[str, str], domain: str = PROGRAM) -> None:
    """Write a catalogue: every sentence in use, translated or not, and nothing else."""
    lines = ['msgid ""', 'msgstr ""', f'"Language: {language}\\n"', '"Content-Type: text/plain; charset=UTF-8\\n"', ""]
    for words, where in sorted(gathered(domain).items(), key=lambda pair: (pair[1], pair[0])):
        if language == ENGLISH and not known.get(words):
            continue
        lines += [f"#: {where}", f"msgid {_quoted(words)}", f"msgstr {_quoted(known.get(words, ''))}", ""]
    file = catalogue(language, domain)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines), encoding="utf-8")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _merge(file: Path, language: str, domain: str) -> None:
    """Take lines into a catalogue, as far as it wants them."""
    pairs = dict[str, str]()
    for line in file.read_text(encoding="utf-8").splitlines():
        words, tab, translation = line.partition("\t")
        words, translation = (part.replace("\\n", "\n") for part in (words, translation))
        if tab and translation.strip() and not faulty(words, translation):
            pairs[words] = translation
    wanted = gathered(domain)
    taken = {words: told for words, told in pairs.items() if words in wanted}
    write(language, read(language, domain) | taken, domain)


def main(arguments: list[str]) -> int:
    """Carry out what the command line asks for; return 1 when something is missing."""
    if arguments[:1] == ["--merge"]:
        _merge(Path(arguments[1]), arguments[2], LISTS if LISTS in arguments[3:] else PROGRAM)
        return 0
    missing = 0
    for domain in (PROGRAM, LISTS):
        for language in languages(domain):
            known = read(language, domain)
            if arguments[:1] == ["--write"]:
                write(language, known, domain)
            lacking = [words for words in gathered(domain) if not known.get(words)]
            missing += len(lacking)
            print(f"{language}: {len(lacking)} of {len(gathered(domain))} {_WHAT[domain]} are not translated")
            for words in lacking if "--list" in arguments else ():
                print(words.replace("\n", "\\n"))
    if arguments[:1] == ["--write"]:
        write(ENGLISH, read(ENGLISH))
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

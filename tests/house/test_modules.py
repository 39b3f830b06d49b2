# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How modules open, what they are called, and what no line of them may say."""

import ast
import re

import pytest

from tests.house.sources import ROOT, modules, project_files, told, tree

SPDX = (
    "# SPDX-FileCopyrightText: swclient contributors",
    "# SPDX-License-Identifier: GPL-3.0-or-later",
)
# Names that say nothing about what is inside.
_EMPTY = "util utils helper helpers manager handler misc common stuff"
EMPTY_WORDS = frozenset(_EMPTY.split())

# Where a handler may catch anything, and why: there a mistake of one part must not take the rest with it.
# The window's end is a hook and needs no handler. Ruff (BLE) sees to it that each of them logs what it caught.
BROAD_HANDLERS = {
    "swclient/workflow/jobs.py": "a failed job is told to the one who asked for it",
    "swclient/engine/live.py": "a rule that crashes becomes a finding of its own",
    "swclient/cli/__init__.py": "a mistake of ours ends in one line and a log, not in a traceback",
}

# The seven countries and their neighbour: facts about them are data, the core knows profiles only.
COUNTRIES = "KZ|KG|TJ|UZ|AZ|MN|CN|RU"
COUNTRY = re.compile(rf"(?:{COUNTRIES})(?:[-/].*)?")

# Written apart, so that this file does not say them. Names of package registries, and places of one
# machine.
_HOSTS = [
    "py" + "pi.org",
    "python" + "hosted",
    "npm" + "js.",
    "deb." + "debian",
    "registry." + "npm",
]
_PLACES = ["/wor" + "k/", "/far" + "m/", "." + "library", "/t" + "mp/brief", "/ro" + "ot/"]
NOT_OURS = re.compile("|".join(map(re.escape, _HOSTS + _PLACES)), re.IGNORECASE)

UNDONE = re.compile(
    "|".join(
        [
            "TO" + "DO",
            "FIX" + "ME",
            "XX" + "X",
            "raise NotImplemented" + "Error",
            "pragma: no " + "cover",
        ]
    )
)
SILENCED = re.compile(r"#\s*(?:no" + r"qa|type:\s*ig" + r"nore)(?P<rest>.*)")
# a code, then words: "F401 - why", "[attr-defined]  # why"
WITH_REASON = re.compile(r"(?::\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*|\[[a-z, -]+\])\s*(?:-|#|--)\s*\w+")


def _docstrings(module):
    """Return the constants of a module that are docstrings, which may name countries."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(module):
        if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr):
            yield node.body[0].value


def _texts(module):
    told_only = {id(node) for node in _docstrings(module)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told_only:
            yield node


def _is_broad(handler):
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        one is None or (isinstance(one, ast.Name) and one.id in {"Exception", "BaseException"}) for one in caught
    )


def _goes_on(handler):
    """Say whether the error goes on upwards, after a transaction was taken back, say."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _readable(file):
    try:
        return file.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        return []


@pytest.fixture(scope="module")
def lines():
    """Every line of every text file of the project, with its place."""
    return [(told(file, n), line) for file in project_files() for n, line in enumerate(_readable(file), 1)]


@pytest.fixture(scope="module")
def code_lines(lines):
    return [(place, line) for place, line in lines if place.rpartition(":")[0].endswith((".py", "dev"))]


def test_every_module_opens_with_its_licence_and_says_what_it_is_for():
    wrong = []
    for file in modules():
        text = file.read_text("utf-8").removeprefix("#!/usr/bin/env python3\n")
        if tuple(text.splitlines()[:2]) != SPDX or not ast.get_docstring(tree(file)):
            wrong.append(told(file))
    assert not wrong


def test_no_module_or_class_has_a_name_that_says_nothing():
    named = {(told(file), word) for file in modules() for word in file.relative_to(ROOT).with_suffix("").parts}
    named |= {
        (told(file, node.lineno), re.sub("(?<!^)([A-Z])", r"_\1", node.name))
        for file in modules()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ClassDef)
    }
    empty = [f"{place}: {name}" for place, name in named if EMPTY_WORDS & set(name.lower().split("_"))]
    assert not sorted(empty)


def test_the_core_names_no_country():
    named = [
        f"{told(file, text.lineno)}: {text.value!r}"
        for file in modules("swclient")
        for text in _texts(tree(file))
        if COUNTRY.fullmatch(text.value)
    ]
    assert not named


def test_anything_is_caught_only_where_the_house_allows_it():
    broad = [
        told(file, node.lineno)
        for file in modules("swclient", "ui")
        if told(file) not in BROAD_HANDLERS
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ExceptHandler) and _is_broad(node) and not _goes_on(node)
    ]
    assert not broad


def test_every_place_that_may_catch_anything_does_so():
    catching = {
        told(file)
        for file in modules("swclient", "ui")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ExceptHandler) and _is_broad(node)
    }
    assert set(BROAD_HANDLERS) <= catching


def test_no_file_names_a_package_registry_or_a_place_of_one_machine(lines):
    assert not [f"{place}: {line.strip()[:100]}" for place, line in lines if NOT_OURS.search(line)]


def test_nothing_is_left_undone(code_lines):
    assert not [f"{place}: {line.strip()[:100]}" for place, line in code_lines if UNDONE.search(line)]


def test_a_silenced_check_says_why(code_lines):
    silent = [
        f"{place}: {line.strip()[:100]}"
        for place, line in code_lines
        if (found := SILENCED.search(line)) and not WITH_REASON.match(found["rest"])
    ]
    assert not silent


@pytest.mark.parametrize("said", [": BLE001 - a crashing rule is a finding", "[arg-type]  # the stub is wrong"])
def test_a_reason_after_the_code_is_seen(said):
    assert WITH_REASON.match(said)


@pytest.mark.parametrize("said", ["", ": BLE001", "[arg-type]"])
def test_a_code_alone_is_no_reason(said):
    assert not WITH_REASON.match(said)

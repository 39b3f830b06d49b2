# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files, functions and arguments keep to their budgets; exceptions are named with a reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import modules, told, tree

FILE_LINES = 300
FUNCTION_LINES = 40
ARGUMENTS = 6
NESTING = 3

# "path" or "path:function" -> why it may be larger. This list only shrinks.
EXCEPTIONS: dict[str, str] = {}

# `with` is not among them: it decides nothing, though what stands in it counts.
_BLOCKS = (ast.If, ast.For, ast.While, ast.Try, ast.Match)
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(file: Path) -> Iterator[_Function]:
    return (node for node in ast.walk(tree(file)) if isinstance(node, _Function))


def _excused(file: Path, function: str | None = None) -> bool:
    return (told(file) if function is None else f"{told(file)}:{function}") in EXCEPTIONS


def _lines(function: _Function) -> int:
    """Count the lines of a function without its docstring: explaining costs nothing."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return whole
    return whole - ((first.end_lineno or first.lineno) - first.lineno + 1)


def _depth(statements: list[ast.stmt], above: int = 0) -> int:
    """Return how deep blocks stand; elif is no deeper, an inner function begins anew."""
    deepest = above
    for statement in statements:
        if isinstance(statement, _BLOCKS):
            deepest = max(deepest, _depth_of_block(statement, above + 1))
        elif isinstance(statement, ast.With):
            deepest = max(deepest, _depth(statement.body, above))
    return deepest


def _depth_of_block(block: ast.stmt, depth: int) -> int:
    deepest = depth
    for name in ("body", "orelse", "finalbody"):
        inner = getattr(block, name, [])
        chained = isinstance(block, ast.If) and name == "orelse" and len(inner) == 1
        level = depth - 1 if chained and isinstance(inner[0], ast.If) else depth
        deepest = max(deepest, _depth(inner, level))
    for part in (*getattr(block, "handlers", []), *getattr(block, "cases", [])):
        deepest = max(deepest, _depth(part.body, depth))
    return deepest


def _arguments(function: _Function) -> int:
    named = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return len([one for one in named if one.arg not in {"self", "cls"}])


def test_no_file_is_longer_than_its_budget():
    long = [
        f"{told(file)}: {count} lines"
        for file in modules()
        if (count := len(file.read_text("utf-8").splitlines())) > FILE_LINES and not _excused(file)
    ]
    assert not long


def test_no_function_is_longer_than_its_budget():
    long = [
        f"{told(file, function.lineno)} {function.name}: {_lines(function)} lines"
        for file in modules()
        for function in _functions(file)
        if _lines(function) > FUNCTION_LINES and not _excused(file, function.name)
    ]
    assert not long


def test_no_function_takes_more_arguments_than_its_budget():
    # fixtures are arguments, so tests are free of it
    many = [
        f"{told(file, function.lineno)} {function.name}: {_arguments(function)} arguments"
        for file in modules("swclient", "ui", "packaging", "dev")
        for function in _functions(file)
        if _arguments(function) > ARGUMENTS and not _excused(file, function.name)
    ]
    assert not many


def test_no_blocks_stand_deeper_than_their_budget():
    deep = [
        f"{told(file, function.lineno)} {function.name}: {depth} deep"
        for file in modules()
        for function in _functions(file)
        if (depth := _depth(function.body)) > NESTING and not _excused(file, function.name)
    ]
    assert not deep


def test_every_exception_is_still_needed():
    names = {told(file) for file in modules()}
    names |= {f"{told(file)}:{one.name}" for file in modules() for one in _functions(file)}
    assert set(EXCEPTIONS) <= names


def test_depth_counts_decisions_and_neither_elif_nor_with():
    flat = ast.parse("if a:\n  pass\nelif b:\n  pass\nelif c:\n  for x in y:\n    pass\n")
    deep = ast.parse("for a in b:\n  if a:\n    try:\n      pass\n    except E:\n      while 1:\n        pass\n")
    held = ast.parse("with a:\n  if b:\n    with c:\n      pass\n")
    assert _depth(flat.body) == 2
    assert _depth(held.body) == 1
    assert _depth(deep.body) == 4

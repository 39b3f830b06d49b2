# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Python's syntax tree as rules use it: fields, sections and calls by name."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=4096)
def parsed(source: str) -> ast.expr:
    """Return an expression as Python's own tree."""
    return ast.parse(source.strip(), mode="eval").body


def name_of(node: ast.Call) -> str:
    """Return what is called."""
    return node.func.id if isinstance(node.func, ast.Name) else ""


def section_of(node: ast.expr) -> str:
    """Return a section named alone."""
    return node.id if isinstance(node, ast.Name) else ""


def target_of(node: ast.expr) -> tuple[str, str]:
    """Return section and name of a field.

    Raises:
        TypeError: it is no field.
    """
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.value.id, node.attr
    raise TypeError(ast.dump(node))


def walked_table(node: ast.expr, tables: Any) -> str:
    """Return the section that repeats among those an expression speaks of."""
    if isinstance(node, ast.Name):
        return node.id
    named = (target_of(each)[0] for each in ast.walk(node) if isinstance(each, ast.Attribute))
    return next(table for table in named if tables[table].many)

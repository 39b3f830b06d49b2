# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pieces of XPath 1.0: what an expression becomes, when it counts as blank, and how two of them are compared.

XPath has no blanks, but two things behave like one: an attribute that is not there makes every comparison
false, and so does a figure that is not a number. Where a value has this habit no guard is written (`silent`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

NEARLY = "0.000005"  # XPath reckons in binary fractions: figures that are nearer than this are the same
_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Eq: "=",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_INVERSE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


class UnsayableError(ValueError):
    """A rule cannot be said in XPath 1.0 with what is taught here; the text says which part."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an expression becomes.

    Attributes:
        text: XPath, in brackets where it could be torn apart.
        kind: `text`, `number`, `day`, `flag`, `truth`, `lines` (charges) or `options` (several texts).
        guards: conditions that must hold for it not to be blank.
        silent: whether a comparison with it is false by itself where it is blank.
        hollow: whether it is the empty text where it is blank.
        exact: whether no reckoning has touched a figure.
        options: XPath of each of `options`.
    """

    text: str
    kind: str
    guards: tuple[str, ...] = ()
    silent: bool = False
    hollow: bool = False
    exact: bool = True
    options: tuple[str, ...] = ()

    @property
    def filled(self) -> str:
        """The condition under which there is a value."""
        return both(self.guards) if self.guards else "true()"


def both(conditions: Iterable[str]) -> str:
    """Return conditions joined, each once."""
    return " and ".join(dict.fromkeys(conditions))


def guards_of(parts: Iterable[Said]) -> tuple[str, ...]:
    """Return the guards of several values, each once."""
    return tuple(dict.fromkeys(guard for part in parts for guard in part.guards))


def quoted(text: str) -> str:
    """Return a text as XPath writes it; XPath 1.0 knows no escapes.

    >>> quoted("a'b"), quoted("ab")
    ('"a\\'b"', "'ab'")
    """
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    pieces = (f"'{piece}'" for piece in text.split("'"))
    return "concat(" + ', "\'", '.join(pieces) + ")"


def constant(value: object) -> Said:
    """Return a value that is written in the rule.

    Raises:
        UnsayableError: of a kind that XPath does not know.
    """
    if isinstance(value, tuple | list):
        return Said("", "options", options=tuple(quoted(str(each)) for each in value))
    if value is None:
        return Said("''", "text", ("false()",), hollow=True)
    if isinstance(value, bool):
        return Said("true()" if value else "false()", "truth")
    if isinstance(value, int | float):
        return Said(repr(value), "number")
    if isinstance(value, str):
        return Said(quoted(value), "text")
    raise UnsayableError(repr(value))


def joined(parts: Iterable[str], word: str) -> str:
    """Return pieces joined by a word, in brackets where there are several."""
    held = list(parts)
    return held[0] if len(held) == 1 else f"({word.join(held)})"


def compared(left: Said, sign: ast.cmpop, right: Said, *, blank: bool) -> str:
    """Return a comparison of two values; `blank` is what it counts as where one of them is blank."""
    wanted = _INVERSE[type(sign)] if blank else type(sign)
    text = both([*_guards(left, wanted, right), _pair(left, wanted, right)])
    return f"not({text})" if blank else f"({text})"


def chained(sides: list[Said], signs: list[ast.cmpop], *, blank: bool) -> str:
    """Return a comparison of several values in a row."""
    guards = guards_of(sides)
    text = both(_pair(one, type(sign), other) for one, sign, other in zip(sides, signs, sides[1:], strict=False))
    return f"(not({both(guards)}) or ({text}))" if blank and guards else f"({both([*guards, text])})"


def _guards(left: Said, sign: type[ast.cmpop], right: Said) -> list[str]:
    """Return the guards that must be written: those of values that do not make the comparison false by themselves."""
    if sign in {ast.In, ast.NotIn}:
        listed = right.kind == "options"
        spared = [sign is ast.In and listed and (left.silent or left.hollow), sign is ast.In and right.hollow]
    elif left.kind == "text" and sign not in {ast.Eq, ast.NotEq}:
        spared = [False, False]
    else:
        spared = [_spared(left, sign, right), _spared(right, sign, left)]
    return [guard for side, free in zip((left, right), spared, strict=True) if not free for guard in side.guards]


def _spared(side: Said, sign: type[ast.cmpop], other: Said) -> bool:
    constant = not other.guards and other.text not in {"''", '""'}
    return side.silent or (sign is ast.Eq and side.hollow and constant)


def _pair(left: Said, sign: type[ast.cmpop], right: Said) -> str:
    if sign in {ast.In, ast.NotIn}:
        return _within(left, right) if sign is ast.In else f"not({_within(left, right)})"
    word = _SIGNS[sign]
    if "number" in {left.kind, right.kind} and not (left.exact and right.exact):
        return _nearly(left.text, word, right.text)
    if word in {"=", "!="}:
        return f"{left.text} {word} {right.text}"
    if left.kind == "text":
        before = (
            f"sw:before({left.text}, {right.text})" if word in {"<", ">="} else f"sw:before({right.text}, {left.text})"
        )
        return before if word in {"<", ">"} else f"not({before})"
    if left.kind == "day":
        return f"{day_figure(left.text)} {word} {day_figure(right.text)}"
    return f"{left.text} {word} {right.text}"


def day_figure(day: str) -> str:
    """Return a day as one figure, 20261120; that of no day is not a number."""
    return f"number(translate({day}, '-', ''))"


def _within(left: Said, right: Said) -> str:
    if right.kind == "options":
        return "(" + " or ".join(f"{left.text} = {each}" for each in right.options) + ")"
    return f"contains({right.text}, {left.text})"


def _nearly(left: str, word: str, right: str) -> str:
    """Return a comparison of reckoned figures, in which a hair's breadth is no difference."""
    gap = f"({left}) - ({right})"
    return {
        "=": f"math:abs({gap}) <= {NEARLY}",
        "!=": f"math:abs({gap}) > {NEARLY}",
        "<": f"{gap} < -{NEARLY}",
        "<=": f"{gap} <= {NEARLY}",
        ">": f"{gap} > {NEARLY}",
        ">=": f"{gap} >= -{NEARLY}",
    }[word]

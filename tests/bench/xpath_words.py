# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words that rules call, said in XPath 1.0 with EXSLT; what neither knows is a function of our own (`sw:`)."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any

from swclient.engine.functions import functions
from tests.bench.oracle_tree import name_of, target_of, walked_table
from tests.bench.xpath_lists import column_text, list_text
from tests.bench.xpath_said import Said, UnsayableError, both, constant, guards_of, joined, quoted

if TYPE_CHECKING:
    from tests.bench.xpath import Speaker

Word = Callable[["Speaker", ast.Call], Said]
OWN_TRUTH = frozenset({"blank", "filled", "any", "any_all"})  # they are never blank themselves
_KIND_OF = {"bool": "truth", "date": "day", "date | None": "day", "str": "text", "str | None": "text"}
_REFERENCE = {"in_tariff": "truth", "tariff_heading": "truth", "measures": "text", "tariff_text": "text"}


def called(speaker: Speaker, node: ast.Call) -> Said:
    """Return a call of a function that XPath does not have.

    Raises:
        UnsayableError: nobody has it, or it takes or gives what XPath cannot hold.
    """
    name, parts = name_of(node), [speaker.value(each) for each in node.args]
    kinds = tuple(part.kind for part in parts)
    known = functions().get(name)
    if name in _REFERENCE:
        told = _REFERENCE[name]
    elif known is not None and not {"lines", "options"} & set(kinds):
        told = _KIND_OF.get(str(inspect.signature(known).return_annotation), "number")
    else:
        raise UnsayableError(f"{name} of {', '.join(kinds)}")
    ours = name if not kinds else f"{name}-{''.join(kind[0] for kind in kinds)}"
    speaker.asked.functions[ours] = (name, kinds)
    text = f"sw:{ours}({', '.join(part.text for part in parts)})"
    guards = guards_of(parts)
    return Said(text, told, (*guards, f"{text} != ''") if told in {"text", "day"} else guards)


# -- blanks, texts, figures, days --------------------------------------------------------------------------------------


def _filled(speaker: Speaker, node: ast.Call) -> Said:
    return Said(f"({speaker.value(node.args[0]).filled})", "truth")


def _blank(speaker: Speaker, node: ast.Call) -> Said:
    return Said(f"not({speaker.value(node.args[0]).filled})", "truth")


def _len(speaker: Speaker, node: ast.Call) -> Said:
    held = speaker.value(node.args[0])
    return Said(f"string-length({held.text})", "number", held.guards)


def _part(speaker: Speaker, node: ast.Call) -> Said:
    held = speaker.value(node.args[0])
    start, end = (int(ast.literal_eval(each)) for each in node.args[1:])
    return Said(f"substring({held.text}, {start + 1}, {end - start})", "text", held.guards, hollow=start == 0)


def _starts(speaker: Speaker, node: ast.Call) -> Said:
    held, *heads = (speaker.value(each) for each in node.args)
    return Said(joined((f"starts-with({held.text}, {each.text})" for each in heads), " or "), "truth", held.guards)


def _abs(speaker: Speaker, node: ast.Call) -> Said:
    held = speaker.value(node.args[0])
    return Said(f"math:abs({held.text})", "number", held.guards, silent=held.silent, exact=False)


def _max(speaker: Speaker, node: ast.Call) -> Said:
    one, other = (speaker.value(each) for each in node.args)
    first, second = (">=", "<") if name_of(node) == "max" else ("<", ">=")
    text = f"({one.text} * ({one.text} {first} {other.text}) + {other.text} * ({one.text} {second} {other.text}))"
    return Said(text, "number", guards_of((one, other)), exact=False)


def _round2(speaker: Speaker, node: ast.Call) -> Said:
    held = speaker.value(node.args[0])
    sign = f"(({held.text} > 0) - ({held.text} < 0))"
    text = f"({sign} * floor(math:abs({held.text}) * 100 + 0.500001) div 100)"
    return Said(text, "number", held.guards, silent=held.silent, exact=False)


def _whole(speaker: Speaker, node: ast.Call) -> Said:
    held = speaker.value(node.args[0])
    return Said(f"(floor({held.text}) = {held.text})", "truth", held.guards)


def _days(speaker: Speaker, node: ast.Call) -> Said:
    first, last = (speaker.value(each) for each in node.args)
    text = f"((date:seconds({last.text}) - date:seconds({first.text})) div 86400)"
    return Said(text, "number", guards_of((first, last)))


def _today(speaker: Speaker, _node: ast.Call) -> Said:
    return Said(speaker.asked.variable("today", "/declaration/@today"), "day", silent=True)


def _pattern(speaker: Speaker, node: ast.Call) -> Said:
    held, text = speaker.value(node.args[0]), str(ast.literal_eval(node.args[1]))
    whole = name_of(node) == "matches"
    pattern = speaker.asked.hoisted("pattern", quoted(rf"\A(?:{text})\Z" if whole else text))
    flags = "" if whole else ", 'i'"
    return Said(f"re:test({held.text}, {pattern}{flags})", "truth", held.guards)


# -- lists and facts ---------------------------------------------------------------------------------------------------


def _in_list(speaker: Speaker, node: ast.Call) -> Said:
    code, name = speaker.value(node.args[0]), str(ast.literal_eval(node.args[1]))
    found = speaker.profile.code_list(name)
    if found is None:
        return Said("true()", "truth", code.guards)
    day = speaker.field("header", "date").text
    held = speaker.asked.variable(f"list.{name}", list_text(found, day))
    return Said(f"contains({held}, concat('¦', {code.text}, '¦'))", "truth", code.guards)


def _entry(speaker: Speaker, node: ast.Call) -> Said:
    code, (name, column) = speaker.value(node.args[0]), (str(ast.literal_eval(each)) for each in node.args[1:])
    held = speaker.asked.variable(f"column.{name}.{column}", column_text(speaker.profile.code_list(name), column))
    text = f"substring-before(substring-after({held}, concat('¦', {code.text}, '→')), '¦')"
    text = speaker.asked.hoisted("entry", text) if code.text.startswith("$") else text
    return Said(text, "text", (f"{text} != ''",), hollow=True)


def _fact(speaker: Speaker, node: ast.Call) -> Said:
    name, *otherwise = (ast.literal_eval(each) for each in node.args)
    facts: Any = speaker.profile.facts
    found = reduce(lambda held, step: held.get(step) if isinstance(held, dict) else None, str(name).split("."), facts)
    return constant(otherwise[0] if found is None else found)


# -- the row itself and others -----------------------------------------------------------------------------------------


def _other_value(speaker: Speaker, node: ast.Call) -> Said:
    table, name = target_of(node.args[0])
    speaker.asked.further.add(f"{table}.{name}")
    return speaker.field(table, name, f"{name_of(node)}.")


def _twin(speaker: Speaker, node: ast.Call) -> Said:
    parts = [speaker.value(each) for each in node.args]
    text = f"concat({', '.join([', '.join((part.text, quoted('¦'))) for part in parts])})"
    key = speaker.asked.key(speaker.scope, text)
    return Said(f"({both([*parts[0].guards, f'count(key({quoted(key)}, {text})) > 1'])})", "truth")


def _count(speaker: Speaker, node: ast.Call) -> Said:
    name, target = name_of(node), node.args[0]
    table = walked_table(target, speaker.profile.tables)
    which = "" if isinstance(target, ast.Name) else f"[{speaker.walker(table).truth(target, blank=False)}]"
    sources = speaker.rows(table, near=not name.endswith("_all"))
    if name.startswith("any"):
        return Said(_kept(speaker, [f"boolean({source}{which})" for source in sources], " or "), "truth")
    return Said(_kept(speaker, [f"count({source}{which})" for source in sources], " + "), "number")


def _tally(speaker: Speaker, node: ast.Call) -> Said:
    """The values of a field over a whole section: a node-set equals what one of its nodes equals."""
    (asked,) = node.args
    if not (isinstance(asked, ast.Attribute) and isinstance(asked.value, ast.Name)):
        raise UnsayableError(ast.dump(node))
    table, step = asked.value.id, f"{speaker.asked.sign}{asked.attr}"
    sources = speaker.rows(table, near=False)
    return Said("", "options", options=tuple(f"({source})/{step}" for source in sources))


def _sum(speaker: Speaker, node: ast.Call) -> Said:
    target: ast.expr = node.args[0]
    table = walked_table(target, speaker.profile.tables)
    walker, which = speaker.walker(table), ""
    if isinstance(target, ast.IfExp) and isinstance(target.orelse, ast.Constant) and target.orelse.value == 0:
        which, target = f"[{walker.truth(target.test, blank=False)}]", target.body
    held = walker.value(target)
    sources = speaker.rows(table, near=not name_of(node).endswith("_all"))
    if isinstance(target, ast.Attribute):
        parts = [f"sum({source}{which}/{held.text})" for source in sources]
    else:
        each = quoted(held.text)
        parts = [f"sum(dyn:map({source}{which}[{held.filled}], {each}))" for source in sources]
    return Said(_kept(speaker, parts, " + "), "number", exact=False)


def _kept(speaker: Speaker, parts: list[str], word: str) -> str:
    """Return pieces joined; what is the same for all rows is a variable."""
    text = joined(parts, word)
    return (
        speaker.asked.hoisted("figure", text)
        if parts[0].partition("$")[0] in _OPENED and "current()" not in text
        else text
    )


_OPENED = ("boolean(", "count(", "sum(", "sum(dyn:map(")  # what a figure over a whole section begins with

WORDS: dict[str, Word] = {
    "abs": _abs, "any": _count, "blank": _blank, "computed": _other_value, "count": _count, "days": _days,
    "entry": _entry, "fact": _fact, "filled": _filled, "holds": _pattern, "in_list": _in_list, "len": _len,
    "matches": _pattern, "max": _max, "min": _max, "part": _part, "round2": _round2, "starts": _starts,
    "sum": _sum, "tally": _tally, "today": _today, "twin": _twin, "typed": _other_value, "whole": _whole,
}  # fmt: skip


# -- charges: each a `due` under a child of the row, which stands where they were worked out ---------------------------


def _lines(speaker: Speaker, node: ast.expr) -> tuple[str, tuple[str, ...]]:
    """Return where the lines stand, and the guard that there is such a field."""
    table, name = target_of(node)
    held = speaker.place(table, name)
    return f"{held}/due", (held,)


def _line_words(speaker: Speaker, node: ast.Call) -> Said:
    path, guards = _lines(speaker, node.args[0])
    given = [speaker.walker("*").value(each) for each in node.args[1:]]
    guards = (*guards, *guards_of(speaker.value(each) for each in node.args[1:]))
    name, sign = name_of(node), speaker.asked.sign
    heads = joined((f"starts-with({sign}kind, {each.text})" for each in given), " or ")
    if name == "charge_has":
        return Said(f"boolean({path}[{heads}])", "truth", guards)
    if name == "charge_amounts":
        return Said(f"sum({path}[{heads}]/{sign}amount)", "number", guards, exact=False)
    of_kind = f"{path}[{sign}kind = {given[0].text}]"
    if name == "charge_amount":
        return Said(f"sum({of_kind}/{sign}amount)", "number", guards, exact=False)
    if name == "amount_of_kind":
        return Said(f"sum({of_kind}/{sign}amount)", "number", (*guards, of_kind), exact=False)
    return Said(f"(not({of_kind}) or {of_kind}/{sign}rate = {given[1].text})", "truth", guards)


LINES: dict[str, Word] = dict.fromkeys(
    ("amount_of_kind", "charge_amount", "charge_amounts", "charge_has", "charge_rate_known"), _line_words
)

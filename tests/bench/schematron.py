# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rulebook as ISO Schematron, checked by lxml: what a program would use that keeps its rules in the usual standard.

Lists and figures over whole sections are variables, made once; rows that stand twice are found by `key()`; a test
asks its guard first. In the usual form values are elements, as in every customs message, and each section has a
pattern. The quickest form that was found has values as attributes and all sections in one pattern, so that
the document is walked once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from lxml import etree
from lxml import isoschematron as iso  # type: ignore[attr-defined]  # the stubs leave it out

from swclient.catalogue.profile import Profile
from swclient.engine.rulebook import Rule, rulebook
from swclient.engine.session import Session
from tests.bench.oracle import Failing
from tests.bench.schematron_document import NUMBER, declaration_xml
from tests.bench.xpath import Asked, Speaker
from tests.bench.xpath_functions import SPACE, register
from tests.bench.xpath_said import day_figure

_XSL = "http://www.w3.org/1999/XSL/Transform"
_PREFIXES = {
    "sw": SPACE,
    "re": "http://exslt.org/regular-expressions",
    "math": "http://exslt.org/math",
    "date": "http://exslt.org/dates-and-times",
    "dyn": "http://exslt.org/dynamic",
}


class Peer:
    """The rulebook of a profile as a Schematron validator.

    Attributes:
        schema: the schema, as it was given to lxml.
        rules: how many rules it has.
        by_function: codes of rules that call functions of ours.
        by_pattern: codes of rules that ask a regular expression, which EXSLT adds.
    """

    def __init__(
        self, profile: Profile, reference: Any, rules: Iterable[Rule] | None = None, *, quickest: bool = False
    ) -> None:
        self._asked = Asked("@" if quickest else "")
        said = [(rule, _test(profile, self._asked, rule)) for rule in (rulebook(profile) if rules is None else rules)]
        self.rules = len(said)
        self.by_function = {rule.code for rule, test in said if "sw:" in test}
        self.by_pattern = {rule.code for rule, test in said if "re:test" in test}
        self.schema = _schema(profile, self._asked, said, quickest=quickest)
        self._places = [(rule.code, place, rule.table) for rule, place, _test in _placed(said)]
        register(self._asked.functions, reference)
        self._validator = iso.Schematron(self.schema, store_report=True)

    def document(self, session: Session) -> etree._Element:
        """Return what stands in a session as XML, ready to be checked."""
        return declaration_xml(session, self._asked.further, self._asked.sign)

    def check(self, document: etree._Element) -> bool:
        """Check a document; return whether nothing was found."""
        return bool(self._validator.validate(document))

    def failing(self) -> frozenset[Failing]:
        """Return what the last check found, read from its report."""
        found = set()
        for failed in self._validator.validation_report.iter(f"{{{iso.SVRL_NS}}}failed-assert"):
            code, place, table = self._places[int(failed.get("id").removeprefix("rule."))]
            found.add(Failing(code, place, table, int(failed.findtext(f"{{{iso.SVRL_NS}}}text").split()[-1])))
        return frozenset(found)


def _test(profile: Profile, asked: Asked, rule: Rule) -> str:
    """Return what must hold where a rule stands."""
    speaker = Speaker(profile, asked, rule.table)
    parts = [speaker.condition(rule.check, blank=True)]
    if rule.when:
        parts.insert(0, f"not({speaker.condition(rule.when, blank=False)})")
    figure = day_figure(speaker.field("header", "date").text)  # without a date every rule holds
    parts += [f"{figure} < {rule.valid_from:%Y%m%d}"] if rule.valid_from is not None else []
    parts += [f"{figure} > {rule.valid_to:%Y%m%d}"] if rule.valid_to is not None else []
    if rule.imply == "need" and rule.implied is not None:
        parts.append(
            f"{asked.sign}unread.{rule.implied.name}"
        )  # a text that cannot be read is reported as such, not as missing
    return " or ".join(parts)


def _placed(said: list[tuple[Rule, str]]) -> Iterable[tuple[Rule, int, str]]:
    """Yield rules with their place among those of their section."""
    places: Counter[str] = Counter()
    for rule, test in said:
        yield rule, places[rule.table], test
        places[rule.table] += 1


def _schema(profile: Profile, asked: Asked, said: list[tuple[Rule, str]], *, quickest: bool) -> etree._Element:
    schema = _make("schema", queryBinding="xslt")
    schema.extend(_make("ns", prefix=prefix, uri=uri) for prefix, uri in _PREFIXES.items())
    for name, (table, text) in asked.keys.items():
        etree.SubElement(schema, f"{{{_XSL}}}key", name=name, match=_context(profile, table), use=text)
    schema.extend(_make("let", name=name, value=text) for name, text in asked.variables.items())
    sections: dict[str, etree._Element] = {}
    patterns: list[etree._Element] = []
    for number, (rule, test) in enumerate(said):
        if rule.table not in sections:
            if not (quickest and patterns):
                patterns.append(_make("pattern"))
            sections[rule.table] = _make("rule", context=_context(profile, rule.table))
            patterns[-1].append(sections[rule.table])
        failed = _make("assert", id=f"rule.{number}", test=test)
        failed.text = f"{rule.code} {rule.table} "
        failed.append(_make("value-of", select=f"@{NUMBER}"))
        sections[rule.table].append(failed)
    schema.extend(patterns)
    return schema


def _context(profile: Profile, table: str) -> str:
    """Return the pattern that the rows of a section match, and no value that happens to have its name."""
    spec = profile.tables[table]
    above = [*([spec.parent] if spec.parent else []), *(["declaration"] if spec.loose or not spec.parent else [])]
    return " | ".join(f"{each}/{table}" for each in above)


def _make(tag: str, /, **attributes: str) -> etree._Element:
    return etree.Element(f"{{{iso.SCHEMATRON_NS}}}{tag}", attributes)

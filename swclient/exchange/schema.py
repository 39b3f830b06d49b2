# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks a message against the authority's official schemas, where the user has them.

We ship nobody's schemas. They lie as .xsd files in one folder; which of them is meant follows from
the namespace of the document. A container is checked, and then the documents in it, because the
schema of a container says nothing of what it holds. Nothing is ever fetched.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from swclient.base.errors import DataError
from swclient.exchange.pinning import field_at
from swclient.exchange.settings import message_formats
from swclient.exchange.xmlread import check_prolog, fault, local

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from lxml.etree import XMLParser, XMLSchema, _Element

    from swclient.catalogue.profile import Profile

_MESSAGE = "message"  # what the message is called in an error
_TARGET = re.compile(r'targetNamespace\s*=\s*"([^"]*)"')
_ELEMENT = re.compile(r'<(?:\w+:)?element\s[^>]*?\bname\s*=\s*"([^"]*)"')
_NAMESPACES = re.compile(r"\{[^}]*\}")
_EXPECTED = re.compile(r"Expected is \( ([\w.-]+) \)")
_lock = threading.Lock()
_compiled: dict[tuple[Path, int], XMLSchema] = {}


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """One thing that a schema does not allow.

    Attributes:
        line: line in the message.
        element: local name of the element at fault.
        path: where it stands, local names with positions.
        reason: what the schema says, in English, without namespaces.
        field: our field, None when there is none.
        item: position of the goods item, None outside items.
    """

    line: int
    element: str
    path: str
    reason: str
    field: str | None
    item: int | None


def check_schema(content: bytes, folder: Path, profile: Profile | None = None) -> tuple[SchemaFault, ...] | None:
    """Check a message against the schemas in a folder.

    Args:
        content: the message, in its container or not.
        folder: where .xsd files lie; it may be missing.
        profile: to tell our fields from elements.

    Returns:
        What is wrong, empty when all is well; None when the folder has no schema for the document: not checked.

    Raises:
        UserError: the message is not well-formed.
        DataError: a schema cannot be used; names the file.
    """
    root = _parsed(content)
    # The envelope of the data model only takes what is checked with it, so what it holds is checked alone.
    inside = [each for each in root if local(str(each.tag)) == "Declaration"]
    documents = inside or [root, *root.iterfind("{*}*/{*}DocBody/*")]
    found: list[SchemaFault] = []
    missing = 0
    for document in documents:
        schema = _schema_of(document, folder)
        if schema is None:
            missing += 1
        else:
            found += _faults(document, schema, profile)
    return None if missing and not found else tuple(found)


def _parsed(content: bytes) -> _Element:
    check_prolog(content, _MESSAGE)
    from lxml import etree

    try:
        return etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise fault(_MESSAGE, line, column, str(error.msg)) from None


def _parser() -> XMLParser:
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _schema_of(document: _Element, folder: Path) -> XMLSchema | None:
    from lxml import etree

    name = etree.QName(document)
    for path in sorted(folder.glob("*.xsd")):
        namespace, roots = _described(path, path.stat().st_mtime_ns)
        if namespace == name.namespace and name.localname in roots:
            return _compile(path)
    return None


@lru_cache(maxsize=1024)
def _described(path: Path, _changed: int) -> tuple[str, frozenset[str]]:
    """Return the namespace that a schema file describes and the elements in it, without compiling it."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    target = _TARGET.search(text)
    return target.group(1) if target else "", frozenset(_ELEMENT.findall(text))


def _compile(path: Path) -> XMLSchema:
    from lxml import etree

    key = (path.resolve(), path.stat().st_mtime_ns)
    if key not in _compiled:
        try:
            _compiled[key] = etree.XMLSchema(etree.parse(str(path), _parser()))
        except (etree.XMLSchemaParseError, etree.XMLSyntaxError) as error:
            raise DataError("This schema cannot be used: {reason}", file=path, reason=str(error)) from error
    return _compiled[key]


def _faults(document: _Element, schema: XMLSchema, profile: Profile | None) -> list[SchemaFault]:
    with _lock:  # a schema keeps the log of its last check
        if schema.validate(document):
            return []
        entries = cast("Iterable[Any]", schema.error_log)
        log = [(entry.line, entry.path or "", entry.message) for entry in entries]
    return [_fault(document, line, path, message, profile) for line, path, message in log]


def _fault(document: _Element, line: int, path: str, message: str, profile: Profile | None) -> SchemaFault:
    plain, reason = _local_path(document, path), _NAMESPACES.sub("", message)
    element = plain.rpartition("/")[2].partition("[")[0]
    for name in message_formats(profile) if profile else ():
        for place in (_missing(plain, reason), plain):
            field, item = field_at(place, profile, name) if place and profile else (None, None)
            if field:
                return SchemaFault(line, element, plain, reason, field, item)
    return SchemaFault(line, element, plain, reason, None, None)


def _missing(path: str, reason: str) -> str:
    """Return the path of the one element that should stand here, empty when the schema names none or several."""
    match = _EXPECTED.search(reason)
    if match is None:
        return ""
    above = path if "Missing child" in reason else path.rpartition("/")[0]
    return f"{above}/{match.group(1)}"


def _local_path(document: _Element, path: str) -> str:
    """Return a path of local names; the checker calls what has no prefix `*`."""
    if "*" not in path:
        return re.sub(r"(?<=/)[\w.-]+:", "", path).removeprefix("/")
    prefixes = {key: name for key, name in document.nsmap.items() if key}
    found = cast("list[_Element]", document.getroottree().xpath(path, namespaces=prefixes))
    steps = [_step(each) for each in [*reversed([*found[0].iterancestors()]), found[0]]] if found else []
    return "/".join(steps)


def _step(element: _Element) -> str:
    name = local(str(element.tag))
    above = element.getparent()
    alike = [] if above is None else [e for e in above if local(str(e.tag)) == name]
    return f"{name}[{alike.index(element) + 1}]" if len(alike) > 1 else name

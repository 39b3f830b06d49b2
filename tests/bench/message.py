# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The customs message of 999 items: written, checked against the official schema (if at hand), digested, read back."""

from __future__ import annotations

import argparse
import re
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree

from swclient.document.body import from_body
from swclient.document.snapshot import Snapshot
from swclient.exchange.formats import read_any
from swclient.exchange.message import declaration_skeleton, write_declaration
from swclient.exchange.schema import check_schema
from tests.bench.documents import LARGEST, large_body, opened
from tests.bench.figures import Figure, raced
from tests.bench.timing import in_turns
from tests.corpus import corpus

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
_ID = "0B2E9A54-8D7C-4F9E-9A7B-5D1C2E3F4A5B"
_TEXT = re.compile(r">([^<]+)<")
_GOODS = "ESADout_CUGoods"


def measure(told: argparse.Namespace) -> list[Figure]:
    """Measure writing and reading of one large declaration."""
    session = opened(large_body())
    snapshot = session.snapshot()
    content = write_declaration(snapshot, session.profile, _ID, AT)
    schema = _schema()
    return [
        _writing(_Writing(snapshot, session.profile, content, schema), told.rounds),
        _reading(content, session.profile, told.rounds),
    ]


def _schema() -> Path | None:
    folder = corpus()
    found = folder / "eaeu-esad" / "schemas-5.23.0" if folder else None
    return found if found and found.is_dir() else None


class _Writing:
    """One message made three ways, each with its schema check and its digest."""

    def __init__(self, snapshot: Snapshot, profile: Any, content: bytes, schemas: Path | None) -> None:
        self.snapshot = snapshot
        self.profile = profile
        self.content = content
        self.schemas = schemas
        self.compiled = etree.XMLSchema(etree.parse(str(schemas / "ESADout_CU.xsd"))) if schemas else None
        self.made: dict[str, bytes] = {}
        self.faults: dict[str, object] = {}
        self._pieces = _pieces(content.decode())
        self._parsed = etree.fromstring(content)

    def ours(self) -> None:
        """Write, check and digest as the program does before it signs."""
        self.made["ours"] = write_declaration(self.snapshot, self.profile, _ID, AT)
        if self.schemas:
            self.faults["ours"] = check_schema(self.made["ours"], self.schemas, self.profile)
        sha256(self.made["ours"]).hexdigest()

    def limit(self) -> None:
        """Fill templates that are cut to this very message, with all texts at hand."""
        self.made["limit"] = "".join([shape % texts for shape, texts in self._pieces]).encode()
        self._check("limit", etree.fromstring(self.made["limit"]))

    def peer(self) -> None:
        """Build a tree element by element, write it, and check what was written."""
        built = _built(self._parsed)
        self.made["peer"] = etree.tostring(built, xml_declaration=True, encoding="UTF-8")
        self._check("peer", etree.fromstring(self.made["peer"]))

    def _check(self, who: str, root: Any) -> None:
        if self.compiled is not None:
            self.faults[who] = () if self.compiled.validate(root) else ("not valid",)
        sha256(etree.tostring(root, method="c14n")).hexdigest()

    def wrong(self) -> list[str]:
        """Return what differs between the three, or does not pass the schema."""
        found = [f"{who}: {faults}" for who, faults in self.faults.items() if faults != ()]
        canonical = {who: etree.tostring(etree.fromstring(made), method="c14n") for who, made in self.made.items()}
        found += [f"{who} is another message" for who, made in canonical.items() if made != canonical["ours"]]
        return found


def _pieces(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the message as templates, one for each item and what is around, and the texts that go into them."""
    marks = [match.start() for match in re.finditer(rf"<[\w]+:{_GOODS}>", text)]
    bounds = [0, *marks, len(text)]
    parts = [text[start:end] for start, end in pairwise(bounds)]
    shapes = {part: _TEXT.sub(">%s<", part.replace("%", "%%")) for part in parts}
    return [(shapes[part], tuple(_TEXT.findall(part))) for part in parts]


def _built(root: Any) -> Any:
    made = etree.Element(root.tag, root.attrib, nsmap=root.nsmap)
    waiting = [(root, made)]
    while waiting:
        source, target = waiting.pop()
        target.text = source.text
        for child in source:
            waiting.append((child, etree.SubElement(target, child.tag, child.attrib)))
    return made


def _writing(work: _Writing, rounds: int) -> Figure:
    found = in_turns({"ours": work.ours, "limit": work.limit, "peer": work.peer}, rounds)
    schema = "and schema-valid" if work.schemas else "no schema at hand, validity not checked"
    figure = raced("message.write", found, MB=round(len(work.content) / 1e6, 2))
    figure.peer_is = "tree built element by element, written, parsed, XSD, c14n, digest"
    figure.limit_is = "templates cut to this message filled, parsed, XSD, c14n, digest"
    return figure.within_limit(1.5).right(work.wrong(), f"three equal messages, {schema}")


def _reading(content: bytes, profile: Any, rounds: int) -> Figure:
    results: dict[str, Any] = {}

    def ours() -> None:
        results["ours"] = from_body(read_any("message.xml", content).body, profile)

    def limit() -> None:
        etree.fromstring(content)

    def peer() -> None:
        results["peer"] = _by_paths(content, profile)

    found = in_turns({"ours": ours, "limit": limit, "peer": peer}, rounds)
    again = write_declaration(_opened_again(content), profile, _ID, AT)
    wrong = [] if again == content else ["what was read, written again, is another message"]
    codes = [row.values.get("code") for row in results["ours"].tables["item"].values()]
    wrong += [] if codes == results["peer"]["item.code"] else ["the peer read other codes"]
    figure = raced("message.read", found, items=LARGEST)
    figure.peer_is = "lxml, every field looked up by its path"
    figure.limit_is = "lxml parses the bytes, nothing is taken from them"
    return figure.within_limit(2).right(wrong, "read and written again: the same bytes")


def _opened_again(content: bytes) -> Snapshot:
    return opened(read_any("message.xml", content).body).snapshot()


def _by_paths(content: bytes, profile: Any) -> dict[str, list[str | None]]:
    """Read every field by asking for its path, item by item."""
    root = etree.fromstring(content)
    skeleton = declaration_skeleton(profile)
    above = skeleton.rows_path("item")[1:]
    goods = root.findall("/".join("{*}" + name for name in above))
    paths = {place.field: place.path[1:] for place in skeleton.places}
    return {
        field: _column(goods if path[: len(above)] == above else [root], path, above) for field, path in paths.items()
    }


def _column(rows: list[Any], path: tuple[str, ...], above: tuple[str, ...]) -> list[str | None]:
    below = path[len(above) :] if path[: len(above)] == above else path
    path_of_names = "/".join(f"*[local-name()='{name}']" for name in below)
    ask = etree.ETXPath(f"string({path_of_names})")
    return [str(ask(row)) or None for row in rows]

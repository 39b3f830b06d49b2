# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbooks, packs, JSON and tables that mean harm."""

import io
import json
import stat
import zipfile
from collections.abc import Iterator

from tests.exchange.workbooks import CAPTIONS, LINE, SHEET, with_parts, workbook_of

MEGABYTE = 1 << 20
FORMULAS = (
    '=cmd|"/c calc"!A0',
    '=WEBSERVICE("http://127.0.0.1/")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    '=HYPERLINK("x")',
)
TRAVERSALS = (
    "../../evil.xml",
    "/etc/evil",
    "..\\..\\evil",
    "C:\\evil",
    "xl/../../evil",
    "a\x00b",
    "con",
    "x" * 5000,
    "\u202egpj.exe",
)


def _zip(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _linked() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo(SHEET)
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        link.create_system = 3
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def workbooks(secret: str, port: int) -> Iterator[tuple[str, bytes, bool]]:
    """Excel workbooks: bombs, links, entities, formulas, names that climb."""
    plain = workbook_of([CAPTIONS, LINE])
    entity = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]>'.encode()
    bomb = b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 60_000 + b'">]><worksheet>' + b"&x;" * 5_000 + b"</worksheet>"
    outside = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
        f'Type="t" TargetMode="External" Target="http://127.0.0.1:{port}/link.xlsx"/></Relationships>'
    ).encode()
    yield "bomb-sheet.xlsx", with_parts(plain, {SHEET: b" " * (65 * MEGABYTE)}), True
    yield "bomb-strings.xlsx", with_parts(plain, {"xl/sharedStrings.xml": b"<a/>" * (6 * MEGABYTE)}), True
    yield "bomb-inside.xlsx", with_parts(plain, {"xl/embeddings/a.zip": _zip({"b": b"\0" * (40 * MEGABYTE)})}), False
    yield "doctype-sheet.xlsx", with_parts(plain, {SHEET: entity + b"<worksheet>&x;</worksheet>"}), True
    yield "doctype-strings.xlsx", with_parts(plain, {"xl/sharedStrings.xml": entity + b"<sst>&x;</sst>"}), True
    yield "doctype-book.xlsx", with_parts(plain, {"xl/workbook.xml": entity + b"<workbook/>"}), True
    yield "doctype-bomb.xlsx", with_parts(plain, {SHEET: bomb}), True
    yield "outside-link.xlsx", with_parts(plain, {"xl/worksheets/_rels/sheet1.xml.rels": outside}), False
    yield "macro.xlsx", with_parts(plain, {"xl/vbaProject.bin": b'Sub AutoOpen() : Shell "x"'}), False
    yield "many-parts.xlsx", with_parts(plain, {f"xl/more{n}.xml": b"<a/>" for n in range(3_000)}), True
    yield "cut.xlsx", plain[: len(plain) // 2], True
    yield "noise.xlsx", b"PK\x03\x04" + bytes(range(256)) * 200, True
    yield "empty.xlsx", b"", True
    yield "link.xlsx", _linked(), True
    yield "no-book.xlsx", _zip({"a.txt": b"x"}), True
    for count, formula in enumerate(FORMULAS):
        yield f"formula-{count}.xlsx", workbook_of([CAPTIONS, (1, formula, formula, 5.5, formula)]), False
    for count, name in enumerate(TRAVERSALS):
        yield f"climbing-{count}.xlsx", with_parts(plain, {name.replace("\x00", "%00"): b"<a/>"}), False


def packs() -> Iterator[tuple[str, bytes, bool]]:
    """Reference packs: nothing of them is to be written anywhere."""
    for count, name in enumerate(TRAVERSALS):
        yield (
            f"climbing-{count}.swpack",
            _zip({"manifest.json": b"{}", "manifest.sig": b"x" * 64, f"data/{name}": b"x"}),
            True,
        )
    yield "bomb.swpack", _zip({"manifest.json": b" " * (70 * MEGABYTE)}), True
    yield "cut.swpack", _zip({"manifest.json": b"{}"})[:40], True
    yield "noise.swpack", bytes(range(256)) * 100, True
    yield "link.swpack", _linked(), True


def texts() -> Iterator[tuple[str, bytes, bool]]:
    """JSON that is no declaration, or too much of one."""
    own = {"format": "swclient-declaration", "profile": "KZ", "tables": {}}
    yield "deep.json", b'{"format":' + b"[" * 300_000 + b"]" * 300_000 + b"}", True
    yield "objects.json", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, True
    yield "long.json", b'{"format":"' + b"x" * (17 * MEGABYTE) + b'"}', True
    yield "integer.json", b'{"format":' + b"9" * 100_000 + b"}", True
    yield "twice.json", b'{"format":"swclient-declaration","format":"x"}', True
    yield "nan.json", b'{"format":NaN}', True
    yield "bytes.json", b'{"format":"\xff\xfe"}', True
    yield "surrogate.json", b'{"format":"\\ud800"}', True
    yield "cut.json", b'{"format":', True
    yield "profile.json", json.dumps({**own, "profile": "../../../etc"}).encode(), True
    yield (
        "rows.json",
        json.dumps({**own, "tables": {"header": [[0, None, {"procedure": ["x"] * 1000}]]}}).encode(),
        True,
    )


def all_of(secret: str, port: int) -> Iterator[tuple[str, bytes, bool]]:
    """Every file: name, bytes, whether it must be refused."""
    yield from workbooks(secret, port)
    yield from packs()
    yield from texts()

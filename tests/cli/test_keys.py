# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for keys, as other programs rely on them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from swclient.cli import main
from swclient.signing.cms import verify_detached
from tests.signing.made import PHRASE, identity, packed

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Any:
    """Carry out a command with something on standard input; return its code, what it printed and what it complained."""

    def carry_out(*words: str, given: str = f"{PHRASE}\n") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        code = main(["key", *words])
        told = capsys.readouterr()
        assert PHRASE not in told.out + told.err
        return code, told.out, told.err

    return carry_out


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return packed(tmp_path / "firm.p12", identity(days=20))


def test_a_key_is_added_listed_used_and_removed(run: Any, file: Path) -> None:
    code, out, _err = run("add", "firm", "--file", "firm.p12", "--json")
    added = json.loads(out)
    assert code == 0
    assert (added["name"], added["purpose"], added["kind"], added["in_use"]) == ("firm", "declare", "pkcs12", False)
    assert added["place"] == {"file": str(file)}
    assert added["expiry"]["step"] == 30
    assert run("use", "firm")[1].startswith("Key “firm” is in use for: declare")
    code, out, err = run("list")
    assert out.splitlines()[0].startswith("* firm  declare  pkcs12  ")
    assert "The demo key is in use for “pay”." in out
    assert "ends on" in err
    assert json.loads(run("list", "--json")[1])[0]["in_use"]
    assert run("use", "demo", "--json")[:2] == (0, '{\n "name": "demo",\n "purpose": "declare, pay"\n}\n')
    assert not json.loads(run("list", "--json")[1])[0]["in_use"]
    assert run("remove", "firm")[0] == 0
    assert json.loads(run("list", "--json")[1]) == []
    assert file.exists()


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    ("words", "given", "told"),
    [
        (("add", "firm", "--file", "absent.p12"), PHRASE, "cannot be read"),
        (("add", "firm", "--file", "firm.p12"), "wrong", "does not open"),
        (("add", "firm", "--file", "firm.p12"), "", "No pass phrase"),
        (("add", "demo", "--file", "firm.p12"), PHRASE, "already"),
        (("add", "firm"), PHRASE, "Say where the key is"),
        (("add", "firm", "--file", "firm.p12", "--kind", "x"), PHRASE, "one of them"),
        (("add", "firm", "--module", "x.so"), PHRASE, "“token” must be said"),
        (("add", "firm", "--kind", "x"), PHRASE, "No package here signs"),
        (("add", "firm", "--kind", "x", "--set", "y"), PHRASE, "NAME=VALUE"),
        (("use", "firm"), "", "no key “firm”"),
        (("remove", "firm"), "", "no key “firm”"),
        (("sign", "firm", "firm.p12", "-o", "out"), "", "no key “firm”"),
        (("sign", "demo", "absent", "-o", "out"), "", "cannot be read"),
        (("sign", "demo", "firm.p12", "-o", "out", "--form", "xades"), "", "not well-formed XML"),
    ],
)
def test_what_cannot_be_done_is_two_and_told(run: Any, words: tuple[str, ...], given: str, told: str) -> None:
    code, _out, err = run(*words, given=given)
    assert code == 2
    assert told in err
    assert run("list", "--json")[1] == "[]\n"
    assert not Path("out").exists()


@pytest.mark.usefixtures("file")
def test_a_file_is_signed_beside_and_inside(run: Any) -> None:
    run("add", "firm", "--file", "firm.p12")
    Path("doc.xml").write_text("<a/>", encoding="utf-8")
    assert run("sign", "firm", "doc.xml", "-o", "doc.p7s")[0] == 0
    assert verify_detached(b"<a/>", Path("doc.p7s").read_bytes()).valid
    assert run("sign", "firm", "doc.xml", "-o", "inside.xml", "--form", "xades")[0] == 0
    assert run("sign", "firm", "doc.xml", "-o", "beside.xml", "--form", "xades-beside")[0] == 0
    assert "SignedProperties" in Path("inside.xml").read_text(encoding="utf-8")
    assert 'URI="doc.xml"' in Path("beside.xml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("file")
def test_without_a_key_store_keeping_is_told_not_to_be_possible(run: Any) -> None:
    code, _out, err = run("add", "firm", "--file", "firm.p12", "--keep")
    assert code == 0
    assert "asked for each time" in err

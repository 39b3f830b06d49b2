# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""China: a good declaration for each role that a supervision mode plays; taxes come only where goods stay."""

from __future__ import annotations

import json
from typing import Any

import pytest

from swclient.base import paths
from swclient.catalogue.loader import load_profile
from swclient.engine.session import Session
from tests.declarations import opened

FILES = {file.stem: file for file in sorted((paths.shipped("resources") / "samples").glob("cn-*.json"))}
RELEASE = "cn-import-0110"
# Transit is not on this form: goods that only cross China have a declaration of their own.
ROLES = {
    "release", "export", "warehouse", "inward_processing", "outward_processing", "temporary_import", "temporary_export",
    "re_export", "re_import",
}  # fmt: skip


def body_of(name: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(FILES[name].read_text(encoding="utf-8"))
    return body


def session_of(name: str) -> Session:
    session = opened(body_of(name))
    session.settle()
    return session


def role_of(name: str) -> str:
    return "release" if name == RELEASE else name.split("-")[1]


def test_there_is_a_sample_for_every_role() -> None:
    assert {role_of(name) for name in FILES} == ROLES


@pytest.mark.parametrize("name", FILES)
def test_the_list_says_that_the_mode_plays_that_role(name: str) -> None:
    procedures = load_profile("CN").code_list("procedures")
    assert procedures is not None
    entry = procedures.get(body_of(name)["header"]["procedure"])
    assert entry is not None
    assert role_of(name) in entry.more["role"].split("/")
    assert name.endswith(("-" + entry.code, RELEASE))


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_found_in_a_good_sample(name: str) -> None:
    assert [each.message.text() for each in session_of(name).findings()] == []


@pytest.mark.parametrize("name", FILES)
def test_a_sample_says_that_it_is_for_training(name: str) -> None:
    assert body_of(name)["header"]["notes"].startswith("TRAINING")


@pytest.mark.parametrize("name", FILES)
def test_taxes_come_where_goods_stay(name: str) -> None:
    charges: Any = session_of(name).snapshot().one("header").get("charges") or ()
    assert sorted(each.kind for each in charges) == (["A", "L"] if name == RELEASE else [])

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration of every country goes from draft to release at a training office, in the message of its country."""

from __future__ import annotations

import json
from typing import Any

import pytest

from swclient.base import paths
from swclient.exchange.xmlread import local, read_xml
from swclient.workflow.application import Application
from swclient.workflow.states import State
from tests.workflow.test_way import carried

SAMPLES = {
    "KZ": ("kz-import-40", "ED_Container"),
    "KG": ("kg-import-40", "ED_Container"),
    "TJ": ("tj-import-40", "MetaData"),
    "UZ": ("uz-import-40", "MetaData"),
    "AZ": ("az-import-40", "MetaData"),
    "MN": ("mn-import-4000", "MetaData"),
    "CN": ("cn-import-0110", "MetaData"),
}


def sample(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((paths.shipped("resources") / "samples" / f"{name}.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("country", sorted(set(SAMPLES) - {"KG"}))
def test_an_import_goes_from_draft_to_its_archive(application: Application, country: str) -> None:
    name, root = SAMPLES[country]
    declaration_id = application.take(sample(name))
    carried(application, declaration_id)
    assert application.line.state(declaration_id) is State.ARCHIVED
    sent = application.store.artefacts.latest(declaration_id, "message.xml")
    assert sent is not None
    assert local(read_xml(sent.artefact.content, "message").tag) == root
    titles = [happening.title for happening in application.open(declaration_id).timeline()]
    assert any("Registered under" in title for title in titles)
    assert any("Released" in title for title in titles)
    number = application.number_of(declaration_id)
    assert (number[2:4] == country) == (root == "MetaData")


def test_an_import_into_kyrgyzstan_is_released(application: Application) -> None:
    """To the release only: the training tax office knows numbers of Kazakhstan alone."""
    declaration_id = application.take(sample(SAMPLES["KG"][0]))
    session = application.open(declaration_id).session
    application.line.lodge(declaration_id, session.snapshot(), session.findings(), lambda _m: None)
    application.line.open()
    carrier = application.dealings.carrier()
    assert carrier.follow(declaration_id, session.snapshot(), lambda _m: None) is State.RELEASED

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A publisher whom the user trusts, and packs of theirs; a home folder of its own for every test."""

from datetime import date

import pytest

from swclient.packs.archive import Wanted, make_pack, read_pack
from swclient.packs.publisher import make_key, read_signer, trust, trusted
from swclient.workflow.application import Application

TODAY = date(2026, 11, 20)

TARIFF = """# source=made up for a test; taken=2026-11-23; confirmed=false
code,name_en,name_ru,unit,duty,final,valid_from,valid_to
8481,Taps and valves,Краны и клапаны,,,0,2022-01-01,
8481808199,Ball valves,Краны шаровые,,{duty},1,2022-01-01,
"""


def tariff(duty="5"):
    """A tariff of one line and its heading."""
    return {"tariff/national.csv": TARIFF.format(duty=duty).encode()}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """The user's folder."""
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def application(home):
    """The program without its window on the day of the sample."""
    made = Application(home, today=lambda: TODAY)
    yield made
    made.close()


@pytest.fixture(scope="session")
def signer(tmp_path_factory):
    """A publisher's key for training."""
    file = tmp_path_factory.mktemp("publisher") / "publisher.pem"
    make_key(file, "Training publisher")
    return read_signer(file)


@pytest.fixture(scope="session")
def key_file(signer, tmp_path_factory):
    """The same key as a file."""
    return next(tmp_path_factory.getbasetemp().glob("publisher*/publisher.pem"))


@pytest.fixture
def known(home, key_file):
    """Publishers by identifier, with ours among the trusted."""
    trust(key_file)
    return trusted()


@pytest.fixture
def packed(signer):
    """Return the bytes of a pack."""

    def make(contents=None, version="2026.12", begins=date(2026, 11, 1), country="KZ"):
        return make_pack(Wanted(country, version, begins), tariff() if contents is None else contents, signer)

    return make


@pytest.fixture
def pack(packed, known):
    """Return a verified pack."""
    return lambda *args, **named: read_pack(packed(*args, **named), known)

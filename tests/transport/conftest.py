# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An authority, the TLS side of a good server, and callers that believe in it."""

import pytest

from swclient.transport.endpoint import Endpoint
from swclient.transport.http import Caller
from tests.transport.authority import Authority


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def tls(authority):
    return authority.server()


@pytest.fixture
def calling(authority):
    """Make callers for a stub; they are closed afterwards."""
    made = []

    def to(stub, tokens=None, **limits):
        named = {"ca_file": authority.file, "deadline": 5.0, "client_id": "training", **limits}
        made.append(Caller(Endpoint(stub.address, **named), tokens))
        return made[-1]

    yield to
    for caller in made:
        caller.close()

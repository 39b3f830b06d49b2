# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every test stands on: no other machine, no screen, no home folder, no key store.

Set before anything of the program is imported, because some of it is read at import.
"""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# A key store that refuses: a test that wants one brings its own.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
for proxy in ("http_proxy", "https_proxy", "all_proxy"):
    os.environ.pop(proxy, None)
    os.environ.pop(proxy.upper(), None)
_HOME = tempfile.mkdtemp(prefix="swclient-tests-")
os.environ["SWCLIENT_HOME"] = _HOME
os.environ["SWCLIENT_LANG"] = "en"

# Examples are not timed: a slow machine is no mistake. "long" is for the night:
# SWCLIENT_HYPOTHESIS=long.
settings.register_profile("short", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("short"), max_examples=5000)
settings.register_profile("brief", settings.get_profile("short"), max_examples=5)
settings.load_profile(os.environ.get("SWCLIENT_HYPOTHESIS", "short"))


class NetworkReachedError(AssertionError):
    """A test tried to reach another machine."""


def _is_local(host: object) -> bool:
    if host in {None, "", "localhost", b"localhost"}:
        return True
    try:
        return ip_address(host.decode() if isinstance(host, bytes) else str(host)).is_loopback
    except ValueError:
        return False


def _guarded(real: Any) -> Any:
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_local(address[0]):
            raise NetworkReachedError(f"a test reached for {address[0]}: tests talk to this machine only")
        return real(self, address)

    return connect


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """Let sockets connect to this machine only, and names be looked up of this machine only."""
    patch = pytest.MonkeyPatch()
    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *rest: Any, **named: Any) -> Any:
        if not _is_local(host):
            raise NetworkReachedError(f"a test looked up {host!r}: tests talk to this machine only")
        return look_up(host, *rest, **named)

    patch.setattr(socket.socket, "connect", _guarded(socket.socket.connect))
    patch.setattr(socket.socket, "connect_ex", _guarded(socket.socket.connect_ex))
    patch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Put the language back that a test changed; commands change it for the whole process."""
    yield
    from swclient.base import i18n

    i18n.set_language(i18n.ENGLISH)


def pytest_unconfigure() -> None:
    """Take the tests' home folder away."""
    shutil.rmtree(_HOME, ignore_errors=True)

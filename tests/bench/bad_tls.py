# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What far ends that cannot prove who they are get to see of us: nothing; and of a client that does not look: all.

Beside them: a hotel's page and a redirect are never taken for an acceptance; a call ends at its deadline whoever
dawdles; an endless or a packed answer costs no memory.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from swclient.base.errors import SwError
from swclient.transport.customs import CustomsClient
from swclient.transport.endpoint import Endpoint
from swclient.transport.http import Caller
from swclient.transport.problems import NOT_BELIEVED, NotSentError
from tests.bench.bad_tls_ends import HOST, KINDS, BadEnds, FarEnd, old_protocol
from tests.bench.figures import Figure

TOKEN, BODY = "canary-token", b"canary-body BODY-ENDS"
_HOTEL = b"<html>Welcome to the hotel</html>"
_ROUNDS = 10
_DEADLINE, _SLACK = 2.0, 1.0
_MOST_MEMORY = 32 * 1024  # KiB
_BIG = 6 << 20


@dataclass
class Seen:
    """What was found.

    Attributes:
        tried: calls made.
        bytes_seen: bytes of ours that a far end could read.
        wrong: what went otherwise than it must, in words.
        leaked: far ends by kind that read the body of the control.
    """

    tried: int = 0
    bytes_seen: int = 0
    wrong: list[str] = field(default_factory=list)
    leaked: set[str] = field(default_factory=set)


class _Known:
    """Has a token at hand, so that there is one to lose."""

    def token(self) -> str:
        return TOKEN

    def forget(self) -> None:
        """Keep it: nobody has refused it."""


def run(times: int) -> Seen:
    """Call each kind of far end so many times, then once with a client that believes everybody."""
    seen = Seen()
    with tempfile.TemporaryDirectory() as folder:
        ends = BadEnds(Path(folder))
        for kind in KINDS:
            context = ends.context(kind)
            for _ in range(times):
                with FarEnd(context) as end:
                    _call(seen, kind, end, ends.trusted)
            with FarEnd(context) as end:
                _believe(kind, end)
                if BODY in end.read and TOKEN.encode() in end.read:
                    seen.leaked.add(kind)
        _good_end_is_believed(seen, ends)
        for answer in (_page(), _redirect(0)):
            _never_accepted(seen, ends, answer)
    return seen


def _client(end: FarEnd, trusted: Path, deadline: float = 5.0) -> CustomsClient:
    endpoint = Endpoint(f"https://{HOST}:{end.port}", trusted, "us", deadline)
    return CustomsClient(Caller(endpoint, _Known()))


def _call(seen: Seen, kind: str, end: FarEnd, trusted: Path) -> None:
    seen.tried += 1
    try:
        _client(end, trusted).submit_declaration(BODY, "key-00000001", b"signature")
        seen.wrong.append(f"{kind}: taken for an office")
    except NotSentError as error:
        if error.retry or error.message.msgid != NOT_BELIEVED:
            seen.wrong.append(f"{kind}: told as {error}")
    except SwError as error:
        seen.wrong.append(f"{kind}: told as {error}")
    if kind == "plain HTTP":  # it reads the greeting of TLS, in which nothing of ours may be
        end.read = end.read if any(word in end.read for word in (BODY, TOKEN.encode())) else b""
    seen.bytes_seen += len(end.read)


def _believe(kind: str, end: FarEnd) -> None:
    """Send the same as a client that does not look: the control, which must lose everything."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    old_protocol(context)
    plain = kind == "plain HTTP"
    line = http.client.HTTPConnection(HOST, end.port, timeout=5) if plain else None
    line = line or http.client.HTTPSConnection(HOST, end.port, timeout=5, context=context)
    with suppress(OSError, http.client.HTTPException):
        line.request("POST", "/customs/declarations", BODY, {"Authorization": f"Bearer {TOKEN}"})
        line.getresponse().read()
    line.close()


def _good_end_is_believed(seen: Seen, ends: BadEnds) -> None:
    """A far end with nothing wrong is believed; else all the refusals would prove nothing."""
    with FarEnd(ends.context("")) as end:
        try:
            if _client(end, ends.trusted).submit_declaration(BODY, "key-00000001", b"signature") != "c":
                seen.wrong.append("the good far end gave another conversation")
        except SwError as error:
            seen.wrong.append(f"the good far end is not believed: {error}")


def _page() -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(_HOTEL)}\r\n\r\n"
    return head.encode() + _HOTEL


def _redirect(port: int) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: https://{HOST}:{port}/login\r\nContent-Length: 0\r\n\r\n".encode()


def _never_accepted(seen: Seen, ends: BadEnds, answer: bytes) -> None:
    with FarEnd(ends.context("")) as other, FarEnd(ends.context("")) as end:
        end.answer = answer.replace(f":{0}/".encode(), f":{other.port}/".encode())
        seen.tried += 1
        with suppress(SwError):
            _client(end, ends.trusted).submit_declaration(BODY, "key-00000001", b"signature")
            seen.wrong.append(f"accepted: {answer[:20]!r}")
        if other.lines:
            seen.wrong.append("a redirect was followed")


# -- deadlines and memory, for the bench only: they measure


def late(trusted: Path, ends: BadEnds) -> dict[str, float]:
    """Return by how many seconds a call outlasts its deadline while the far end dawdles, in both directions."""

    def drip_out(line: socket.socket) -> None:
        line.recv(65536)
        for letter in b"HTTP/1.1 202 Taken\r\nX-Slow: " + b"x" * 100:
            line.sendall(bytes([letter]))
            time.sleep(0.1)

    def drip_in(line: socket.socket) -> None:
        while line.recv(64):
            time.sleep(0.1)

    found = {}
    for name, serve in (("answer", drip_out), ("request", drip_in)):
        with FarEnd(ends.context(""), serve=serve) as end:
            begun = time.monotonic()
            with suppress(SwError):
                _client(end, trusted, deadline=_DEADLINE).submit_declaration(b"x" * _BIG, "key-00000001", b"s")
            found[name] = time.monotonic() - begun - _DEADLINE
    return found


def _endless(line: socket.socket) -> None:
    line.recv(65536)
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n")
    with suppress(OSError):
        while True:
            line.sendall(b"x" * 65536)


def _bomb(line: socket.socket) -> None:
    line.recv(65536)
    packed = gzip.compress(bytes(128 << 20), 9)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"
    with suppress(OSError):
        line.sendall(head.encode() + packed)


def _highest() -> int:
    """Return the most memory that this process ever had, KiB; unlike ru_maxrss it is not its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def memory_of(address: str, trusted: str, whose: str) -> int:
    """Return by how many KiB one call makes this process grow; run in a process of its own.

    Args:
        address: of the far end.
        trusted: file of certificates.
        whose: `ours`, or `control` for one that takes an answer whole and unpacks it.
    """
    caller = CustomsClient(Caller(Endpoint(address, Path(trusted), "us"), _Known()))
    with suppress(SwError):  # once for what is loaded with the first call
        CustomsClient(Caller(Endpoint("https://127.0.0.1:9", Path(trusted)))).ask("key-00000001")
    before = _highest()
    if whose == "control":
        import requests

        requests.get(address, verify=trusted, timeout=20)
    else:
        with suppress(SwError):
            caller.ask("key-00000001")
    return _highest() - before


def grown(trusted: Path, ends: BadEnds) -> dict[str, int]:
    """Return KiB by which a call grows before an endless and a packed answer, and the control before the latter."""
    found = {}
    words = "import sys; from tests.bench.bad_tls import memory_of; print(memory_of(*sys.argv[1:]))"
    for name, serve in (("endless", _endless), ("bomb", _bomb), ("control", _bomb)):
        whose = "control" if name == "control" else "ours"
        with FarEnd(ends.context(""), serve=serve) as end:
            told = [sys.executable, "-c", words, f"https://{HOST}:{end.port}", str(trusted), whose]
            found[name] = int(subprocess.run(told, check=True, capture_output=True, text=True).stdout)
    return found


def seen(rounds: int, name: str) -> Figure:
    """Call every kind so many times; return what was seen of us under a figure's name."""
    found = run(rounds)
    spread = {"calls": found.tried, "kinds": len(KINDS), "leaked by the control": len(found.leaked)}
    figure = Figure(name, "B", found.bytes_seen, None, None, "", spread=spread)
    figure.right(found.wrong, f"{found.tried} calls refused for good").exactly(0, "no byte of ours was read")
    return figure.more_than(len(KINDS) - 1, "the control leaks to every kind", len(found.leaked))


def measure(_told: argparse.Namespace) -> list[Figure]:
    """Call every kind ten times, then dawdle and swell."""
    with tempfile.TemporaryDirectory() as folder:
        ends = BadEnds(Path(folder))
        overtime, swollen = late(ends.trusted, ends), grown(ends.trusted, ends)
    latest = Figure("bad_tls.overtime", "s", max(overtime.values()), spread=dict(overtime)).at_most(_SLACK)
    ours = max(swollen["endless"], swollen["bomb"])
    most = Figure("bad_tls.memory", "KiB", ours, spread=dict(swollen)).at_most(_MOST_MEMORY)
    most.more_than(_MOST_MEMORY, "the control swells", swollen["control"])
    return [seen(_ROUNDS, "bad_tls.seen"), latest, most]

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server process: certificate, ledger, both offices, uvicorn over TLS, and a clean end.

Everything heavy is imported inside `serve`, so that whoever only starts a process or reads options
pays nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.training.options import TrainingOptions
from swclient.training.process import RunningTraining, start_process

if TYPE_CHECKING:
    import uvicorn

    from swclient.training.authority import Authority
    from swclient.training.ledger import Ledger
    from swclient.training.site import Site

__all__ = ["RunningTraining", "serve", "start_process"]

LEDGER_NAME = "ledger.sqlite"
INSTRUCTOR_NAME = "instructor-token"
SLOW_SECONDS = 0.5
GRACE_SECONDS = 3
BACKLOG = 128
# A signature with its chain is longer than what the server takes in headers by default.
MAX_HEADER_BYTES = 64 * 1024


_SETTINGS: dict[str, Any] = {
    "loop": "asyncio",
    "ws": "none",
    "log_level": "warning",
    "access_log": False,
    "server_header": False,
    "timeout_graceful_shutdown": GRACE_SECONDS,
    "h11_max_incomplete_event_size": MAX_HEADER_BYTES,
}


def serve(
    directory: Path,
    options: TrainingOptions,
    *,
    announce: Callable[[str], None],
    watch_stdin: bool = False,
) -> None:
    """Serve both offices until SIGTERM or SIGINT, or until standard input closes.

    Args:
        directory: where ledger and certificates are kept; made if missing.
        options: how to behave.
        announce: gets one JSON line with `address` and `ca` when the server answers.
        watch_stdin: end when standard input closes, which it does when the parent dies.

    Raises:
        UserError: the address is taken, or another server holds the ledger.
    """
    from swclient.training.authority import authority_in
    from swclient.training.ledger import Ledger

    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    directory.mkdir(parents=True, exist_ok=True)
    authority = authority_in(directory / "authority", options.host)
    with (
        contextlib.closing(Ledger(directory / LEDGER_NAME)) as ledger,
        _listening(options) as listener,
    ):
        token_file = directory / INSTRUCTOR_NAME
        said = {"address": _address(listener, options), "ca": str(authority.ca_file), "instructor": str(token_file)}
        line = json.dumps(said, ensure_ascii=False)
        server = _server(_site(ledger, options, _token_in(token_file)), authority, lambda: announce(line))
        if watch_stdin:
            threading.Thread(target=_end_with_stdin, args=(server,), daemon=True).start()
        asyncio.run(server.serve(sockets=[listener]))


def _token_in(file: Path) -> str:
    """Return the instructor's token of a directory; made at the first start, readable by its owner only."""
    import secrets

    if not file.is_file():
        fresh = file.with_name(file.name + ".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(secrets.token_urlsafe(24))
        fresh.replace(file)
    return file.read_text(encoding="ascii").strip()


def _site(ledger: Ledger, options: TrainingOptions, instructor: str) -> Site:
    from swclient.training.agency_routes import agencies_of
    from swclient.training.clockwork import Clockwork
    from swclient.training.customs import CustomsOffice
    from swclient.training.faults import FaultPlan
    from swclient.training.ledger_pushes import PushLedger
    from swclient.training.options import BOTH
    from swclient.training.pushing import Pusher
    from swclient.training.site import Site, Tokens
    from swclient.training.tax import TaxOffice
    from swclient.training.wco_office import BACK_END as WCO
    from swclient.training.wco_office import WcoOffice

    customs = Clockwork(CustomsOffice(ledger, options), ledger, 1.0)  # it knows the pace itself: some times are of day
    tax = Clockwork(TaxOffice(ledger), ledger, options.pace)
    plan = FaultPlan(options.rules(), options.seed, options.outage())
    more = {WCO: Clockwork(WcoOffice(ledger, options.lane), ledger, options.pace), **agencies_of(ledger, options)}
    made = Site(ledger, Tokens(options), plan, customs, tax, more, instructor, SLOW_SECONDS * options.pace)
    made.pusher, made.pulled = Pusher(PushLedger(ledger), plan, options.pace), options.notify == BOTH
    return made


def _server(site: Site, authority: Authority, ready: Callable[[], None]) -> uvicorn.Server:
    import uvicorn

    from swclient.training.app import make_app
    from swclient.training.outage import line_protocol

    class Server(uvicorn.Server):
        """Says when it is ready, and ends with status 0 on a signal instead of dying of it."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            _cut_idle(self)
            await super().shutdown(sockets)

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: setattr(self, "should_exit", True))
            yield

    server = Server(
        uvicorn.Config(
            make_app(site),
            http=line_protocol(site.faults),
            ssl_certfile=authority.certificate_file,
            ssl_keyfile=authority.key_file,
            **_SETTINGS,
        )
    )
    site.line = lambda peer: _line(server, peer)
    return server


def _line(server: uvicorn.Server, peer: tuple[str, int]) -> asyncio.Transport | None:
    """Return the line to a peer, None where it is gone."""
    for connection in list(server.server_state.connections):
        transport: asyncio.Transport | None = getattr(connection, "transport", None)
        if transport is not None and (transport.get_extra_info("peername") or ())[:2] == peer:
            return transport
    return None


def _cut_idle(server: uvicorn.Server) -> None:
    """Cut lines kept open for later: saying goodbye in TLS would wait for each client."""
    for connection in list(server.server_state.connections):
        cycle = getattr(connection, "cycle", None)
        transport = getattr(connection, "transport", None)
        if transport is not None and (cycle is None or cycle.response_complete):
            transport.abort()


def _listening(options: TrainingOptions) -> socket.socket:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    # Named as TCP: on other sockets asyncio leaves small answers waiting for 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # elsewhere this option lets a stranger share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((options.host, options.port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise UserError(
            N_("Cannot listen on {host} port {port}: {reason}"),
            host=options.host,
            port=str(options.port),
            reason=error.strerror or str(error),
        ) from error
    return listener


def _address(listener: socket.socket, options: TrainingOptions) -> str:
    host = options.host
    with contextlib.suppress(ValueError):
        # Listening everywhere is told to this machine by a name that the certificate has.
        host = "localhost" if ip_address(host).is_unspecified else host
    return f"https://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"


def _end_with_stdin(server: uvicorn.Server) -> None:
    # Not through sys.stdin: a thread that waits in its lock makes the interpreter abort at its end.
    while os.read(0, 4096):
        pass
    server.should_exit = True

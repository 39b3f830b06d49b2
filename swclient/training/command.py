# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of the training back ends.

It serves `python -m swclient.training` and `swclient serve-training` alike.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from swclient.base.errors import SwError, UserError
from swclient.base.i18n import N_, _
from swclient.training.options import (
    CLIENT,
    DOCUMENTS,
    LANES,
    NOTIFY,
    TrainingOptions,
    read_agency,
    read_client,
    read_delay,
    read_fault,
)


def main(argv: Sequence[str]) -> int:
    """Serve until SIGTERM or SIGINT; return the exit status.

    Returns:
        0 after a clean stop, 2 where it cannot start (the reason stands on stderr).
    """
    given = parser().parse_args(argv)
    try:
        options = _options(given)
        if given.folder is not None:
            return _play_folder(given, options)
        from swclient.training.server import serve

        serve(given.directory, options, announce=_say, watch_stdin=given.until_stdin_closes)
    except SwError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _play_folder(given: argparse.Namespace, options: TrainingOptions) -> int:
    """Play the office behind a folder until SIGTERM or SIGINT, or until standard input closes."""
    from swclient.training.folder_office import run

    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    if given.until_stdin_closes:
        threading.Thread(target=_wait_for_stdin, args=(stopped,), daemon=True).start()
    run(given.folder, given.directory, options.pace, announce=_say, stopped=stopped)
    return 0


def _wait_for_stdin(stopped: threading.Event) -> None:
    while os.read(0, 4096):
        pass
    stopped.set()


def _options(given: argparse.Namespace) -> TrainingOptions:
    clients = [read_client(word) for word in given.client]
    if given.clients is not None:
        clients += [read_client(line) for line in _lines(given.clients) if line.strip() and line[0] != "#"]
    return TrainingOptions(
        host=given.host,
        port=given.port,
        pace=given.pace,
        lane=given.lane,
        documents=given.documents,
        decisions=tuple(given.decision.split(",")) if given.decision else (),
        delays=dict(read_delay(word) for word in given.delay),
        faults=dict(read_fault(word) for word in given.fault),
        agencies=dict(read_agency(word) for word in given.agency),
        seed=given.seed,
        notify=given.notify,
        client_id=given.client_id,
        client_secret=given.client_secret,
        clients=dict(clients),
    )


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        words = N_("The list of clients {file} cannot be read: {reason}")
        raise UserError(words, file=str(file), reason=str(error)) from error


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, for help texts and for the main program to embed."""
    made = argparse.ArgumentParser(
        prog="swclient serve-training",
        description=_("Run the TRAINING customs and tax offices here. Nothing is filed with anybody."),
    )
    made.add_argument("--host", default="127.0.0.1", help=_("name or address to listen on"))
    made.add_argument("--port", type=int, default=0, help=_("0 takes a free one"))
    made.add_argument(
        "--directory",
        type=Path,
        required=True,
        help=_("where the ledger and the certificate are kept"),
    )
    made.add_argument(
        "--folder",
        type=Path,
        metavar="DIR",
        help=_("play the customs office behind this folder instead, by files of ASYCUDA"),
    )
    made.add_argument("--until-stdin-closes", action="store_true", help=argparse.SUPPRESS)
    _add_scenario(made)
    _add_clients(made)
    return made


def _add_scenario(made: argparse.ArgumentParser) -> None:
    made.add_argument("--pace", type=float, default=1.0, help=_("factor on every delay, 0.01 is very fast"))
    made.add_argument("--lane", choices=LANES, default="rule", help=_("force a risk lane"))
    made.add_argument(
        "--documents",
        choices=DOCUMENTS,
        default="rule",
        nargs="?",
        const="always",
        help=_("when further documents are asked for; alone it means always"),
    )
    made.add_argument("--decision", default="", metavar="CODE", help=_("what customs decides: 90, or 91,10 in turn"))
    made.add_argument(
        "--delay",
        action="append",
        default=[],
        metavar="STEP=SECONDS",
        help=_("another delay of a step, before the pace"),
    )
    made.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="NAME=N",
        help=_("strike the first N requests, or N%% of them: drop_after_commit=1"),
    )
    made.add_argument(
        "--agency",
        action="append",
        default=[],
        metavar="NAME=ANSWER",
        help=_("how an agency answers: veterinary=refused (rule, granted, refused, more, short, withdrawn)"),
    )
    told = _("whether messages of the WCO data model can be pulled as well, or are pushed only")
    made.add_argument("--notify", choices=NOTIFY, default=NOTIFY[0], help=told)
    made.add_argument("--seed", type=int, default=0, help=_("from which the chances of faults are drawn"))


def _add_clients(made: argparse.ArgumentParser) -> None:
    made.add_argument("--client-id", default=CLIENT, help=_("client that gets a token"))
    made.add_argument("--client-secret", default=CLIENT, help=_("its secret"))
    made.add_argument(
        "--client",
        action="append",
        default=[],
        metavar="NAME:SECRET",
        help=_("one more client; each sees its own conversations only"),
    )
    made.add_argument("--clients", type=Path, metavar="FILE", help=_("file of clients, one NAME:SECRET a line"))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()

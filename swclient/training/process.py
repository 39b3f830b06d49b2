# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The training back ends as a child process: started, stopped, and gone when the parent is gone.

The child reads its standard input and ends when that closes. The operating system closes the pipe
however the parent ends, kill -9 included, on every platform, so no server is left behind.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from swclient.base.errors import OutsideError
from swclient.base.i18n import N_
from swclient.training.options import TrainingOptions

START_SECONDS = 60.0
STOP_SECONDS = 10.0
LOG_NAME = "server.log"


@dataclass(slots=True)
class RunningTraining:
    """A child process that has announced itself.

    Attributes:
        address: `https://127.0.0.1:40123`, no slash at the end.
        ca_file: certificate of the authority that issued the server's certificate, PEM.
        process: the child.
        instructor: the token that sets faults and looks at keys.
    """

    address: str
    ca_file: Path
    process: subprocess.Popen[str]
    instructor: str = ""

    def stop(self) -> int:
        """Ask the child to end, wait for it, kill it if it does not; return its exit status."""
        if self.process.stdin is not None and not self.process.stdin.closed:
            self.process.stdin.close()
        try:
            status = self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        return status

    def __enter__(self) -> RunningTraining:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def start_process(directory: Path, options: TrainingOptions | None = None) -> RunningTraining:
    """Start the training back ends and wait until they answer.

    Args:
        directory: where ledger, certificates and log are kept; made if missing.
        options: how they are to behave; the usual if left out.

    Raises:
        OutsideError: the child ended or stayed silent; the text quotes the end of its log.
    """
    directory.mkdir(parents=True, exist_ok=True)
    log = directory / LOG_NAME
    words = [
        sys.executable,
        "-m",
        "swclient.training",
        "--directory",
        str(directory),
        "--until-stdin-closes",
    ]
    with log.open("ab") as stream:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
            words + (options or TrainingOptions()).arguments(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stream,
            env=_environment(),
            encoding="utf-8",
        )
    line = _first_line(child)
    if not line:
        with child:  # waits for it and closes its pipes
            child.kill()
        raise OutsideError(N_("The training back ends did not start: {reason}"), retry=False, reason=_tail(log))
    said = json.loads(line)
    token = Path(said["instructor"]).read_text(encoding="ascii").strip()
    return RunningTraining(said["address"], Path(said["ca"]), child, token)


def _environment() -> dict[str, str]:
    """Return our environment with the folder of this very package first on the path."""
    home = str(Path(__file__).resolve().parents[2])
    old = os.environ.get("PYTHONPATH", "")
    return {
        **os.environ,
        "PYTHONPATH": home + (os.pathsep + old if old else ""),
        "PYTHONIOENCODING": "utf-8",
    }


def _first_line(child: subprocess.Popen[str]) -> str:
    """Return the line the child announces itself with, empty if it ended or took too long."""
    if child.stdout is None:
        return ""
    limit = threading.Timer(START_SECONDS, child.kill)
    limit.start()
    try:
        return child.stdout.readline()
    finally:
        limit.cancel()


def _tail(log: Path) -> str:
    text = log.read_text(encoding="utf-8", errors="replace").strip()
    return text[-2000:]

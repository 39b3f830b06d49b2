# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m tests.workflow.kept_or_lost HOME ours|control`: a receiver in a process of its own, to be killed.

Keeping takes a moment, as on a slow disk. `ours` is the listener; the control answers first and keeps afterwards.
Prints its port and serves until it dies.
"""

from __future__ import annotations

import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from swclient.store import open_store
from swclient.store.mail import NewAnswer
from swclient.transport.listener import Listener, Listening
from swclient.transport.pushed import Pushed

TOKEN = "token-for-a-kill"
SLOW_SECONDS = 0.2


def main(home: Path, which: str) -> None:
    """Serve until killed."""
    store = open_store(home / "declarations.db")

    def keep(pushed: Pushed) -> None:
        time.sleep(SLOW_SECONDS)
        store.answers.keep_answer(
            NewAnswer("customs", pushed.conversation, pushed.identity, pushed.content_type, pushed.content)
        )

    if which == "ours":
        print(Listener(Listening("127.0.0.1", 0), lambda: TOKEN, keep).port, flush=True)
    else:
        print(_hasty(keep), flush=True)
    threading.Event().wait()


def _hasty(keep) -> int:
    class Line(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()
            told = self.headers
            keep(Pushed(told["X-Conversation-ID"], told["X-Notification-ID"], 0, told["Content-Type"], content))

        def log_message(self, *_told: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Line)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return int(server.server_address[1])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

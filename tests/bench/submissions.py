# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing is sent twice and nothing is lost: declarations through the real outbox to the real training office, on a
line that fails in every way, with client and server killed (kill -9) again and again in the middle of it.

    python -m tests.bench.submissions --count 10000

At the end the ledger of the office tells what it registered under each key, and the store what the client knows: one
registration a key, and the same number on both sides. The control sends each attempt under a new key: it must make
duplicates.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import requests

from swclient.catalogue.loader import load_profile
from swclient.store import Move, NewDeclaration, OutboxEntry, open_store
from swclient.training import RunningTraining, TrainingOptions, start_process
from tests.training import sample

ROOT = Path(__file__).resolve().parents[2]
FAULTS = {
    "drop_before_commit": "15%",
    "drop_after_commit": "15%",
    "status500": "2%",
    "status502": "2%",
    "status504": "1%",
    "status429": "2%",
    "status429_absurd": "1%",
    "truncated": "4%",
    "captive_portal": "1%",
    "expired_token": "1%",
    "drop_after_commit@asks": "5%",
    "truncated@asks": "4%",
    "status503@asks": "2%",
    "truncated@lists": "2%",
    "duplicated": "5%",
    "reordered": "5%",
    "replayed": "2%",
    "foreign": "2%",
    "stranger": "2%",
    "truncated@fetches": "2%",
}
_XML = "application/xml; charset=utf-8"
_DAY = 86400.0
_DOCUMENT = b'<e:ESADout_CU DocumentModeID="1006107E">\n<c:DocumentID>'
_PAGE = 1000
_STORE = 500  # what a broker may have waiting after a month without a line
_MOST_PROGRESS = 200  # moves of declarations between two kills
_LITTLE_PROGRESS = 30
_SERVER_KILLS = 0.25


@dataclass
class Outcome:
    """What a run came to.

    Attributes:
        count: declarations to be sent, and `keys` how many of them were.
        attempts: POSTs of declarations that the ledger saw.
        registrations: what the office registered.
        duplicates: registrations beyond the first of a key, or of the same bytes.
        lost: declarations without a number at the client, or without a registration at the office.
        wrong: numbers or digests that differ between client and office.
        client_kills: how often the client was killed, and `in_hand` how many of them had an entry in hand.
        server_kills: how often the server was killed.
        seconds: wall clock, without the making of the declarations.
        faults: what went wrong on purpose.
    """

    count: int
    keys: int = 0
    attempts: int = 0
    registrations: int = 0
    duplicates: int = 0
    lost: int = 0
    wrong: int = 0
    client_kills: int = 0
    in_hand: int = 0
    server_kills: int = 0
    seconds: float = 0.0
    faults: dict[str, int] = field(default_factory=dict)


def run(count: int, seed: int = 1, minutes: float = float("inf")) -> Outcome:
    """Send so many declarations, a store after the other, and compare both sides; begin none after so many minutes."""
    dice, ends = random.Random(seed), time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory(prefix="swclient-submissions-") as folder:
        place = Path(folder)
        office = _Office(place / "office", seed)
        found = Outcome(count)
        try:
            for turn in range(0, count, _STORE):
                if time.monotonic() > ends:
                    break
                path = place / f"store-{turn}.db"
                keys = fill(path, min(_STORE, count - turn))
                begun = time.monotonic()
                _work(path, office, dice, found)
                found.seconds += time.monotonic() - begun
                _compare(path, office, keys, found)
                print(f"after {found.seconds:.0f} s: {asdict(found)}", file=sys.stderr, flush=True)
        finally:
            office.stop()
    found.count = found.keys  # what was not begun is not counted
    return found


def control(count: int, seed: int = 1) -> Outcome:
    """Send so many declarations naively, on the same bad line but without a single kill."""
    with tempfile.TemporaryDirectory(prefix="swclient-submissions-") as folder:
        place = Path(folder)
        fill(place / "store.db", count)
        office = _Office(place / "office", seed)
        found = Outcome(count)
        try:
            order = ["naive", str(place / "store.db"), office.running.address, str(office.running.ca_file)]
            subprocess.run(_client(order), cwd=ROOT, check=True, timeout=3600)
            summary = _settled(office)
            found.registrations, found.duplicates = summary["registrations"], summary["duplicates"]
        finally:
            office.stop()
    return found


def fill(path: Path, count: int) -> dict[str, str]:
    """Make declarations, queued and signed, in a new store; return the digest of each by its key."""
    signer, version = sample.signer(), load_profile("KZ").version
    with open_store(path) as store, ThreadPoolExecutor(8) as pool:

        def queue(_number: int) -> tuple[str, str]:
            content, declaration = sample.container(), str(uuid.uuid4())
            signature = base64.b64decode(signer.sign(content))
            entry = OutboxEntry(declaration, "customs", "declaration", str(uuid.uuid4()), content, _XML, signature)
            store.create(NewDeclaration(declaration, "goods", "KZ", version, {}), actor="bench")
            ids = {"container": _between(content, b"<c:DocumentID>"), "document": _between(content, _DOCUMENT)}
            store.move_state(Move(declaration, "draft", "signed", kind="signed", detail=ids))
            store.move_state(Move(declaration, "signed", "queued", kind="queued", outbox=(entry,)))
            return entry.idempotency_key, hashlib.sha256(content).hexdigest()

        return dict(pool.map(queue, range(count)))


def _between(content: bytes, mark: bytes) -> str:
    return content.partition(mark)[2].partition(b"<")[0].decode()


class _Office:
    """A training office that can be killed, and comes back at the same address with other dice."""

    def __init__(self, folder: Path, seed: int) -> None:
        # One step only: what is proved here is sent and registered once; the rest of the course is proved elsewhere.
        delays = {"registered": _DAY}
        self._options = TrainingOptions(delays={**delays, "received": 0.0}, faults=FAULTS, seed=seed)
        self._folder = folder
        self._asked = 0
        self.running: RunningTraining = start_process(folder, self._options)
        port = urlsplit(self.running.address).port or 0
        self._options = replace(self._options, port=port)

    def kill(self) -> None:
        self.running.process.kill()
        self.running.stop()
        self._options = replace(self._options, seed=self._options.seed + 1000)
        self.running = start_process(self._folder, self._options)

    def stop(self) -> None:
        self.running.stop()

    def get(self, path: str) -> requests.Response:
        named = {"Authorization": f"Bearer {self.running.instructor}"}
        return requests.get(self.running.address + path, headers=named, verify=str(self.running.ca_file), timeout=120)

    def new_keys(self) -> dict[str, dict]:
        """Return what the ledger knows of the keys that it first saw since the last question."""
        found: dict[str, dict] = {}
        while page := self.get(f"/ledger/keys?after={self._asked}&limit={_PAGE}").json():
            found |= {line["key"]: line for line in page}
            self._asked = page[-1]["no"]
        return found


def _client(words: list[str]) -> list[str]:
    return [sys.executable, "-m", "tests.bench.submissions_client", *words]


def _work(path: Path, office: _Office, dice: random.Random, found: Outcome) -> None:
    """Let the client work on a store to its end, killing it and the server again and again after some progress."""
    done, progress = False, _MOST_PROGRESS if found.count >= _STORE else _LITTLE_PROGRESS
    while not done:
        order = _client([str(path), office.running.address, str(office.running.ca_file)])
        with subprocess.Popen(order, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
            assert child.stdout is not None
            done = not _progress(child, dice.randint(1, progress))
            if not done and dice.random() < _SERVER_KILLS:
                office.kill()
                found.server_kills += 1
                done = not _progress(child, dice.randint(1, progress))
            if not done:
                time.sleep(dice.uniform(0, 0.05))
                child.kill()
                found.client_kills += 1
        if not done:
            found.in_hand += _in_hand(path)
        elif child.returncode:
            raise RuntimeError("the client broke, see above")


def _progress(child: subprocess.Popen[str], moves: int) -> bool:
    """Read on until declarations were moved so often; tell whether the client is still at work."""
    assert child.stdout is not None
    while moves and (line := child.stdout.readline().strip()):
        if line == "done":
            return False
        moves -= line != "ready"
    return not moves


def _in_hand(path: Path) -> int:
    connection = sqlite3.connect(path)
    (count,) = connection.execute("SELECT count(*) FROM outbox WHERE state='sending'").fetchone()
    connection.close()
    return int(count)


def _compare(path: Path, office: _Office, keys: dict[str, str], found: Outcome) -> None:
    """Hold what the client knows against the ledger, key by key."""
    summary = _settled(office)
    lines = office.new_keys()
    found.registrations, found.faults = summary["registrations"], summary["faults"]
    found.attempts += sum(line["attempts"] for line in lines.values())
    found.keys += len(keys)
    over = sum(max(line["registrations"] - 1, 0) for line in lines.values())
    found.duplicates = max(found.duplicates + over, summary["duplicates"], found.registrations - found.keys)
    known = _known(path)
    for key in keys:
        line = lines.get(key)
        if line is None or not line["registrations"] or key not in known:
            found.lost += 1
        elif known[key] != line["number"] or line["bodies"] != 1:
            found.wrong += 1


def _known(path: Path) -> dict[str, str]:
    """Return the number that the client knows under each key."""
    connection = sqlite3.connect(path)
    query = (
        "SELECT o.idempotency_key, d.number FROM outbox o JOIN declaration d ON d.id=o.declaration_id "
        "WHERE o.state='acknowledged' AND d.number IS NOT NULL"
    )
    found = dict(connection.execute(query).fetchall())
    connection.close()
    return found


def _settled(office: _Office) -> dict:
    """Return the counts of the ledger once every declaration that was taken has been looked at."""
    deadline = time.monotonic() + 120
    while (summary := office.get("/ledger").json())["conversations"].get("customs:received"):
        if time.monotonic() > deadline:
            raise RuntimeError("the office does not get on with its work")
        time.sleep(0.2)
    return summary


def main(words: list[str]) -> int:
    """Run, then the control; exit code 1 where anything was sent twice or lost, or the control made no duplicates."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--count", type=int, default=10_000)
    reader.add_argument("--control", type=int, default=500)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--minutes", type=float, default=float("inf"), help="begin no further store after these")
    told = reader.parse_args(words)
    found = run(told.count, told.seed, told.minutes)
    print(json.dumps(asdict(found) | {"per_second": round(found.count / found.seconds, 1)}, indent=1), flush=True)
    naive = control(told.control, told.seed)
    print(json.dumps({"control": naive.count, "control duplicates": naive.duplicates}))
    return int(bool(found.duplicates or found.lost or found.wrong or not naive.duplicates))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

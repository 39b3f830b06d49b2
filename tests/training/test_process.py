# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The process: faults on demand, kill -9 and restart, one server a ledger, no child left behind."""

import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
import requests

from swclient.base.errors import OutsideError, UserError
from swclient.training import TrainingOptions, start_process
from swclient.training.authority import authority_in
from swclient.training.command import main
from tests.training import sample
from tests.training.office_client import OfficeClient
from tests.training.test_conversation import ALL_CHARGES, order

ROOT = Path(__file__).resolve().parents[2]


def test_each_fault_strikes_as_often_as_asked_and_loses_or_doubles_nothing(tmp_path, signer):
    faults = {"status503": 1, "drop_before_commit": 1, "drop_after_commit": 1}
    with start_process(tmp_path, TrainingOptions(pace=0.005, faults=faults)) as running:
        client = OfficeClient(running)
        body, key = sample.container(), str(uuid.uuid4())
        signature, asked = signer.sign(body), f"/customs/submissions/{key}"

        busy = client.declare(body, signature, key)
        assert (busy.status_code, busy.headers["Retry-After"]) == (503, "1")
        assert client.get(asked).status_code == 404

        with pytest.raises(requests.ConnectionError):
            client.declare(body, signature, key)
        assert client.get(asked).status_code == 404

        with pytest.raises(requests.ConnectionError):
            client.declare(body, signature, key)
        conversation = client.get(asked).json()["conversation"]

        again = client.declare(body, signature, key)
        assert (again.status_code, again.headers["X-Conversation-ID"]) == (202, conversation)
        messages = client.messages(conversation, "PaymentRequest")
        assert [message.kind for message in messages].count("NotifGTDRegistration") == 1
        summary = client.get("/ledger").json()
        assert (summary["registrations"], summary["submissions"]) == (1, {"declaration": 1})
        assert summary["requests"]["0"] == 2
        client.close()


def test_after_kill_9_the_next_server_goes_on_where_the_last_one_was(tmp_path, signer):
    body, key = sample.container(), str(uuid.uuid4())
    killed = start_process(tmp_path, TrainingOptions(pace=0.005))
    client = OfficeClient(killed)
    conversation = client.declare(body, signer.sign(body), key).headers["X-Conversation-ID"]
    client.messages(conversation, "NotifGTDRegistration")
    rows = client.listed("customs", conversation)
    killed.process.kill()
    killed.stop()
    client.close()

    with start_process(tmp_path, TrainingOptions(pace=0.005)) as running:
        assert running.ca_file == killed.ca_file
        client = OfficeClient(running)
        assert client.get(f"/customs/submissions/{key}").json()["conversation"] == conversation
        client.messages(conversation, "PaymentRequest")
        client.pay(order(conversation, *ALL_CHARGES))
        kinds = [message.kind for message in client.messages(conversation, "GTDoutCustomsMark")]
        assert kinds == [
            "NotifGTDRegistration",
            "RiskLane",
            "PaymentRequest",
            "PaymentReceipt",
            "GTDoutCustomsMark",
        ]
        assert client.listed("customs", conversation)[: len(rows)] == rows
        assert client.get("/ledger").json()["registrations"] == 1
        client.close()


def test_two_servers_do_not_share_a_ledger(tmp_path):
    with start_process(tmp_path), pytest.raises(OutsideError, match="ledger"):
        start_process(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT"])
def test_a_signal_ends_the_server_cleanly(tmp_path, number):
    running = start_process(tmp_path)
    running.process.send_signal(getattr(signal, number))
    assert running.process.wait(20) == 0
    assert running.stop() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="asks the process table the Unix way")
def test_the_server_ends_when_its_parent_is_killed(tmp_path):
    script = (
        "import sys, time; from pathlib import Path; from swclient.training import start_process\n"
        "print(start_process(Path(sys.argv[1])).process.pid, flush=True); time.sleep(600)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    with parent:
        child = int(parent.stdout.readline())
        parent.kill()
        deadline = time.monotonic() + 20
        while is_running(child) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not is_running(child)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_forced_lane_is_told_with_its_reason(tmp_path, signer):
    with start_process(tmp_path, TrainingOptions(pace=0.005, lane="red")) as running:
        client = OfficeClient(running)
        body = sample.container()
        conversation = client.declare(body, signer.sign(body)).headers["X-Conversation-ID"]
        lane = client.first(conversation, "RiskLane")
        assert (lane.text("Lane"), "prescribed" in lane.text("Reason")) == ("red", True)
        client.close()


def test_a_wrong_set_up_is_told_in_words(tmp_path, capsys):
    with pytest.raises(UserError, match="purple"):
        TrainingOptions(lane="purple")
    with pytest.raises(UserError, match="pace"):
        TrainingOptions(pace=float("nan"))
    assert main(["--directory", str(tmp_path), "--fault", "flood=3"]) == 2
    assert "flood=3" in capsys.readouterr().err
    with start_process(tmp_path / "first") as running:
        port = running.address.rpartition(":")[2]
        assert main(["--directory", str(tmp_path / "second"), "--port", port]) == 2
        assert port in capsys.readouterr().err


def test_the_certificate_is_kept_and_made_anew_for_another_name(tmp_path):
    first = authority_in(tmp_path, "127.0.0.1")
    kept = first.certificate_file.read_bytes()
    assert authority_in(tmp_path, "localhost").certificate_file.read_bytes() == kept
    assert authority_in(tmp_path, "post.example").certificate_file.read_bytes() != kept
    if os.name == "posix":
        assert first.key_file.stat().st_mode & 0o077 == 0


def test_importing_the_package_loads_nothing_of_the_server():
    heavy = "{'fastapi', 'uvicorn', 'cryptography', 'sqlite3', 'pydantic', 'asyncio', 'ssl'}"
    script = f"import sys, swclient.training; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"

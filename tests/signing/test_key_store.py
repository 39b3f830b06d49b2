# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pass phrases in a real Secret Service, as a Linux desktop has one: on a bus and with a key ring of their own."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.house.sources import ROOT
from tests.signing.made import PHRASE

pytestmark = [
    pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="dbus-run-session is not installed"),
    pytest.mark.skipif(shutil.which("gnome-keyring-daemon") is None, reason="gnome-keyring-daemon is not installed"),
]

_KEPT = """
import json, sys
from swclient.base.messages import Message
from swclient.signing import secrets
from swclient.signing.secrets import Secret, Secrets

asked = []
store = Secrets(lambda message: asked.append(message) or Secret("typed"))
prompt, told = Message("?"), {"backend": type(secrets._backend()).__name__}
phrase = sys.stdin.readline().rstrip()
told["before"] = store.get("key") is None
told["kept"] = store.keep("key", Secret(phrase))
told["same"] = store.get("key", prompt) == Secret(phrase)
told["other"] = store.get("other key", prompt) == Secret("typed")
store.forget("key")
told["forgotten"] = store.get("key") is None
told["asked"] = len(asked)
print(json.dumps(told))
"""

_SESSION = 'printf made-up | gnome-keyring-daemon --unlock --components=secrets >/dev/null && echo up && "$0" -c "$1"'


def session(folder, script, phrase=PHRASE):
    """Run a script where a Secret Service is, with a home of its own; return what it printed."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHON_KEYRING_BACKEND", "DISPLAY"}}
    places = {"HOME": folder, "XDG_DATA_HOME": folder / "data", "XDG_RUNTIME_DIR": folder / "run"}
    for place in places.values():
        place.mkdir(exist_ok=True, mode=0o700)
    env = {**kept, **{name: str(place) for name, place in places.items()}, "PYTHONPATH": str(ROOT)}
    order = ["dbus-run-session", "--", "sh", "-c", _SESSION, sys.executable, script]
    done = subprocess.run(
        order, cwd=ROOT, env=env, input=f"{phrase}\n", capture_output=True, text=True, timeout=60, check=False
    )
    up, _, told = done.stdout.partition("\n")
    if up != "up":
        pytest.skip(f"no Secret Service came up here: {done.stderr.strip()[-200:]}")
    assert done.returncode == 0, done.stderr
    return told


def test_a_pass_phrase_is_kept_found_and_forgotten(tmp_path):
    told = json.loads(session(tmp_path, _KEPT))
    assert told.pop("backend") == "Keyring"
    assert told.pop("asked") == 1
    assert all(told.values()), told


def test_what_the_key_store_writes_does_not_show_the_pass_phrase(tmp_path):
    script = _KEPT.replace('store.forget("key")', "")
    assert json.loads(session(tmp_path, script))["kept"]
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(file.suffix == ".keyring" for file in files)
    assert not [file for file in files if PHRASE.encode() in file.read_bytes()]

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files are written whole or not at all: a kill at any moment leaves the old one or the new one."""

import shutil
import stat
import subprocess
import sys

import pytest

from swclient.base.errors import UserError
from swclient.base.files import replace_file, write_file

OLD, NEW = b"old " * 5000, b"new " * 7000
WRITE = (
    "import sys; from pathlib import Path; from swclient.base.files import replace_file; "
    "replace_file(Path(sys.argv[1]), b'new ' * 7000)"
)
IN_PLACE = "import sys; open(sys.argv[1], 'wb', buffering=0).write(b'new ' * 7000)"  # the control: truncates first
CALLS = ("write", "fsync", "rename", "openat")


def killed(tmp_path, script, call, nth):
    """What is left when the program is killed at the nth call of a kind that concerns the file; None where it ended."""
    file = tmp_path / "form.pdf"
    file.write_bytes(OLD)
    order = ["strace", "-f", "-o", "/dev/null", f"-Ptarget={file}", "-e", f"inject={call}:signal=SIGKILL:when={nth}"]
    order = [word for word in order if not word.startswith("-Ptarget")]
    order += ["-P", file, "-P", str(tmp_path), sys.executable, "-c", script, file]
    ended = subprocess.run(order, check=False, capture_output=True).returncode == 0
    return None if ended else file.read_bytes()


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
class TestKilled:
    """At every call that touches the file or its folder."""

    def test_the_old_or_the_new_file_is_there(self, tmp_path):
        kills = 0
        for call in CALLS:
            for nth in range(1, 6):
                left = killed(tmp_path, WRITE, call, nth)
                if left is None:
                    break
                kills += 1
                assert left in (OLD, NEW), f"half a file after {call} {nth}"
        assert kills >= 2

    def test_the_control_writes_in_place_and_leaves_half_a_file(self, tmp_path):
        left = [killed(tmp_path, IN_PLACE, "write", 1)]
        assert any(found not in (OLD, NEW) for found in left)


def test_a_private_file_is_for_its_owner_only(tmp_path):
    replace_file(tmp_path / "keys.json", b"{}", private=True)
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_nothing_is_left_beside_it(tmp_path):
    write_file(tmp_path / "a.xml", b"<a/>")
    assert [file.name for file in tmp_path.iterdir()] == ["a.xml"]


def test_a_folder_in_the_way_is_told_and_left(tmp_path):
    (tmp_path / "form.pdf").mkdir()
    with pytest.raises(UserError, match=r"form\.pdf cannot be written"):
        write_file(tmp_path / "form.pdf", b"%PDF")
    assert [file.name for file in tmp_path.iterdir()] == ["form.pdf"]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UserError, match="cannot be written"):
        write_file(tmp_path / "nowhere" / "form.pdf", b"%PDF")

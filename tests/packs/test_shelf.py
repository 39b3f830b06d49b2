# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A pack gets onto the shelf whole or not at all, and never in place of a newer one."""

import contextlib
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from swclient.base.errors import UserError
from swclient.catalogue.loader import load_profile
from swclient.catalogue.versions import installed, must_be_intact, shelf
from swclient.packs.refusal import RefusedError
from swclient.packs.shelf import must_be_newer, staged
from tests.packs.conftest import tariff


def install(pack):
    with staged(pack) as ready:
        return ready.install()


def versions():
    return [each.version for each in installed("KZ")]


def left():
    """What lies on the shelf beside the versions."""
    return [each.name for each in (shelf() / "KZ").iterdir() if each.name not in versions()]


def test_versions_stand_side_by_side(pack):
    install(pack(version="2026.12"))
    install(pack(version="2027.1", begins=date(2027, 1, 1)))
    assert versions() == ["2026.12", "2027.1"]
    assert left() == []
    for each in installed("KZ"):
        must_be_intact(each)


def test_what_is_staged_does_not_count_and_is_gone_unless_installed(pack):
    with staged(pack()):
        assert versions() == []
        assert left() != []
    assert left() == []


def test_an_older_pack_is_refused_and_the_newer_stays(pack):
    install(pack(version="2026.12"))
    for older in ("2026.11", "2026.9.30", "1"):
        with pytest.raises(RefusedError, match="not newer"):
            must_be_newer(pack(version=older), "2026.11")
    assert versions() == ["2026.12"]


def test_a_later_version_cannot_begin_earlier(pack):
    install(pack(version="2026.12", begins=date(2026, 12, 1)))
    with pytest.raises(RefusedError, match="begins"):
        must_be_newer(pack(version="2027.1", begins=date(2026, 11, 30)), "2026.11")


def test_another_pack_of_the_same_version_is_refused_the_same_is_not(pack):
    install(pack())
    must_be_newer(pack(), "2026.11")
    with pytest.raises(RefusedError, match="version of its own"):
        must_be_newer(pack(tariff("7")), "2026.11")


def test_a_whole_pack_older_than_the_program_is_refused_a_partial_one_is_not(pack):
    whole = {"profile.toml": b'country = "KZ"\nparent = "EAEU"\n'}
    with pytest.raises(RefusedError, match="came with the program"):
        must_be_newer(pack(whole, version="2026.10"), "2026.11")
    must_be_newer(pack(version="2026.10"), "2026.11")


def test_an_installed_file_that_was_altered_is_found_when_it_is_used_and_mended_by_installing_again(pack):
    version = install(pack(begins=date(2026, 11, 1)))
    file = version.folder / "tariff" / "national.csv"
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(UserError, match="Install the pack again"):
        load_profile("KZ", day=date(2026, 11, 20))
    install(pack())
    must_be_intact(installed("KZ")[0])
    assert load_profile("KZ", day=date(2026, 11, 20)).version.endswith("+2026.12")
    assert left() == []


def test_what_a_killed_installation_left_is_cleared_after_a_day(pack):
    install(pack())
    old, young = (shelf() / "KZ" / name for name in (".dead.part", ".alive.part"))
    for folder in (old, young):
        folder.mkdir()
    then = time.time() - 2 * 24 * 3600
    os.utime(old, (then, then))
    install(pack(version="2027.1", begins=date(2027, 1, 1)))
    assert left() == [".alive.part"]


def test_a_version_moved_aside_comes_back_when_its_successor_never_came(pack):
    install(pack())
    (shelf() / "KZ" / "2026.12").rename(shelf() / "KZ" / ".2026.12.old")
    assert versions() == []
    with staged(pack(version="2027.1", begins=date(2027, 1, 1))):
        assert versions() == ["2026.12"]


STEPS = ("open", "fsync", "rename", "mkdir")


@pytest.mark.parametrize("step", STEPS)
def test_an_error_at_any_step_leaves_the_old_and_no_half(pack, monkeypatch, step):
    """A full or failing disk: the n-th call of each kind fails, for every n, until none is left to fail."""
    install(pack(version="2026.12"))
    newer = pack(version="2027.1", begins=date(2027, 1, 1))
    real = {"open": Path.open, "fsync": os.fsync, "rename": Path.rename, "mkdir": Path.mkdir}[step]
    holder, name = (os, "fsync") if step == "fsync" else (Path, step)
    for failing in range(100):
        calls = iter(range(1000))

        def broken(*args, calls=calls, failing=failing, **named):
            if next(calls) == failing:
                raise OSError(28, "No space left on device")
            return real(*args, **named)

        with monkeypatch.context() as patch:
            patch.setattr(holder, name, broken)
            with contextlib.suppress(UserError):
                install(newer)
            done = next(calls) <= failing
        if done:
            break
        for each in installed("KZ"):
            must_be_intact(each)
        assert versions()[0] == "2026.12"
        assert left() == []
    assert done
    assert versions() == ["2026.12", "2027.1"]


KILLED = """
import os, sys
from datetime import date
from swclient.catalogue.loader import load_profile
from swclient.packs.archive import read_file
from swclient.packs.publisher import trusted
from swclient.packs.shelf import staged
from pathlib import Path
pack = read_file(Path(sys.argv[1]), trusted())
print("ready", flush=True)
sys.stdin.readline()
with staged(pack) as ready:
    ready.install()
os._exit(0)
"""


@pytest.mark.slow
def test_killed_at_any_moment_the_old_or_the_new_is_there_never_a_half(pack, packed, tmp_path):
    install(pack(version="2026.12"))
    many = tariff() | {
        f"lists/made_up_{n}.csv": b"# source=x; taken=2026-01-01\ncode,name_en\nA,B\n" for n in range(40)
    }
    file = tmp_path / "new.swpack"
    file.write_bytes(packed(many, version="2027.1", begins=date(2027, 1, 1)))
    for turn in range(12):
        order = [sys.executable, "-c", KILLED, str(file)]
        with subprocess.Popen(order, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
            program.stdout.readline()
            program.stdin.write("go\n")
            program.stdin.flush()
            time.sleep(0.002 * turn)
            program.kill()
        there = installed("KZ")
        assert there[0].version == "2026.12"
        for each in there:
            must_be_intact(each)

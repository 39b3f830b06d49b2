# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records what the real program asks of the disk, by strace: every write with its bytes, every sync, cut and removal.

Nothing of the program or of SQLite is replaced; the order is the order in which the system saw it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CREATE, WRITE, CUT, SYNC, FAILED_SYNC, UNLINK, SAY = "create", "write", "cut", "sync", "failed sync", "unlink", "say"
_CALLS = "openat,pwrite64,write,lseek,ftruncate,fdatasync,fsync,unlink,rename"
_LINE = re.compile(r"^(\d+) +(.*)$")
_RESUMED = re.compile(r"^<\.\.\. \w+ resumed>(.*)$")
_CALL = re.compile(r"^(\w+)\((.*)\) += (-?\d+)(?:<([^>]*)>)?(.*)$")
_FD = re.compile(r"^(\d+)<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing asked of the disk.

    Attributes:
        kind: one of the words above.
        file: name in the folder; empty for the folder itself, and for what was said.
        offset: where it writes, or to which length it cuts.
        data: what it writes, or what was said.
    """

    kind: str
    file: str = ""
    offset: int = 0
    data: bytes = b""


def record(folder: Path, order: list[str], inject: str = "") -> list[Operation]:
    """Run a program that works in a folder and return what it asked of the disk there.

    Args:
        folder: where it works.
        order: arguments for Python.
        inject: what strace makes fail, for instance `fdatasync:error=EIO:when=7`.

    Raises:
        RuntimeError: the program broke.
    """
    trace = folder.with_name(f"{folder.name}.trace")
    watch = ["strace", "-f", "-qq", "-xx", "-y", "-s", "1048576", "-o", str(trace), "-e", f"trace={_CALLS}"]
    watch += ["-e", "signal=none", *(["-e", f"inject={inject}"] if inject else [])]
    done = subprocess.run([*watch, sys.executable, *order], check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    with trace.open(encoding="ascii", errors="replace") as lines:
        found = _Reader(str(folder)).read(lines)
    trace.unlink()
    return found


def _path(text: str) -> str:
    return bytes.fromhex(text.replace("\\x", "")).decode() if text.startswith("\\x") else text


class _Reader:
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.begun: dict[str, str] = {}
        self.places: dict[str, int] = {}
        self.known: set[str] = set()
        self.found: list[Operation] = []

    def read(self, lines) -> list[Operation]:
        for line in lines:
            match = _LINE.match(line.rstrip("\n"))
            if match is None:
                continue
            thread, text = match.groups()
            if text.endswith("<unfinished ...>"):
                self.begun[thread] = text.removesuffix("<unfinished ...>").rstrip()
                continue
            resumed = _RESUMED.match(text)
            whole = self.begun.pop(thread) + resumed.group(1) if resumed else text
            call = _CALL.match(whole)
            if call is not None:
                self._take(*call.groups())
        return self.found

    def _name(self, path: str) -> str | None:
        path = _path(path).removesuffix(" (deleted)")
        if path == self.folder:
            return ""
        inside = path.startswith(self.folder + "/") and not path.endswith("-shm")
        return path[len(self.folder) + 1 :] if inside else None

    def _take(self, call: str, words: str, result: str, opened: str | None, rest: str) -> None:
        if call == "openat":
            self._open(words, result, opened)
            return
        if call == "unlink":
            name = self._name(_TEXT.findall(words)[0])
            if name and result == "0":
                self.found.append(Operation(UNLINK, name))
                self.known.discard(name)
            return
        handle = _FD.match(words)
        if handle is None:
            return
        if handle.group(1) == "1" and call == "write":
            self.found.append(Operation(SAY, data=self._bytes(words)))
            return
        name = self._name(handle.group(2))
        if name is not None:
            self._on_file(call, name, handle.group(1), words, int(result))

    def _open(self, words: str, result: str, opened: str | None) -> None:
        name = self._name(opened) if opened and int(result) >= 0 else None
        if name:
            self.places[result] = 0
            if name not in self.known:
                self.known.add(name)
                self.found.append(Operation(CREATE, name))
            if "O_TRUNC" in words:
                self.found.append(Operation(CUT, name, 0))

    def _on_file(self, call: str, name: str, handle: str, words: str, result: int) -> None:
        if call in {"fdatasync", "fsync"}:
            self.found.append(Operation(SYNC if result == 0 else FAILED_SYNC, name))
        elif result < 0:
            return
        elif call == "pwrite64":
            offset = int(words.rsplit(",", 1)[1])
            self.found.append(Operation(WRITE, name, offset, self._bytes(words)[:result]))
        elif call == "ftruncate":
            self.found.append(Operation(CUT, name, int(words.rsplit(",", 1)[1])))
        elif call == "lseek":
            self.places[handle] = result
        elif call == "write":
            offset = self.places.get(handle, 0)
            self.found.append(Operation(WRITE, name, offset, self._bytes(words)[:result]))
            self.places[handle] = offset + result

    @staticmethod
    def _bytes(words: str) -> bytes:
        # The path of the handle is not in quotes, so the first text is what is written.
        return bytes.fromhex(_TEXT.findall(words)[0].replace("\\x", ""))

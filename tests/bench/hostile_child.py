# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every hostile file of a folder as the program would; the parent watches by strace what it opens.

    python -m tests.bench.hostile_child FOLDER [--naive]

Prints one line of JSON a file: what became of it, seconds, and by how many bytes the peak of memory rose. `--naive`
is the control: a parser that follows what it reads.
"""

import contextlib
import ctypes
import gc
import json
import os
import sys
import time
from pathlib import Path

from swclient.base.errors import SwError

WARM = "warm"  # good files, read first, so that what is loaded late is loaded by then
DEFAULT_CAP = 8 << 20  # of an answer: more is not taken from the line
_PEAK = "VmHWM:"


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


def read_ours(file: Path) -> None:
    """Read a file in every way in which the program reads one of its kind."""
    from swclient.exchange.reply_reading import read_reply
    from swclient.workflow.intake.converting import open_file
    from swclient.workflow.packs.taking_in import read_pack

    if file.suffix == ".swpack":
        read_pack(file)
        return
    if file.suffix in {".xml", ".json"} and file.stat().st_size <= DEFAULT_CAP:
        with contextlib.suppress(SwError):  # what is no answer may still be a declaration
            read_reply(file.read_bytes(), file.name)
    open_file(file)


def read_naively(file: Path) -> None:
    """Read XML by a parser that loads document types and takes entities in, and fetch what it names."""
    import re
    from urllib.request import urlopen

    from lxml import etree

    for address in re.findall(rb"http://127[^\"<> ]+", file.read_bytes()):
        with contextlib.suppress(OSError):
            urlopen(address.decode(), timeout=1).close()  # noqa: S310 - the control does what must not be done

    parser = etree.XMLParser(load_dtd=True, resolve_entities=True, no_network=False, huge_tree=False)
    tree = etree.fromstring(file.read_bytes(), parser).getroottree()
    tree.xinclude()


def _attempt(read, file: Path) -> dict[str, object]:
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # the peak begins anew
    before, begun = _status("VmRSS:"), time.perf_counter()
    try:
        read(file)
        told = "read"
    except SwError as error:
        told = f"refused: {str(error)[:300]}"
    except Exception as error:  # noqa: BLE001 - that is what is being looked for
        told = f"crashed: {type(error).__name__}: {str(error)[:300]}"
    taken = time.perf_counter() - begun
    return {"file": file.name, "told": told, "seconds": taken, "bytes": _status(_PEAK) - before}


def main() -> None:
    """Read the warm files, then the others in the order of their names."""
    folder, naive = Path(sys.argv[1]), "--naive" in sys.argv
    read = read_naively if naive else read_ours
    for file in sorted((folder / WARM).iterdir()):
        _attempt(read, file)
    os.access("/swclient-begins", os.F_OK)  # seen by the parent: from here on everything counts
    for file in sorted(each for each in folder.iterdir() if each.is_file()):
        print(json.dumps(_attempt(read, file)), flush=True)


if __name__ == "__main__":
    main()

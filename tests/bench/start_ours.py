# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program's window, started as `python -m ui --smoke` starts it; tells when the form was open and painted.

With `eager` it first loads what a program loads that imports everything at the top of its modules.
"""

import json
import sys
import time
from importlib import import_module
from typing import Any

EAGER = (
    "sqlalchemy.orm",
    "reportlab.platypus",
    "lxml.etree",
    "requests",
    "keyring",
    "cryptography.x509",
    "openpyxl",
    "babel.numbers",
    "babel.dates",
)

if sys.argv[1:] == ["eager"]:
    for name in EAGER:
        import_module(name)

from PySide6.QtWidgets import QLineEdit  # noqa: E402 - what is eager comes first

from ui import app  # noqa: E402 - as above

told: dict[str, Any] = {}
note = app.Program.mark


def mark(program: app.Program, stage: str) -> None:
    """Note a stage as the program does; once everything is there, paint it and look whether it can be typed into."""
    note(program, stage)
    told[stage] = time.perf_counter()
    if stage == "ready":
        program.window.grab()
        told["editable"], told["used"] = time.perf_counter(), time.process_time()
        shown = [line for line in program.window.findChildren(QLineEdit) if line.isVisible() and line.isEnabled()]
        told["texts"] = [line.text() for line in shown if not line.isReadOnly()]


app.Program.mark = mark  # type: ignore[assignment,method-assign]  # the bench looks over its shoulder
code = app.main(["--smoke"])
print(json.dumps(told))
sys.exit(code)

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens the window, wherever it is: `swclient_ui` in a wheel, `ui` beside us in a checkout.

The core knows no window, so this is the one import by name. It does not set up, parse or translate:
the window does that.
"""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from swclient.base.i18n import _
from swclient.workflow.ports import Offices, use_offices

_CHECKOUT = Path(__file__).resolve().parent.parent


def _window() -> str:
    """Return the name of the window's package.

    Raises:
        ModuleNotFoundError: neither is there, or a stranger's `ui` only.
    """
    if find_spec("swclient_ui") is not None:
        return "swclient_ui"
    found = find_spec("ui")
    # "ui" is a common name: only the one that lies beside this package is ours.
    if found is not None and found.origin and Path(found.origin).resolve().parent.parent == _CHECKOUT:
        return "ui"
    raise ModuleNotFoundError("ui", name="ui")


def _training_offices(folder: Path) -> Offices:
    """Start the training offices; their room is entered only when they are wanted."""
    from swclient.training import start_process

    return start_process(folder)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window with the words of the command line and return its exit code."""
    use_offices(_training_offices)
    try:
        start: Callable[[Sequence[str]], int] = import_module(f"{_window()}.app").main
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"PySide6", "shiboken6", "ui"}:
            raise
        print(_("The window needs PySide6: pip install 'swclient[ui]'"), file=sys.stderr)
        return 2
    return start(sys.argv[1:] if argv is None else argv)

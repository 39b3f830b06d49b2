# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The single place where the program is put together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base import paths
from swclient.workflow.application import Application
from swclient.workflow.jobs import Post, call_now
from swclient.workflow.ports import starter

if TYPE_CHECKING:
    from swclient.workflow.signature.keys import Asking


def open_application(
    *, post: Post = call_now, home: Path | None = None, ask: Asking | None = None, window: bool = False
) -> Application:
    """Open the user's store and return the program without its window.

    Args:
        post: hands a call over to the thread that owns the window.
        home: the data folder; the user's own when not given.
        ask: asks the user for a pass phrase; may be called on any thread.
        window: whether it is for a window: the first one works on the store, a second one may only look.
    """
    return Application(home or paths.user_data(), post, start_offices=starter(), ask=ask, window=window)

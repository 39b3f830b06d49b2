# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done with an open declaration that the store does not take any more when the program ends.

The disk may be full, broken or gone. The text on the screen is all there is then: it is written as a file to the first
folder that takes it, and the log says where.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import SwError
from swclient.base.log import log

if TYPE_CHECKING:
    from swclient.workflow.desk.desk import Desk


def close(desk: Desk, home: Path) -> Path | None:
    """Save a declaration and let go of it; return the file that it was written to where the store refused it."""
    try:
        desk.close()
    except SwError:
        file = _written(desk, home)
        log.exception("The declaration %s could not be saved. It was written to %s.", desk.id, file)
        return file
    return None


def _written(desk: Desk, home: Path) -> Path | None:
    """Write a declaration to the first of the data folder, the user's home and the temporary folder that takes it."""
    content = desk.export("swclient")
    moment = datetime.now().astimezone().strftime("%Y%m%dT%H%M%S")
    for folder in (home, Path.home(), Path(tempfile.gettempdir())):
        file = folder / f"declaration-not-saved-{moment}-{desk.id[:8]}.json"
        with contextlib.suppress(OSError):
            with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            return file
    return None

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The container in which a message is sent. The document goes in byte for byte as it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.exchange.message import DECLARATION
from swclient.exchange.settings import message_format
from swclient.exchange.skeleton import load_skeleton
from swclient.exchange.xmltext import DECLARED

if TYPE_CHECKING:
    from datetime import datetime

    from swclient.catalogue.profile import Profile


def wrap(document: bytes, profile: Profile, container_id: str, at: datetime, name: str = DECLARATION) -> bytes:
    """Return the container around one document; the document itself where its message goes without one.

    Args:
        document: the document as `write_declaration` made it.
        profile: profile of the declaration.
        container_id: identifier of the container, at most 36 characters; answers refer to it.
        at: when it is made; only the day is told.
        name: which message of the profile the document is.
    """
    message = message_format(profile, name)
    if message.envelope is None:
        return document
    given = {
        "container_id": (container_id,),
        "version": (message.version,),
        "day": (at.date().isoformat(),),
        "document": (document.decode("utf-8").removeprefix(DECLARED),),
    }
    return load_skeleton(message.envelope, profile).write(None, given)

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One window works on a store, a second one looks; commands leave drafts alone that a window may be typing into.

A store on an office's server has no such rule: its server keeps apart who writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base import paths
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.store.instance import Instance
from swclient.workflow.house.whereabouts import Whereabouts, opened

if TYPE_CHECKING:
    from pathlib import Path

    from swclient.signing.secrets import Asking
    from swclient.store import Store
    from swclient.store.instance import Holder

_LOOK = N_(
    "Another window has these declarations open for writing, since {since} (process {process} on {host}). Here "
    "they can only be looked at. Close that window, then try again."
)
_SOMEBODY = N_(
    "Another window has these declarations open for writing. Here they can only be looked at. Close that window, then "
    "try again."
)
_DRAFT = N_(
    "A window has the declarations open, and this draft may be typed into there (process {process} on {host}). Change "
    "it in that window, or close the window first."
)


class Holding:
    """How this program has the store: to work on it, or to look at it while another window works.

    Args:
        home: the data folder.
        ask: asks the user for what opens a locked store; None = nobody can be asked.
        window: whether this is a window; commands lay no claim.

    Attributes:
        store: as it is open now.
        looking: why nothing may be changed here, None where it may.
        made: declarations that this program has made, and so may change whoever else is there.
    """

    def __init__(self, home: Path, ask: Asking | None, *, window: bool) -> None:
        self.looking: Message | None = None
        self.made: set[str] = set()
        self._home, self._ask = home, ask
        shared = bool(Whereabouts(home).address())
        self._claim = None if shared else Instance(home / paths.store_file().name)
        if window and self._claim is not None and not self._claim.take():
            self.looking = _only_looking(self._claim.holder())
        self.store = self._opened(read_only=self.looking is not None)

    def _opened(self, *, read_only: bool) -> Store:
        try:
            return opened(self._home, self._ask, read_only=read_only)
        except BaseException:
            self._let_go()
            raise

    def _let_go(self) -> None:
        if self._claim is not None:
            self._claim.let_go()

    def take_over(self) -> bool:
        """Open the store for writing, if no other window has it now; return whether it may be changed.

        Raises:
            UserError: it cannot be opened for writing; it can still be looked at.
        """
        if self.looking is None or self._claim is None:
            return True
        if not self._claim.take():
            self.looking = _only_looking(self._claim.holder())
            return False
        before, self.store = self.store, self._opened(read_only=False)
        self.looking = None
        before.close()
        return True

    def barred(self, declaration_id: str) -> Message | None:
        """Return why a draft may not be changed by this program, None where it may."""
        if self.looking is not None or self._claim is None or self._claim.held or declaration_id in self.made:
            return self.looking
        holder = self._claim.holder()
        return None if holder is None else Message(_DRAFT, {"process": holder.process, "host": holder.host})

    def close(self) -> None:
        """Close the store, then give it free."""
        self.store.close()
        self._let_go()


def _only_looking(holder: Holder | None) -> Message:
    """Return why a second window changes nothing."""
    if holder is None or holder.since is None:
        return Message(_SOMEBODY)
    since = holder.since.astimezone().strftime("%Y-%m-%d %H:%M")
    return Message(_LOOK, {"since": since, "process": holder.process, "host": holder.host})

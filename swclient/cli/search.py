# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command that makes the search of the store anew."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing

from swclient.base import paths
from swclient.base.errors import UserError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.cli.reference_parser import Verbs

_PROGRESS = N_("{done} of {all} declarations")
_DONE = N_("The search was made anew: {n} declarations are found by their words.")
_SHARED = N_("The store is on the office's server, which is searched line by line; there is nothing to make anew.")


def add_search(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Add the command."""
    told = _("make the search over all declarations anew; nothing else is changed")
    verb = verbs.add_parser("reindex", help=told, description=told)
    verb.add_argument("--json", action="store_true", help=_("answer as data"))
    verb.set_defaults(run=reindex)


def reindex(words: argparse.Namespace) -> int:
    """Make the search anew, telling on standard error how far it is."""
    from swclient.cli.asking import ask_for_secret
    from swclient.workflow.house.whereabouts import opened

    def told(done: int, of: int) -> None:
        print(Message(_PROGRESS, {"done": done, "all": of}).text(), file=sys.stderr)

    with closing(opened(paths.user_data(), ask_for_secret)) as store:
        if store.shared:
            raise UserError(_SHARED)
        count = store.search.reindex(told)
    if words.json:
        print(json.dumps({"declarations": count}))
    else:
        print(Message(_DONE, {"n": count}).text())
    return 0

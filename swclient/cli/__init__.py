# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: check, work out, explain, print, convert, submit and verify without a window.

A contract that other programs may rely on; docs/handbook/command-line.md describes it.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence

from swclient.base import i18n
from swclient.base.errors import SwError, UserError
from swclient.base.i18n import N_, _
from swclient.base.log import log

FINE, WRONG, UNREADABLE = 0, 1, 2
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOT_WRITTEN = N_("The answer could not be written: {reason}")


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit code: 0 fine, 1 errors found or not done, 2 cannot be read."""
    i18n.set_language(i18n.wished_language())
    from swclient.cli.parser import parser

    words = parser().parse_args(argv)
    if words.language:
        i18n.set_language(words.language)
    try:
        code = _carried_out(words)
    except UserError as error:
        print(f"swclient: {error}", file=sys.stderr)
        return UNREADABLE
    except SwError as error:
        print(f"swclient: {error}", file=sys.stderr)
        return WRONG
    except BrokenPipeError:  # whoever read us has read enough: `swclient rules | head`
        _write_no_more()
        return FINE
    except KeyboardInterrupt:
        print(_("Stopped; nothing is lost."), file=sys.stderr)
        return WRONG
    except Exception:  # the command line's end is one of four places that catch everything
        log.exception("A command failed")
        print(
            _("swclient: something went wrong that should not have; the report stands above."),
            file=sys.stderr,
        )
        return WRONG
    return code


def _write_no_more() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _carried_out(words: argparse.Namespace) -> int:
    try:
        code: int = words.run(words)
        sys.stdout.flush()
    except OSError as error:
        if error.errno in _FULL:
            _write_no_more()  # what is left over would fail again when Python ends, with a code of its own
            raise SwError(_NOT_WRITTEN, reason=error.strerror) from error
        raise
    return code

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Laws by their full names: rows quote them by short ones (`Decision 257, box 33`), people want to read who says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from swclient.base.i18n import N_
from swclient.base.messages import Message, Name
from swclient.catalogue.profile import Profile

_PARTS = {"box": N_("{law}, box {n}"), "field": N_("{law}, field {n}"), "article": N_("{law}, article {n}")}
_PLACE = re.compile(rf", ({'|'.join(_PARTS)}) (\w+)")


def written_out(profile: Profile, law: str) -> Message:
    """Return what a row quotes with the law's full name from `[laws]` of profile.toml.

    A law that the profile does not name stands as the row has it; so does a place in it that is no box or article.
    """
    laws: Mapping[str, Any] = profile.facts.get("laws", {})
    short = max((name for name in laws if law.startswith(name)), key=len, default="")
    if not short:
        return Name(law, titles={})
    titles = {key: text for key, text in laws[short].items() if isinstance(text, str) and key not in {"source"}}
    named = Name(titles.get("en", short), titles=titles)
    rest = law[len(short) :]
    place = _PLACE.fullmatch(rest)
    if place is not None:
        return Message(_PARTS[place[1]], {"law": named, "n": place[2]})
    return Message("{law}" + rest, {"law": named})

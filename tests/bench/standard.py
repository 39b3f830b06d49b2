# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine beside Schematron: the same rules on the same declaration, and whether both find the same."""

from __future__ import annotations

from collections.abc import Callable

from swclient.engine.rulebook import rulebook
from swclient.engine.session import Session
from tests.bench.comparing import failing
from tests.bench.documents import LARGEST
from tests.bench.figures import Figure
from tests.bench.planted import altered, faulty, small
from tests.bench.schematron import Peer

PEER_IS = "lxml isoschematron with report: all rules, a pattern a section, values as elements, XML parsed"
QUICKEST = "quickest Schematron"
_ALTERED = 10


class Standard:
    """The rulebook as Schematron, in its usual form and in the quickest one, with a declaration ready to be checked."""

    def __init__(self, session: Session) -> None:
        profile, reference = session.profile, session.live.reference
        self.usual = Peer(profile, reference)
        self.quickest = Peer(profile, reference, quickest=True)
        self._documents = {peer: peer.document(session) for peer in (self.usual, self.quickest)}

    def check(self, peer: Peer) -> Callable[[], object]:
        """Return a full check of the declaration as it was when this was made."""
        return lambda: peer.check(self._documents[peer])

    def agreement(self) -> Figure:
        """Hold the engine against Schematron on many declarations, good and faulty, large and small."""
        wrong: list[str] = []
        codes: set[str] = set()
        findings = documents = 0
        for name, session in small():
            wrong += _differences(self.usual, session, name)
            codes |= {each.code for each in failing(session)}
            documents += 1
        large = faulty()
        for peer in (self.usual, self.quickest):
            wrong += _differences(peer, large, f"{LARGEST} items")
        found = failing(large)
        codes |= {each.code for each in found}
        findings = len(found)
        asked, noticed = _controls(large)
        spread = {
            "documents": documents + 1,
            f"findings on {LARGEST} items": findings,
            "different codes tripped": len(codes),
            "altered rules noticed": noticed,
            "rules": self.usual.rules,
            "of these call functions of ours": len(self.usual.by_function),
            "ask regular expressions": len(self.usual.by_pattern),
        }
        figure = Figure("check.schematron wrong", "", len(wrong), spread=spread)
        figure.right(wrong, f"{documents + 1} documents, {len(codes)} codes: findings = Schematron's")
        return figure.exactly(0, "none wrong").more_than(asked - 1, "every altered rule is noticed", noticed)


def _differences(peer: Peer, session: Session, where: str) -> list[str]:
    """Return what only one of the two finds."""
    peer.check(peer.document(session))
    ours, theirs = failing(session), peer.failing()
    told = [f"{where}, only the engine: {each}" for each in ours - theirs]
    return told + [f"{where}, only Schematron: {each}" for each in theirs - ours]


def _controls(session: Session) -> tuple[int, int]:
    """Alter one rule at a time in the schema: a comparison that does not notice proves nothing."""
    rules, tripped = rulebook(session.profile), {each.code for each in failing(session)}
    chosen = [rule for rule in rules if rule.code in tripped and not rule.imply][:_ALTERED]
    noticed = 0
    for rule in chosen:
        peer = Peer(session.profile, session.live.reference, altered(rules, rule), quickest=True)
        noticed += bool(_differences(peer, session, rule.code))
    return len(chosen), noticed

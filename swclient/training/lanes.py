# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The risk lane of a declaration, by a rule of the training office's own and with its reasons.

No authority publishes its rule. This one is made for practice: each lane can be reached on purpose.
"""

from __future__ import annotations

from swclient.training.declaration import Sent
from swclient.training.reading import Node

GREEN, BLUE, YELLOW, RED = "green", "blue", "yellow", "red"
STRICTNESS = (GREEN, BLUE, YELLOW, RED)
_DANGEROUS_CHAPTERS = ("36", "93")
_NO_PREFERENCE = frozenset("OОoо0-")  # Latin and Cyrillic letters look alike and both are met


def lane_of(sent: Sent, forced: str) -> tuple[str, list[str]]:
    """Return the lane and why.

    Args:
        sent: the declaration.
        forced: a lane that the training run prescribes, or `rule`.
    """
    if forced != "rule":
        return forced, [f"TRAINING: lane {forced} is prescribed by the set-up of this training run"]
    for lane, reasons in ((RED, _red(sent)), (YELLOW, _yellow(sent)), (BLUE, _blue(sent))):
        if reasons:
            return lane, reasons
    return GREEN, ["TRAINING: no sign of risk by the training rule"]


def _red(sent: Sent) -> list[str]:
    found = []
    for item in sent.items:
        chapter = item.value("GoodsTNVEDCode")[:2]
        if chapter in _DANGEROUS_CHAPTERS:
            number = item.value("GoodsNumeric")
            found.append(f"TRAINING: item {number}: goods of chapter {chapter} are examined")
    return found


def _yellow(sent: Sent) -> list[str]:
    found = []
    for item in sent.items:
        number, method = item.value("GoodsNumeric"), item.value("CustomsCostCorrectMethod")
        if method not in {"", "1"}:
            found.append(f"TRAINING: item {number}: documents are checked for valuation method {method}")
        if claims_preference(item):
            found.append(f"TRAINING: item {number}: documents are checked for the duty preference claimed")
    return found


def claims_preference(item: Node) -> bool:
    """Tell whether box 36 claims a preference in duty."""
    return bool(set(item.value("Preferencii/CustomsDuty")) - _NO_PREFERENCE)


def _blue(sent: Sent) -> list[str]:
    feature = sent.root.value("DeclarationKind")
    return [f"TRAINING: feature {feature} in box 7 is checked after the release"] if feature else []

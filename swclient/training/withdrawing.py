# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A withdrawal: granted, unless control was announced or the signature does not stand."""

from __future__ import annotations

from swclient.training import deciding
from swclient.training.course import Facts, Step, head_of, signature_refusal
from swclient.training.lanes import RED
from swclient.training.ledger import Ledger
from swclient.training.messages_control import withdrawal_decision
from swclient.training.stages import CONTROL_ANNOUNCED

_ANNOUNCED = "TRAINING: control has been announced; the declaration cannot be withdrawn before it is over"


def see_to_withdrawal(stage: str, facts: Facts, ledger: Ledger) -> Step:
    """Grant or refuse the withdrawal that waits."""
    key = facts.pop("withdrawal")
    posted = ledger.submission("customs", key, facts["client"])
    refused = signature_refusal(posted) if posted else None
    if refused is None and not (facts["lane"] == RED and stage in CONTROL_ANNOUNCED):
        return deciding.withdraw(facts, "TRAINING: withdrawn by the declarant")
    reason = f"{refused.code}: {refused.reason}" if refused else _ANNOUNCED
    return stage, [withdrawal_decision(head_of(facts), key, [reason])]

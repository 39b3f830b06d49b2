# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What customs may decide beside the release, and when."""

from __future__ import annotations

import pytest

from tests.training.test_conversation import ALL_CHARGES, kinds, order
from tests.training.test_errands import an_office, decision, lodge, until


@pytest.mark.parametrize("code", ["82", "90"])
def test_some_come_in_the_place_of_the_payment_request(tmp_path, signer, code):
    with an_office(tmp_path, decisions=(code,)) as client:
        found = client.messages(lodge(client, signer), "GTDoutCustomsMark")
        assert (decision(found[-1]), "PaymentRequest" in kinds(found)) == ((code, {code}), False)


@pytest.mark.parametrize(
    ("given", "marks"),
    [
        (("11",), ["11"]),
        (("20",), ["20"]),
        (("91",), ["91", "10"]),
        (("91", "90"), ["91", "90"]),
        (("92",), ["92"]),
    ],
)
def test_others_come_after_it_and_one_after_the_other(tmp_path, signer, given, marks):
    with an_office(tmp_path, decisions=given) as client:
        conversation = lodge(client, signer)
        client.messages(conversation, "PaymentRequest")
        client.pay(order(conversation, *ALL_CHARGES))
        found = until(client, conversation, lambda found: kinds(found).count("GTDoutCustomsMark") == len(marks))
        assert [decision(one)[0] for one in found if one.kind == "GTDoutCustomsMark"] == marks


def test_a_declaration_that_is_not_paid_in_time_is_refused(tmp_path, signer):
    with an_office(tmp_path, delays={"payment_due": 40.0}) as client:
        found = client.messages(lodge(client, signer), "GTDoutCustomsMark")
        assert kinds(found)[-2:] == ["PaymentRequest", "GTDoutCustomsMark"]
        assert decision(found[-1])[0] == "90"

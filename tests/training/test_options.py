# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of a run: they reach the child as they were given, and nonsense is refused with what would be right."""

import pytest

from swclient.base.errors import UserError
from swclient.training import TrainingOptions
from swclient.training.command import _options, parser

FULL = TrainingOptions(
    host="127.0.0.5",
    port=4433,
    pace=0.25,
    lane="red",
    documents="always",
    decisions=("91", "90"),
    delays={"payment_due": 60.0, "received": 0.5},
    faults={"drop_after_commit": "3", "truncated@asks": "15%", "outage": "2.5"},
    seed=7,
    client_id="first",
    client_secret="one",
    clients={"second": "two", "third": "with:colon"},
)


@pytest.mark.parametrize("options", [TrainingOptions(), FULL])
def test_a_child_gets_the_options_of_its_parent(options):
    given = parser().parse_args(["--directory", "D", *options.arguments()])
    assert _options(given) == options


def test_documents_alone_means_always():
    given = parser().parse_args(["--directory", "D", "--documents"])
    assert _options(given).documents == "always"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--lane", "red", "--decision", "77"], "Unknown decision 77"),
        (["--delay", "nowhere=1"], "Unknown delay nowhere"),
        (["--delay", "received=soon"], "does not end in a number"),
        (["--delay", "received=-1"], "Unknown delay received"),
        (["--pace", "-1"], "pace"),
        (["--fault", "slow"], "Unknown fault slow"),
        (["--fault", "outage=9999"], "Unknown fault outage"),
        (["--client", "name-only"], "no client"),
    ],
)
def test_nonsense_is_refused_with_what_would_be_right(words, told):
    with pytest.raises(UserError, match=told):
        _options(parser().parse_args(["--directory", "D", *words]))


def test_the_help_can_be_printed(capsys):
    with pytest.raises(SystemExit):
        parser().parse_args(["--help"])
    assert "N% of them" in " ".join(capsys.readouterr().out.split())

# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Examination: appointed with place and time on red, of documents on yellow, after the release on blue."""

from __future__ import annotations

from datetime import datetime

from swclient.training import messages
from swclient.training.course import Facts, Step, head_of, in_seconds
from swclient.training.lanes import BLUE, RED, YELLOW
from swclient.training.messages_control import examination_notice
from swclient.training.stages import APPOINTED, EXAMINED, EXAMINING, POST_CHECKING

_WORDS = {
    YELLOW: "УЧЕБНАЯ проверка документов / TRAINING: documents are checked",
    RED: "УЧЕБНЫЙ досмотр / TRAINING: goods are examined",
    BLUE: "УЧЕБНАЯ проверка после выпуска / TRAINING: check after release",
}
_FINISHED = "УЧЕБНАЯ проверка окончена, замечаний нет / TRAINING: finished, nothing found"
_PLACE = "УЧЕБНЫЙ бокс досмотра 1, пост {office} / TRAINING examination bay 1 of office {office}"
_SCOPE = "УЧЕБНЫЙ досмотр с частичным вскрытием мест / TRAINING: part of the packages is opened"


def appoint(facts: Facts, seconds: float) -> Step:
    """Say where and when the goods are examined."""
    facts["until"] = in_seconds(seconds)
    place = _PLACE.format(office=facts["office"])
    return APPOINTED, [examination_notice(head_of(facts), place, datetime.fromisoformat(facts["until"]), _SCOPE)]


def begin(facts: Facts) -> Step:
    """Begin the check of the lane."""
    return EXAMINING, [messages.examination_start(head_of(facts), _WORDS[facts["lane"]])]


def begin_after_release(facts: Facts) -> Step:
    """Begin the check after the release."""
    return POST_CHECKING, [messages.examination_start(head_of(facts), _WORDS[BLUE])]


def finish(facts: Facts) -> Step:
    """End a check; nothing is ever found."""
    return EXAMINED, [messages.examination_finish(head_of(facts), _FINISHED)]

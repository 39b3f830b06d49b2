# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sealed packages: what is in them, who may open them, and what happens when they are cut, altered or pulled out."""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from swclient.base.errors import OutsideError, UserError
from swclient.signing.sealing import read_sealed, seal, unseal
from swclient.signing.secrets import Secret
from swclient.store import Store, open_store
from swclient.store.mail import ACKNOWLEDGED, FAILED, QUEUED, SENT_UNKNOWN, NewAnswer
from swclient.workflow.sealed.carrying import entries_of, load_package
from swclient.workflow.sealed.contents import ANSWERS, QUEUE, Contents, packed, unpacked
from swclient.workflow.sealed.making import make_package, open_package
from swclient.workflow.sealed.returning import make_answers
from swclient.workflow.sealed.taking import TakenIn, take_answers
from tests.bench import sealed as bench
from tests.workflow.sticks import CANARY, CHEAP, PHRASE, home_with, queue, sealed, sealing

CHANNELS = {"customs": None}


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Store]:
    """A post without a line, two entries in its outbox."""
    with home_with(tmp_path / "post") as store:
        yield store


@pytest.fixture
def carrier(tmp_path: Path) -> Iterator[Store]:
    """Somebody else's machine."""
    with home_with(tmp_path / "carrier", 0) as store:
        yield store


def loaded(store: Store, file: Path) -> Contents:
    contents = open_package(file, PHRASE, QUEUE)
    load_package(store, contents, CHANNELS, file.name)  # type: ignore[arg-type]
    return contents


def brought_back(carrier: Store, contents: Contents, stick: Path) -> Path:
    return make_answers(carrier, contents, sealing(carrier.path.parent), stick, "x").file


def taken(store: Store, file: Path) -> TakenIn:
    return take_answers(store, open_package(file, PHRASE, ANSWERS), lambda *_: None, file.name)


def settle(carrier: Store, *, conversation: str = "talk-1") -> None:
    """Have the first errand taken by the office and answered, the second one refused."""
    first, second = carrier.errands.of_package("")
    carrier.errands.acknowledge(first.queued.id, conversation)
    carrier.answers.keep_answer(NewAnswer("customs", conversation, "remote-1", "application/xml", b"<Who/>", 1))
    carrier.errands.fail(second.queued.id, "The office refused it: no.")


def test_what_is_sealed_opens_with_its_pass_phrase_and_holds_the_bytes(post: Store, stick: Path) -> None:
    made = sealed(post, stick)
    entries = entries_of(open_package(made.file, PHRASE, QUEUE), "x")
    waiting = [each.queued.entry for each in post.parcels.waiting()]
    assert [(e.entry.idempotency_key, e.entry.content, e.entry.signature) for e in entries] == [
        (e.idempotency_key, e.content, e.signature) for e in waiting
    ]
    assert made.entries == 2
    with pytest.raises(UserError, match="pass phrase is wrong"):
        open_package(made.file, Secret("some other words here"), QUEUE)


def test_what_is_in_a_package_is_asked_about_before_it_is_sent(post: Store, stick: Path) -> None:
    assert {each.queued.state for each in post.parcels.waiting()} == {QUEUED}
    made = sealed(post, stick)
    assert [(each.queued.state, each.package) for each in post.parcels.waiting()] == [(SENT_UNKNOWN, made.id)] * 2
    assert [one.outcome for one in post.outbox.attempts(1)] == ["sealed"]


def test_a_second_package_takes_what_is_new_and_with_again_everything(post: Store, stick: Path) -> None:
    sealed(post, stick)
    with pytest.raises(UserError, match="All 2 entries"):
        sealed(post, stick)
    key = queue(post)
    second = sealed(post, stick)
    assert (second.entries, second.left) == (1, 2)
    assert entries_of(open_package(second.file, PHRASE, QUEUE), "x")[0].entry.idempotency_key == key
    assert sealed(post, stick, again=True).entries == 3


def test_an_empty_outbox_makes_no_package(carrier: Store, stick: Path) -> None:
    with pytest.raises(UserError, match="Nothing waits"):
        sealed(carrier, stick)
    assert list(stick.iterdir()) == []


def test_a_short_pass_phrase_is_refused_and_nothing_is_touched(post: Store, stick: Path) -> None:
    with pytest.raises(UserError, match="12 characters"):
        make_package(post, sealing(post.path.parent, Secret("short")), stick)
    assert {each.queued.state for each in post.parcels.waiting()} == {QUEUED}


def test_every_altered_byte_is_found(post: Store, stick: Path) -> None:
    """A thousand random flips; and each again with a new digest, as somebody would who knows the format."""
    whole = sealed(post, stick).file.read_bytes()
    dice, found, clever, past_the_digest = random.Random(4), 0, 0, 0
    for number in range(1000):
        bad = bytearray(whole)
        bad[dice.randrange(len(bad))] ^= 1 << dice.randrange(8)
        with pytest.raises(UserError):
            read_sealed(bytes(bad), "x")
        found += 1
        if number % 10 == 0:
            body = bytes(bad[:-32]) if bytes(bad[:-32]) != whole[:-32] else b"\x00" + whole[1:-32]
            try:
                opened = read_sealed(body + hashlib.sha256(body).digest(), "x")
                past_the_digest += 1
                unseal(opened, PHRASE)
            except UserError:
                clever += 1
    assert (found, clever) == (1000, 100)
    assert past_the_digest > 50  # the control: a digest alone would have let these through


@pytest.mark.parametrize("part", [0.0, 0.01, 0.3, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_refused(post: Store, stick: Path, part: float) -> None:
    file = sealed(post, stick).file
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(UserError, match=r"cut off|not a sealed package"):
        open_package(file, PHRASE, QUEUE)


def test_a_head_that_asks_for_hours_of_work_is_refused() -> None:
    whole = seal(b"x", PHRASE, QUEUE, "1", CHEAP)[:-32].replace(b'"cost": 14', b'"cost": 60')
    with pytest.raises(UserError, match="not as it was made"):
        read_sealed(whole + hashlib.sha256(whole).digest(), "x")


def test_the_same_words_from_another_keyboard_open_it() -> None:
    whole = seal(b"content", Secret("Ёлка и é — двенадцать"), QUEUE, "1", CHEAP)
    composed = Secret("Е\u0308лка и e\u0301 — двенадцать ")
    assert unseal(read_sealed(whole, "x"), composed) == b"content"


def test_a_list_that_somebody_else_rewrote_does_not_hold(post: Store, stick: Path) -> None:
    """Who knows the pass phrase can seal anew, but not sign as the one who made it."""
    contents = open_package(sealed(post, stick).file, PHRASE, QUEUE)
    signer = sealing(post.path.parent).signer
    inside = packed(contents, signer)
    for old, new in ((b'"customs"', b'"cust0ms"'), (CANARY, CANARY[::-1])):
        with pytest.raises(UserError):
            unpacked(inside.replace(old, new, 1), QUEUE, "x")
    assert unpacked(inside, QUEUE, "x").runs == contents.runs


@pytest.mark.parametrize(
    "facts",
    [
        {"entries": "none"},
        {"entries": [{}]},
        {"entries": [{"key": 1}]},
        {"entries": ["../../etc/passwd"]},
        {
            "entries": [
                {"key": "../../x", "channel": "customs", "verb": "declaration", "content_type": "x", "content": 99}
            ]
        },
        {"entries": [{"key": "k", "channel": "customs", "verb": "declaration", "content_type": "x", "content": True}]},
    ],
)
def test_a_list_of_nonsense_is_refused_and_nothing_is_taken(carrier: Store, tmp_path: Path, facts: dict) -> None:
    contents = Contents(QUEUE, "1", {"made_at": "now", **facts}, ())
    opened = unpacked(packed(contents, sealing(tmp_path).signer), QUEUE, "x")
    with pytest.raises(UserError, match="no package that this program knows"):
        load_package(carrier, opened, CHANNELS, "x")  # type: ignore[arg-type]
    assert carrier.errands.of_package("") == ()


def test_answers_are_no_queue_and_a_queue_is_no_answer(post: Store, carrier: Store, stick: Path) -> None:
    made = sealed(post, stick)
    back = brought_back(carrier, loaded(carrier, made.file), stick)
    with pytest.raises(UserError, match="holds entries to be sent"):
        open_package(made.file, PHRASE, ANSWERS)
    with pytest.raises(UserError, match="holds answers"):
        open_package(back, PHRASE, QUEUE)


def test_a_package_loaded_twice_is_one_errand_each(post: Store, carrier: Store, stick: Path) -> None:
    made = sealed(post, stick)
    loaded(carrier, made.file)
    contents = loaded(carrier, made.file)
    again = sealed(post, stick, again=True)
    loaded(carrier, again.file)
    assert [each.queued.state for each in carrier.errands.of_package("")] == [SENT_UNKNOWN] * 2
    assert len(carrier.errands.of_package(contents.id)) == 2


def test_ones_own_package_is_not_sent_as_somebody_elses(post: Store, stick: Path) -> None:
    made = sealed(post, stick)
    with pytest.raises(UserError, match="this very machine"):
        loaded(post, made.file)


def test_what_is_for_an_office_not_known_here_is_named_and_left(post: Store, carrier: Store, stick: Path) -> None:
    contents = open_package(sealed(post, stick).file, PHRASE, QUEUE)
    (told,) = load_package(carrier, contents, {}, "x")
    assert "customs" in told.text()
    assert carrier.errands.of_package("") == ()


def test_answers_settle_the_entries_once_however_often_they_are_taken(post: Store, carrier: Store, stick: Path) -> None:
    contents = loaded(carrier, sealed(post, stick).file)
    settle(carrier)
    file = brought_back(carrier, contents, stick)
    first = taken(post, file)
    assert (first.settled, first.new, first.problems) == (2, 1, [])
    keys = [each.entry.idempotency_key for each in entries_of(contents, "x")]
    entries = [post.parcels.by_key(key).queued for key in keys]  # type: ignore[union-attr]
    assert [(e.state, e.conversation) for e in entries] == [(ACKNOWLEDGED, "talk-1"), (FAILED, None)]
    states = [post.load(e.entry.declaration_id).row.state for e in entries]
    assert states == ["received", "rejected"]
    (kept,) = post.answers.of_declaration(entries[0].entry.declaration_id)
    assert kept.answer.raw == b"<Who/>"
    before = [post.events(e.entry.declaration_id) for e in entries]
    second = taken(post, file)
    assert (second.settled, second.known, second.new, second.problems) == (0, 2, 0, [])
    assert [post.events(e.entry.declaration_id) for e in entries] == before


def test_what_belongs_to_strangers_is_refused_and_named(
    post: Store, carrier: Store, stick: Path, tmp_path: Path
) -> None:
    contents = loaded(carrier, sealed(post, stick).file)
    settle(carrier)
    file = brought_back(carrier, contents, stick)
    with home_with(tmp_path / "third") as third:
        done = taken(third, file)
        assert (done.settled, done.new) == (0, 0)
        assert {each.queued.state for each in third.parcels.waiting()} == {QUEUED}
        texts = " ".join(each.text() for each in done.problems)
        assert all(each.entry.idempotency_key in texts for each in entries_of(contents, "x"))
        assert "talk-1" in texts


def test_what_does_not_fit_what_is_known_here_is_refused(post: Store, carrier: Store, stick: Path) -> None:
    contents = loaded(carrier, sealed(post, stick).file)
    settle(carrier)
    opened = open_package(brought_back(carrier, contents, stick), PHRASE, ANSWERS)
    first, second = opened.facts["entries"]
    wrongs = (
        {**first, "sha256": "0" * 64},
        {**first, "outcome": "eaten"},
        {**first, "conversation": "../x y"},
    )
    for wrong in wrongs:
        facts = {**opened.facts, "entries": [wrong], "answers": []}
        done = take_answers(post, replace(opened, facts=facts), lambda *_: None, "x")
        assert (done.settled, len(done.problems)) == (0, 1)
    both = {**opened.facts, "entries": [first, {**second, "outcome": "taken", "conversation": "talk-1"}]}
    done = take_answers(post, replace(opened, facts=both), lambda *_: None, "x")
    assert (done.settled, len(done.problems)) == (1, 1)  # two declarations never share a conversation
    other = {**opened.facts, "entries": [{**first, "conversation": "talk-2"}], "answers": []}
    done = take_answers(post, replace(opened, facts=other), lambda *_: None, "x")
    assert "settled otherwise" in done.problems[0].text()


def test_neither_pass_phrase_nor_content_lies_about(post: Store, carrier: Store, stick: Path, tmp_path: Path) -> None:
    contents = loaded(carrier, sealed(post, stick).file)
    settle(carrier)
    taken(post, brought_back(carrier, contents, stick))
    post.flush()
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    words = PHRASE.reveal().encode()
    assert not [file for file in files if words in file.read_bytes()]
    holders = {file.parent.name for file in files if CANARY in file.read_bytes()}
    assert holders == {"post", "carrier"}  # the stores, whose business it is; the control: the canary does sing there


def _refuses(post: Store, target: Path) -> None:
    with pytest.raises(OutsideError, match="Nothing was lost"):
        sealed(post, target)
    assert {(each.queued.state, each.package) for each in post.parcels.waiting()} == {(QUEUED, None)}


def test_a_stick_that_is_not_there_leaves_the_outbox_as_it_was(post: Store, stick: Path) -> None:
    stick.rmdir()
    _refuses(post, stick / "x.swpackage")


@pytest.mark.parametrize("size", [4, 8, 12])
def test_a_full_stick_leaves_the_outbox_as_it_was(post: Store, stick: Path, size: int) -> None:
    mount = shutil.which("mount")
    if (
        not mount
        or subprocess.run([mount, "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", stick], check=False).returncode
    ):
        pytest.skip("no small disk can be made here")
    try:
        for _ in range(4):
            queue(post, CANARY * 2000)
        _refuses(post, stick)
        assert list(stick.iterdir()) == []
    finally:
        subprocess.run(["umount", str(stick)], check=True)
    assert sealed(post, stick).entries == 6


STRIKES = ("error=EIO", "error=ENOSPC", "signal=SIGKILL")


@pytest.mark.parametrize("strike", STRIKES)
@pytest.mark.parametrize("call", ["openat", "write", "fsync", "/rename.*"])
def test_a_stick_that_fails_at_any_step_has_a_whole_package_or_none(
    tmp_path: Path, stick: Path, call: str, strike: str
) -> None:
    strace = shutil.which("strace")
    if not strace:
        pytest.skip("strace is not installed")
    home, target = tmp_path / "post", stick / "x.swpackage"
    home_with(home).close()
    paths = [word for path in (target, f"{target}.part", stick) for word in ("-P", str(path))]
    words = [
        strace,
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        *paths,
        "-e",
        f"trace={call}",
        "-e",
        f"inject={call}:{strike}:when=1",
    ]
    run = [*words, sys.executable, "-m", "tests.workflow.sticks", str(home / "declarations.db"), str(target)]
    done = subprocess.run(run, check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert "made" not in done.stdout, "the strike did not happen"
    whole = target.exists()
    if whole:
        assert len(entries_of(open_package(target, PHRASE, QUEUE), "x")) == 2
    with open_store(home / "declarations.db") as store:
        waiting = store.parcels.waiting()
        assert len(waiting) == 2
        if whole:
            assert {each.queued.state for each in waiting} == {SENT_UNKNOWN}
        again = sealed(store, stick / "y.swpackage", again=True)
        assert len(entries_of(open_package(again.file, PHRASE, QUEUE), "x")) == 2


def test_random_hands_send_everything_once() -> None:
    found = bench.run(12, seed=7)
    assert (found.lost, found.duplicates, found.unknown_to_owner) == (0, 0, 0)
    assert found.strikes > 0


def test_the_control_makes_duplicates() -> None:
    assert bench.run(6, careless=True, seed=7).duplicates > 0

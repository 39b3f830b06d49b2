# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A key typed into the look-up of commodity codes: the Harmonized System and the shipped tariff, in all its languages.

What is typed are beginnings of names and codes, one letter after the other. What counts is the slowest key but one in a
hundred, which is what a person feels; means are told too.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean, median
from time import process_time

from swclient.catalogue.folding import fold, words
from swclient.catalogue.loader import default_profile, load_profile, profile_codes
from swclient.catalogue.search import TARIFF, Search, _Row, _Shelf
from swclient.catalogue.wordindex import How
from tests.bench.figures import Figure
from tests.bench.lookup_peers import SHOWN, Bits, FullText, Peer, Tantivy, Whoosh
from tests.bench.timing import Series

_NAMES = 12  # names typed, of each language
_BY_WORDS = {How.WORD, How.START}
_WHOOSH_ROUNDS = 1
# What is typed, and how the word that was meant begins.
MISSPELT = {
    "alumnium": "aluminium", "porselain": "porcelain", "horsse": "horse", "cofee": "coffee", "elektric": "electric",
    "alectric": "electric", "machinry": "machinery", "tranzistor": "transistor", "semiconducter": "semiconductor",
    "refrigeratr": "refrigerator", "pharmaceuticle": "pharmaceutical", "footwaer": "footwear", "фарфар": "фарфор",
    "светадиодные": "светодиод", "обфвь": "обув", "подшибники": "подшипник", "кофэ": "кофе",
}  # fmt: skip


def _every_row() -> list[_Row]:
    """Return the rows of all shipped tariffs over the Harmonized System, named in all their languages."""
    found: dict[str, _Row] = {}
    for code in profile_codes():
        for row in Search(load_profile(code))._tariff_rows():
            known = found.get(row.code)
            names = {**(known.names if known else {}), **row.names}
            found[row.code] = _Row(row.code, names, None, None, row.also)
    return list(found.values())


class Contest:
    """The rows, what is typed, and who finds."""

    def __init__(self, folder: Path) -> None:
        self.search = Search(load_profile(default_profile()))
        began = process_time()
        shelf = self.search._shelves[TARIFF] = _Shelf(_every_row())
        self.search.warm(TARIFF)
        self.built = (process_time() - began) * 1e3
        self.index = shelf.index
        self.texts = [fold("\n".join((*row.names.values(), *row.also))) for row in shelf.rows]
        self.codes = {row.code: number for number, row in enumerate(shelf.rows)}
        self.languages = sorted({code for row in shelf.rows for code in row.names})
        self.keys = list(_typed(_names(shelf.rows, self.languages)))
        self.peers: dict[str, Peer] = {
            "limit": Bits(self.texts),
            "tantivy": Tantivy(self.texts),
            "sqlite": FullText(self.texts),
            "whoosh": Whoosh(self.texts, folder),
        }

    def ours(self, key: str) -> object:
        """Find as a window does: from a text to codes and names, the best first."""
        return self.search.find(TARIFF, key, limit=SHOWN)

    def theirs(self, peer: Peer) -> Callable[[str], object]:
        """Return the same by a peer: the text is taken apart and the rows are named as ours are."""
        shelf = self.search._shelf(TARIFF)
        return lambda key: shelf.hits([(How.START, peer.find(words(fold(key)), SHOWN))], "en")

    def differences(self) -> list[str]:
        """Return which rows are found by one way and not by another; a plain walk over all texts is the judge."""
        wrong = []
        for key in self.keys:
            asked = words(fold(key))
            if not asked or key[0].isdigit():
                continue
            true = {number for number, text in enumerate(self.texts) if all(_has(text, word) for word in asked)}
            found = self.search.find(TARIFF, key, limit=len(self.texts))
            told = {self.codes[hit.code] for hit in found if hit.how in _BY_WORDS}
            wrong += [f"ours: {key!r}"] if told != true else []
            for name, peer in self.peers.items():
                wrong += [f"{name}: {key!r}"] if set(peer.find(asked, len(self.texts))) != true else []
        return wrong


def _has(text: str, beginning: str) -> bool:
    return any(word.startswith(beginning) for word in words(text))


def _names(rows: Sequence[object], languages: Sequence[str]) -> Iterator[str]:
    """Return names of rows taken at even distances, two words of each, in every language, and some codes."""
    for language in languages:
        named = [row.names[language] for row in rows if row.names.get(language)]
        for name in named[:: max(len(named) // _NAMES, 1)][:_NAMES]:
            yield " ".join(words(fold(name))[:2])
    yield from (row.code for row in rows[:: max(len(rows) // _NAMES, 1)])


def _typed(names: Iterator[str]) -> Iterator[str]:
    seen = {name[:length] for name in names for length in range(1, len(name) + 1)}
    return iter(sorted(key for key in seen if not key.endswith(" ")))


def _each_key(keys: Sequence[str], find: Callable[[str], object]) -> dict[str, float]:
    taken = {}
    for key in keys:
        began = process_time()
        find(key)
        taken[key] = (process_time() - began) * 1e3
    return taken


def _in_turns(contest: Contest, rounds: int) -> Mapping[str, Series]:
    """Type every key once a round for each way; return the median of each key's rounds."""
    ways = {name: contest.theirs(peer) for name, peer in contest.peers.items()} | {"ours": contest.ours}
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in ways}
    for turn in range(1 + rounds):
        for name, find in ways.items():
            if name != "whoosh" or turn <= _WHOOSH_ROUNDS:
                contest.index._kept.clear()  # a user does not type the same twice
                taken[name].append(_each_key(contest.keys, find))
    return {name: _middle(contest.keys, turns[1:]) for name, turns in taken.items()}


def _middle(keys: Sequence[str], turns: Sequence[Mapping[str, float]]) -> Series:
    return Series([median(turn[key] for turn in turns) for key in keys])


def measure(told: argparse.Namespace) -> list[Figure]:
    """Measure keys rightly typed against all peers, and misspelt ones by themselves."""
    with tempfile.TemporaryDirectory() as folder:
        contest = Contest(Path(folder))
        gc.collect()
        gc.freeze()
        found = _in_turns(contest, told.rounds)
        wrong = contest.differences()
        said = f"{len(contest.keys)} keys: the same rows five ways"
        figures = [_keystroke(contest, found), _against(found, "whoosh", "Whoosh, ranked, as it comes").beats_peer(200)]
        figures.append(_against(found, "sqlite", "SQLite FTS5 in memory, prefix index 1 to 4, unranked"))
        return [*(figure.right(wrong, said) for figure in figures), _misspelt(contest, told.rounds)]


def _keystroke(contest: Contest, found: Mapping[str, Series]) -> Figure:
    ours, limit, tantivy = (found[name] for name in ("ours", "limit", "tantivy"))
    means = {f"{name} mean": round(fmean(found[name].values), 4) for name in ("ours", "tantivy", "limit")}
    facts = {"keys": len(contest.keys), "rows": len(contest.texts), "languages": " ".join(contest.languages)}
    figure = Figure(
        "lookup.keystroke p99", "ms", ours.quantile(0.99), tantivy.quantile(0.99), limit.quantile(0.99),
        "tantivy, ranked, every beginning of a word a term of its own, its quickest way",
        "beginnings known beforehand, one AND of bits, unranked",
        spread=ours.told("ours") | means | facts | {"index made in, ms": round(contest.built)},
    )  # fmt: skip
    return figure.at_most(1).beats_peer(1).within_limit(8)


def _against(found: Mapping[str, Series], name: str, peer_is: str) -> Figure:
    ours, peer = found["ours"], found[name]
    spread = peer.told(name) | {f"{name} p99": peer.quantile(0.99)}
    return Figure(f"lookup.{name} mean", "ms", fmean(ours.values), fmean(peer.values), peer_is=peer_is, spread=spread)


def _misspelt(contest: Contest, rounds: int) -> Figure:
    keys = list(_typed(iter(MISSPELT)))
    turns = []
    for _ in range(rounds):
        contest.index._kept.clear()
        turns.append(_each_key(keys, contest.ours))
    series = _middle(keys, turns)
    wrong = [word for word, meant in MISSPELT.items() if not _found(contest, word, meant)]
    facts = {"mean": round(fmean(series.values), 4), "keys": len(keys)}
    figure = Figure("lookup.misspelt p99", "ms", series.quantile(0.99), spread=series.told("ours") | facts)
    return figure.at_most(1).right(wrong, f"{len(MISSPELT)} misspelt words find what was meant")


def _found(contest: Contest, word: str, meant: str) -> bool:
    """Tell whether what a word meant is found at the top, and found as a misspelling."""
    hits = contest.search.find(TARIFF, word, limit=1)
    return any(hit.how is How.SIMILAR and _has(contest.texts[contest.codes[hit.code]], meant) for hit in hits)

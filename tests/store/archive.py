# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A made-up archive of declarations, the same at every run, and a slow judge of what should be found in it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from swclient.catalogue.folding import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_SYLLABLES = [
    "ка",
    "но",
    "ве",
    "ра",
    "ми",
    "то",
    "ло",
    "ши",
    "пе",
    "да",
    "гу",
    "зе",
    "бо",
    "ни",
    "са",
    "тер",
    "мо",
    "лин",
    "кор",
    "стан",
    "қа",
    "өз",
    "ұл",
]
_LATIN = ["ba", "ke", "lo", "mi", "su", "tre", "nd", "var", "pol", "ita", "en", "gro", "che"]
_HAN = "报关单货物进口出铜球阀轴承灯具五金机械电源线墙插座瓷餐家用吸尘器"
_FIRMS = ("ТОО «УЧЕБНЫЙ {}»", "ОсОО «Пример {}»", "TRAINING {} LLP", "示例{}有限公司")
STATES = ("draft", "registered", "released", "archived", "archived", "archived", "rejected")
OWN = "240140000011"
"""The tax number of the declarant, in every declaration: what a search must not stumble over."""


@dataclass(frozen=True, slots=True)
class Made:
    """One made-up declaration."""

    id: str
    number: str | None
    state: str
    title: str
    consignee: str
    changed_at: str
    body: dict[str, Any]

    @property
    def texts(self) -> list[str]:
        """Every text by which it should be found."""
        found = [self.number or "", self.title, self.consignee]
        for rows in self.body["tables"].values():
            found += [text for _id, _parent, values in rows for name, text in values.items() if name != "net_mass"]
        return found


def _vocabulary(dice: random.Random) -> tuple[list[str], list[float]]:
    spoken = ["".join(dice.choices(_SYLLABLES, k=dice.randint(2, 4))) for _ in range(5000)]
    spoken += ["".join(dice.choices(_LATIN, k=dice.randint(2, 3))) for _ in range(1500)]
    dice.shuffle(spoken)
    return spoken, [1 / (place + 1) ** 0.9 for place in range(len(spoken))]


def archive(count: int, seed: int = 1) -> Iterator[Made]:
    """Yield made-up declarations, the oldest first."""
    dice = random.Random(seed)
    spoken, weights = _vocabulary(dice)
    at = datetime(2021, 1, 4, 9, 0, tzinfo=UTC)
    for n in range(count):
        at += timedelta(seconds=dice.randint(1, 3000))
        state = dice.choice(STATES)
        number = None if state == "draft" else f"55301/{at:%d%m%y}/{n:07}"
        firm = dice.choice(_FIRMS).format(" ".join(dice.choices(spoken, weights, k=2)).upper())
        items = [_item(dice, spoken, weights, place) for place in range(dice.randint(1, 5))]
        title = f"ИМ 40 REF-{n:06} · {items[0][2]['description']}"[:120]
        told = at.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
        body = {"tables": _tables(dice, n, firm, items)}
        yield Made(f"{n:08}-made-up", number, state, title, firm, told, body)


def _tables(dice: random.Random, n: int, firm: str, items: list[list[Any]]) -> dict[str, list[list[Any]]]:
    container = "".join(dice.choices("ABCDEGHKLMSTU", k=3)) + f"U{dice.randint(0, 9_999_999):07}"
    vehicle = f"{dice.randint(0, 999):03}{''.join(dice.choices('ABCEHKMOPTXY', k=3))}{dice.randint(1, 17):02}"
    papers = [f"INV-{dice.randint(2021, 2026)}/{n:05}", f"CN{dice.randint(10**7, 10**8)}", f"ДК {n}-ТР"]
    return {
        "header": [[0, None, {"reference": f"REF-{n:06}"}]],
        "consignee": [[0, None, {"name": firm, "tax_id": f"{dice.randint(10**11, 10**12 - 1)}"}]],
        "declarant": [[0, None, {"name": "ТОО «УЧЕБНЫЙ ДЕКЛАРАНТ»", "tax_id": OWN}]],
        "border_means": [[1, None, {"identity": vehicle}]],
        "item": items,
        "container": [[40, 10, {"number": container}]],
        "document": [[50 + place, None, {"number": paper}] for place, paper in enumerate(papers)],
    }


def _item(dice: random.Random, spoken: list[str], weights: list[float], place: int) -> list[Any]:
    han = "".join(dice.choices(_HAN, k=dice.randint(2, 6)))
    values = {
        "code": f"{dice.randint(1, 97):02}{dice.randint(0, 9999):04}{dice.choice(('1000', '9009', '0000'))}",
        "description": " ".join(dice.choices(spoken, weights, k=dice.randint(3, 9))).capitalize(),
        "description_foreign": f"{' '.join(dice.choices(spoken, k=2))} / {han}",
        "net_mass": "777.777",  # an amount: not to be found
    }
    return [10 + place, None, values]


# -- the judge


@dataclass(frozen=True, slots=True)
class Judged:
    """The words of one declaration, and its numbers with what stands between taken out."""

    id: str
    state: str
    row: tuple[str, ...]
    joined: frozenset[str]


def judged(made: Made) -> Judged:
    """Take a declaration apart for the judge."""
    row = tuple(word for text in made.texts for word in words(fold(text)))
    return Judged(made.id, made.state, row, frozenset(_numbers(made.texts)))


def _numbers(texts: list[str]) -> Iterator[str]:
    for text in map(fold, texts):
        wholes = [text] if len(text) <= 40 else []
        for piece in (*wholes, *text.split()):
            if any(c.isdigit() for c in piece) and not any("\u3400" <= c <= "\u9fff" for c in piece):
                yield "".join(words(piece))


def finds(question: str, kept: Judged) -> bool:
    """Tell by plain comparing whether a declaration holds everything that is asked for."""
    return all(_holds(piece, kept) for piece in fold(question).split() if words(piece))


def _holds(piece: str, kept: Judged) -> bool:
    wish = words(piece)
    for start in range(len(kept.row) - len(wish) + 1):
        here = kept.row[start : start + len(wish)]
        if here[:-1] == tuple(wish[:-1]) and here[-1].startswith(wish[-1]):
            return True
    if not any(c.isdigit() for c in piece) or any("\u3400" <= c <= "\u9fff" for c in piece):
        return False
    whole = "".join(wish)
    numbers = {*kept.joined, *(word for word in kept.row if any(c.isdigit() for c in word))}
    return any(
        number.startswith(whole) or (len(whole) >= 3 and len(number) >= 5 and number.endswith(whole))
        for number in numbers
    )


def questions(made: list[Made], seed: int = 2, each: int = 12) -> list[str]:
    """Return what people would type to find some of the declarations again, and some that finds nothing."""
    dice = random.Random(seed)
    asked = ["", "zzzz", "报", "铜球", "777.777", OWN, OWN[:9], "55301", "учебный декларант", "2024", "к", "ка", "1"]
    for one in dice.sample(made, min(each, len(made))):
        tables = one.body["tables"]
        goods = tables["item"][0][2]
        spoken = goods["description"].split()
        container = tables["container"][0][2]["number"]
        asked += [container, container[-6:], f"{container[:4]} {container[4:10]}-{container[10:]}", goods["code"]]
        asked += [goods["code"][:4], tables["border_means"][0][2]["identity"].lower(), spoken[0].upper(), spoken[0][:3]]
        asked += [" ".join(word[:4] for word in spoken[:2]), goods["description_foreign"].split("/ ")[1][:2]]
        asked += [paper[2]["number"] for paper in tables["document"]]
        asked += [one.number or tables["header"][0][2]["reference"], (one.number or "0000001")[-7:], one.id]
        asked += [tables["consignee"][0][2]["tax_id"], f"{spoken[-1]} {container[-4:]}"]
    return [each for each in dict.fromkeys(asked) if each.strip()]

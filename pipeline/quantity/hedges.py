"""Hedges before and after a number (lexicon/hedges.toml), and the words of change that stand before it."""

import re
from functools import cache
from typing import Literal, cast

from pipeline import lexicon
from pipeline.records import ClaimKind, Qualifier

# 节约, 集约, 预约, 签约; 最近, 附近; 表达, 传达: there the last character is no hedge.
_NOT_AFTER = {
    "近": "最附邻就靠相远亲",
    "约": "节集预签合履契条公特违解邀",
    "达": "表转下传送发抵直通万",
    "过": "通经超不越度",
    "超": "赶反高",
    "最多": "",
}
_MAGNITUDES = frozenset("百千万亿半")


@cache
def _tables() -> tuple[dict[str, Qualifier], tuple[int, ...], dict[str, Qualifier], tuple[int, ...]]:
    book = lexicon.load("hedges")
    sides = []
    for side in ("before", "after"):
        words = {word: cast(Qualifier, name) for name, entries in book[side].items() for word in entries}
        sides.append((words, tuple(sorted({len(word) for word in words}, reverse=True))))
    (before, before_sizes), (after, after_sizes) = sides
    return before, before_sizes, after, after_sizes


@cache
def _change() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    book = lexicon.load("hedges")["change"]
    up, down = book["up"], book["down"]
    words = "|".join(sorted((*up, *down, *book["amount"]), key=len, reverse=True))
    return (
        re.compile(rf"({words})(?:了|时限|时间|时长|比例|幅度)?\Z"),
        re.compile(rf"(?:{words})(?:率|幅度|幅|速度|速|比例)?(?:为|约|达|达到|是|分别为|:|：)?\Z"),
        frozenset(down),
    )


def before(text: str, at: int) -> tuple[int, Qualifier] | None:
    """Where the hedge that ends at ``at`` starts, and what it says."""
    words, sizes, _, _ = _tables()
    for size in sizes:
        if size <= at and (qualifier := words.get(text[at - size : at])):
            word = text[at - size : at]
            previous = text[at - size - 1 : at - size]
            if previous and previous in _NOT_AFTER.get(word, ""):
                continue
            if word == "过" and text[at : at + 1] not in _MAGNITUDES:
                continue
            return at - size, qualifier
    return None


def after(text: str, at: int, kind: ClaimKind) -> tuple[int, Qualifier] | None:
    """Where the hedge that starts at ``at`` ends, and what it says."""
    _, _, words, sizes = _tables()
    for size in sizes:
        qualifier = words.get(text[at : at + size])
        if qualifier is None:
            continue
        word = text[at : at + size]
        following = text[at + size : at + size + 1]
        if word == "内" and (kind not in ("duration", "measure") or following in tuple("设部外容涵控销需存陆地河政科")):
            continue
        if word == "多" and (kind not in ("duration", "money", "measure") or following in tuple("元种样部方数次项家名人渠层")):
            continue
        if word == "余" and following in tuple("额款热地"):
            continue
        if word == "以下" and following in tuple("简几三四五六七八九十方问内各"):
            continue
        return at + size, qualifier
    return None


def change(text: str, at: int) -> tuple[int, Literal["up", "down"] | None] | None:
    """Where the word of change that ends at ``at`` starts, and its direction (None: 增幅 and the like)."""
    within, _, down = _change()
    found = within.search(text, max(0, at - 10), at)
    if found is None:
        return None
    word = found[1]
    if word in lexicon.load("hedges")["change"]["amount"]:
        return found.start(), None
    return found.start(), "down" if word in down else "up"


def is_change(text: str, at: int) -> bool:
    """Whether a number at ``at`` is announced as a change (增速为, 下降幅度达)."""
    return _change()[1].search(text, max(0, at - 12), at) is not None

"""What stands about a number with its unit: sign, hedge, word of change, per what."""

import re
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from pipeline import lexicon
from pipeline.quantity import hedges, units
from pipeline.quantity.bounds import quantity
from pipeline.quantity.endings import Endings
from pipeline.quantity.mention import Mention
from pipeline.quantity.number import Number
from pipeline.records import ClaimKind, Qualifier

_ONE = Decimal(1)
# 上百, 上千: at least so many. Not 以上百分之…, 网上十…
_NOT_UP = frozenset("以网线会晚早路实马史之")
# What may stand before a minus sign; after anything else it is a dash between two things. 减负, 增负 are words.
_BEFORE_MINUS = {
    "负": frozenset('为是共达率速幅至于到额:（(，,、。；;\t \n"“'),
    "-": frozenset('为是共达率速幅至于到额长降减加增涨了:（(，,、。；;\t \n"“'),
}


class Measured(NamedTuple):
    """A number with its unit as the text has it so far: ``text[start:end]``, of ``kind`` in ``name``, times ``factor``."""

    number: Number
    start: int
    end: int
    kind: ClaimKind
    name: str
    factor: Decimal = _ONE
    exact: bool | None = None


def mention(flat: str, one: Measured, last: int, qualifier: Qualifier = "none") -> Mention:
    """The mention of ``one``, its hedges and what it is per included; nothing before ``last`` belongs to it."""
    number, start, end, kind, name, factor, exact = one
    allowed = _BEFORE_MINUS.get(flat[start - 1]) if start > last else None
    if allowed is not None and (start == 1 or flat[start - 2] in allowed):
        start, factor = start - 1, -factor
    tail = hedges.after(flat, end, kind)
    head = hedges.before(flat, start)
    if qualifier == "none":
        qualifier = _qualifier(number, head, tail)
    if tail is not None:
        end = tail[0]
    if head is not None and head[1] != "reach":
        start = max(head[0], last)
        further = hedges.before(flat, start)
        if further is not None and further[1] != "reach":
            start = max(further[0], last)
    if qualifier in ("none", "reach") and _is_up(flat, number, start, last):
        qualifier, start = "vague", start - 1
    change = hedges.change(flat, start)
    direction: Literal["up", "down"] | None = None
    changed = False
    if change is not None and change[0] >= last:
        (start, direction), changed = change, True
        if kind == "multiple":
            kind, name, factor = "percent", "%", factor * 100
            exact = number.exact if exact is None else exact
    elif hedges.is_change(flat, start):
        changed = True
    elif kind in ("percent", "fraction", "money"):
        for word in ("占比", "占"):
            if flat.endswith(word, last, start):
                start -= len(word)
                break
    if exact is None and number.exact and kind in ("count", "duration"):
        exact = True
    if (per := _per(flat, start, end, last, kind)) is not None:
        start, end, name, kind = per[0], per[1], f"{name}/{per[2]}", kind if kind == "money" else "measure"
        exact = None if kind == "measure" and not number.exact else exact
    return Mention(
        start,
        end,
        quantity(number, name, kind, qualifier, factor, exact),
        number.start,
        direction if factor > 0 else None,
        changed,
    )


def _qualifier(number: Number, head: tuple[int, Qualifier] | None, tail: tuple[int, Qualifier] | None) -> Qualifier:
    """What the hedges say; a word that the number holds itself wins, and 达到 yields to any other."""
    if number.plus:
        return "plus"
    if number.about:
        return "about"
    if head is not None and head[1] != "reach" and not (head[1] == "near" and tail is not None):
        return head[1]
    if tail is not None:
        return tail[1]
    return head[1] if head is not None else "none"


def _is_up(flat: str, number: Number, start: int, last: int) -> bool:
    """上百, 上千万."""
    return (
        number.value is not None
        and number.text[0] in "十百千万亿"
        and start - 1 >= last
        and flat[start - 1] == "上"
        and flat[start - 2 : start - 1] not in _NOT_UP
    )


@cache
def _per_words() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    book = lexicon.load("units")["per"]
    longest = {name: "|".join(sorted(book[name], key=len, reverse=True)) for name in ("each", "after", "average")}
    return (
        re.compile(
            rf"(?:(?P<average>{longest['average']})|每(?P<each>(?:{longest['each']})(?:每(?:{longest['each']}))?))(?!{'|'.join(book['not_each'])})"
            r"[^0-9，。；、：:,;（()\n%]{0,9}\Z"
        ),
        re.compile(rf" ?/ ?((?:{longest['after']})(?:[·/.](?:{longest['after']}))?)"),
        book["average"],
    )


def _per(flat: str, start: int, end: int, last: int, kind: ClaimKind) -> tuple[int, int, str] | None:
    """Where a quantity per something starts and ends, and per what: 48元/盒, 每页0.5元, 人均8.6平方米."""
    if kind not in ("money", "count", "measure", "duration"):
        return None
    behind = flat[end : end + 2]
    if "/" in behind and (found := _per_words()[1].match(flat, end)) is not None:
        return start, found.end(), found[1]
    window = max(last, start - 16)
    if flat.find("每", window, start) < 0 and flat.find("均", window, start) < 0:
        return None
    before, _, average = _per_words()
    found = before.search(flat, window, start)
    if found is None:
        return None
    return found.start(), end, average[found["average"]] if found["average"] else found["each"].replace("每", "/")


@cache
def _score_links() -> Endings:
    return units.cue("score_link")


def follows_score(flat: str, at: int) -> bool:
    """Whether a number at ``at`` is announced as a score: 得分：95."""
    for _ in range(3):
        word = _score_links().before(flat, at)
        if word is None:
            break
        at -= len(word)
    return units.cue("score").before(flat, at) is not None

"""Amounts of a sentence that it adds up itself: …，共计30万元; …，加上…，收入合计…."""

import re
from collections.abc import Iterator, Sequence

from pipeline.checks._account import total_of
from pipeline.checks._division import Division, is_part, label, unit
from pipeline.checks._passages import Amount, Passage
from pipeline.quantity import Interval

KINDS = ("money", "count", "measure")
RESTATED = re.compile(
    r"(?:合计|共计|总计|总额|总量)(?:为|达|约)?[：:]?\s*$|(?:^|[，,；;、）)])\s*(?:合计|共计|总计)[^，,。；;、：:（(\d]{0,8}$"
)
AND_SO_ON = re.compile(r"^[^，,。；;\d]{0,2}等(?![级次额])")
# What is added up begins before the first 加上.
_PLUS = re.compile(r"(?:^|[，,；;、）)])\s*(?:再)?加(?:上|：)|^\s*加(?=[^快大强以])")
_LESS = re.compile(r"扣除|减去|剔除|冲减|抵减|减：|不含|另有|此外|另外|还有|[-－−]\s*$")
_BARE = re.compile(r"^[，,；;、）)\s]*(?:合计|共计|总计|总额)(?:为|达|约)?[：:]?\s*$")


def added_up(passage: Passage, depths: Sequence[int], start: int, at: int) -> Iterator[Division]:
    """The amounts from ``start`` before the one ``at`` that is said to be their total, the nearest first; ``depths`` tells
    how many brackets each amount of the sentence stands in."""
    amounts = passage.amounts
    whole = amounts[at]
    if whole.claim.quantity.kind not in KINDS:
        return
    places = [place for place in range(start, at) if depths[place] <= depths[at]]
    parts = [place for place in places if unit(amounts[place].claim) == unit(whole.claim) and is_part(amounts[place])]
    joined = _joined(amounts, whole, parts)
    if joined:
        parts = joined
    if len(parts) < 2:
        return
    chosen = [amounts[place] for place in reversed(parts)]
    cut = any(AND_SO_ON.search(passage.after(place)) for place in range(parts[0], at))
    # What is said of the first amount, or before it, does not touch the sum (剔除不可比因素后增长2%).
    taken_off = any(_LESS.search(amounts[place].before) for place in (*parts[1:], at))
    called = "合计" if _BARE.search(whole.before) else label(whole)
    totalled = not start and len(parts) == sum(
        amounts[place].claim.quantity.kind == whole.claim.quantity.kind for place in places
    )
    yield Division(
        [whole.claim], [called], [[one.claim] for one in chosen], [label(one) for one in chosen], [], False,
        cut, cut, taken_off, joined=bool(joined), totalled=totalled,
    )  # fmt: skip


def _joined(amounts: Sequence[Amount], whole: Amount, parts: Sequence[int]) -> list[int]:
    """Which of ``parts`` a sentence adds up by 加上: those behind the first 加上 and the one it is added to."""
    plus = next((n for n, place in enumerate(parts) if _PLUS.search(amounts[place].before)), 0)
    for base in range(plus - 1, -1, -1):
        chosen = [parts[base], *parts[plus:]]
        if total_of([amounts[place].claim for place in chosen]).meets(Interval.of(whole.claim.quantity)):
            return chosen
    return [*parts[plus - 1 :]] if plus else []

"""From a text to its quantities: one pass over the places where a number may start."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.quantity import arabic, chinese, counted, lookalikes, ranges, ranks, shares, units
from pipeline.quantity.chinese import NUMERALS
from pipeline.quantity.mention import Mention, Rejected
from pipeline.quantity.plain import plain

_FIGURES = frozenset("0123456789")


@cache
def _start() -> re.Pattern[str]:
    """Where a number may start. The characters come first, so that the search skips all others fast."""
    follows = rf"{NUMERALS} 余多来几点半成折分番至到~\-{re.escape(units.first_characters())}"
    return re.compile(
        rf"[0-9半几数{NUMERALS}](?:(?<=[0-9])|(?<=[几数])(?=[十百千万亿])|(?<=半)(?=[年天个小数])|(?<=[第前][{NUMERALS}])"
        rf"|(?<=[{NUMERALS}])(?<![{NUMERALS}][{NUMERALS}])(?=[{follows}]))"
    )


def scan(text: str) -> Iterator[Mention | Rejected]:
    """Quantities and look-alikes in order."""
    flat = plain(text)
    search = _start().search
    found = search(flat)
    if found is None:
        return
    masks = lookalikes.phrases(flat)
    following = last = 0
    while found is not None:
        start = found.start()
        while following < len(masks) and masks[following].end <= start:
            following += 1
        mask = _covering(masks, following, start, start + 1) or lookalikes.at(flat, start)
        if mask is not None:
            yield Rejected(start, mask.end, mask.reason)
            at = mask.end
        else:
            at = start
            for one in _read(flat, start, last):
                at = one.end
                if isinstance(one, Mention):
                    mask = _covering(masks, following, one.core, one.end)
                    if mask is not None:
                        at = max(one.end, mask.end)
                        yield Rejected(one.core, at, mask.reason)
                        break
                    last = one.end
                yield one
        found = search(flat, max(at, start + 1))


def _covering(masks: Sequence[Rejected], first: int, start: int, end: int) -> Rejected | None:
    """The first of ``masks`` from ``first`` on that overlaps ``start``..``end``."""
    for at in range(first, len(masks)):
        mask = masks[at]
        if mask.start >= end:
            return None
        if mask.end > start:
            return mask
    return None


def _read(flat: str, start: int, last: int) -> Sequence[Mention | Rejected]:
    """What starts at ``start``: one quantity or look-alike, or the quantities of a list."""
    if flat[start] in _FIGURES:
        number = arabic.read(flat, start)
        share = None if number is None else shares.of_figures(flat, number, last)
    else:
        share = shares.of_numerals(flat, start, last)
        number = None if share is not None else chinese.read(flat, start)
    if share is not None:
        return (share,)
    if number is None:
        return (Rejected(start, _run(flat, start), "digits"),)
    if ranks.is_announced(flat, start):
        rank = ranks.read(flat, number, last)
        if rank is not None:
            return (rank,)
        if flat[start - 1] != "前":
            return (Rejected(start, number.end, "ordinal"),)
    unit = units.at(flat, counted.gap(flat, number.end))
    both = ranges.of_two(flat, number, unit, last)
    if both is not None:
        return (both,)
    if unit is None and (several := ranges.of_many(flat, number, last)) is not None:
        return several
    return (counted.read(flat, number, unit, last),)


def _run(flat: str, start: int) -> int:
    """The end of a run of numerals that is no number."""
    end = start + 1
    while end < min(len(flat), start + 24) and (flat[end] in NUMERALS or flat[end] in _FIGURES):
        end += 1
    return end

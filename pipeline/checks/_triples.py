"""Three amounts said one after another of which two make the third: 年初预算, 年中追加, 全年预算; 送审, 审定, 审减."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

from pipeline import lexicon
from pipeline.checks._account import Account, judged
from pipeline.checks._division import label, unit
from pipeline.checks._passages import Amount, Passage

_EXACT = ("none", "reach")
# Another step between the budgets at the beginning and at the end of a year.
_OTHER_STEP = re.compile(r"调减|核减预算|压减|收回|结转|其中|分别|左右")


@dataclass(frozen=True, slots=True)
class _Triple:
    whole: re.Pattern[str]
    parts: tuple[re.Pattern[str], ...]


@cache
def _triples() -> tuple[_Triple, ...]:
    return tuple(
        _Triple(re.compile(one["whole"]), tuple(map(re.compile, one["parts"])))
        for one in lexicon.load("partitions")["triple"]
    )


@cache
def _quick() -> re.Pattern[str]:
    """What one of three such amounts is called, whichever they are."""
    return re.compile("|".join(one.parts[-1].pattern for one in _triples()))


def of_triples(found: Sequence[Passage]) -> Iterator[Account]:
    """The accounts of three neighbouring amounts whose names say how they belong together (lexicon/partitions.toml)."""
    quick = _quick()
    for passage in found:
        if len(passage.amounts) < 3 or not quick.search("\n".join(one.before for one in passage.amounts)):
            continue
        amounts = [one for one in passage.amounts if one.claim.quantity.kind == "money"]
        for at in range(len(amounts) - 2):
            yield from _account(amounts[at : at + 3])


def _account(three: Sequence[Amount]) -> Iterator[Account]:
    if any(one.claim.quantity.qualifier not in _EXACT or unit(one.claim) != unit(three[0].claim) for one in three):
        return
    if any(_OTHER_STEP.search(one.before) for one in three[1:]):
        return
    names = [label(one) for one in three]
    for triple in _triples():
        for whole, first, second in permutations(range(3)):
            patterns = zip((triple.whole, *triple.parts), (whole, first, second), strict=True)
            if all(pattern.search(names[place]) for pattern, place in patterns):
                parts = (three[first].claim, three[second].claim)
                verdict = judged(three[whole].claim, parts)
                if verdict is not None:
                    named = (names[first], names[second])
                    yield Account(three[whole].claim, parts, named, verdict, True, called=names[whole])
                return

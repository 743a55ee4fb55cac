"""Numbered items with amounts under a sentence that states their total: …316.40万元，其中： （1）… （2）…"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.checks._division import Division, is_part, is_second, label, unit
from pipeline.checks._passages import Amount, Passage
from pipeline.checks._text import numbered
from pipeline.numbering import Mark
from pipeline.records import Claim, Evidence

_LEADS = re.compile(r"[：:]\s*$|如下|其中|包括|分别|主要(?:是|用于|有)|构成|明细")
_CHOSEN = re.compile(r"(?:主要|重点)[^，,。；;]{0,6}[：:]?\s*$|等[^，,。；;]{0,3}[：:]?\s*$")
_FEWEST = 2
_FARTHEST = 3


@dataclass(frozen=True, slots=True)
class _Item:
    passage: Passage
    mark: Mark
    block: int


def listed(evidence: Evidence, found: Sequence[Passage]) -> Iterator[Division]:
    """The lists of a report, each as a division of the total before it."""
    run: list[_Item] = []
    lead: Passage | None = None
    before: Passage | None = None
    for passage in found:
        item = _item(passage)
        if (
            item is not None
            and run
            and item.mark.style == run[-1].mark.style
            and item.mark.number == run[-1].mark.number + 1
        ):
            run.append(item)
        elif item is not None and item.mark.number == 1:
            yield from _division(lead, run)
            run, lead = [item], before
        elif not run or passage.amounts[0].claim.span.block != run[-1].block:
            yield from _division(lead, run)
            run, lead = [], None
        before = passage
    yield from _division(lead, run)


def _item(passage: Passage) -> _Item | None:
    mark = numbered(passage.amounts[0].before.lstrip())
    return None if mark is None or mark.style == "第一章" else _Item(passage, mark, passage.amounts[0].claim.span.block)


def _division(lead: Passage | None, run: Sequence[_Item]) -> Iterator[Division]:
    if lead is None or len(run) < _FEWEST or not _LEADS.search(lead.tail):
        return
    if not 0 <= run[0].block - lead.amounts[-1].claim.span.block <= _FARTHEST:
        return
    heads = [next((one for one in item.passage.amounts if one.claim.quantity.kind == "money"), None) for item in run]
    if any(head is None for head in heads):
        return
    firsts = [head for head in heads if head is not None]
    kind = unit(firsts[0].claim)
    if any(unit(one.claim) != kind for one in firsts):
        return
    wholes = [one for one in reversed(lead.amounts) if unit(one.claim) == kind and is_part(one)]
    if not wholes:
        return
    items = [_columns(item.passage.amounts, first) for item, first in zip(run, firsts, strict=True)]
    names = [label(one) for one in firsts]
    chosen = _CHOSEN.search(lead.tail) is not None
    called = [label(one) for one in wholes]
    yield Division([one.claim for one in wholes], called, items, names, [], True, chosen, chosen, False, lead.tail)


def _columns(amounts: Sequence[Amount], first: Amount) -> list[Claim]:
    """The first amount of an item and those that follow it under no name of their own (，实际支出82.6万元)."""
    start = next(at for at, one in enumerate(amounts) if one is first)
    columns = [first.claim]
    for one in amounts[start + 1 :]:
        if unit(one.claim) != unit(first.claim) or not is_part(one) or not is_second(one):
            break
        columns.append(one.claim)
    return columns

"""Points taken off in prose: 共扣2分，其中：时效扣1.5分，质量扣0.5分."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from pipeline import lexicon
from pipeline.indicators.passage import Passage
from pipeline.indicators.sheet import Deduction
from pipeline.records import Cell, Claim, Report
from pipeline.table import Place

_TAKEN = re.compile(
    r"扣(?:除|减|了|去|分|掉)?(?:[值数])?\s*[：:为]?\s*(?P<number>[\d０-９]+(?:\s?[.．]\s?[\d０-９]+)?)\s*分(?![钟之])"
)
_SENTENCE = re.compile(r"[^。；;！!？?\n]+[。；;！!？?]?")


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(lexicon.load("indicators")["deductions"][name])


def read(report: Report, silent: frozenset[int], claims: Mapping[int, Sequence[Claim]]) -> Iterator[Deduction]:
    """The deductions of the blocks that are not in ``silent`` (the cells of indicator tables)."""
    group, before = 0, -2
    running = False
    for block in report.blocks:
        if "扣" not in block.text or block.index in silent:
            continue
        passage = Passage([Place(block.cell or Cell(0, 0, 0), (block,), 0, 1)], claims)
        # A statement may go on in the next paragraph.
        running, before = running and block.index == before + 1, block.index
        for sentence in _SENTENCE.finditer(passage.text):
            words = sentence.group()
            found = [] if _words("rule").search(words) else list(_TAKEN.finditer(words))
            totals = [_words("total").search(words[: one.start()].rstrip()) is not None for one in found]
            # 共扣2分：时效扣1分；质量扣1分 is one statement of several sentences.
            group += bool(found) and (totals[0] or not running)
            running = bool(found)
            last = 0
            for one, total in zip(found, totals, strict=True):
                start, end = _name(words, last, one.start())
                points = passage.points(sentence.start() + one.start("number"), sentence.start() + one.end("number"))
                if points is not None:
                    name = passage.entry(sentence.start() + start, sentence.start() + end)
                    yield Deduction(points, name, passage.entry(*sentence.span()), total, group)
                last = one.end()


def _name(sentence: str, last: int, at: int) -> tuple[int, int]:
    """The words before a deduction that say what lost the points, and why; a clause on scores is none of them."""
    starts = [found.end() for found in _words("begins").finditer(sentence, last, at)]
    start = starts[-1] if starts else last
    lead = _words("leading").match(sentence, start, at)
    start = lead.end() if lead else start
    end = start + len(_words("trailing").sub("", sentence[start:at].rstrip()))
    return start, max(start, end)

"""Lists that stop short of the number of items that the sentence before them announces."""

import re
from dataclasses import dataclass

from pipeline import numerals
from pipeline.checks._sequences import Sequence, rank
from pipeline.checks._text import numbered
from pipeline.records import Report, Span

# 建立四项机制， → 四, 机制. A list is taken for the announced one only where each of its items names the noun again.
_SAID = re.compile(
    r"(?P<number>[两二三四五六七八九十]{1,2}|\d{1,2})(?:项|个|条|大|种|类)(?P<noun>[\u4e00-\u9fff]{2,8}?)(?=[，。；：:,;]|$|如下)"
)
_ITEM = 40
_MOST = 12


@dataclass(frozen=True, slots=True)
class Announced:
    """Where ``number`` items are announced for a list that ends too early."""

    span: Span
    number: int


def announced(report: Report, sequence: Sequence) -> Announced | None:
    """The announcement just before ``sequence``, where it names more items than the list has."""
    first = sequence.items[0]
    before = next((b for b in reversed(report.blocks[: first.block]) if b.text.strip()), None)
    if before is None or sequence.numbers != list(range(1, len(sequence.items) + 1)):
        return None
    for found in _SAID.finditer(before.text):
        number = _number(found["number"])
        noun = found["noun"][-2:]
        heads = [report.blocks[item.block].text[item.mark.end : item.mark.end + _ITEM] for item in sequence.items]
        if len(sequence.items) < number <= _MOST and all(noun in head for head in heads):
            return Announced(Span(before.index, found.start(), found.end()), number)
    return None


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return 2 if text == "两" else numerals.integer(text) or 0


def rest(report: Report, sequence: Sequence) -> str:
    """The text from the list's last item to the next mark of a higher level."""
    last = sequence.items[-1]
    texts = [report.blocks[last.block].text[last.mark.end :]]
    for block in report.blocks[last.block + 1 :]:
        mark = numbered(block.text)
        if mark and rank(mark) < rank(last.mark):
            break
        texts.append(block.text)
    return "\n".join(texts)

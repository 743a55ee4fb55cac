"""Sentences with their numbers: what is written before each, and where a sentence goes on over a broken line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks._text import numbered
from pipeline.identity import Same
from pipeline.records import Block, Claim, Evidence, Reading, Span

_END = re.compile(r"[。！？!?]")
_ENDED = re.compile(r"[。！？!?；;：:，,、]\s*$")
# A line broken inside a sentence by a conversion is about as wide as the page.
_WIDE = 20
_PAGE = re.compile(r"[\s\d—\-－第页/]*")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a sentence; ``before`` is what stands between it and the number before it."""

    claim: Claim
    before: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that states numbers; ``tail`` is what follows the last of them, ``broken`` whether its end is not seen."""

    amounts: tuple[Amount, ...]
    tail: str
    broken: bool

    def after(self, at: int) -> str:
        """The words behind the number ``at`` up to the next one or the end."""
        return self.amounts[at + 1].before if at + 1 < len(self.amounts) else self.tail


def passages(evidence: Evidence) -> tuple[Passage, ...]:
    """The sentences of running text that state numbers, in reading order."""
    return _passages(Key(evidence))


class Key(Same):
    """What was read of a report, told by the report alone: a key of caches."""

    __slots__ = ("evidence",)

    def __init__(self, evidence: Evidence) -> None:
        super().__init__(evidence.reading.report)
        self.evidence = evidence


@lru_cache(maxsize=1)
def _passages(key: Key) -> tuple[Passage, ...]:
    return tuple(_read(key.evidence.reading))


def _read(reading: Reading) -> Iterator[Passage]:
    blocks = reading.report.blocks
    amounts: list[Amount] = []
    for claim in reading.claims:
        if claim.source != "prose":
            continue
        if not amounts:
            amounts.append(Amount(claim, _head(blocks, claim.span)))
            continue
        last = amounts[-1].claim.span
        between = _between(blocks, last.block, last.end, claim.span.block, claim.span.start)
        if between is not None and not _END.search(between):
            amounts.append(Amount(claim, between))
            continue
        yield _passage(blocks, amounts)
        amounts = [Amount(claim, _head(blocks, claim.span))]
    if amounts:
        yield _passage(blocks, amounts)


def _head(blocks: Sequence[Block], span: Span) -> str:
    """The words from the start of the sentence to ``span``, those of the line before as well where it breaks off."""
    text = blocks[span.block].text
    start = _last_end(text, span.start) + 1
    head = text[start : span.start]
    if start or not span.block or not broken(blocks, span.block - 1):
        return head
    before = blocks[span.block - 1].text
    return before[_last_end(before, len(before)) + 1 :] + head


def _last_end(text: str, end: int) -> int:
    """The last place before ``end`` where a sentence ends, -1 for none."""
    find = text.rfind
    return max(find("。", 0, end), find("！", 0, end), find("？", 0, end), find("!", 0, end), find("?", 0, end))


def _between(blocks: tuple[Block, ...], first: int, start: int, last: int, end: int) -> str | None:
    """The words between two places of one sentence, broken lines joined; None where a line ends the sentence."""
    if first == last:
        return blocks[first].text[start:end]
    if last - first > 3:
        return None
    pieces = [blocks[first].text[start:]]
    for at in range(first, last):
        if not broken(blocks, at):
            return None
        pieces.append(blocks[at + 1].text if at + 1 < last else blocks[last].text[:end])
    return "".join(pieces)


def broken(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line breaks off inside its sentence, which the next line goes on with."""
    here = blocks[at]
    if at + 1 >= len(blocks) or here.cell is not None or here.level or not here.text.strip():
        return False
    following = blocks[at + 1]
    if following.cell is not None or following.level or not following.text.strip() or numbered(following.text):
        return False
    ended = _ENDED.search(here.text)
    if ended is None:
        return len(here.text.strip()) >= _WIDE
    return ended.group()[0] in "，,、"


def _passage(blocks: tuple[Block, ...], amounts: list[Amount]) -> Passage:
    span = amounts[-1].claim.span
    text = blocks[span.block].text
    found = _END.search(text, span.end)
    if found:
        return Passage(tuple(amounts), text[span.end : found.start()], False)
    rest = text[span.end :]
    if not broken(blocks, span.block):
        return Passage(tuple(amounts), rest, False)
    following = blocks[span.block + 1].text
    ended = _END.search(following)
    return Passage(tuple(amounts), rest + following[: ended.start() if ended else None], ended is None)

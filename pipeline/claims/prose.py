"""Claims of running text: each quantity with what it is of, the part it plays in its sentence, and its period."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline import language
from pipeline.claims import naming
from pipeline.claims.periods import period
from pipeline.claims.roles import of_name
from pipeline.quantity import Mention
from pipeline.records import Block, Claim, Role, Span

_OPENS = re.compile(r"其中|包括|包含|分别[是为]?|构成|(?:为|有|是|如下)?[:：]")
_FROM = re.compile(r"(?:由|从|自|原来的?|原)[^，。；\d]{0,12}\Z")
_TO = re.compile(r"\A[，,]?[^，。；\d]{0,10}(?:至|到|为|成)[^，。；\d]{0,4}\Z")
_TO_WORD = re.compile(
    r"(?:提高|增加|增长|提升|上升|扩大|压缩|缩短|缩减|精简|减少|下降|降低|降|减|增|升|调整|压减|优化)(?:至|到|为)\Z"
)
_SHARE = re.compile(r"占[^，。；：\d]{0,24}\Z|(?:占比|比重|比例)[^，。；：\d]{0,6}\Z")


@dataclass(slots=True)
class _Found:
    """A quantity with the text about it; the part that it plays is settled with those of its sentence.

    ``before`` reaches back to the quantity before it in its sentence, ``lead`` to the sentence's start; ``hedge`` are the
    words of the quantity that stand before its number.
    """

    mention: Mention
    before: str
    hedge: str
    lead: str
    metric: str
    role: Role = "value"
    group: str | None = None


def claims(blocks: Sequence[Block]) -> Iterator[Claim]:
    """The claims of ``blocks``, in order, without ids and sections. Runs over all blocks at once, which is cheaper."""
    if not blocks:
        return
    starts = [0, *accumulate(len(block.text) + 1 for block in blocks)]
    text = "\n".join(block.text for block in blocks)
    groups = 0
    for sentence in language.sentences(text):
        words = sentence.words
        found: list[_Found] = []
        last, last_word = sentence.start, 0
        for mention, first, end in sentence.quantities:
            name = _name(naming.left(words, last_word, first), words, end, mention, found)
            before, hedge = text[last : mention.start], text[mention.start : mention.core]
            found.append(_Found(mention, before, hedge, text[sentence.start : mention.start], name))
            last, last_word = mention.end, end
        _settle(found)
        names: dict[str, str] = {}
        for one in found:
            group = None
            if one.group is not None:
                if one.group not in names:
                    groups += 1
                    names[one.group] = f"p{groups}"
                group = names[one.group]
            mention = one.mention
            at = bisect_right(starts, mention.start) - 1
            span = Span(blocks[at].index, mention.start - starts[at], mention.end - starts[at])
            yield Claim(
                "", span, mention.quantity, one.metric, one.role, mention.direction,
                period(one.lead), "other", "prose", group,
            )  # fmt: skip


def _name(before: str, words: Sequence[str], end: int, mention: Mention, earlier: Sequence[_Found]) -> str:
    """What a quantity is of, by the words before it, those behind it, and what its sentence named ``earlier``."""
    if mention.quantity.kind == "count" and (counted := naming.right(words, end)):
        return counted
    if not before:
        # 基本支出1475.43万元，占83.11%: of what was named last.
        return earlier[-1].metric if earlier else naming.right(words, end)
    if earlier and naming.is_generic(before) and earlier[0].metric not in before:
        return f"{earlier[0].metric}{before}"
    return before


def _settle(found: Sequence[_Found]) -> None:
    """Roles and groups within one sentence."""
    for one in found:
        one.role = _own_role(one)
    for at in range(1, len(found)):
        first, second = found[at - 1], found[at]
        if (
            first.mention.quantity.kind == second.mention.quantity.kind
            and _FROM.search(first.before)
            and _TO.match(second.before)
        ):
            first.role, second.role = "from", "to"
            first.group = second.group = f"change{at}"
            second.metric = first.metric or second.metric
            if at + 1 < len(found) and found[at + 1].role == "change":
                found[at + 1].group = first.group
        elif second.role == "value" and _TO_WORD.search(second.before):
            second.role = "to"
    for at, one in enumerate(found):
        if at and one.group is None and _OPENS.search(one.before):
            _divide(found, at)


def _own_role(one: _Found) -> Role:
    kind = one.mention.quantity.kind
    if one.mention.change:
        return "change"
    if kind in ("percent", "fraction") and _SHARE.search(f"{one.before}{one.hedge}"):
        return "share"
    return of_name(one.before[-16:] + one.metric if kind == "score" else one.metric, kind)


def _divide(found: Sequence[_Found], first: int) -> None:
    """Marks the quantity before 其中 as the whole of those of its unit that follow, up to the end of the sentence."""
    whole = next((one for one in reversed(found[:first]) if one.role not in ("share", "change", "rate")), None)
    if whole is None or whole.group is not None:
        return
    unit, kind = whole.mention.quantity.unit, whole.mention.quantity.kind
    parts = [
        one
        for one in found[first:]
        if one.mention.quantity.unit == unit
        and one.mention.quantity.kind == kind
        and one.role in ("value", "budget", "spent", "target", "actual")
        and one.group is None
    ]
    if not parts:
        return
    whole.role, whole.group = "whole", f"parts{first}"
    for one in parts:
        one.role, one.group = "part", whole.group

"""Claims of running text: each quantity with what it is of, the part it plays in its sentence, and its period."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from spacy.tokens import Span as Words

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


@dataclass(frozen=True, slots=True)
class _Found:
    """A quantity with the text about it.

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
    doc = language.read(text)
    groups = 0
    sentences = [(sentence.start, sentence.start_char) for sentence in doc.sents]
    for place, members in groupby(
        language.quantities(doc), key=lambda pair: bisect_right(sentences, (pair[0].start, len(text)))
    ):
        last_token, sentence = sentences[place - 1]
        found: list[_Found] = []
        last = sentence
        for words, mention in members:
            found.append(_look(text, words, mention, last, last_token, sentence, found))
            last, last_token = mention.end, words.end
        settled = _structure(found)
        names: dict[str, str] = {}
        for one in settled:
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


def _look(
    text: str, words: Words, mention: Mention, last: int, last_token: int, sentence: int, earlier: list[_Found]
) -> _Found:
    before = text[last : mention.start]
    name = naming.left(words.doc, words, last_token)
    if mention.quantity.kind == "count" and (counted := naming.right(words.doc, words)):
        name = counted
    elif not name and earlier:
        # 基本支出1475.43万元，占83.11%: of what was named last.
        name = earlier[-1].metric
    elif not name:
        name = naming.right(words.doc, words)
    elif earlier and naming.is_generic(name) and earlier[0].metric not in name:
        name = f"{earlier[0].metric}{name}"
    return _Found(mention, before, text[mention.start : mention.core], text[sentence : mention.start], name)


def _structure(found: list[_Found]) -> list[_Found]:
    """Roles and groups within one sentence."""
    settled = [replace(one, role=_own_role(one)) for one in found]
    for at in range(1, len(settled)):
        first, second = settled[at - 1], settled[at]
        if (
            first.mention.quantity.kind == second.mention.quantity.kind
            and _FROM.search(first.before)
            and _TO.match(second.before)
        ):
            group = f"change{at}"
            settled[at - 1] = replace(first, role="from", group=group)
            settled[at] = replace(second, role="to", group=group, metric=first.metric or second.metric)
            if at + 1 < len(settled) and settled[at + 1].role == "change":
                settled[at + 1] = replace(settled[at + 1], group=group)
        elif second.role == "value" and _TO_WORD.search(second.before):
            settled[at] = replace(second, role="to")
    for at, one in enumerate(settled):
        if at and one.group is None and _OPENS.search(one.before):
            _divide(settled, at)
    return settled


def _own_role(one: _Found) -> Role:
    kind = one.mention.quantity.kind
    if one.mention.change:
        return "change"
    if kind in ("percent", "fraction") and _SHARE.search(f"{one.before}{one.hedge}"):
        return "share"
    return of_name(one.before[-16:] + one.metric if kind == "score" else one.metric, kind)


def _divide(settled: list[_Found], first: int) -> None:
    """Marks the quantity before 其中 as the whole of those of its unit that follow, up to the end of the sentence."""
    whole = first - 1
    while whole >= 0 and settled[whole].role in ("share", "change", "rate"):
        whole -= 1
    if whole < 0 or settled[whole].group is not None:
        return
    unit, kind = settled[whole].mention.quantity.unit, settled[whole].mention.quantity.kind
    parts = [
        at
        for at in range(first, len(settled))
        if settled[at].mention.quantity.unit == unit
        and settled[at].mention.quantity.kind == kind
        and settled[at].role in ("value", "budget", "spent", "target", "actual")
        and settled[at].group is None
    ]
    if not parts:
        return
    group = f"parts{first}"
    settled[whole] = replace(settled[whole], role="whole", group=group)
    for at in parts:
        settled[at] = replace(settled[at], role="part", group=group)

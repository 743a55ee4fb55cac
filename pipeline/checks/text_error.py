"""文字应当没有错别字、重字和不成对的标点。

为什么
    “截止12月”“截流专项资金”“激励与与约束”和只有一半的引号，说明定稿前没有通读。同一个少见的错字出现在两个单位的
    报告里，还是照抄的线索。

做法
    查四类：词表（confusions.toml）里的易混词，只收在任何语境下都错、或上下文足以判定的；重复的虚词和并排写了两遍的词；
    段落内不成对的引号、括号、书名号；叠用的标点。每段每类只提示一条，逐处标出。

局限
    不判断用词是否恰当；词典承认的异形词（其它、做出与作出、撤消、详实）不算错；漏字、病句看不出来；跨段的引号、
    “1）”式序号和全角半角混用的括号不算不成对；省略号不算叠用。
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.checks import _pairs
from pipeline.checks._text import Text, joined
from pipeline.records import Evidence, Issue, Report, Span

# Marks side by side; which of them are wrong is said below.
_PUNCTUATION = re.compile(r"[，。；：、,;…]{2,}")
_DOUBLED_MARKS = re.compile(r"([，。；：、])\1|[，、；：][，。；]|。[，、；：]")
# Four or more characters side by side are no chance meeting of two words (创业创新, 共建共治共享 are).
_LONG = re.compile(r"(?P<word>[\u4e00-\u9fff]{4,12})(?P=word)")
_AGAIN = re.compile(r"(?=(?P<one>[\u4e00-\u9fff])(?P=one)|(?P<two>[\u4e00-\u9fff]{2})(?P=two))")


@dataclass(frozen=True, slots=True)
class _Confusion:
    wrong: str
    right: str
    why: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def holds(self, text: str, start: int, end: int) -> bool:
        if self.after is not None and not self.after.match(text, end):
            return False
        return self.before is None or self.before.search(text[max(0, start - 4) : start]) is not None


@cache
def _confusions() -> tuple[_Confusion, ...]:
    data = lexicon.load("confusions")
    plain = [_Confusion(wrong, right, "", None, None) for wrong, right in data["plain"].items()]
    return (*plain, *(_contextual(**entry) for entry in data["contextual"]))


def _contextual(wrong: str, right: str, why: str = "", before: str = "", after: str = "") -> _Confusion:
    return _Confusion(
        wrong, right, why, re.compile(f"(?:{before})$") if before else None, re.compile(after) if after else None
    )


@cache
def _repeats() -> dict[str, re.Pattern[str]]:
    """A word → where it stands twice and the two are not parts of other words."""
    data = lexicon.load("confusions")
    patterns = {}
    for entry in data["doubled"]:
        before = f"(?<![{entry['not_before']}])" if entry["not_before"] else ""
        after = f"(?![{entry['not_after']}])" if entry["not_after"] else ""
        patterns[entry["word"]] = re.compile(f"{before}{entry['word'] * 2}{after}")
    for word in data["twice"]["words"]:
        patterns[word] = re.compile(f"{word * 2}(?![{data['twice']['not_after']}])")
    return patterns


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    text = joined(report)
    yield from _confused(text, report)
    yield from _by_block("文字重复", _repeated(text), report)
    yield from _by_block("标点叠用", _punctuation(text), report)
    for spans in _pairs.unmatched(report):
        marks = "、".join(f"“{_around(report, span)}”" for span in spans[:3])
        yield Issue(f"引号、括号或书名号不成对：{marks}。", spans)


def _confused(text: Text, report: Report) -> Iterator[Issue]:
    found: dict[int, list[tuple[Span, _Confusion]]] = {}
    has = frozenset(text.string).issuperset
    for confusion in _confusions():
        # Most words have a character that the report has not: far cheaper to see than the word itself.
        if not has(confusion.wrong) or confusion.wrong not in text.string:
            continue
        for span in text.places(confusion.wrong):
            block = found.setdefault(span.block, [])
            if confusion.holds(report.blocks[span.block].text, span.start, span.end) and span not in (
                s for s, _ in block
            ):
                block.append((span, confusion))
    for places in found.values():
        if not places:
            continue
        places.sort(key=lambda pair: pair[0].start)
        said = dict.fromkeys(f"“{c.wrong}”应为“{c.right}”" + (f"（{c.why}）" if c.why else "") for _, c in places)
        yield Issue(
            f"疑为错别字：{'；'.join(said)}。",
            tuple(span for span, _ in places),
            expected="、".join(dict.fromkeys(c.right for _, c in places)),
            actual="、".join(dict.fromkeys(c.wrong for _, c in places)),
        )


def _repeated(text: Text) -> Iterator[Span]:
    repeats = _repeats()
    places = [found.span() for found in _LONG.finditer(text.string)]
    for again in _AGAIN.finditer(text.string):
        word = again["one"] or again["two"]
        found = repeats[word].match(text.string, again.start()) if word in repeats else None
        if found:
            places.append(found.span())
    yield from filter(None, (text.span(*place) for place in places))


def _punctuation(text: Text) -> Iterator[Span]:
    """Two marks where one should be; not the dots that stand for 省略号."""
    for found in _PUNCTUATION.finditer(text.string):
        span = text.span(*found.span())
        if span and _DOUBLED_MARKS.fullmatch(found.group()):
            yield span


def _by_block(what: str, spans: Iterator[Span], report: Report) -> Iterator[Issue]:
    blocks: dict[int, list[Span]] = {}
    for span in spans:
        blocks.setdefault(span.block, []).append(span)
    for found in blocks.values():
        found.sort(key=lambda span: span.start)
        shown = "、".join(f"“{_around(report, span)}”" for span in found[:3])
        yield Issue(f"{what}：{shown}。", tuple(found))


def _around(report: Report, span: Span) -> str:
    text = report.blocks[span.block].text
    return text[max(0, span.start - 4) : span.end + 4].strip()

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
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from pipeline import lexicon
from pipeline.checks import _pairs
from pipeline.checks._text import Text, joined
from pipeline.records import Evidence, Issue, Report, Span

# Marks side by side; which of them are wrong is said below.
_PUNCTUATION = re.compile(r"[，。；：、,;…]{2,}")
_DOUBLED_MARKS = re.compile(r"([，。；：、])\1|[，、；：][，。；]|。[，、；：]")
# Four or more characters side by side are no chance meeting of two words (创业创新, 共建共治共享 are).
_LONG = re.compile(r"(?P<word>[\u4e00-\u9fff]{4,12})(?P=word)")
_LONG_SIZES = range(4, 13)
_AGAIN = {1: re.compile(r"([\u4e00-\u9fff])\1"), 2: re.compile(r"([\u4e00-\u9fff]{2})\1")}


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
def _heads() -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], dict[str, list[_Confusion]]]:
    """By code point whether a confusion begins with it, and whether it stands second in one; and the confusions by their
    first two characters ("" for those of one)."""
    by_head: dict[str, list[_Confusion]] = {"": []}
    for confusion in _confusions():
        by_head.setdefault(confusion.wrong[:2] if len(confusion.wrong) > 1 else "", []).append(confusion)
    first, second = np.zeros((2, sys.maxunicode + 1), np.bool_)
    for head in filter(None, by_head):
        first[ord(head[0])] = second[ord(head[1])] = True
    return first, second, by_head


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
    for confusion in _possible(text.string):
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


def _possible(string: str) -> Iterator[_Confusion]:
    """Confusions whose first two characters stand side by side: one pass instead of a search for each word."""
    first, second, by_head = _heads()
    codes = _codes(string)
    heads = {string[at : at + 2] for at in np.flatnonzero(first[codes[:-1]] & second[codes[1:]]).tolist()}
    yield from chain(by_head[""], *(by_head.get(head, ()) for head in sorted(heads)))


def _codes(string: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(string.encode("utf-32-le", "surrogatepass"), np.uint32)


def _repeated(text: Text) -> Iterator[Span]:
    repeats, codes = _repeats(), _codes(text.string)
    long = sorted({start for size in _LONG_SIZES for start in _twice(codes, size)})
    places = [found.span() for found in _at(long, _LONG, text.string)]
    for size, pattern in _AGAIN.items():
        again = _at(_twice(codes, size), pattern, text.string)
        places += [a.span() for a in again if a[1] in repeats and repeats[a[1]].match(text.string, a.start())]
    yield from filter(None, (text.span(*place) for place in places))


def _at(starts: Iterable[int], pattern: re.Pattern[str], string: str) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` at ``starts``, none overlapping the one before."""
    end = 0
    for start in starts:
        if start >= end and (found := pattern.match(string, start)):
            end = found.end()
            yield found


def _twice(codes: npt.NDArray[np.uint32], size: int) -> Iterator[int]:
    """Where ``size`` characters are followed by the same ones: compared all at once, which is faster than a search."""
    same, run = (codes[size:] == codes[:-size]).tobytes(), b"\1" * size
    at = same.find(run)
    while at >= 0:
        yield at
        at = same.find(run, at + 1)


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

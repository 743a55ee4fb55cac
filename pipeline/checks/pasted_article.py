"""自评报告写的应当是本单位的事，不应当是论文、教材里的道理。

为什么
    “各级财政部门可以建立四项机制”“绩效评价是指……”是写给别人看的文章，放在本单位的问题、措施里，等于这一节没有写。

做法
    看不含本单位事实（本单位自称、本地、金额、件数、年份）的连续句子（可以跨段），按文章的痕迹（textbook.toml）计分：对别人提要求
    （各级……应当、行政事业单位必须），下定义（所谓……是指），讲理论、外国和学科历史，罗列原则。几种痕迹同时出现、达到
    八十字的，提示。职能职责、引用的规定、向上级提的建议、本单位对下属的要求不算。

局限
    夹在事实中间的一两句道理不提示；把“各级财政部门”改成“我局”的文章看不出来；评分表、指标解释不看。
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.checks._matched import kinds, shown
from pipeline.records import Block, Evidence, Issue, Span

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]?")
_LEAST = 80
_LINE = 20
_POINTS = {"addressed": 2, "definitions": 2, "theory": 2, "principles": 1}
_ENOUGH = 4
_SKIPPED = ("duties", "attachment", "staff", "targets")
_TABLE = re.compile(r"得分|扣分|权重|分值|计算公式|指标")


def check(evidence: Evidence) -> Iterator[Issue]:
    for run in _runs(evidence):
        text = "".join(piece.text for piece in run)
        signs = _joined(run)
        points = sum(_POINTS[kind] * len(words) for kind, words in signs.items())
        if points >= _ENOUGH and len(text) >= _LEAST:
            said = "、".join(f"“{word.strip('，。')}”" for word in [w for words in signs.values() for w in words][:4])
            yield Issue(
                f"这里没有本单位的事实，像是从文章或教材搬来的，痕迹有{said}：“{shown(text)}”。",
                tuple(piece.span for piece in run),
                actual=shown(text),
            )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a block with its signs by kind; ``first`` and ``last`` tell whether it begins and ends its block."""

    span: Span
    text: str
    signs: Mapping[str, list[str]]
    first: bool
    last: bool


@cache
def _patterns() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str], re.Pattern[str]]:
    data = lexicon.load("textbook")
    return (
        {kind: re.compile("|".join(data[kind])) for kind in _POINTS},
        re.compile(data["own"]),
        re.compile(data["quoted"]),
    )


def _runs(evidence: Evidence) -> Iterator[list[_Piece]]:
    """Pieces that follow one another, each with a sign and with nothing of the unit's own, up to the next heading."""
    sections = kinds(evidence)
    run: list[_Piece] = []
    for block in evidence.reading.report.blocks:
        if not block.text.strip():
            continue
        read = sections[block.index] not in _SKIPPED and not (block.cell and _TABLE.search(block.text))
        pieces = list(_pieces(block)) if read and len(block.text) >= _LINE else []
        for piece in pieces:
            if run and not (run[-1].last and piece.first):
                yield run
                run = []
            run.append(piece)
        if run and not pieces:
            yield run
            run = []
    if run:
        yield run


def _pieces(block: Block) -> Iterator[_Piece]:
    """Runs of sentences with a sign, that hold nothing of the unit's own and quote no rule."""
    _, own, quoted = _patterns()
    text, start, end = block.text, -1, -1
    for sentence in (*_SENTENCE.finditer(text), None):
        if sentence and not own.search(sentence.group()) and not quoted.search(sentence.group()):
            start, end = (sentence.start() if start < 0 else start), sentence.end()
            continue
        piece = text[start:end] if start >= 0 else ""
        signs = _signs(piece) if piece else {}
        if signs:
            head = start + len(piece) - len(piece.lstrip())
            span = Span(block.index, head, start + len(piece.rstrip()))
            yield _Piece(span, piece.strip(), signs, not text[:head].strip(), not text[end:].strip())
        start = -1


def _signs(text: str) -> dict[str, list[str]]:
    found = {kind: [m.group() for m in pattern.finditer(text)] for kind, pattern in _patterns()[0].items()}
    return {kind: words for kind, words in found.items() if words}


def _joined(run: list[_Piece]) -> dict[str, list[str]]:
    kinds_ = [kind for kind in _POINTS if any(kind in piece.signs for piece in run)]
    return {kind: list(dict.fromkeys(w for piece in run for w in piece.signs.get(kind, ()))) for kind in kinds_}

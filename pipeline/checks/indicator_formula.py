"""共性指标应当按规定的口径计算。

为什么
    把控制率按变动率计算，数值看起来很低，得分却是满的；口径用错，指标就失去意义，也无法与其他单位比较。

做法
    按《预算绩效评价共性指标体系框架》（财预〔2013〕53号）核对控制率、变动率、预算调整率、结转结余率、执行率等指标：指标说明或者
    正文写出的算法是另一指标的算法的，只能为正的比率填成负数的，提示并列出规定的算法。

局限
    只核对写出了算法或者结果明显不可能的指标；地方另有口径的，以当地规定为准。
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.checks._scores import sheets
from pipeline.records import Evidence, Issue, Span

_SENTENCE = re.compile(r"[^。；;\n]+")
_COMPUTED = re.compile(r"计算|[÷/／＝=]|公式|[-－—–]\s*上年|减上年")
_MINUS = re.compile(r"^\s*[-－—–负]\s*\d")


@dataclass(frozen=True, slots=True)
class _Formula:
    name: re.Pattern[str]
    right: str
    wrong: re.Pattern[str]
    share: bool


@cache
def _formulas() -> tuple[_Formula, ...]:
    return tuple(
        _Formula(re.compile(one["name"]), one["right"], re.compile(one["wrong"]), one["share"])
        for one in lexicon.load("formulas")["formula"]
    )


def check(evidence: Evidence) -> Iterator[Issue]:
    yield from _of_sheets(evidence)
    for block in evidence.reading.report.blocks:
        if block.cell is not None or not _COMPUTED.search(block.text):
            continue
        for sentence in _SENTENCE.finditer(block.text):
            yield from _of_sentence(block.index, sentence)


def _of_sheets(evidence: Evidence) -> Iterator[Issue]:
    for sheet in sheets(evidence):
        for one in sheet.indicators:
            name = "".join(one.name.text.split())
            formula = _formula(name)
            if formula is None:
                continue
            for entry in (one.explanation, one.standard, one.remarks):
                if entry is not None and formula.wrong.search("".join(entry.text.split())):
                    yield _issue(name, formula, (*entry.spans[:1], *one.name.spans[:1]), "".join(entry.text.split()))
                    break
            else:
                if formula.share and one.result is not None and _MINUS.match(one.result.text):
                    spans = (*one.result.spans[:1], *one.name.spans[:1])
                    yield _issue(name, formula, spans, "".join(one.result.text.split()), "结果不可能为负")


def _of_sentence(block: int, sentence: re.Match[str]) -> Iterator[Issue]:
    text = sentence.group()
    for formula in _formulas():
        named = formula.name.search(text)
        wrong = formula.wrong.search(text, named.end() if named else 0) if named else None
        others = sum(other.name.search(text) is not None for other in _formulas())
        if named and wrong and others == 1 and _COMPUTED.search(text, named.end()):
            span = Span(block, sentence.start(), sentence.end())
            yield _issue(_label(text, named), formula, (span,), text.strip())


def _label(text: str, named: re.Match[str]) -> str:
    head = re.search(r"[\u4e00-\u9fff“”]{0,8}$", text[: named.start()])
    return (head.group() if head else "") + named.group()


def _formula(name: str) -> _Formula | None:
    return next((one for one in _formulas() if one.name.search(name)), None)


def _issue(name: str, formula: _Formula, spans: tuple[Span, ...], said: str, why: str = "算法与规定不符") -> Issue:
    return Issue(
        f"“{name}”写为“{said}”，{why}；规定的算法是：{formula.right}", spans, expected=formula.right, actual=said
    )

"""写明已经完成的指标不应当扣分，没有完成的指标不应当得满分。

为什么
    完成情况与得分相反，说明打分没有看完成情况，或者完成情况没有如实填写。

做法
    逐项比较评分表的目标值、完成值与得分：数值或日期达到目标、又没有写扣分原因的，不应扣分；完成情况写着未完成、尚未、滞后的，
    不应得满分。正文写明“按期完成”而同一指标在表中或文中扣分、没有原因的，也提示。

局限
    另有质量、时效等要求而扣分的，应当在扣分原因栏写明；表中没有分值、得分栏的不核对。
"""

import re
from collections.abc import Iterator

from pipeline import indicators
from pipeline.checks._reached import noted, reached, said_done, undone
from pipeline.checks._scores import plain, sheets
from pipeline.indicators import Indicator
from pipeline.records import Evidence, Issue, Report, Span

_DONE = re.compile(r"(?:按期|按时|如期|按计划|全部|全面|均已|已全部)(?:完成|建成|验收|投用|达标)|任务完成|超额完成")
_NOT = re.compile(r"未|没有|尚|滞后|推迟|延期|扣")


def check(evidence: Evidence) -> Iterator[Issue]:
    told = " ".join(one.sentence.text for one in indicators.deductions(evidence.reading))
    report = evidence.reading.report
    for sheet in sheets(evidence):
        for one in sheet.indicators:
            if one.weight is None or one.score is None:
                continue
            if one.score.value < one.weight.value and not noted(one) and one.name.text.strip() not in told:
                if reached(one):
                    yield _deducted(one, f"目标“{_text(one, 'target')}”、完成“{_text(one, 'result')}”，已达到目标", ())
                elif reached(one) is None and said_done(one):
                    yield _deducted(one, "已注明“完成”", ())
                elif one.result is None and (said := _said_done(one, report)) is not None:
                    yield _deducted(one, f"正文写明“{report.quote(said)}”", (said,))
            elif one.score.value == one.weight.value and one.weight.value > 0 and undone(one.result):
                yield Issue(
                    f"“{_name(one)}”的完成情况是“{_text(one, 'result')}”，却得了满分{plain(one.weight.value)}分",
                    _spans(one),
                    expected=f"按完成情况扣分（分值{plain(one.weight.value)}分）",
                    actual=f"{plain(one.score.value)}分",
                )


def _deducted(one: Indicator, why: str, more: tuple[Span, ...]) -> Issue:
    score, weight = (plain(points.value) if points else "" for points in (one.score, one.weight))
    return Issue(
        f"“{_name(one)}”{why}，却只得{score}分（分值{weight}分），没有写明扣分原因",
        (*_spans(one), *more),
        expected=f"{weight}分，或者写明扣分原因",
        actual=f"{score}分",
    )


def _said_done(one: Indicator, report: Report) -> Span | None:
    """A sentence of the text that says that what the indicator is named after was done in full and in time."""
    name = _name(one).removesuffix("建设").removesuffix("工作").removesuffix("完成情况")
    if len(name) < 4:
        return None
    for block in report.blocks:
        if block.cell is not None or name not in block.text:
            continue
        for sentence in re.finditer(r"[^。；;\n]+", block.text):
            if _DONE.search(sentence.group()) and not _NOT.search(sentence.group()):
                return Span(block.index, sentence.start(), sentence.end())
    return None


def _text(one: Indicator, what: str) -> str:
    entry = getattr(one, what)
    return "".join(entry.text.split()) if entry else ""


def _name(one: Indicator) -> str:
    return "".join(one.name.text.split())


def _spans(one: Indicator) -> tuple[Span, ...]:
    points = tuple(each.span for each in (one.score, one.weight) if each)
    entries = tuple(span for entry in (one.result, one.target) if entry and not entry.blank for span in entry.spans[:1])
    return (*one.name.spans[:1], *points, *entries)

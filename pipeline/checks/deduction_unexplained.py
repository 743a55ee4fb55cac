"""扣了分的，应当写明扣在哪里、为什么扣。

为什么
    只写总分、不写扣分原因，看不出问题在哪里，自评结果无法用于整改；没有依据的扣分多是随意填写。

做法
    评分表里得分低于分值的指标，从目标值和完成值看不出为什么、又没有填扣分原因、正文也没有提到它扣分的，逐项提示；总分低于
    满分，而全文没有任何扣分说明的，提示总分。

局限
    完成值低于目标的，视为已经说明；达到目标却扣分的，由“完成却扣分”提示；原因写在附件里的，需要复核人核对。
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline import indicators
from pipeline.checks._reached import noted, reached, said_done
from pipeline.checks._scores import FULL, plain, sheets, totals
from pipeline.indicators import Indicator, Points
from pipeline.records import Evidence, Issue, Report

_SAID = re.compile(r"扣分|扣除|扣减|失分|减分|丢分|扣\s*\d|扣了|未得分|未得满分|得分率|不得分|酌情扣")
# A header (扣分原因) or a label is no explanation.
_HEADER = 12
_GENERIC = re.compile(r"指标|完成率?|情况|数量|质量|时效|成本|效益")


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    told = " ".join(one.sentence.text for one in indicators.deductions(evidence.reading))
    lost = [one for sheet in sheets(evidence) for one in sheet.indicators if _lost(one)]
    for one in lost:
        if not _explained(one, report) and not _named(one, told):
            yield _issue(one)
    if lost or told or any(_SAID.search(block.text) and len(block.text) > _HEADER for block in report.blocks):
        return
    for points in _wholes(evidence):
        if 0 < points.value < FULL:
            missing = plain(FULL - points.value)
            yield Issue(
                f"自评得分{plain(points.value)}分，扣了{missing}分，全文没有说明扣在哪里、为什么扣",
                (points.span,),
                expected="逐项写明扣分的指标、分数和原因",
                actual=f"{plain(points.value)}分",
            )
            return


def _wholes(evidence: Evidence) -> Iterator[Points]:
    """The stated total scores out of 100."""
    for total in totals(evidence):
        if total.full == FULL:
            yield Points(total.value, total.points.span)
    for sheet in sheets(evidence):
        if (
            sheet.score is not None
            and sheet.score.value > FULL / 2
            and (sheet.weight is None or sheet.weight.value == FULL)
        ):
            yield sheet.score


def _lost(one: Indicator) -> Decimal:
    """The points that an indicator lost, 0 where it lost none or they are not stated."""
    if one.weight is None or one.score is None:
        return Decimal(0)
    return max(Decimal(0), one.weight.value - one.score.value)


def _explained(one: Indicator, report: Report) -> bool:
    """Whether the result shows why, the row says why, or a sentence of the text speaks of the indicator's loss."""
    if reached(one) is not None or said_done(one) or noted(one):
        return True
    name = _GENERIC.sub("", "".join(one.name.text.split()))
    prose = (block.text for block in report.blocks if block.cell is None and name in block.text)
    return len(name) > 1 and any(_SAID.search(text) or "未" in text for text in prose)


def _named(one: Indicator, told: str) -> bool:
    """Whether deductions told in prose speak of the indicator: by its name, its kind or its level."""
    words = [one.name.text, *(level.name.text for level in one.levels), one.kind or ""]
    short = ("".join(_GENERIC.sub("", word).split()) for word in words)
    return any(len(word) > 1 and word in told for word in short)


def _issue(one: Indicator) -> Issue:
    lost = plain(_lost(one))
    seen = [
        f"，{what}“{entry.text.strip()}”"
        for what, entry in (("目标", one.target), ("完成", one.result))
        if entry and not entry.blank
    ]
    points = [each for each in (one.score, one.weight) if each is not None]
    return Issue(
        f"“{''.join(one.name.text.split())}”得{plain(points[0].value)}分（分值{plain(points[1].value)}分），扣{lost}分没有写明原因{''.join(seen)}",
        (*one.name.spans[:1], *(each.span for each in points)),
        expected=f"写明扣{lost}分的原因",
        actual="未写原因",
    )

"""得满分的指标，目标值和完成值应当都有填写，并且完成值达到目标。

为什么
    没有目标或没有完成情况的指标无从评价，给满分没有依据；完成值低于目标仍给满分，自评分就偏高。

做法
    在有分值和得分的表里，找出得满分而目标值或完成值空着、完成值低于目标值的指标；自评总分为满分，而报告自己写明预算执行率
    低于提纲规定的比例、指标未完成或者另有扣分的，提示总分。

局限
    只核对能够比较的数值和日期；完成值略低于目标而评分标准允许得满分的，需要复核人核对。
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks._reached import reached, undone
from pipeline.checks._scores import FULL, plain, sheets, totals
from pipeline.indicators import Indicator, Sheet
from pipeline.records import Claim, Evidence, Issue, Span

_EXECUTION = re.compile(r"(?:执行|支出|支付|使用)(?:进度|率)|预算完成率|资金使用率")
_SHARE = re.compile(r"完成[^，。；]{0,10}(?:计划|任务|目标|预算)的")


def check(evidence: Evidence) -> Iterator[Issue]:
    for sheet in sheets(evidence):
        for one in sheet.indicators:
            if (issue := _item(one, sheet)) is not None:
                yield issue
    for total in totals(evidence):
        if total.value == total.full:
            against = _against(evidence)
            if against is not None:
                span, why = against
                yield Issue(
                    f"自评得满分{plain(total.value)}分，而报告写明{why}",
                    (total.points.span, span),
                    expected="按评分标准扣分",
                    actual=f"{plain(total.value)}分",
                )
            return


def _item(one: Indicator, sheet: Sheet) -> Issue | None:
    if one.score is None or one.score.value <= 0:
        return None
    full = one.weight is not None and one.score.value == one.weight.value
    name = "".join(one.name.text.split())
    mark = f"满分{plain(one.score.value)}分" if full else f"{plain(one.score.value)}分"
    blank = [
        what for what, entry in (("目标值", one.target), ("完成值", one.result)) if entry is not None and entry.blank
    ]
    if full and blank and not (one.standard and not one.standard.blank):
        return _issue(one, f"“{name}”得{mark}，{'、'.join(blank)}却没有填写", f"填写{'、'.join(blank)}")
    # What a printed standard gives is the matter of another rule.
    if one.standard is not None and not one.standard.blank:
        return None
    # Where the sheet has no full marks, points beside a result short of its target are full if those of its peers are no more.
    peers = [each.score.value for each in sheet.indicators if each.score and each.kind == one.kind and each is not one]
    if (
        (full or (one.weight is None and "weight" not in sheet.columns and one.score.value in peers))
        and reached(one) is False
        and not undone(one.result)
    ):
        target, result = ("".join(entry.text.split()) if entry else "" for entry in (one.target, one.result))
        return _issue(
            one, f"“{name}”目标“{target}”、完成“{result}”，没有达到目标，却得了{mark}", "未达到目标的按标准扣分"
        )
    return None


def _issue(one: Indicator, message: str, expected: str) -> Issue:
    entries = tuple(
        span for entry in (one.target, one.result) if entry for span in entry.spans[:1] if span.end > span.start
    )
    score = (one.score.span,) if one.score else ()
    return Issue(
        message,
        (*one.name.spans[:1], *score, *entries),
        expected=expected,
        actual=plain(one.score.value) + "分" if one.score else None,
    )


def _against(evidence: Evidence) -> tuple[Span, str] | None:
    """What the report says against a full mark: a low rate of execution, or a plan carried out in part."""
    report = evidence.reading.report
    least = evidence.profile.scoring.execution
    for claim in evidence.reading.claims:
        value = claim.quantity.value
        if claim.quantity.kind != "percent" or value is None or claim.role == "change":
            continue
        text = report.blocks[claim.span.block].text
        clause = re.split(r"[，。；;\n]", text[: claim.span.start])[-1] + report.quote(claim.span)
        if value < least and claim.role != "target" and (_EXECUTION.search(clause) or _EXECUTION.search(claim.metric)):
            return claim.span, f"{_label(claim)}只有{plain(value)}%"
        if value < Decimal(FULL) and _SHARE.search(clause):
            return claim.span, f"“{clause.strip()}”"
    return None


def _label(claim: Claim) -> str:
    return claim.metric if _EXECUTION.search(claim.metric) else "预算执行率"

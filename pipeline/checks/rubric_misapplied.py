"""得分应当等于按打印的评分标准和报告自己的数字算出的得分。

为什么
    评分标准写明了每低一个百分点扣几分、达到多少得几分，得分却与之不符，说明打分没有按标准进行，总分也就不可信。

做法
    逐项读取评分表的评分标准、完成值、分值和得分。标准写得规范的（每低或每超一定幅度扣分、分档得分、按比例得分、按时限得分、按完成与否得分等），
    用完成值算出应得分数，与所打得分比较，并列出算式；完成值一栏没有填写的，取预算执行行或正文中同名的比率。标准没有写明不足一个百分点如何扣分的，
    各种通行算法都予认可；只差四舍五入的不提示；截去尾数才对得上的，以及写明了扣分原因而标准中没有这项扣分的，作为低级提示。

局限
    标准中有“酌情”等无法计算的内容、几个条件并列、几项指标合用一个分值的，不作判断。
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks._reached import noted
from pipeline.checks._rubrics import Applied, applied, beginning
from pipeline.checks._scores import plain, sheets
from pipeline.indicators import Indicator
from pipeline.quantity import Interval
from pipeline.records import Evidence, Issue, Severity

_CENT = Decimal("0.01")


def check(evidence: Evidence) -> Iterator[Issue]:
    for sheet in sheets(evidence):
        shared = Counter(points for one in sheet.indicators for points in {one.weight, one.score} if points)
        # The scores of one sheet are written alike: 14 beside 9.75 is 14.00.
        places = max((_places(points.value) for points in sheet.scores), default=0)
        for one in sheet.indicators:
            if one.score is None or one.weight is None or max(shared[one.score], shared[one.weight]) > 1:
                continue
            found = applied(one, sheet, evidence.reading)
            if found is not None and (issue := _issue(one, found, places)) is not None:
                yield issue


def _issue(one: Indicator, found: Applied, places: int) -> Issue | None:
    allowed = [points for result in found.results if (points := found.standard.allowed(result)) is not None]
    if one.score is None or one.weight is None or one.standard is None or len(allowed) < len(found.results):
        return None
    unit = Decimal(1).scaleb(-places)
    score = one.score.value
    written = [points for result in found.results if (points := found.standard.allowed(_middle(result))) is not None]
    if any(points.meets(Interval(score - unit / 2, score + unit / 2)) for points in allowed):
        return None
    truncated = any(points.meets(Interval(score, score + unit, True, False)) for points in written)
    # A reason beside the score may be one that the standard forgot.
    lowered = noted(one) and all(Interval.exactly(score).below(points) for points in allowed)
    severity: Severity | None = "low" if truncated or lowered else None
    due = "或".join(dict.fromkeys(_range(points) for points in written or allowed))
    lines = [line for result in found.results if (line := found.standard.explain(result)) is not None]
    return Issue(
        f"“{''.join(one.name.text.split())}”按评分标准应得{due}，得分栏是{plain(score)}分：{'；或者'.join(dict.fromkeys(lines))}",
        (one.score.span, *beginning(one.standard), *found.spans, *beginning(one.name)),
        expected=due,
        actual=f"{plain(score)}分",
        severity=severity,
    )


def _middle(result: Interval | str) -> Interval | str:
    """The number as it stands, without what its writing leaves open."""
    if isinstance(result, str) or result.low is None or result.high is None:
        return result
    return Interval.exactly((result.low + result.high) / 2)


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _range(points: Interval) -> str:
    low, high = (plain(end.quantize(_CENT)) if end is not None else "" for end in (points.low, points.high))
    return f"{low}分" if low == high else f"{low}至{high}分"

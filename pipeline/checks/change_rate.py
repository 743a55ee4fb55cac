"""文中写明的增减率、压缩率，应当与变动前后的两个数相符，方向一致，并且不以零为基数。

为什么
    同比增减、压缩时限是说明成绩的主要依据。12个工作日压缩到3个工作日写成压缩80%，比上年多了却写“下降”，上年为0而写
    “增长100%”，都会使成绩失实。

做法
    在一句话或表格的一行里找出变动前、变动后的数和增减额，重新计算增减率、百分点和增减额，并核对“增长、下降”与正负是否一致；
    送审、审定、审减和采购预算、实际采购、节约三数连写的，核对差额。两数都按书写的位数留出四舍五入的余地。基数为零的，增减率没有意义，予以提示。

局限
    基数不在本句的不作判断；写明同口径、可比、剔除、年均的，口径不同，不作判断。
"""

from collections.abc import Iterator

from pipeline.checks._arithmetic import written
from pipeline.checks._changes import Amounts, Change, changes
from pipeline.checks._columns import growths
from pipeline.checks._stated import Wrong, percent, words, wrong
from pipeline.quantity import Interval
from pipeline.records import Evidence, Issue, Report


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    rates, amounts = changes(evidence)
    for change in (*rates, *growths(evidence)):
        if change.base:
            yield _on_zero(change, report)
            continue
        found = wrong(change.claim, change.senses, change.stated, change.signless)
        if found is not None:
            yield _points(found, report) if change.points else _rate(found, change, report)
    for one in amounts:
        yield from _amount(one, report)


def _quote(change: Change, report: Report) -> str:
    return "".join(report.quote(change.claim.span).split())


def _on_zero(change: Change, report: Report) -> Issue:
    quote = _quote(change, report)
    return Issue(
        f"基数为零，增减率没有意义，不应写“{quote}”（{'，'.join(words(one, report) for one in change.base)}）。",
        (change.claim.span, *dict.fromkeys(one.span for one in change.base)),
        expected="不计算增减率",
        actual=quote,
    )


def _rate(found: Wrong, change: Change, report: Report) -> Issue:
    computed = percent(found.value, found.claim.quantity.places)
    sense, quote = found.sense, _quote(change, report)
    formula = sense.rule.show([words(one, report) for one in sense.given]).removeprefix("－")
    opposite = wrong(found.claim, (sense,), change.stated, signless=True) is None and not change.signless
    shown = computed.removeprefix("-")
    way = ("减少" if computed.startswith("-") else "增长") + shown
    return Issue(
        f"增减方向与所写的“{quote}”相反：{formula}＝{computed}。"
        if opposite
        else f"{formula}＝{shown if formula[0] != '（' else computed}（{way}），与所写的“{quote}”不符{found.because}。",
        (found.claim.span, *dict.fromkeys(one.span for one in sense.given)),
        expected=way,
        actual=quote,
        severity=found.severity,
    )


def _points(found: Wrong, report: Report) -> Issue:
    quote = "".join(report.quote(found.claim.span).split())
    formula = found.sense.rule.show([words(one, report) for one in found.sense.given])
    return Issue(
        f"{formula}＝{found.value.normalize():f}个百分点，与所写的“{quote}”不符。",
        (found.claim.span, *dict.fromkeys(one.span for one in found.sense.given)),
        expected=f"{found.value.normalize():f}个百分点",
        actual=quote,
        severity=found.severity,
    )


def _amount(one: Amounts, report: Report) -> Iterator[Issue]:
    now, before = one.now.quantity, one.before.quantity
    if now.value is None or before.value is None:
        return
    exact = Interval.of(now).sub(Interval.of(before))
    names = f"{words(one.before, report)}到{words(one.now, report)}"
    wrong_way = (
        (exact.high is not None and exact.high < 0)
        if one.direction == "up"
        else (exact.low is not None and exact.low > 0)
    )
    said = "增加" if one.direction == "up" else "减少"
    if wrong_way:
        span = (one.by or one.now).span
        yield Issue(
            f"从{names}是{'减少' if one.direction == 'up' else '增加'}，与所写的“{said}”相反。",
            tuple(dict.fromkeys((span, one.now.span, one.before.span))),
            expected="减少" if one.direction == "up" else "增加",
            actual=said,
        )
        return
    if one.by is None:
        return
    stated = Interval.of(one.by.quantity)
    if not (exact if one.direction == "up" else exact.negated()).meets(stated):
        difference = written(abs(now.value - before.value), one.by, report)
        yield Issue(
            f"从{names}相差{difference}，与所写的“{''.join(report.quote(one.by.span).split())}”不符。",
            (one.by.span, one.now.span, one.before.span),
            expected=difference,
            actual="".join(report.quote(one.by.span).split()),
        )

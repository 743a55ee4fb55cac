"""说每月、每季度做的事，次数应当与期间相符。

为什么
    “每月编发简报，全年共9期”，要么没有做到每月，要么次数有误。

做法
    在一句话里找“每月、每季度、每周、每半年”和后面说总数的期、次、场、篇（前面有共、累计、全年、发布一类的字），按期间的月数
    算出至少应有的次数：写明起点日期的从起点算到年末，没有写的按全年；实际次数少于应有次数的提示。

局限
    每月可以不止一次，次数多于期间的不提示；汛期、学期等只在一部分月份进行的工作需要复核人判断。
"""

import re
from collections.abc import Iterator
from datetime import date

from pipeline.checks._dates import Day, days, months
from pipeline.records import Claim, Evidence, Issue, Span

_EVERY = re.compile(r"每(?:个)?(?P<unit>月|季度|周|半年|双月|旬)(?!末|初|底|报|天|一次性|人)")
_PERIODS = {"月": 1.0, "季度": 3.0, "半年": 6.0, "双月": 2.0, "周": 12 / 52, "旬": 1 / 3}
_COUNTED = frozenset({"期", "次", "场", "篇", "份", "场次", "轮", "批次", "批", "个", "件"})
_TOTAL = re.compile(r"(?:共计?|累计|全年|总计|合计|本年度?|已|先后)[^，。；\d]{0,12}\Z")
_PART = re.compile(r"汛期|学期|暑假|寒假|旺季|冬季|夏季|试运行|下半年|上半年|季节|期间")
_NOT_TOTAL = re.compile(r"每[^，。；]{0,12}\Z|不少于|至少|不低于|原则上|要求|计划|拟")
_SINCE = re.compile(r"[^，。；\d]{0,16}(?:以来|起|开始)")
_YEAR = 12
_REACH = 160


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    for claim in evidence.reading.claims:
        quantity = claim.quantity
        if quantity.kind != "count" or quantity.unit not in _COUNTED or quantity.qualifier != "none":
            continue
        text = report.blocks[claim.span.block].text
        start = max(text.rfind(mark, 0, claim.span.start) for mark in "。\n") + 1
        start = max(start, claim.span.start - _REACH)
        lead = text[start : claim.span.start]
        every = list(_EVERY.finditer(lead))
        if len({found["unit"] for found in every}) != 1 or not _TOTAL.search(lead):
            continue
        if _NOT_TOTAL.search(lead[-20:]) or _PART.search(lead):
            continue
        said = Span(claim.span.block, start + every[-1].start(), start + every[-1].end())
        yield from _gap(evidence, claim, said, every[-1]["unit"], _since(evidence, claim, start))


def _since(evidence: Evidence, claim: Claim, start: int) -> Day | None:
    """The day from which the claim's sentence counts, 自2020年7月1日以来."""
    text = evidence.reading.report.blocks[claim.span.block].text
    for day in days(evidence.reading.report):
        here = day.span.block == claim.span.block and start <= day.span.start < claim.span.start
        if here and _SINCE.match(text, day.span.end):
            return day
    return None


def _gap(evidence: Evidence, claim: Claim, said: Span, unit: str, since: Day | None) -> Iterator[Issue]:
    report, year, done = evidence.reading.report, evidence.reading.cover.year, claim.quantity.value
    length = _YEAR
    if since is not None and since.day is not None:
        if year is None or since.day.year > year:
            return
        length = months(since.day, date(year, 12, 31))
    wanted = int(length / _PERIODS[unit])
    if done is None or done >= wanted:
        return
    written = report.quote(claim.span)
    yield Issue(
        f"说“{report.quote(said)}”进行，约{length}个月应有{wanted}{claim.quantity.unit}以上，实际写的是{written}",
        (claim.span, said, *((since.span,) if since else ())),
        expected=f"不少于{wanted}{claim.quantity.unit}",
        actual=written,
    )

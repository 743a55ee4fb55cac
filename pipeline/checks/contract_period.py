"""按年度签订的合同，期限应当是十二个月左右，并且覆盖报告年度。

为什么
    “常年”“年度”服务合同只签八个月，或者合同期根本不在报告年度里，付款与期间就对不上，需要说明。

做法
    在说合同、协议、服务期的句子里找起止两个日期。句中有“常年、年度、一年、全年”的，月数应在十一到十三之间；合同期与报告
    年度没有任何重叠的，也提示。

局限
    分段续签、补签的合同单看一句看不出来；没有写全起止日期的不提示。
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.checks._dates import Day, days, months
from pipeline.checks._text import joined
from pipeline.records import Evidence, Issue

_BETWEEN = re.compile(r"\s{0,3}(?:起|开始)?\s{0,3}[，,]?\s{0,3}(?:至|到|—{1,2}|－|-{1,2}|~|～)\s{0,3}")
_CONTRACT = re.compile(r"合同|协议|服务期|租期|租赁期|委托期|承包期|聘期|期限")
_ANNUAL = re.compile(r"常年|年度(?!.{0,4}预算)|一年|1年|全年|十二个月|12个月")
_SHORTEST, _LONGEST = 11, 13
_REACH = 120


def check(evidence: Evidence) -> Iterator[Issue]:
    report, year = evidence.reading.report, evidence.reading.cover.year
    text = joined(report).string
    if not _CONTRACT.search(text):
        return
    for first, last in pairwise(days(report)):
        if (
            first.day is None
            or last.day is None
            or first.day > last.day
            or not _BETWEEN.fullmatch(text, first.end, last.start)
        ):
            continue
        about = _about(text, first, last)
        if not _CONTRACT.search(about):
            continue
        length = months(first.day, last.day)
        spans = (first.span, last.span)
        if _ANNUAL.search(about) and not _SHORTEST <= length <= _LONGEST:
            yield Issue(
                f"说是按年的合同，起止日期相隔约{length}个月，与十二个月不符",
                spans,
                expected="约12个月",
                actual=f"约{length}个月",
            )
        elif year is not None and (last.day.year < year or first.day.year > year):
            yield Issue(
                f"合同期限与报告年度{year}年没有重叠，请核对合同或说明付款依据",
                spans,
                expected=f"覆盖{year}年",
                actual=f"{report.quote(first.span)}至{report.quote(last.span)}",
            )


def _about(text: str, first: Day, last: Day) -> str:
    """The sentence about the two days, as far as it is near."""
    start = max(text.rfind(mark, max(0, first.start - _REACH), first.start) for mark in "。；\n") + 1
    ends = [at for mark in "。；\n" if (at := text.find(mark, last.end, last.end + _REACH)) >= 0]
    return text[max(start, first.start - _REACH) : min(ends, default=last.end + _REACH)]

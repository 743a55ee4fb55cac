"""年度性的通知、方案作为依据，应当是近年的。

为什么
    依据还是三年以前的年度通知，多半是照抄旧报告；当年的要求、口径可能已经改变。

做法
    找出作为依据引用的文件：书名里写明年度，或者是开展自评、编制预算、报送决算一类一年一发的通知，且发文年份或书名年份比
    报告年度早三年以上。

局限
    长期有效的办法、意见、规划和多年期项目的立项文件不受年限约束，不提示；文件是否仍然有效，需要复核人判断。
"""

import re
from collections.abc import Iterator

from pipeline.checks._text import joined
from pipeline.records import Evidence, Issue

_TITLE = re.compile(
    r"《(?P<title>[^《》\n]{6,80})》(?P<number>\s{0,2}[（(]?[^（）()，。；《》\n]{0,14}[〔\[（(【](?P<year>20\d{2})[〕\]）)】]\s{0,2}\d{0,5}\s{0,2}号?[）)]?)?"
)
_ANNUAL = re.compile(r"(?P<year>20\d{2})\s{0,2}(?:-\s{0,2}20\d{2}\s{0,2})?年")
_YEARLY = re.compile(r"通知|方案|安排")
_ROUTINE = re.compile(
    r"(?:开展|做好|组织|布置|报送|编制)[^》]{0,24}(?:绩效自评|绩效评价|部门决算|部门预算|预算编制|决算编报)"
    r"|(?:绩效自评|部门决算|预算编制|决算编报)[^》]{0,6}(?:通知|方案|安排)(?:的通知)?$"
)
_LASTING = re.compile(r"规划|纲要|办法|条例|意见|三年行动|五年|行动计划|立项|批复|可研|总体方案|改革")
_CITED = re.compile(r"(?:根据|依据|按照|遵照|按|依照|对照|执行)[^。；\n]{0,120}\Z")
_OLD = 3


def check(evidence: Evidence) -> Iterator[Issue]:
    year = evidence.reading.cover.year
    if year is None:
        return
    text = joined(evidence.reading.report)
    for span, found in text.search(_TITLE):
        title = found["title"]
        named = _ANNUAL.search(title)
        issued = int(found["year"]) if found["year"] else None
        routine = _ROUTINE.search(title) is not None
        if _LASTING.search(title) and not routine:
            continue
        stated = (
            int(named["year"])
            if named and "-" not in named.group() and _YEARLY.search(title)
            else issued
            if routine
            else None
        )
        if (
            stated is None
            or year - stated < _OLD
            or not _CITED.search(text.string, max(0, found.start() - 160), found.start())
        ):
            continue
        yield Issue(
            f"报告年度是{year}年，所依据的年度性文件却是{stated}年的，请核对是否仍然适用",
            (span,),
            expected=f"{year}年前后的文件",
            actual=f"{stated}年",
        )

"""报告落款、工作和合同的日期应当真实可信：不早于所报告的期间结束，不落在法定节日，日历上应有这一天。

为什么
    年度还没有结束就落款的自评报告，反映不了全年的情况，常见于照抄或提前编写；法定节日当天开会、验收、签约，2月30日一类
    日历上没有的日期，多为笔误或事后补记。

做法
    单独成行的日期、“报告日期”“填报日期”“完成日期”后的日期视为落款，与报告年度的最后一天比较；正文中日期后面紧接开会、验收、
    签订、检查一类工作的，没有写年份的当作报告年度，与法定节日（元旦、春节、清明、劳动节、端午、中秋、国庆的放假日）比较；所有日期都查日历。

局限
    中期评价、半年评价和项目提前完成的评价不比较期间；值班、慰问、抢险、庆祝活动在节日进行属于正常；报告年度认不出的不比较。
"""

import re
from collections.abc import Iterator
from datetime import date

from chinese_calendar import get_holiday_detail

from pipeline.checks._dates import Day, days, days_of
from pipeline.checks._text import joined
from pipeline.records import Evidence, Issue

_SIGNED = re.compile(r"(?:报告|填报|填表|编制|自评|评价|完成)(?:日期|时间)\s*[:：]?\s*\Z")
_PART = re.compile(r"上半年|中期|半年|季度|阶段性|监控|事前|项目(?:完工|竣工)")
_WORK = re.compile(
    r"[，,]?[^，。；：、\d\n]{0,14}?(?:召开|开会|开展|组织|举行|举办|验收|签订|签署|检查|督查|调研|评审|开标|中标|拨付|支付|印发|出台|竣工|开工|评议|通水|通车|投产|投用|交付|施工)"
)
_NATURAL = re.compile(
    r"值班|值守|慰问|走访|抢险|救援|防汛|抗旱|疫情|核酸|巡逻|安保|保障|节|假期|庆祝|升旗|文艺|演出|旅游|消防|巡查|执勤|应急|以前|之前|止|前|起|至"
)
_NAMES = {
    "New Year's Day": "元旦", "Spring Festival": "春节", "Tomb-sweeping Day": "清明节", "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节", "Mid-autumn Festival": "中秋节", "National Day": "国庆节",
}  # fmt: skip
# The years whose days off the calendar knows.
_EARLIEST, _LATEST = date(2004, 1, 1), date(2026, 12, 31)
_BEFORE = 14


def check(evidence: Evidence) -> Iterator[Issue]:
    report, cover = evidence.reading.report, evidence.reading.cover
    text = joined(report).string
    partial = _PART.search(cover.title) is not None
    for day in days(report):
        if day.day is None:
            yield Issue(f"日历上没有“{report.quote(day.span)}”这一天", (day.span,), actual=report.quote(day.span))
        elif _is_signed(text, day):
            if cover.year and not partial and day.day <= date(cover.year, 12, 30):
                yield _too_early(report.quote(day.span), day, cover.year, project=cover.kind == "project")
        elif _EARLIEST <= day.day <= _LATEST:
            yield from _holiday(text, day, day.day, report.quote(day.span))
    for day in days_of(report, cover.year) if cover.year and _EARLIEST.year <= cover.year <= _LATEST.year else ():
        if day.day is not None:
            yield from _holiday(text, day, day.day, report.quote(day.span))


def _is_signed(text: str, day: Day) -> bool:
    """Whether the day stands alone on its line, or behind a label of the form."""
    first, last = text.rfind("\n", 0, day.start) + 1, text.find("\n", day.end)
    line = text[first : last if last >= 0 else len(text)].strip()
    alone = line.strip("（）() ") == text[day.start : day.end].strip()
    return alone or _SIGNED.search(text, max(first - _BEFORE, day.start - _BEFORE, 0), day.start) is not None


def _too_early(words: str, day: Day, year: int, *, project: bool) -> Issue:
    return Issue(
        f"落款日期“{words.strip()}”早于所报告的{year}年度结束，不可能反映全年情况",
        (day.span,),
        severity="medium" if project else None,
        expected=f"不早于{year}年12月31日",
        actual=words.strip(),
    )


def _holiday(text: str, day: Day, on: date, words: str) -> Iterator[Issue]:
    stop = re.search(r"[。；\n]", text[day.end : day.end + 60])
    behind = text[day.end : day.end + (stop.start() if stop else 60)]
    if not _WORK.match(behind) or _NATURAL.search(behind):
        return
    free, name = get_holiday_detail(on)
    if free and name in _NAMES:
        festival = _NAMES[name]
        yield Issue(
            f"“{words}”是{festival}放假日，正文说当天开展了工作，请核对日期",
            (day.span,),
            severity="medium",
            expected="工作日",
            actual=f"{words}（{festival}放假）",
        )

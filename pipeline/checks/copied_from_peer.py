"""自评报告的文字应当是本单位自己的，不应当与别的单位雷同。

为什么
    两个单位不会用同样的话、同样的数字写成绩和问题。雷同的段落说明照抄照搬，其中的数字、问题和措施都不能作为依据。

做法
    与比对库里其他单位的报告逐段比对，允许改动几个字。表格格式文字、各单位通用的套话、标题、依据、法条和书名在比对时已经
    去掉；职能职责一节不看（同类单位的三定职责本来相同）。收支、人员的通用写法，数字全部相同的才算。
    同一来源的相邻段落合并为一条。有数字相同的，或者六十字以上的，按高等级提示，其余按中等级；有一份看不出单位的，只按低等级。

局限
    只能与比对库里有的报告比；谁抄谁、是否同出一份通稿，比对看不出来；整句改写的看不出来。
"""

from collections.abc import Iterator

from pipeline.checks._matched import Passage, defines, figures, kinds, own_words, passages, shown, telling
from pipeline.records import Evidence, Issue, Match, Report

# So many words of its own has a passage without figures, and one that shares figures.
_LEAST, _LEAST_WITH_FIGURES = 28, 12
_LONG = 60
_COMMON = ("duties", "attachment")


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    sections = kinds(evidence)
    copied = [
        match
        for match in evidence.matches
        if match.kind == "peer" and sections[match.span.block] not in _COMMON and _copied(report, match)
    ]
    for passage in passages(copied):
        yield _issue(report, passage)


def _copied(report: Report, match: Match) -> bool:
    """Whether the passage has enough words of somebody's own, or fewer and the very same figures, or figures alone."""
    if defines(report, match.span):
        return False
    text = report.quote(match.span)
    same = _same_figures(report, match)
    if telling(report, match.span, _LEAST):
        return True
    if telling(report, match.span, _LEAST_WITH_FIGURES):
        return bool(same)
    return len(same) > 1 and same == figures(text) == figures(match.source.text)


def _same_figures(report: Report, match: Match) -> list[str]:
    """Figures on both sides that are more than a count of one or two digits, or several of these."""
    theirs = figures(match.source.text)
    same = [figure for figure in figures(report.quote(match.span)) if figure in theirs]
    return same if len(same) > 1 or any(len(figure) > 2 for figure in same) else []


def _issue(report: Report, passage: Passage) -> Issue:
    longest = max(passage.matches, key=lambda match: match.length)
    numbers = [figure for match in passage.matches for figure in _same_figures(report, match)]
    alike = "一字不差" if all(m.similarity >= 1 for m in passage.matches) else f"相似度{longest.similarity:.0%}"
    same = f"，数字（{'、'.join(numbers[:4])}）也相同" if numbers else ""
    unsure = passage.matches[0].reason
    aside = f"（{unsure}，请先核对是否为同一单位的报告。）" if unsure else ""
    own = sum(own_words(report.quote(match.span)) for match in passage.matches)
    return Issue(
        f"这一处与“{passage.source}”雷同，共约{passage.length}字，{alike}{same}。对方原文：“{shown(longest.source.text)}”。{aside}",
        passage.spans,
        actual=shown(longest.source.text),
        severity="low" if unsure else "high" if numbers or own >= _LONG else "medium",
    )

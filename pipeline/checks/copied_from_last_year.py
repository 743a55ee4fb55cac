"""本年的成绩、问题和措施应当重新写，不应当连同数字照抄本单位上年的报告。

为什么
    职责、机构年年相同是正常的；成绩连数字都与上年一样，问题和措施逐字照旧，说明没有做本年的自评，或者上年的措施没有落实。

做法
    与本单位以前年度的报告逐段比对。成绩、目标、评分等各节里，重复的段落含有数字（年份、日期、文号除外），而且数字全部
    相同的，提示；问题和措施两节里，重复的段落即使没有数字也提示，等级降低一级。职能职责、机构编制、依据、标题不看。

局限
    上年的报告不在比对库里就看不出来；存量数字（总面积、在册人数）确实没有变化的，可能误报；单位更名后认不出上年报告的不查。
"""

from collections.abc import Iterator

from pipeline.checks._graded import evaluates
from pipeline.checks._matched import defines, figures, kinds, shown, telling
from pipeline.records import Evidence, Issue, Match, Report

_LEAST, _LEAST_TOLD = 12, 20
_STANDING = ("duties", "overview", "staff", "attachment", "disclosure")
_TOLD = ("problems", "measures")


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    sections, owes = kinds(evidence), evaluates(evidence)
    for match in evidence.matches:
        if match.kind != "last-year" or not telling(report, match.span, _LEAST) or defines(report, match.span):
            continue
        section, numbers = sections[match.span.block], figures(report.quote(match.span))
        if section in _STANDING or numbers != figures(match.source.text):
            continue
        told = owes and section in _TOLD and telling(report, match.span, _LEAST_TOLD)
        if numbers or told:
            yield _issue(report, match, numbers)


def _issue(report: Report, match: Match, numbers: list[str]) -> Issue:
    said = f"文字和数字（{'、'.join(numbers[:4])}）都" if numbers else "文字"
    return Issue(
        f"这一段与本单位以前年度的报告“{match.source.name}”{said}相同：“{shown(match.source.text)}”。",
        (match.span,),
        actual=shown(report.quote(match.span)),
        severity=None if numbers else "medium",
    )

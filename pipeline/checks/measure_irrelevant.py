"""改进措施应当回答本单位写出的问题，不应当只要求别人出钱、出人、出政策。

为什么
    “建议上级增加经费”“建议高校开设课程”不是本单位能落实的措施；问题还在，责任推给了别人。

做法
    逐条看措施：以建议、希望、恳请、争取开头要求上级、财政或者其他单位增加资金、编制、人员、政策，或者要求其他单位做事，没有写
    本单位自己做什么，又没有与之配对的问题的，提示。全部措施都是这样的按高等级，部分的按中等级。另有专门的“改进措施”一节、
    只在“有关建议”一节里提建议的，不提示。

局限
    确实只有上级才能解决的问题写在问题里的，算有配对；答非所问但写得具体的措施看不出来。
"""

import re
from collections.abc import Iterator

from pipeline.checks._asked import asks_others
from pipeline.checks._graded import Item, measures, problems, quoted
from pipeline.records import Evidence, Issue

_MEANS = re.compile(r"资金|经费|财力|编制|人员|人手|待遇|政策")


def check(evidence: Evidence) -> Iterator[Issue]:
    items = measures(evidence)
    # That others should pay answers a problem only if the problem is that the money or the staff is missing.
    lacking = {one.span for one in problems(evidence) if _MEANS.search(one.text)}
    answered = {span for pair in evidence.grades.pairs if pair.problem in lacking for span in pair.measures}
    found = [item for item in items if item.span not in answered and asks_others(item)]
    if not found or _suggestions_apart(evidence, found):
        return
    yield Issue(
        f"写的是请别人做的事，没有回答本单位写出的问题：{quoted(found)}。",
        tuple(item.span for item in found),
        expected="本单位自己做什么",
        actual="要求上级或其他单位",
        severity=None if len(found) == len(items) else "medium",
    )


def _suggestions_apart(evidence: Evidence, found: list[Item]) -> bool:
    """Whether they stand in a section of suggestions beside one of measures."""
    sections = [section for section in evidence.reading.sections if section.kind == "measures"]
    inside = [section for section in sections if any(section.first <= item.span.block < section.last for item in found)]
    suggestions = [section for section in inside if "建议" in section.title and "措施" not in section.title]
    return bool(suggestions) and any("措施" in section.title or "改进" in section.title for section in sections)

"""同一段话在一份报告里不应当出现两遍。

为什么
    “成绩”一节和“绩效”一节是同一段话，等于只写了一节；复制时往往把过期的数字、别处的话也一并带来，前后修改也容易不一致。

做法
    用报告内部的重复段落（由比对得出，允许改动几个字）。职能职责（表格和综述各要填一次）、表格的栏目名、目录与标题、书名和法条、同一名单的反复引用不算；
    一段话重复几处的，合并为一条，逐处标出。

局限
    换了说法的重复看不出来；同一事项在表格和正文里各写一次、文字很短的不提示。
"""

import re
from collections.abc import Iterator

from pipeline.checks._matched import defines, figures, kinds, shown, telling
from pipeline.records import Evidence, Issue, Report, Span

_LEAST, _LEAST_IN_ONE = 24, 48
_CLAUSE = re.compile("[，,；;。]")


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    sections = kinds(evidence)
    pairs = {
        tuple(sorted((match.span, match.source.span), key=_place))
        for match in evidence.matches
        # A stock phrase that stands twice in one report is a repeat like any other.
        if (match.kind == "within" or (match.kind == "stock" and match.source.report == report.id))
        and _telling(report, match.span, match.source.span)
        # A form asks for the duties twice.
        and "duties" not in (sections[match.span.block], sections[match.source.span.block])
    }
    for first, *again in _groups(sorted(pairs, key=lambda pair: tuple(map(_place, pair)))):
        yield Issue(_message(report, first, again), (*again, first), actual=shown(report.quote(first)))


def _telling(report: Report, one: Span, other: Span) -> bool:
    """Whether both places say something: a clause at least, no name and no definition; in one paragraph a longer one."""
    least = _LEAST if one.block != other.block else _LEAST_IN_ONE
    # The same words with figures of their own tell two things: 全市收入……，市级收入…….
    if figures(report.quote(one)) != figures(report.quote(other)):
        return False
    return all(
        telling(report, span, least) and _CLAUSE.search(report.quote(span)) and not defines(report, span)
        for span in (one, other)
    )


def _place(span: Span) -> tuple[int, int, int]:
    return (span.block, span.start, span.end)


def _groups(pairs: list[tuple[Span, ...]]) -> Iterator[list[Span]]:
    """Places of one passage, in reading order: A like B and B like C are one group."""
    groups: list[list[Span]] = []
    for pair in pairs:
        group = next((g for g in groups if any(_meet(one, other) for one in g for other in pair)), None)
        if group is None:
            groups.append(list(pair))
        else:
            group += [span for span in pair if not any(_meet(span, known) for known in group)]
    for group in groups:
        yield sorted(group, key=_place)


def _meet(one: Span, other: Span) -> bool:
    return one.block == other.block and one.start < other.end and other.start < one.end


def _message(report: Report, first: Span, again: list[Span]) -> str:
    times = len(again) + 1
    return f"这段话在报告里出现了{times}次，约{len(report.quote(first))}字：“{shown(report.quote(first))}”。"

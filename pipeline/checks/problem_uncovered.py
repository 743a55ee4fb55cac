"""每个存在的问题都应当有针对它的改进措施。

为什么
    写了问题没有措施，等于承认了不改；复核人最常退回的就是问题和措施对不上的报告。

做法
    把问题和措施逐条配对（相同的对象、用词、数字）。没有配上、又与任何一条措施没有共同的实义词的问题提示，并列出最接近的一条
    供核对；问题与措施条数相同、同一序号的措施写得具体的，算对应。
    措施一节写“无”的，全部问题都算没有措施。问题各条里自己写了“下一步”“将”做什么的，算有措施。

局限
    措施换了完全不同的说法、或者一条总的措施（如“全面修订内部控制制度”）管几个问题的，可能误报，请对照所列的最接近的一条。
"""

import re
from collections.abc import Iterator

from pipeline.checks._graded import Item, measures, problems, quoted, section_spans, short, words
from pipeline.pairing import Statement, likeness, topics
from pipeline.records import Evidence, Issue, Span

_OWN_MEASURE = re.compile(
    r"下一步|今后将|我[局单院校乡镇委中]\w{0,3}将|拟(?:于|定|采取)|已(?:于|经)?(?:整改|完成整改)|整改措施"
)
_VAGUE = 2


def check(evidence: Evidence) -> Iterator[Issue]:
    stated = [
        one
        for one in problems(evidence)
        # Praise and advice are no problems; other rules speak of them.
        if (one.graded.grade > 1 or words("deficit").search(one.text) or words("external").search(one.text))
        and not _OWN_MEASURE.search(one.text)
    ]
    if not stated or evidence.grades.measures is None:
        return
    taken = measures(evidence)
    if not taken:
        where = section_spans(evidence, "measures")
        if where:
            said = short(evidence.reading.report.quote(where[0]))
            yield _issue(stated, len(stated), f"改进措施写的是“{said}”", (*_spans(stated), where[0]))
        return
    lone = [at for at, one in enumerate(stated) if not _answered(evidence, at, one, stated, taken)]
    if lone:
        missing = [stated[at] for at in lone]
        table = likeness([Statement(missing[0].text)], [Statement(one.text) for one in taken], "problems")
        near = taken[int(table[0].argmax())]
        yield _issue(missing, len(stated), f"最接近的措施是“{short(near.text)}”", (*_spans(missing), near.span))


def _answered(evidence: Evidence, at: int, one: Item, stated: list[Item], taken: list[Item]) -> bool:
    """Whether a measure is paired with the problem, or speaks of something that it speaks of, or stands at its place."""
    if any(pair.problem == one.span and pair.measures for pair in evidence.grades.pairs):
        return True
    about = topics(one.text)
    if not about or any(about & topics(measure.text) for measure in taken):
        return True
    return len(stated) == len(taken) and taken[at].graded.grade > _VAGUE


def _issue(missing: list[Item], count: int, beside: str, spans: tuple[Span, ...]) -> Issue:
    return Issue(
        f"共{count}个问题，其中{len(missing)}个没有针对它的措施：{quoted(missing)}；{beside}。",
        spans,
        expected="每个问题都有措施",
        actual=f"{count - len(missing)}个问题有措施",
    )


def _spans(items: list[Item]) -> tuple[Span, ...]:
    return tuple(item.span for item in items)

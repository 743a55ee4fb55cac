"""同一项内容不应当作为两个指标重复计分。

为什么
    一项成绩当两项指标，等于把分数加了两遍，也说明指标没有围绕任务去设。

做法
    比较表中各项指标：名称相同，或者一个名称包含另一个名称、目标值和完成值又都相同的；正文各类指标下写着同一句话的，提示后一处，
    并列出前一处。

局限
    不同项目、不同单位的同名指标不提示；意思相同而说法不同的指标需要复核人判断。
"""

import re
from collections.abc import Iterator
from itertools import combinations

from pipeline.checks._kinds import Kinded, kinded
from pipeline.records import Evidence, Issue

_MARKS = re.compile(r"[\s、，,。；;：:（）()“”\"的]+")
_DIGIT = re.compile(r"\d")
_LEAST = 4
_SENTENCE = 8


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    seen: set[int] = set()
    ones = kinded(evidence)
    for (_, one), (second, other) in combinations(enumerate(ones), 2):
        if second in seen or one.in_table != other.in_table or one.span == other.span:
            continue
        if _same_rows(one, other) if one.in_table else _same_sentence(one, other):
            seen.add(second)
            values = f"，目标和完成值都是“{one.target or ''}”“{one.result or ''}”" if one.target and one.result else ""
            names = [" ".join(each.name.split()) for each in (one, other)]
            yield Issue(
                f"{one.kind}指标“{names[0]}”与{other.kind}指标“{names[1]}”是同一项内容{values}，重复作为指标",
                (other.span, one.span),
                expected="一项内容只设一个指标",
                actual=report.quote(other.span).strip(),
            )


def _same_rows(one: Kinded, other: Kinded) -> bool:
    """The same name, or a name inside the other, with the same target and result, which hold a number."""
    first, second = sorted((_bare(one.name), _bare(other.name)), key=len)
    if len(first) < _LEAST:
        return False
    same = _bare(one.result or "") == _bare(other.result or "") and _bare(one.target or "") == _bare(other.target or "")
    if not same:
        return False
    if first == second:
        return one.kind != other.kind or one.label == other.label
    telling = _DIGIT.search(one.result or "") is not None and (one.target is not None)
    return telling and (second.endswith(first) or second.startswith(first))


def _same_sentence(one: Kinded, other: Kinded) -> bool:
    return one.kind != other.kind and _bare(one.name) == _bare(other.name) and len(_bare(one.name)) >= _SENTENCE


def _bare(text: str) -> str:
    return _MARKS.sub("", text)

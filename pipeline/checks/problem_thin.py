"""存在的问题应当写明是哪个项目、哪项资金的什么事，有可核对的事实，说明原因。

为什么
    “财务制度不够完善，业务素质有待提高”放在哪个单位都成立，等于没有写。复核人看问题部分，是要知道钱花得不好的地方在哪里。

做法
    按评级标准（具体对象、可核对的事实、原因、是否本单位自身的不足）给问题一节评1至4级；评为1、2级的把握在六成以上的提示，
    八成以上的按高等级。列出评为1、2级的各条，并与工作成绩一节的篇幅对照。

局限
    评级是模型按文字判断的，写得简短但确有所指的可能偏低；只有一两条空泛、其余具体的不提示。
"""

import re
from collections.abc import Iterator

from pipeline.checks._graded import SURE, evaluates, problems, quoted, section_spans, short, weak, words
from pipeline.records import Evidence, Issue

_HIGH = 0.8
_ASPECTS = {"specific": "没有写明具体对象", "evidence": "没有可核对的数据或事实", "cause": "没有说明原因"}
_HALF = 0.5
_NO_DEVIATION = re.compile(r"(?:未|没有|无)[^，。；]{0,4}偏离[^，。；]{0,8}")


def check(evidence: Evidence) -> Iterator[Issue]:
    grade = evidence.grades.problems
    if grade is None or grade.grade > 2 or weak(grade) < SURE or not evaluates(evidence):
        return
    items = problems(evidence)
    # A section on deviations from the targets may well say that there are none.
    if "偏离" in _title(evidence) and not any(
        words("deficit").search(_NO_DEVIATION.sub("", one.text)) for one in items
    ):
        return
    thin = [item for item in items if item.graded.grade <= 2]
    if items and 2 * len(thin) < len(items):
        return
    spans = tuple(item.span for item in thin) or section_spans(evidence, "problems")
    if not spans:
        return
    lacking = "、".join(said for name, said in _ASPECTS.items() if grade.aspects.get(name, 0) < _HALF)
    said = quoted(thin) if thin else f"“{short(evidence.reading.report.quote(spans[0]))}”"
    yield Issue(
        f"“{_title(evidence)}”{lacking or '写得笼统'}：{said}{_beside(evidence)}。",
        spans,
        expected="写明对象、事实和原因",
        actual=f"评为{grade.grade}级（共4级）",
        severity=None if weak(grade) >= _HIGH else "medium",
    )


def _title(evidence: Evidence) -> str:
    return next((one.title for one in evidence.reading.sections if one.kind == "problems" and one.title), "存在的问题")


def _beside(evidence: Evidence) -> str:
    """How long the problems are beside the achievements, where these are many times longer."""
    told, praised = (_length(evidence, kind) for kind in ("problems", "achievements"))
    return f"；问题共{told}字，工作成绩{praised}字" if praised > 10 * told > 0 else ""


def _length(evidence: Evidence, kind: str) -> int:
    blocks = evidence.reading.report.blocks
    of_kind = [section for section in evidence.reading.sections if section.kind == kind]
    inside = {at for section in of_kind for at in range(section.first, section.last)}
    return sum(len("".join(blocks[at].text.split())) for at in inside)

"""改进措施应当写明做什么、谁来做、什么时候做完、拿什么证明做了。

为什么
    “进一步加强管理、不断提高水平”无法检查，明年可以照抄。措施落不到事上，问题就还在。

做法
    按评级标准（具体动作、可检验的成果、时间、责任人）给措施一节和其中各条评1至4级，列出四样都没有、评为1、2级的各条。
    整节评为1、2级的把握在六成以上，或者各条都空泛的，按中等级；只有个别条空泛的，按低等级。要求别人做的另见“措施答非所问”。

局限
    评级是模型按文字判断的；措施写在问题各条里面的，要分开写才评得准。
"""

from collections.abc import Iterator

from pipeline.checks._asked import addressed
from pipeline.checks._graded import SURE, Item, measures, quoted, weak
from pipeline.records import Evidence, Issue

_ASPECTS = {
    "actionable": "没有具体动作", "verifiable": "没有可检验的成果", "time_bound": "没有时间", "responsible": "没有责任人",
}  # fmt: skip
_HALF = 0.5


def check(evidence: Evidence) -> Iterator[Issue]:
    grade = evidence.grades.measures
    if grade is None:
        return
    items = measures(evidence)
    vague = [item for item in items if item.graded.grade <= 2 and _lacking(item) and not addressed(item)]
    if not vague:
        return
    mostly = 2 * len(vague) >= len(items) and ((grade.grade <= 2 and weak(grade) >= SURE) or len(vague) == len(items))
    lacking = "、".join(
        said for name, said in _ASPECTS.items() if all(one.graded.aspects.get(name, 0) < _HALF for one in vague)
    )
    yield Issue(
        f"改进措施{lacking}：{quoted(vague)}。",
        tuple(item.span for item in vague),
        expected="写明动作、责任人、时间和成果",
        actual=f"{len(items)}条措施中有{len(vague)}条评为1、2级（共4级）",
        severity=None if mostly else "low",
    )


def _lacking(item: Item) -> bool:
    return all(item.graded.aspects.get(name, 0) < _HALF for name in _ASPECTS)

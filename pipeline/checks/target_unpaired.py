"""年初安排的任务和目标，应当逐项有完成情况。

为什么
    报告只写做成的事，没有做成的任务就消失了；复核要看的正是计划与结果能不能一一对上。

做法
    把工作任务、绩效目标一节（或者表中“预期目标”栏）逐项列出，与工作成绩、完成情况各句按用词、对象和数字配对；全文没有任何一句
    与之相近的任务，合并提示一次，并列出最接近的一句供核对。

局限
    完成情况换了完全不同的说法的，可能误报，请对照所列的最接近的一句；目标只写口号的，只作中等级提示。
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.checks._plans import Plan, plans
from pipeline.pairing import Statement, apart, likeness
from pipeline.records import Evidence, Issue

_NO_TASK = re.compile(
    r"绩效目标|指标|分解下达|资金安排|下达预算|项目提出|情况$|\d分$|自评|评价|^无|理由|过程$|依据|原则|职责|交办|其他"
)
_CONCRETE = re.compile(r"\d|《|“|[一二两三四五六七八九十]+(?:个|座|处|所|项|次|场|条|家|台|套|期|支)")
_FIGURE = re.compile(r"\d")
_LATER = re.compile(r"今后|今年|总体要求|下一|明年|来年|下年|规划|远景|五年")
_FEW = 0.5
_LEAST_DONE = 5
_MOST = 6
_SHOWN = 30


def check(evidence: Evidence) -> Iterator[Issue]:
    if evidence.reading.cover.kind == "unknown":
        return
    seen: set[str] = set()
    for plan in plans(evidence):
        if _LATER.search(plan.label):
            continue
        planned = [one for one in plan.planned if not _NO_TASK.search(one.text) and one.text not in seen]
        seen.update(one.text for one in planned)
        if len(planned) > 1 and len(plan.done) >= _LEAST_DONE:
            yield from _unanswered(plan, planned)


def _unanswered(plan: Plan, planned: Sequence[Statement]) -> Iterator[Issue]:
    table = likeness(planned, plan.done)
    least = apart(plan.paired)
    missing = [(at, one) for at, one in enumerate(planned) if table[at].max() < least]
    # Where hardly anything is found, the plan is of slogans that no sentence of results can be held against.
    slogans = not any(_FIGURE.search(one.text) for _, one in missing)
    if not missing or (slogans and len(missing) > len(planned) * _FEW):
        return
    near = [plan.done[int(table[at].argmax())] for at, _ in missing]
    shown = "、".join(f"“{_short(one.text)}”" for _, one in missing[:_MOST]) + ("等" if len(missing) > _MOST else "")
    concrete = any(_CONCRETE.search(one.text) for _, one in missing) or len(missing) * 2 < len(planned)
    spans = [one.span for _, one in missing] + [one.span for one in near[:1]]
    yield Issue(
        f"{plan.label}共{len(planned)}项，其中{len(missing)}项找不到完成情况：{shown}；最接近的一句是“{_short(near[0].text)}”",
        tuple(dict.fromkeys(span for span in spans if span is not None)),
        expected="逐项写明完成情况，没有完成的说明原因",
        actual=f"{len(planned) - len(missing)}项有完成情况",
        severity=None if concrete else "medium",
    )


def _short(text: str) -> str:
    text = "".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"

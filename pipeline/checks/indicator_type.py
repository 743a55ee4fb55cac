"""指标应当放在与其内容相符的类别下。

为什么
    把质量指标填成时效指标、把满意度填成生态效益，说明没有弄清指标的含义，各类指标的得分也就失去意义。

做法
    按指标名称中确定无疑的字样（满意度、合格率、及时率、完成时间、单价、人次等）判断它应属的类别，与表中或者正文标题所列的
    类别比较；满意度一类下的指标与服务对象的评价无关的，成本指标写成“不低于”的，也提示。

局限
    只看名称，不看口径；名称没有明显字样的指标不判断。
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pipeline import lexicon
from pipeline.checks._kinds import kinded
from pipeline.records import Evidence, Issue

_AT_LEAST = re.compile(r"[≥≧]|不低于|不少于|以上")
_MONEY = re.compile(r"[万亿]?元")
_SAVED = re.compile(r"节约|节支|节省|下降|降低|压减")


def check(evidence: Evidence) -> Iterator[Issue]:
    for one in kinded(evidence):
        name = "".join(one.name.split())
        due = _due(one.kind, name)
        # A sentence of text tells more than its indicator; only satisfaction is beyond doubt there.
        if not one.in_table and due != "满意度":
            due = ""
        if due:
            yield Issue(
                f"“{name}”列在{one.kind}指标下，从名称看应属{due}指标",
                (one.span, *one.label),
                expected=f"{due}指标",
                actual=f"{one.kind}指标",
            )
        elif one.kind == "满意度" and one.in_table and not re.search(_types()["满意度"]["only"], name):
            yield Issue(
                f"“{name}”列在满意度指标下，与服务对象是否满意无关",
                (one.span, *one.label),
                expected="服务对象满意度",
                actual=name,
            )
        elif (
            one.kind == "成本"
            and _MONEY.search(one.target or name)
            and _AT_LEAST.search(one.target or name)
            and not _SAVED.search(name)
        ):
            yield Issue(
                f"成本指标“{name}”写成“{one.target or name}”，成本应当以不超过为目标",
                (one.span, *one.label),
                expected="不超过（≤）",
                actual=one.target or name,
            )


def _due(kind: str, name: str) -> str:
    """The kind that a name belongs to where that is not ``kind``; empty where it may stand there."""
    found = [due for due, words in _types().items() if kind in words["not_under"] and re.search(words["own"], name)]
    own = _types().get(kind)
    return found[0] if found and not (own and re.search(own["own"], name)) else ""


@cache
def _types() -> Mapping[str, Any]:
    return lexicon.load("indicator_types")

"""绩效目标和指标值应当有数量、单位或者时间。

为什么
    “进一步提升”“显著改善”一类目标没有办法判断是否完成，完成率、得分都成了自己说了算。

做法
    在指标表里找目标值既没有数字、也没有时间的指标；表中没有目标值一栏的，看指标名称本身能否衡量。正文绩效目标一节通篇没有任何
    数量和时间的，提示一次。效益类指标可以定性描述，单独列出，等级为低。

局限
    只看目标的写法；“全覆盖”“零发生”“不发生”一类可以判断的说法不提示。
"""

import re
from collections.abc import Iterator

from pipeline.checks._scores import sheets
from pipeline.checks._text import whole
from pipeline.indicators import Indicator
from pipeline.records import Evidence, Issue, Section, Span

_MEASURED = re.compile(
    r"\d|[０-９]|[一二两三四五六七八九十百千万]+(?:个|项|次|名|人|件|所|座|处|条|辆|套|台|家|户|亩|公里|平方米|份|场|期|天|日|月|年|季度|成|倍|分之)|全覆盖|全部|零|不发生|无(?:重大|安全|投诉|事故|违)|杜绝|按时|按期|及时|年底|当年|年内|合格|达标|每[年月季周日]|≤|≥|不超|控制在"
)
_MEASURABLE = re.compile(
    r"率|数量?|次|量|额|面积|里程|人数|户数|比例|比重|满意度|时间|时限|成本|单价|标准|天数|排名|得分|程度|规模|长度|达标|覆盖|及时性|准确性"
)
_BENEFIT = frozenset({"经济", "社会", "生态", "可持续", "满意度"})
# Of decisions and management a word is all that can be asked for.
_MANAGED = frozenset({"决策", "投入", "过程", "预算执行"})
_GOAL = re.compile(r"改善|促进|提升|提高|推动|推进|确保|增强|加快|营造|保障|实现|优化|强化|加强|做好|建设|完成")
# What tells how the work went is no target.
_STORY = re.compile(r"[了已]|阶段|例会|巡查|审减|结算")
_HEAD = re.compile(r"绩效(?:总)?目标(?!完成|实现|情况|分解|下达|管理)|年度(?:总体)?目标$|总体目标$")
_LEAST = 16
_MOST = 6


def check(evidence: Evidence) -> Iterator[Issue]:
    for sheet in sheets(evidence):
        if not sheet.columns & {"target", "result"}:
            continue
        loose = [one for one in sheet.indicators if _loose(one, "target" in sheet.columns)]
        for benefit in (False, True):
            of_kind = [one for one in loose if (one.kind in _BENEFIT or one.dimension == "效益") == benefit]
            if of_kind:
                yield _issue(of_kind, benefit)
    yield from _of_text(evidence)


def _loose(one: Indicator, has_target: bool) -> bool:
    if one.name.blank or one.dimension in _MANAGED:
        return False
    name = "".join(one.name.text.split())
    if has_target:
        if one.target is None or one.target.blank:
            return False
        return not _MEASURED.search(one.target.text) and not one.target.claims and not _MEASURED.search(name)
    return not _MEASURED.search(name) and not _MEASURABLE.search(name)


def _issue(loose: list[Indicator], benefit: bool) -> Issue:
    shown = "、".join(_shown(one) for one in loose[:_MOST]) + ("等" if len(loose) > _MOST else "")
    spans = [*(span for one in loose for span in one.name.spans[:1])]
    targets = [span for one in loose if one.target for span in one.target.spans[:1]]
    return Issue(
        f"{len(loose)}项指标的目标没有数量、单位或者时间：{shown}",
        tuple(dict.fromkeys((*spans, *targets))),
        expected="写明数量、单位或者时间" if not benefit else "写明可以衡量的变化，或者怎样判断",
        actual=_shown(loose[0]),
        severity="low" if benefit and all(one.target is not None for one in loose) else None,
    )


def _shown(one: Indicator) -> str:
    name = "".join(one.name.text.split())
    return f"“{name}”（{''.join(one.target.text.split())}）" if one.target and not one.target.blank else f"“{name}”"


def _of_text(evidence: Evidence) -> Iterator[Issue]:
    """A section of targets in which no sentence says how much or by when."""
    for section in evidence.reading.sections:
        spans = _bodies(evidence, section) if _is_targets(section) else []
        report = evidence.reading.report
        spans = [span for span in spans if _GOAL.search(report.quote(span)) and not _STORY.search(report.quote(span))]
        if not spans or any(_MEASURED.search(report.quote(span)) for span in spans):
            continue
        if sum(span.end - span.start for span in spans) >= _LEAST:
            quote = report.quote(spans[0])
            shown = quote if len(quote) <= 40 else quote[:39] + "…"
            yield Issue(
                f"绩效目标“{shown}”没有数量、单位或者时间，无法判断是否完成",
                tuple(spans[:3]),
                expected="写明数量、单位或者时间",
                actual=shown,
            )


def _is_targets(section: Section) -> bool:
    return _HEAD.search(section.title) is not None and "完成" not in section.title


def _bodies(evidence: Evidence, section: Section) -> list[Span]:
    """The paragraphs of a section, its heading and the sections inside it left out, up to the next numbered heading."""
    inside = {
        at for one in evidence.reading.sections if one is not section and section.first <= one.first and one.last <= section.last and one.first != section.first
        for at in range(one.first, one.last)
    }  # fmt: skip
    report = evidence.reading.report
    spans = [
        whole(report, at)
        for at in range(section.first + 1, section.last)
        if at not in inside and report.blocks[at].cell is None
    ]
    return [span for span in spans if span is not None]

"""同一数据在报告各处应当一致：表格与正文，前一节与后一节。

为什么
    收入合计表里是一个数，正文是另一个数，复核人就不知道该信哪一个；多半是一处改了、另一处没改，或者口径不同而没有说明。

做法
    按统一名称（收入、支出、基本支出、项目支出、人员和公用经费、“三公”经费及其分项、结转结余、固定资产、自评得分）把全文的数
    归到一起，名称、年度、口径（财政拨款、本级等）和阶段（预算、决算）都相同的，两两比较写法允许的区间；区间没有交集的提示。
    只有口径词不同的（财政拨款基本支出与基本支出），按较低等级提示核对口径。指标表的实际值与正文同名的比率，支出清单的金额与
    正文所说该项的实际支出，各只写一次而数值不同的，也提示。

局限
    一个名称有三个以上不同数值的，多半分属不同资金、单位或项目，不提示；名称相同而实际所指不同的（某一项目的支出与全部支出）要靠复核人判断；分单位列示的表不比较。
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.checks._arithmetic import as_written
from pipeline.checks._labels import Labelled, labelled, partial, scoped_by_sentence
from pipeline.checks._repeated import pairs
from pipeline.records import Evidence, Issue, Report

_PARTS = frozenset({"基本支出", "人员经费", "公用经费", "支出总额"})


def check(evidence: Evidence) -> Iterator[Issue]:
    kinds: dict[tuple[str, str, str], list[Labelled]] = defaultdict(list)
    for one in labelled(evidence):
        kinds[one.label, one.stage, one.year].append(one)
    for (label, _, _), members in kinds.items():
        scopes: dict[str, list[Labelled]] = defaultdict(list)
        for one in members:
            scopes[one.scope].append(one)
        for same in scopes.values():
            yield from _conflicts(evidence, same)
        if label in _PARTS and "" in scopes:
            for scope, others in scopes.items():
                if partial(scope):
                    yield from _scope(evidence, scopes[""], others)
    for later, earlier, name in pairs(evidence):
        here, there = (evidence.reading.report.quote(claim.span) for claim in (later, earlier))
        yield Issue(
            f"{name}前后不一：这里是{here}，前文是{there}",
            (later.span, earlier.span),
            expected=there,
            actual=here,
            severity="medium",
        )


def _conflicts(evidence: Evidence, members: Sequence[Labelled]) -> Iterator[Issue]:
    """Two values of one name that cannot be the same: the later against the one written most often, then first.

    A name with three values and more stands for several things: of different funds, units, projects.
    """
    report = evidence.reading.report
    usual = max(members, key=lambda one: sum(_meet(one, other, report) for other in members))
    others = [one for one in members if not _meet(one, usual, report)]
    if others and all(_meet(one, others[0], report) for one in others):
        first, second = sorted((usual, others[0]), key=lambda one: (one.claim.span.block, one.claim.span.start))
        if not scoped_by_sentence(usual.label) or "table" in (first.claim.source, second.claim.source):
            yield _issue(evidence, second, first, f"{usual.label}前后不一")


def _scope(evidence: Evidence, whole: Sequence[Labelled], scoped: Sequence[Labelled]) -> Iterator[Issue]:
    """An amount of one scope that differs from the one without: told once, and only where each is written one way."""
    report = evidence.reading.report
    if not all(_meet(one, whole[0], report) for one in whole) or not all(
        _meet(one, scoped[0], report) for one in scoped
    ):
        return
    if _meet(whole[0], scoped[0], report):
        return
    one, other = scoped[0], whole[0]
    yield _issue(evidence, one, other, f"{one.scope}口径的{one.label}与全口径的不同，请核对口径并说明差额", low=True)


def _issue(evidence: Evidence, one: Labelled, other: Labelled, said: str, *, low: bool = False) -> Issue:
    quote = evidence.reading.report.quote
    here, there = quote(one.claim.span), quote(other.claim.span)
    return Issue(
        f"{said}：{one.claim.metric}为{here}{_unit(one, here)}，{other.claim.metric}为{there}{_unit(other, there)}",
        (one.claim.span, other.claim.span),
        severity="low" if low else None,
        expected=there,
        actual=here,
    )


def _unit(one: Labelled, words: str) -> str:
    """The value in full, where the cell writes a bare number."""
    quantity = one.claim.quantity
    return f"（{quantity.value:f}{quantity.unit}）" if not words.endswith(quantity.unit) or not quantity.unit else ""


def _meet(one: Labelled, other: Labelled, report: Report) -> bool:
    """Whether two amounts may be one: each place is written to a precision of its own."""
    return as_written(one.claim, report).meets(as_written(other.claim, report))

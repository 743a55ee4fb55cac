"""报告说收入全部是一般公共预算的，不应再列土地出让等政府性基金安排的收支；反过来也一样。

为什么
    一般公共预算和政府性基金分开编制、分开核算。收入写“全部为一般公共预算”，支出里却有国有土地使用权出让收入安排的支出，
    说明资金性质写错，或者漏列了基金收入。

做法
    先找“收入（资金来源、财政拨款）全部（均）为一般公共预算”、一般公共预算拨款等于收入合计、政府性基金为零或者没有的说法，
    再找带有金额的政府性基金项目（国有土地使用权出让、国有土地收益基金、彩票公益金等）的收支，两者同时出现的提示。

局限
    只认常见的基金项目名称；同一报告写明另有政府性基金收入的不提示。
"""

import re
from collections.abc import Iterator

from pipeline.checks._text import joined
from pipeline.quantity import Interval
from pipeline.records import Claim, Evidence, Issue, Span

_ALL = re.compile(
    r"(?:收入|资金来源|来源|总支出|支出合计|支出总计|财政拨款|预算资金|资金)[^。；;\n]{0,40}?(?:全部|全额|全|均|都)(?:部)?(?:为|是|系|属于?|来源于|来自)(?:于)?(?:县|市|区|省|本)?级?(?:财政)?(?:一般公共预算|公共财政预算|公共预算)(?:财政)?(?:拨款|资金|收入|安排)?"
    r"|(?:本年|全年|当年|年度|部门|单位|我局)?(?:没有|无|未安排|未发生|不涉及)[^，。；;\n]{0,6}政府性基金[^，。；;\n]{0,12}(?:收入|收支|支出|拨款|安排|预算)?"
    r"|政府性基金[^，。；;\n\d]{0,16}(?:(?:为|是)?\s*(?:0|零)(?:\.0+)?\s*(?:万?元)|[：:]\s*无)"
)
_FUND = re.compile(
    r"国有土地使用权出让[^，。；;\d（(]{0,12}|国有土地收益基金[^，。；;\d（(]{0,12}|土地出让(?:收入|金|收益)[^，。；;\d（(]{0,10}|农业土地开发资金[^，。；;\d（(]{0,10}|彩票公益金[^，。；;\d（(]{0,10}"
    r"|城市基础设施配套费[^，。；;\d（(]{0,10}|大中型水库移民后期扶持基金[^，。；;\d（(]{0,10}|政府性基金[^，。；;\d（(]{0,16}"
)
_MONEY_SIDE = re.compile(r"安排|支出|收入|拨款|资金|项[）)]|列支|补助|出让金|公益金|配套费")
_GENERAL = re.compile(r"一般公共预算|公共财政")
_TOTAL_INCOME = re.compile(r"收入")
# Who collects such income for the government speaks of another account than its own.
_COLLECTED = re.compile(r"全[市县区省]|征收|征缴|入库|代收|组织收入|完成|缴入|上缴|非税")
_OWN_FUND = re.compile(r"政府性基金[^，。；;\n\d]{0,20}?(?:收入|拨款)[^，。；;\n\d]{0,10}?(?!0(?:\.0+)?万?元)[1-9]")


def check(evidence: Evidence) -> Iterator[Issue]:
    funds = list(_funds(evidence))
    if not funds:
        return
    text = joined(evidence.reading.report)
    if _OWN_FUND.search(text.string):
        return
    said = _said(evidence)
    if said is None:
        return
    quote = evidence.reading.report.quote
    for claim, span in funds:
        if said == span:
            continue
        yield Issue(
            f"报告称“{quote(said)}”，却列有政府性基金项目：{quote(span)}{quote(claim.span).strip()}",
            (span, said, claim.span),
            expected="收入按资金性质分列，或者改正资金性质",
            actual=f"{quote(span)}{quote(claim.span).strip()}",
        )
        return


def _funds(evidence: Evidence) -> Iterator[tuple[Claim, Span]]:
    """The amounts of the funds' income or spending, each with the words that name the fund."""
    blocks = evidence.reading.report.blocks
    for claim in evidence.reading.claims:
        if claim.quantity.kind != "money" or not claim.quantity.value:
            continue
        block = blocks[claim.span.block]
        if claim.source == "table":
            if _FUND.search(claim.metric) and _MONEY_SIDE.search(claim.metric):
                yield claim, claim.span
            continue
        start = max(block.text.rfind(mark, 0, claim.span.start) for mark in "，。；;\n") + 1
        named = list(_FUND.finditer(block.text, start, claim.span.start))
        if (
            named
            and _MONEY_SIDE.search(named[-1].group())
            and not _COLLECTED.search(block.text, start, claim.span.start)
        ):
            yield claim, Span(block.index, named[-1].start(), named[-1].end())


def _said(evidence: Evidence) -> Span | None:
    """Where the report says that all is of the general budget, or that there is no fund."""
    text = joined(evidence.reading.report)
    for span, _ in text.search(_ALL):
        return span
    claims = evidence.reading.claims
    wholes = {
        claim.group: claim
        for claim in claims
        if claim.role == "whole" and claim.group and _TOTAL_INCOME.search(claim.metric)
    }
    for claim in claims:
        whole = wholes.get(claim.group or "")
        if whole is None or claim is whole or not _GENERAL.search(claim.metric) or not claim.quantity.value:
            continue
        if Interval.of(claim.quantity).meets(Interval.of(whole.quantity)):
            block = evidence.reading.report.blocks[claim.span.block].text
            if claim.source == "table" or claim.span.block != whole.span.block:
                return claim.span
            return Span(
                claim.span.block,
                max(block.rfind(mark, 0, whole.span.start) for mark in "，。；;\n") + 1,
                claim.span.end,
            )
    return None

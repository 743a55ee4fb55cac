"""Rates and items that go under a name of their own, stated in two places: a form and the text, a list and the text."""

import re
from collections import defaultdict
from collections.abc import Iterator

from pipeline.checks._arithmetic import as_written
from pipeline.checks._passages import passages
from pipeline.checks._rates import only_stage
from pipeline.checks._text import numbered
from pipeline.records import Block, Claim, Evidence, Report

_RATE = re.compile(r"[^，,。；;：:]{2,}率")
# Rates that many things have.
_USUAL = re.compile(r".{0,4}(?:支出|执行|到位|完成|使用|支付|满意|合格|办结|及时)率")
_LEADING = re.compile(
    r"^(?:本(?:单位|部门|局|年度?|项目)|我(?:局|单位|部门|镇|乡|院|校)|全年|当年|年度|其中|\d{4}年度?)+"
)
_ITEM = re.compile(r"(?P<name>[\u4e00-\u9fff（）()]{6,24}?)(?:支出|经费支出|共?支出|使用)?[：:]?\s*$")
_LISTED = re.compile(
    r"(?:支出|决算|使用)[^。；：:]{0,16}(?:如下|包括|有|是|明细)?[^。；]{0,30}[：:]\s*(?:[（(][^（）()]*[）)])?\s*$"
)
_PLANNED = re.compile(r"预算|计划|安排|下达|批复|申请|申报|拟")
_SPENT = re.compile(r"(?:实际|共|已|累计)*(?:支出|使用|支付)(?:资金|经费|金额)?(?:为|共)?\s*$")
_PARTLY = re.compile(r"上半年|季度|\d月|截[至止]|累计|上年|去年|前期|其中|平均|每")
# How far the words that head a list may stand before an item of it.
_HEAD = 12


def pairs(evidence: Evidence) -> Iterator[tuple[Claim, Claim, str]]:
    """The later and the earlier of two values of one name that cannot be the same, with the name."""
    yield from _rates(evidence)
    yield from _items(evidence)


def _rates(evidence: Evidence) -> Iterator[tuple[Claim, Claim, str]]:
    """A rate of the text and the actual value of the indicator with the same name in a form, where each is written once."""
    prose: dict[str, list[Claim]] = defaultdict(list)
    forms: dict[str, list[Claim]] = defaultdict(list)
    heads = {one.claim.id: passage.amounts[0].before for passage in passages(evidence) for one in passage.amounts}
    years = {None, "本年", str(evidence.reading.cover.year)}
    for claim in evidence.reading.claims:
        quantity = claim.quantity
        if quantity.kind != "percent" or quantity.value is None or quantity.qualifier != "none":
            continue
        name = _LEADING.sub("", re.sub(r"[\s“”\"]", "", claim.metric))
        if not _RATE.fullmatch(name) or claim.period not in years:
            continue
        if claim.source == "table" and claim.role == "actual":
            forms[name].append(claim)
        elif claim.source == "prose" and claim.role == "rate":
            # 信息化项目预算50万元，支出率85%: the sentence begins with what the rate is of.
            head = _LEADING.sub("", heads[claim.id]).removesuffix(name)
            prose[name if _USUAL.fullmatch(name) is None or only_stage(head) else ""].append(claim)
    for name in prose.keys() & forms.keys():
        values = prose[name] + forms[name]
        if len(prose[name]) == len(forms[name]) == 1:
            first, second = sorted(values, key=_place)
            if not _meet(first, second, evidence.reading.report):
                yield second, first, name


def _items(evidence: Evidence) -> Iterator[tuple[Claim, Claim, str]]:
    """What a list of expenditure gives an item, and what a sentence that begins with the item says was spent on it."""
    listed = _listed(evidence)
    if not listed:
        return
    report = evidence.reading.report
    for passage in passages(evidence):
        money = [one for one in passage.amounts if one.claim.quantity.kind == "money"]
        if len(money) != 1 or not _SPENT.search(money[0].before) or _PLANNED.search(money[0].before):
            continue
        spent = money[0].claim
        text = report.blocks[spent.span.block].text
        start = max(text.rfind(mark, 0, spent.span.start) for mark in "。；\n") + 1
        mark = numbered(text[start:])
        sentence = text[start + (mark.end if mark else 0) : spent.span.start].lstrip()
        if _PARTLY.search(sentence):
            continue
        for name, amount in listed.items():
            if sentence.startswith(name) and amount.span.block != spent.span.block and not _meet(amount, spent, report):
                first, second = sorted((amount, spent), key=_place)
                yield second, first, name


def _listed(evidence: Evidence) -> dict[str, Claim]:
    """The items of lists of expenditure that are nothing but a name and an amount: 1、渠道清淤36.20万元；"""
    report = evidence.reading.report
    alone: dict[int, list[Claim]] = defaultdict(list)
    for claim in evidence.reading.claims:
        if claim.source == "prose":
            alone[claim.span.block].append(claim)
    found: dict[str, list[Claim]] = defaultdict(list)
    for at, claims in alone.items():
        name = _item(report.blocks[at], claims)
        if name and _heads(report, at):
            found[name].append(claims[0])
    return {name: claims[0] for name, claims in found.items() if len(claims) == 1}


def _item(block: Block, claims: list[Claim]) -> str:
    mark = numbered(block.text)
    if mark is None or len(claims) != 1 or claims[0].quantity.kind != "money":
        return ""
    if claims[0].quantity.qualifier != "none" or block.text[claims[0].span.end :].strip("。；;，, "):
        return ""
    named = _ITEM.fullmatch(block.text[mark.end : claims[0].span.start].strip())
    return named["name"] if named and not _PLANNED.search(named["name"]) else ""


def _heads(report: Report, at: int) -> bool:
    """Whether the list that a block stands in is headed as one of expenditure."""
    for before in range(at - 1, max(-1, at - _HEAD), -1):
        text = report.blocks[before].text
        if numbered(text) is None or report.blocks[before].level:
            return _LISTED.search(text) is not None and not _PLANNED.search(re.sub(r"[（(][^（）()]*[）)]", "", text))
    return False


def _place(claim: Claim) -> tuple[int, int]:
    return claim.span.block, claim.span.start


def _meet(one: Claim, other: Claim, report: Report) -> bool:
    return as_written(one, report).meets(as_written(other, report))

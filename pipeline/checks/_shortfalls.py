"""Budgets that were spent in part only: stated rates of execution, and amounts planned and spent side by side."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.checks._passages import Amount, passages
from pipeline.quantity import Interval
from pipeline.records import Claim, Evidence

_RATE = re.compile(
    r"(?:预算|资金|支出|项目|经费|总体|综合|部门|年度|指标)?(?:执行|支付|支出|使用|到位)(?:率|进度)(?:仅|只|约|达到?|为|是|：|:|有|分别)*$|(?:完成|执行|为)(?:年初|年度|全年|当年|调整)?预算的?(?:仅|只|约|达)?$"
)
_EARLIER = re.compile(
    r"上半年|[一二三]季度|前三季度|\d{1,2}月(?:底|末|份)|截[至止]\d|截[至止][^，。]{0,6}(?:[1-9]|1[01])月|上年|去年|20\d\d年同期|平均|目标|不低于|≥|以上"
)
_SPENT = re.compile(
    r"^[\s，,；;（(：:、]*(?:其中|而|并|且)?(?:全年|当年|本年|年度|累计|年末|年底|已|目前|共|均)*(?:实际|决算|实)?(?:支出|支付|使用|开支|列支|执行|拨付|完成(?:投资|支出))(?:了|数|额|资金|金额|决算|经费)?(?:为|是|共|合计|仅|只有|：|:)*\s*$"
)
_PLANNED = re.compile(r"预备费|收入|结余|合同|每|单价|人均|比上年|增加|减少|罚|税|产值|贷款|补助标准")
_LABEL = re.compile(r"[，,。；;：:、（(）)]")


@dataclass(frozen=True, slots=True)
class Shortfall:
    """``rate``: per cent of the budget that was spent; ``claims``: the rate itself, or spent and planned."""

    name: str
    rate: Decimal
    claims: tuple[Claim, ...]


def shortfalls(evidence: Evidence, least: Decimal) -> Iterator[Shortfall]:
    """Rates of execution surely under ``least`` per cent, in reading order, stated ones first."""
    for passage in passages(evidence):
        for one in passage.amounts:
            if _stated(one, least):
                yield Shortfall(_name(one, "预算执行率"), one.claim.quantity.value or Decimal(0), (one.claim,))
    for passage in passages(evidence):
        for planned, spent in zip(passage.amounts, passage.amounts[1:], strict=False):
            if (
                _SPENT.match(spent.before)
                and _is_amount(planned)
                and _is_amount(spent)
                and not _PLANNED.search(_LABEL.split(planned.before)[-1])
            ):
                yield from _pair(_name(planned, ""), planned.claim, spent.claim, least)
    yield from _of_tables(evidence, least)


def _stated(one: Amount, least: Decimal) -> bool:
    quantity = one.claim.quantity
    if quantity.kind != "percent" or quantity.value is None or one.claim.role in ("target", "change"):
        return False
    words = re.split(r"[，,。；;]", one.before)[-1]
    return (
        bool(_RATE.search(words))
        and not _EARLIER.search(one.before[-40:])
        and Interval.of(quantity).below(Interval.exactly(least))
    )


def _is_amount(one: Amount) -> bool:
    claim = one.claim
    return (
        claim.quantity.kind == "money" and bool(claim.quantity.value) and claim.role not in ("change", "from", "share")
    )


def _pair(name: str, planned: Claim, spent: Claim, least: Decimal) -> Iterator[Shortfall]:
    share = Interval.of(spent.quantity).percent(Interval.of(planned.quantity))
    if share is not None and share.below(Interval.exactly(least)):
        rate = (spent.quantity.value or Decimal(0)) / (planned.quantity.value or Decimal(1)) * 100
        yield Shortfall(name, rate.quantize(Decimal("0.1")), (spent, planned))


def _of_tables(evidence: Evidence, least: Decimal) -> Iterator[Shortfall]:
    """Rows of tables with one amount planned and one spent."""
    blocks = evidence.reading.report.blocks
    rows: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    for claim in evidence.reading.claims:
        cell = blocks[claim.span.block].cell
        if (
            cell is not None
            and claim.quantity.kind == "money"
            and claim.quantity.value
            and claim.role in ("budget", "spent")
        ):
            rows[cell.table, cell.row].append(claim)
    for claims in rows.values():
        planned = [claim for claim in claims if claim.role == "budget"]
        spent = [claim for claim in claims if claim.role == "spent"]
        if len(planned) == len(spent) == 1:
            yield from _pair(planned[0].metric, planned[0], spent[0], least)


def _name(one: Amount, otherwise: str) -> str:
    words = [part for part in _LABEL.split(one.before.strip()) if part.strip()]
    return (words[-1].strip() if words else one.claim.metric) or otherwise

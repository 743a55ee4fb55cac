"""Income, spending and what is left of it: the numbers of one account that stand near each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from pipeline import table
from pipeline.checks._accounts import accounts
from pipeline.checks._arithmetic import Verdict, as_written, judge
from pipeline.checks._passages import Amount, broken, passages
from pipeline.quantity import Interval
from pipeline.records import Claim, Evidence, Report

_OPENING = re.compile(r"(?:上年|年初|以前年度|期初|上期)(?:末)?[^，。；]{0,4}(?:结转|结余|余额)")
_CLOSING = re.compile(r"结[转余]|节余|未(?:执行|支出|使用|支付)的?(?:资金|金额|部分|预算)?$")
_CARRIED = re.compile(r"累计|滚存")
_INCOME = re.compile(
    r"(?:总收入|收入(?:总计|合计|总额|决算|预算)?|到位(?:资金|金额|数)?|(?:财政)?拨款|(?:项目|资金|全年|总|调整)?预算(?:数|资金|金额|总额)?|下达(?:资金|预算|指标)?)(?:数|金额|为|共|共计|合计|总计)?$"
)
_SPENDING = re.compile(r"(?:支出|列支|支付|使用|执行)(?:数|金额|合计|总计|总额|决算|资金|共|共计|为)*$|^支出")
_PARTIAL = re.compile(r"其中|基本支出|项目支出|人员|公用|三公|接待|政府采购|其他|事业收入|经营|基金")
# Accounts of a government have more sides than these four.
_MORE_SIDES = re.compile(
    r"上解|调[入出]|转贷|稳定调节|补助下级|上级补助|债[务券]|扣除|专用基金|结余分配|缴入|上缴|收回|核减|非财政|用事业基金|净结余|基金预算"
)
_NOT_HERE = frozenset({"share", "change", "from", "rate", "weight", "score"})
_BLOCKS = 2


@dataclass(frozen=True, slots=True)
class Balance:
    """An account whose closing balance does not follow; ``opening`` None where none is stated or needed."""

    income: Claim
    spending: Claim
    closing: Claim
    opening: Claim | None
    verdict: Verdict


def balances(evidence: Evidence) -> Iterator[Balance]:
    """The accounts of a report that do not balance."""
    yield from _told(evidence)
    yield from _tabulated(evidence)


# --- running text -----------------------------------------------------------------------------------------------------


def _told(evidence: Evidence) -> Iterator[Balance]:
    seen: list[Amount] = []
    parts = {part.id for account in accounts(evidence) if account.verdict == "agrees" for part in account.parts}
    for passage in passages(evidence):
        for amount in passage.amounts:
            claim = amount.claim
            if claim.quantity.kind != "money" or claim.quantity.value is None or claim.role in _NOT_HERE:
                continue
            seen = [one for one in seen if claim.span.block - one.claim.span.block <= _BLOCKS]
            if _is_closing(amount):
                found = _unbalanced(seen, amount, evidence.reading.report)
                if found is not None and not _more_sides(evidence, found):
                    yield found
            if claim.id not in parts or _OPENING.search(_label(amount)):
                seen.append(amount)


def _label(amount: Amount) -> str:
    """The words right before an amount, back to the last mark."""
    return re.split(r"[，,。；;：:（(、]", amount.before.rstrip("：: "))[-1].strip()


def _is_closing(amount: Amount) -> bool:
    label = _label(amount)
    return _CLOSING.search(label) is not None and _OPENING.search(label) is None and not _PARTIAL.search(amount.before)


def _unbalanced(seen: Sequence[Amount], closing: Amount, report: Report) -> Balance | None:
    openings, incomes, spendings = [], [], []
    for one in seen:
        label = _label(one)
        if _OPENING.search(label):
            openings.append(one.claim)
        elif _CLOSING.search(label) or _PARTIAL.search(one.before):
            continue
        elif _SPENDING.search(label) and "收入" not in label:
            spendings.append(one.claim)
        elif _INCOME.search(label):
            incomes.append(one.claim)
    if not incomes or not spendings:
        return None
    if _CARRIED.search(closing.before) and not openings:
        return None
    return _judged(incomes, spendings, closing.claim, openings, report)


def _judged(
    incomes: Sequence[Claim], spendings: Sequence[Claim], closing: Claim, openings: Sequence[Claim], report: Report
) -> Balance | None:
    """None where some income, some spending and the opening balance, or none, give the closing balance."""
    best: Balance | None = None
    carried: list[Claim | None] = [*reversed(openings[-1:]), None]
    for opening, income, spending in product(carried, reversed(incomes), reversed(spendings)):
        if len({claim.quantity.unit for claim in (income, spending, closing)}) > 1:
            continue
        given = [income, spending, *([opening] if opening else [])]
        verdict = judge(closing.quantity, [one.quantity for one in given], _left)
        if verdict == "agrees" or _left([as_written(one, report) for one in given]).meets(as_written(closing, report)):
            return None
        if verdict is not None and best is None:
            best = Balance(income, spending, closing, opening, verdict)
    return best


def _left(given: Sequence[Interval]) -> Interval:
    left = given[0].sub(given[1])
    return left.add(given[2]) if len(given) > 2 else left


def _more_sides(evidence: Evidence, balance: Balance) -> bool:
    """Whether the sentences of the account speak of what the identity leaves out, or are not there in full."""
    blocks = evidence.reading.report.blocks
    places = [claim.span.block for claim in (balance.income, balance.spending, balance.closing)]
    first, last = min(places), max(places)
    return any(_MORE_SIDES.search(blocks[at].text) for at in range(first, last + 1)) or any(
        broken(blocks, at) for at in range(max(0, first - 1), last)
    )


# --- tables -----------------------------------------------------------------------------------------------------------

_TABLE_INCOME = re.compile(r"收入(?:合计|总计|总额|决算数?)?$|总收入|^本年收入|到位资金")
_TABLE_SPENDING = re.compile(r"支出(?:合计|总计|总额|决算数?)?$|总支出|^本年支出|实际支出")


def _tabulated(evidence: Evidence) -> Iterator[Balance]:
    claims = {
        claim.span.block: claim
        for claim in evidence.reading.claims
        if claim.source == "table" and claim.quantity.kind == "money"
    }
    if len(claims) < 3:
        return
    for grid in table.of(evidence.reading.report):
        rows: dict[str, dict[str, list[Claim]]] = {}
        for part in grid.parts:
            if not part.headers:
                continue
            for row in part.body:
                name = row[0].label if row and not row[0].numeric else ""
                for place in row:
                    claim = next((claims[at] for at in range(place.first, place.last) if at in claims), None)
                    side = _side(part.column_labels(place)) if claim is not None else None
                    if claim is not None and side is not None and claim.quantity.value is not None:
                        rows.setdefault(name, {}).setdefault(side, []).append(claim)
        for sides in rows.values():
            if all(len(sides.get(side, ())) == 1 for side in ("income", "spending")):
                closings = [*sides.get("closing", ()), *sides.get("carried", ())]
                for closing in closings:
                    if closing in sides.get("carried", ()) and not sides.get("opening"):
                        continue
                    found = _judged(
                        sides["income"], sides["spending"], closing, sides.get("opening", ()), evidence.reading.report
                    )
                    if found is not None and closing.quantity.value:
                        yield found


def _side(labels: Sequence[str]) -> str | None:
    label = re.sub(r"[（(][^（）()]*[）)]|[\s:：]", "", labels[-1]) if labels else ""
    if _OPENING.search(label):
        return "opening"
    if re.search(
        r"^(?:当年|本年|年末|累计|滚存|期末)?(?:累计|滚存)?(?:结余|结转|结转结余|结余结转|结转和结余)$", label
    ):
        return "carried" if _CARRIED.search(label) else "closing"
    if _TABLE_INCOME.search(label):
        return "income"
    return "spending" if _TABLE_SPENDING.search(label) and not _PARTIAL.search(label) else None

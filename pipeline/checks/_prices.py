"""Prices with the numbers that they are multiplied by and the amount that is said to come of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from itertools import combinations

from pipeline import table
from pipeline.checks._arithmetic import cut_off
from pipeline.checks._named_amounts import lead
from pipeline.checks._passages import Passage, passages
from pipeline.quantity import Interval
from pipeline.records import Claim, Evidence, Quantity, Report
from pipeline.table import Part

_TIMES = re.compile(r"^\s*[）)]?\s*[×xX*✕╳·]\s*[（(]?$|^\s*乘以?$")
_EQUALS = re.compile(r"^\s*[）)]?\s*[=＝]\s*$|^[，,]?\s*(?:共计?|合计|总计|计|等于)\s*$")
_PRICE = re.compile(
    r"(?:单价|均价|每[^，,。；;\d]{1,6}(?:价格?)?|(?:补[助贴]|收费|采购|奖励|发放|救助|资助)?标准)(?:[为是按约：:]|分别)*\s*$"
)
_AVERAGE = re.compile(r"均")
_TOTAL = re.compile(
    r"(?:共|合计|共计|总计|小计|总价|总额|计|金额|支出|支付|发放|补[助贴]|费用|资金|经费|需|投入|使用|兑现|拨付)[^，,。；;（(]{0,12}$|[=＝]\s*$"
)
_BUDGET = re.compile(r"(?:预算|限额|控制价|最高限价|概算)[^，,。；;]{0,8}$")
_SPLIT = re.compile(r"[；;]")
_SEVERAL = re.compile(r"分别|其中|等|不同|[一二三]类|、$|以上|起|最高|不超过|至")
_TIME = frozenset({"年", "月", "日", "天", "季度", "周", "小时", "学期", "学年", "学时", "课时"})
_PEOPLE = frozenset("人名位")
_DAYS = frozenset("天日")
_ONE = Decimal(1)
_HUNDREDTH = Decimal("0.01")
_MONTHS = tuple(map(Decimal, range(2, 13)))
_SCALES = (Decimal(10000), Decimal("0.0001"))

_PRICE_COLUMN = re.compile(r"单价|价格|(?:补[助贴]|收费|发放|支付)标准|标准[（(]")
_NUMBER_COLUMN = re.compile(r"数量|人数|户数|次数|场次|台数|套数|亩数|面积|件数|份数|株数")
_AMOUNT_COLUMN = re.compile(r"金额|合计|小计|总价|总额|预算数|资金")


@dataclass(frozen=True, slots=True)
class Product:
    """``factors`` that should make ``amount``; ``over`` says that the amount is a limit that they exceed."""

    factors: tuple[Claim, ...]
    amount: Claim
    over: bool = False


def wrong_products(evidence: Evidence) -> Iterator[Product]:
    """The products of prices and numbers that do not make the amount beside them."""
    report = evidence.reading.report
    for passage in passages(evidence):
        if len(passage.amounts) > 1 and any(one.claim.quantity.kind == "money" for one in passage.amounts):
            yield from _Sentence(passage, report).products()
    yield from _of_tables(evidence)


def product(quantities: Sequence[Quantity]) -> Interval:
    return reduce(Interval.mul, map(_interval, quantities))


def _interval(quantity: Quantity) -> Interval:
    """What a factor may be; a percentage counts in hundredths."""
    interval = Interval.of(quantity)
    return interval.mul(Interval.exactly(_HUNDREDTH)) if quantity.kind == "percent" else interval


def _makes(factors: Sequence[Claim], amount: Claim, times: Decimal = _ONE, rounded: bool = False) -> bool:
    exact = product([one.quantity for one in factors]).mul(Interval.exactly(times))
    if rounded:
        price = factors[0].quantity
        half = Decimal("0.5").scaleb(-price.places) if price.value is not None and price.value < 10000 else Decimal(0)
        wide = Interval.of(price).add(Interval(-half, half))
        exact = reduce(Interval.mul, (_interval(one.quantity) for one in factors[1:]), wide).mul(
            Interval.exactly(times)
        )
    return exact.meets(cut_off(amount.quantity))


class _Sentence:
    def __init__(self, passage: Passage, report: Report) -> None:
        self.amounts = passage.amounts
        self.report = report
        self.leads = [lead(one, report) for one in self.amounts]

    def products(self) -> Iterator[Product]:
        written = list(self._written())
        yield from written
        if any(_TIMES.match(words) for words in self.leads):
            return
        for at, one in enumerate(self.amounts):
            quantity = one.claim.quantity
            if quantity.kind != "money" or not quantity.value or quantity.qualifier != "none":
                continue
            per = self._per(at)
            if per is not None:
                yield from self._priced(at, per)

    def _written(self) -> Iterator[Product]:
        """Products written out: 48元×1590盒＝76320元."""
        at = 0
        while at + 1 < len(self.amounts):
            end = at + 1
            while end < len(self.amounts) and _TIMES.match(self.leads[end]):
                end += 1
            if end - at > 1 and end < len(self.amounts) and _EQUALS.match(self.leads[end]):
                factors = tuple(one.claim for one in self.amounts[at:end])
                amount = self.amounts[end].claim
                known = all(one.quantity.value is not None for one in (*factors, amount))
                if known and sum(one.quantity.kind == "money" for one in factors) == 1 and not _makes(factors, amount):
                    yield Product(factors, amount)
            at = end

    def _per(self, at: int) -> tuple[str, ...] | None:
        """What a price is per: 盒 for 48元/盒, nothing where it is called a price and no more; None for no price."""
        unit = self.amounts[at].claim.quantity.unit
        name, *per = unit.split("/")
        if per:
            return tuple(per) if name == "元" and (len(per) > 1 or per[0] not in _TIME) else None
        words = self.leads[at]
        return () if _PRICE.search(words) and not _BUDGET.search(words) and not _SEVERAL.search(words[-12:]) else None

    def _priced(self, at: int, per: tuple[str, ...]) -> Iterator[Product]:
        prices = [k for k in range(len(self.amounts)) if k != at and self._per(k) is not None]
        if any(not self._apart(at, k) for k in prices) or _SEVERAL.search(self.leads[at]):
            return
        here = [k for k in range(len(self.amounts)) if k != at and not self._apart(at, k)]
        chosen = [self._number(at, here, unit) for unit in per or ("",)]
        numbers = [k for k in chosen if k is not None]
        if len(numbers) != len(chosen):
            return
        price = self.amounts[at].claim
        factors = (price, *(self.amounts[k].claim for k in numbers))
        amounts = [
            k
            for k in here
            if self.amounts[k].claim.quantity.kind == "money"
            and self.amounts[k].claim.quantity.unit == "元"
            and self.amounts[k].claim.quantity.value
        ]
        places = sorted((at, *numbers))
        if not amounts or places[-1] - places[0] != len(numbers):
            return
        amount = places[-1] + 1
        if amount not in amounts or not _TOTAL.search(self.leads[amount]) or _BUDGET.search(self.leads[amount]):
            yield from self._over(factors, amounts)
            return
        if any(self._explained(k, price) for k in amounts):
            return
        if all(one.quantity.qualifier == "none" for one in (*factors, self.amounts[amount].claim)):
            yield Product(factors, self.amounts[amount].claim)

    def _number(self, at: int, here: Sequence[int], unit: str) -> int | None:
        """The number of what a price is per, the nearest to it; none where two are as near."""
        fitting = [
            k
            for k in here
            if self.amounts[k].claim.quantity.kind in ("count", "measure", "duration")
            and self.amounts[k].claim.quantity.value
            and (self._fits(k, unit) if unit else self.amounts[k].claim.quantity.kind != "duration")
        ]
        fitting.sort(key=lambda k: abs(k - at))
        if not fitting or (len(fitting) > 1 and abs(fitting[0] - at) == abs(fitting[1] - at)):
            return None
        return fitting[0]

    def _fits(self, at: int, unit: str) -> bool:
        own = self.amounts[at].claim.quantity.unit.removeprefix("个")
        return own == unit or {own, unit} <= _PEOPLE or {own, unit} <= _DAYS

    def _explained(self, amount: int, price: Claim) -> bool:
        """Whether the price times some of the numbers of the sentence makes an amount of it."""
        money = self.amounts[amount].claim
        others = [
            one.claim
            for one in self.amounts
            if one.claim.quantity.kind in ("count", "measure", "duration", "percent") and one.claim.quantity.value
        ][:8]
        rounded = _AVERAGE.search("".join(self.leads)) is not None
        for size in (1, 2, 3):
            for chosen in combinations(others, size):
                if _makes((price, *chosen), money, rounded=rounded):
                    return True
        return any(_makes((price, one), money, months, rounded) for one in others for months in _MONTHS[-1:])

    def _over(self, factors: tuple[Claim, ...], amounts: Sequence[int]) -> Iterator[Product]:
        budgets = [self.amounts[k].claim for k in amounts if _BUDGET.search(self.leads[k])]
        if len(budgets) != 1 or len(amounts) != 1:
            return
        low, high = product([one.quantity for one in factors]).low, budgets[0].quantity.high
        if low is not None and high is not None and low > high:
            yield Product(factors, budgets[0], over=True)

    def _apart(self, one: int, other: int) -> bool:
        """Whether a semicolon stands between two places."""
        first, last = sorted((one, other))
        return any(_SPLIT.search(self.amounts[k].before) for k in range(first + 1, last + 1))


# Tables


def _of_tables(evidence: Evidence) -> Iterator[Product]:
    claims = {claim.span.block: claim for claim in evidence.reading.claims if claim.source == "table"}
    if not claims:
        return
    for grid in table.of(evidence.reading.report):
        for part in grid.parts:
            if any(_PRICE_COLUMN.search(head.label) for row in part.headers for head in row):
                yield from _of_part(part, claims)


def _of_part(part: Part, claims: dict[int, Claim]) -> Iterator[Product]:
    found: list[tuple[Product, bool]] = []
    for row in part.body:
        price = number = amount = None
        others: list[Claim] = []
        for place in row:
            claim = next((claims[block.index] for block in place.blocks if block.index in claims), None)
            if claim is None or claim.quantity.value is None:
                continue
            label = "".join(part.column_labels(place)[-1:])
            if price is None and _PRICE_COLUMN.search(label):
                price = claim
            elif amount is None and _AMOUNT_COLUMN.search(label):
                amount = claim
            elif number is None and _NUMBER_COLUMN.search(label):
                number = claim
            else:
                others.append(claim)
        if price is not None and number is not None and amount is not None:
            factors = (price, number)
            right = any(
                _makes((*factors, *more), amount, times)
                for size in (0, 1, 2)
                for more in combinations(others[:5], size)
                for times in (_ONE, *(_SCALES if _unit_missing(price, amount) else ()))
            )
            found.append((Product(factors, amount), right))
    failing = [one for one, right in found if not right]
    if len(failing) <= 1 or len(failing) * 3 <= len(found):
        yield from failing


def _unit_missing(price: Claim, amount: Claim) -> bool:
    return (
        not price.quantity.unit or not amount.quantity.unit or price.quantity.unit.split("/")[0] != amount.quantity.unit
    )

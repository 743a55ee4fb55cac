"""What is saved between two amounts of money: 送审, 审定, 审减; 采购预算, 实际采购, 节约."""

import re
from collections.abc import Sequence
from itertools import combinations

from pipeline.checks._named_amounts import alike
from pipeline.checks._passages import Amount
from pipeline.quantity import Interval

_SAVED = re.compile(
    r"^[\s，,、；;（(]*(?:共计?|累计|净)?(?:节约|节省|节支|审减|核减)了?(?:财政|采购)?(?:资金|金额|经费|投资|额|数)?(?:共计?|约|为)*\s*$"
)
_ASKED = re.compile(r"送审|报审|申报|控制价|限价|(?:采购|招标|项目|工程)[^，,。；;]{0,4}预算|概算|中标")
_AGREED = re.compile(r"^[^，,。；;]{0,2}[，,、；;]?[^，,。；;]{0,6}(?:审定|核定|实际采购|采购金额|中标|成交|结算)")


def is_saving(amounts: Sequence[Amount], leads: Sequence[str], at: int) -> bool:
    """Whether three amounts up to ``at`` are what was asked, what was agreed and what that saves; ``leads`` are the
    words before each."""
    asked, agreed, saved = amounts[at - 2 : at + 1]
    return (
        saved.claim.quantity.kind == "money"
        and _SAVED.match(leads[at]) is not None
        and _AGREED.search(leads[at - 1]) is not None
        and _ASKED.search(leads[at - 2]) is not None
        and alike(asked.claim, agreed.claim)
        and alike(agreed.claim, saved.claim)
        and not _otherwise(amounts, at)
    )


def _otherwise(amounts: Sequence[Amount], at: int) -> bool:
    """Whether what is saved is the difference of two other amounts: 预算, 中标价, 结算价."""
    saved = Interval.of(amounts[at].claim.quantity)
    given = [Interval.of(one.claim.quantity) for one in amounts[:at] if alike(one.claim, amounts[at].claim)]
    return any(one.sub(other).meets(saved) for one, other in list(combinations(given, 2))[:-1])

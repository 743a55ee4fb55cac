"""A whole with the parts that a sentence says it has, and how a number of such a sentence is named."""

import re
from dataclasses import dataclass, field

from pipeline.checks._passages import Amount
from pipeline.records import Claim

_NOT_PARTS = frozenset({"share", "change", "from", "rate", "weight", "score"})
# What is set beside an amount to compare it, what is per head, and what is taken off.
_ASIDE = re.compile(
    r"(?:比|较|同比|超过?|[增减](?:加|少|长|收|支)了?|下降|上升|高于|低于|多于?|少于?|节约|每[^，；]{0,6}|人均|户均|单价|平均|均价|预算的|(?:上年|去年)的?(?!结[转余]))[^，,。；;（）()\d]{0,6}$"
)
_LABEL_BORDER = re.compile(r"[，,。；;：:、]")
_LABEL_HEAD = re.compile(
    r"^[\s（(]*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)．.、]|[一二三四五六七八九]是)?(?:其中|包括|包含|分别[为是]?|主要[为是]?|是|安排|用于)*"
)
_LABEL_TAIL = re.compile(r"(?:为|是|有|共|共计|合计|总计|达到?|约|计|安排|预计|完成)*[\s（(]*$")
# Words that say which number of an item it is, not of what: 实际支出, 支出决算为.
_SECOND = re.compile(
    r"^[（(，,、\s]*(?:其中)?(?:全年|当年|本年|年度|累计|已|目前|均|实际|实|年初|调整|执行|支付|完成|到位|使用|决算|预算|安排|批复|下达|支出|列支|拨付|资金|金额"
    r"|投资|数|额|合计|共计|为|了|约)+[：:]?\s*$"
)


@dataclass(slots=True)
class Division:
    """``wholes`` are the amounts that may be meant, the nearest first, and what they are ``called``; ``items`` the parts,
    each with its amounts in the order in which they are written (budget, actual); ``open`` whether the list may leave parts
    out (主要包括), ``cut_short`` whether it surely does; ``of_which`` whether 其中 is written; ``shares`` the share that each
    part is said to be, where it is; ``asides`` amounts among the parts that seem to be said beside them (增长30万元);
    ``sure`` how many of the items surely are parts, 0 for all; ``beyond`` amounts behind a semicolon that may go on with the
    parts; ``joined`` whether the sentence itself adds the parts up (加上…，收入合计), ``totalled`` whether all its amounts
    stand before a total (…，合计)."""

    wholes: list[Claim]
    called: list[str]
    items: list[list[Claim]]
    names: list[str]
    shares: list[Claim]
    strong: bool
    open: bool
    cut_short: bool
    taken_off: bool
    lead: str = ""
    of_which: bool = False
    asides: list[Claim] = field(default_factory=list)
    nested: list["Division"] = field(default_factory=list)
    sure: int = 0
    beyond: list[Claim] = field(default_factory=list)
    joined: bool = False
    totalled: bool = False


def unit(claim: Claim) -> tuple[str, str]:
    return claim.quantity.kind, claim.quantity.unit


def last_words(words: str) -> str:
    """``words`` behind the last mark in them."""
    return _LABEL_BORDER.split(words)[-1]


def label(amount: Amount) -> str:
    """What an amount goes under, in the report's words right before it."""
    words = last_words(amount.before.rstrip("：: ")) or amount.before
    words = _LABEL_TAIL.sub("", _LABEL_HEAD.sub("", words))
    return "".join(words.split()) or amount.claim.metric


def is_second(amount: Amount) -> bool:
    """Whether an amount goes under no name of its own but says another thing of the one before (，实际支出82.6万元)."""
    return _SECOND.search(amount.before) is not None


def is_part(amount: Amount) -> bool:
    claim = amount.claim
    return claim.role not in _NOT_PARTS and claim.quantity.value is not None and not _ASIDE.search(amount.before)

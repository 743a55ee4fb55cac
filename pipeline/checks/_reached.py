"""Whether an indicator's result reaches its target, by numbers, by days, or by what the words say."""

import calendar
import re
from decimal import Decimal

from pipeline.indicators import Entry, Indicator
from pipeline.quantity import Interval
from pipeline.records import Quantity

_AT_MOST = re.compile(r"[≤≦＜<]|不超过|以内|不高于|不大于|低于|小于|控制在|少于|最多|下降|降低|减少")
_AT_LEAST = re.compile(r"[≥≧＞>]|不低于|不少于|不小于|以上|达到|高于|大于|超过|至少")
_LESS_IS_BETTER = re.compile(
    r"成本|单价|造价|用时|时长|耗时|投诉|事故|死亡|差错|发生率|流失|逾期|结余率|结转|药占比|空置|控制率|变动率|负债|能耗|排放"
)
_NOT_DONE = re.compile(
    r"未(?!来|成年)(?:能)?(?:完[成工]|达|开[展工]|实施|验收|完|启动|实现|建成)|尚未|没有(?:完成|实施|开展|达)|正在|推进中|进行中|部分完成|基本完成|滞后|延期|推迟|取消|终止|暂缓"
)
_DONE = re.compile(
    r"^\s*(?:已|全部|全面|均|按时|按期|如期|按计划|圆满|超额|较好)*(?:完成|达标|达到|实现|到位|建成|验收合格|达成)"
)
_ALL_DONE = re.compile(
    r"(?:已|已经|全部|全面|均|按时|按期|如期|均已|圆满)*(?:完成|达标|达到|实现|建成)(?:100%)?[。；]?"
)
_BARELY = re.compile(rf"{_ALL_DONE.pattern}|无|[\u4e00-\u9fff]{{1,3}}|[\d.％%分]+")
_DAY = re.compile(
    r"(?:(?P<year>20\d\d)\s*年)?\s*(?P<month>1[0-2]|0?[1-9])\s*月\s*(?:(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号]|(?P<end>底|末))?"
)
_YEAR_END = re.compile(r"年[底末内]前?|当年")


def reached(one: Indicator) -> bool | None:
    """None where target and result cannot be compared."""
    if one.target is None or one.result is None or one.target.blank or one.result.blank:
        return None
    if _NOT_DONE.search(one.result.text):
        return False
    pair = compared(one)
    if pair is not None:
        target, result = (Interval.of(quantity) for quantity in pair)
        return not (target.below(result) if less_is_better(one) else result.below(target))
    days = [_day(entry.text) for entry in (one.target, one.result)]
    if days[0] is not None and days[1] is not None:
        return days[1] <= days[0]
    return True if _DONE.search(one.result.text) and not one.result.claims else None


def compared(one: Indicator) -> tuple[Quantity, Quantity] | None:
    """The numbers of target and result, where each has one and both are of one kind and unit."""
    if one.target is None or one.result is None:
        return None
    target, result = (_number(entry) for entry in (one.target, one.result))
    if target is None or result is None or target.kind != result.kind:
        return None
    alike = target.unit == result.unit or not target.unit or not result.unit
    return (target, result) if alike else None


def ratio(one: Indicator) -> Decimal | None:
    """The result as per cent of the target."""
    pair = compared(one)
    if pair is None:
        return None
    target, result = ((quantity.value if quantity.value is not None else quantity.low) for quantity in pair)
    return None if not target or result is None else result / target * 100


def less_is_better(one: Indicator) -> bool:
    words = (one.sign.text if one.sign else "") + (one.target.text if one.target else "")
    if _AT_LEAST.search(words):
        return False
    if _AT_MOST.search(words) and not re.search(r"(?:下降|降低|减少)\s*(?:率|幅)?", one.name.text):
        return True
    return one.kind == "成本" or _LESS_IS_BETTER.search(one.name.text) is not None


def noted(one: Indicator) -> bool:
    """Whether the row gives a reason: more than a word that it was done."""
    notes = (entry for entry in (one.reason, one.remarks, one.completion) if entry is not None and not entry.blank)
    return any(_BARELY.fullmatch("".join(entry.text.split())) is None for entry in notes)


def said_done(one: Indicator) -> bool:
    """Whether a remark says in a word that it was done."""
    notes = (entry for entry in (one.result, one.remarks, one.completion) if entry is not None)
    return any(_ALL_DONE.fullmatch("".join(entry.text.split())) is not None for entry in notes)


def undone(entry: Entry | None) -> bool:
    """Whether the words say that it was not done."""
    return entry is not None and _NOT_DONE.search(entry.text) is not None


def _number(entry: Entry) -> Quantity | None:
    known = [
        claim.quantity for claim in entry.claims if claim.quantity.low is not None or claim.quantity.high is not None
    ]
    return known[0] if len(known) == 1 else None


def _day(text: str) -> tuple[int, int, int] | None:
    found = list(_DAY.finditer(text))
    if len(found) != 1:
        return (0, 12, 31) if not found and _YEAR_END.search(text) else None
    one = found[0]
    month = int(one["month"])
    if one["day"] is None and one["end"] is None and "前" not in text:
        day = calendar.monthrange(2024, month)[1]
    elif one["day"] is None:
        day = calendar.monthrange(2024, month)[1] if one["end"] else 1
    else:
        day = int(one["day"])
    return 0, month, day

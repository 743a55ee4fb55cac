"""From a text to its quantities: one pass over the places where a number may start."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.quantity import bounds, hedges, lookalikes, special, units
from pipeline.quantity.mention import Mention
from pipeline.quantity.number import Number, read
from pipeline.quantity.plain import plain
from pipeline.quantity.units import Unit
from pipeline.records import Qualifier

_NUMERAL = "〇零一二三四五六七八九两十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億廿卅"
_START = re.compile(
    rf"\d|[几数](?=[十百千万亿])|(?<![{_NUMERAL}])[{_NUMERAL}](?=[{_NUMERAL}]|[ 余多来几点半{re.escape(units.first_characters())}成折分番])"
    r"|半(?=[年天个小数])"
)
_RANGE = re.compile(r" ?(?:-{1,2}|~{1,2}|至|到) ?")
_CUE = re.compile(r"(?:共|设|设有|辖|有|仅|建|建成|为|新增|计|立|各|达|下|行|展|成|召|织|印发|出台)\Z")
_COUNT_CUE = re.compile(r"(?:共|辖|下设|内设|设有|设立|新设|仅|共有|总计|合计|配备|下辖|管辖|新增|成立)(?:了|有)?\Z")
_YEARS = re.compile(r"(?:期限|为期|历时|持续|连续|运行|使用|服务|工作|试点|满|达|超过|不超|期|限|已|长|用时|耗时|保修|质保|质保期|至少|合同|为|过渡|周期)\Z")
_UNNAMED = frozenset("百千万亿")


@dataclass(frozen=True, slots=True)
class Rejected:
    """``text[start:end]`` looks like a quantity; ``reason`` says what it is instead."""

    start: int
    end: int
    reason: str


def scan(text: str) -> Iterator[Mention | Rejected]:
    """Quantities and look-alikes in order."""
    flat = plain(text)
    masks = lookalikes.find(flat)
    following, at, last = 0, 0, 0
    while (found := _START.search(flat, at)) is not None:
        start = found.start()
        while following < len(masks) and masks[following].end <= start:
            following += 1
        mask = _covering(masks, following, start)
        if mask is not None:
            yield Rejected(start, mask.end, mask.reason)
            at = max(mask.end, start + 1)
            continue
        one = _one(flat, start, last)
        mask = _covering(masks, following, one.core if isinstance(one, Mention) else one.start, one.end)
        if mask is not None and isinstance(one, Mention):
            one = Rejected(one.core, max(one.end, mask.end) if mask.start <= one.core else one.end, mask.reason)
        yield one
        at = max(one.end, start + 1)
        last = one.end


def _covering(masks: list[lookalikes.Lookalike], first: int, start: int, end: int | None = None) -> lookalikes.Lookalike | None:
    stop = start + 1 if end is None else end
    for mask in masks[first:]:
        if mask.start >= stop:
            return None
        if mask.end > start:
            return mask
    return None


def _one(flat: str, start: int, last: int) -> Mention | Rejected:
    found = special.read(flat, start, last)
    if found is not None:
        return found
    number = read(flat, start)
    if number is None:
        end = _run(flat, start)
        return Rejected(start, end, "digits")
    if flat[start - 1 : start] == "第" or (flat[start - 1 : start] == " " and flat[start - 2 : start - 1] == "第"):
        return Rejected(start, number.end, "ordinal")
    gap = _gap(flat, number.end)
    unit = units.at(flat, gap)
    both = _range(flat, number, unit, last)
    if both is not None:
        return both
    if flat[start - 1 : start].isascii() and flat[start - 1 : start].isalpha():
        strong = unit is not None and (unit.kind in ("money", "percent") or number.magnitude)
        if not (strong and flat[max(0, start - 2) : start].isupper()):
            return Rejected(start, number.end, "code")
    if unit is None:
        return _without_unit(flat, number, last)
    reason = _reason(flat, number, unit, gap)
    if reason is not None:
        return Rejected(start, gap + len(unit.word), reason)
    return finish(flat, number, unit, gap + len(unit.word), last)


def _gap(flat: str, at: int) -> int:
    """Past the one or two spaces that may stand between a number and its unit."""
    for _ in range(2):
        if flat[at : at + 1] == " ":
            at += 1
    return at


def _run(flat: str, start: int) -> int:
    end = start + 1
    while end < len(flat) and end < start + 24 and (flat[end].isdigit() or flat[end] in _NUMERAL):
        end += 1
    return end


def _without_unit(flat: str, number: Number, last: int) -> Mention | Rejected:
    """A number that only its magnitude word, its sign of money or a score before it makes a quantity."""
    start = number.start
    if special.yuan_sign(flat, start):
        unit = units.named("元")
        assert unit is not None
        return finish(flat, number, unit, number.end, last)
    if number.arabic and not number.magnitude and special.SCORE_BEFORE.search(flat, max(0, start - 10), start):
        unit = units.named("分")
        assert unit is not None
        if number.value is not None and number.value <= 1000 and flat[number.end : number.end + 1] not in tuple("年月日:/%-"):
            return finish(flat, number, unit, number.end, last)
    hedged = number.value is None or number.plus or hedges.before(flat, start) is not None
    if (number.arabic and number.magnitude) or (hedged and not number.arabic and number.magnitude) or (
        number.magnitude and not number.arabic and len(number.text) > 2 and number.value is not None
    ):
        if flat[number.end : number.end + 1] in tuple("级强"):
            return Rejected(start, number.end, "name")
        return finish(flat, number, Unit("", "", "count", Decimal(1), "any", ""), number.end, last)
    return Rejected(start, number.end, "bare")


def _reason(flat: str, number: Number, unit: Unit, gap: int) -> str | None:
    """Why a number with a unit states no quantity, or None."""
    word, start = number.text, number.start
    end = gap + len(unit.word)
    if unit.word == "年":
        return _year_reason(flat, number, end)
    if unit.word == "日" and hedges.after(flat, end, "duration") is None:
        return "date"
    if number.arabic:
        if unit.kind == "score" and number.magnitude:
            return "name"
        if unit.word in ("方", "米", "m", "t", "L", "兆", "字") and gap > number.end and unit.word.isascii():
            return "name"
        return None
    if unit.numeral == "arabic" and not number.magnitude:
        return "name"
    if unit.kind == "score" and not special.SCORE_CUE.search(flat, max(0, start - 3), start):
        return "idiom"
    if number.value is None or number.plus:
        return None
    if word in _UNNAMED and hedges.before(flat, start) is None and flat[start - 1 : start] not in ("上", "成"):
        return "idiom"
    if word in ("一", "二"):
        if unit.kind == "money" or (word == "一" and flat[end : end + 1] == "半"):
            return None
        if word == "一" and unit.kind == "count" and _COUNT_CUE.search(flat, max(0, start - 5), start):
            return None
        if word == "一" and unit.kind == "duration" and hedges.after(flat, end, "duration"):
            return None
        return "ordinal" if word == "二" else "idiom"
    if unit.word == "大" and number.value is not None and number.value > 12:
        return "name"
    if unit.word in ("层", "类", "批", "期") and not _CUE.search(flat, max(0, start - 3), start) and len(word) == 1 and unit.word == "层":
        return "floor"
    if unit.kind == "count" and special.RHETORIC.match(flat, end):
        return "rhetoric"
    return None


def _year_reason(flat: str, number: Number, end: int) -> str | None:
    """年 is a duration only where the writing says so: 期限3年, 3年以上, 一年半."""
    if number.value is not None and number.value >= 100:
        return "date"
    if flat[end : end + 1] == "半" or (number.arabic and number.places):
        return None
    if hedges.after(flat, end, "duration") is not None and flat[end : end + 2] != "内的":
        return None
    if _YEARS.search(flat, max(0, number.start - 4), number.start) and flat[end : end + 1] not in tuple("度级行规计月来底初"):
        return None
    return "period"


def _range(flat: str, first: Number, unit: Unit | None, last: int) -> Mention | Rejected | None:
    """2至3小时, 3-5万元, 10%-20%: one quantity. A range of from and to (由2个至3个) is two."""
    here = first.end if unit is None else _gap(flat, first.end) + len(unit.word)
    sign = _RANGE.match(flat, here)
    if sign is None or first.value is None:
        return None
    second = read(flat, sign.end())
    if second is None or second.value is None or second.start != sign.end():
        return None
    gap = _gap(flat, second.end)
    other = units.at(flat, gap)
    if other is None and unit is None and not second.magnitude:
        return None
    if other is None:
        if unit is not None and not second.magnitude:
            return None
        other = Unit("", "", "count", Decimal(1), "any", "")
    if unit is not None and unit.unit != other.unit:
        return None
    if sign.group().strip() in ("至", "到") and special.FROM.search(flat, max(0, first.start - 6), first.start) and unit is not None:
        return None
    if other.word in ("年", "日") and (first.value >= 100 or second.value >= 100):
        return Rejected(first.start, gap + len(other.word), "date")
    if flat[first.start - 1 : first.start] == "第":
        return Rejected(first.start, gap + len(other.word), "ordinal")
    if flat[first.start - 1 : first.start].isascii() and flat[first.start - 1 : first.start].isalpha():
        return None
    low, high = first.value, second.value
    if unit is None and not first.magnitude and second.magnitude:
        power = special.power_of(second)
        low = low * power if low * power <= high else low
    if low >= high:
        return None
    reason = _reason(flat, replace(second, text="两"), other, gap)
    if reason is not None and (other.word != "年" or reason == "date"):
        return Rejected(first.start, gap + len(other.word), reason)
    number = replace(
        first, end=second.end, value=None, low=low, high=high, closed=True, places=max(first.places, second.places),
        magnitude=first.magnitude or second.magnitude,
    )
    return finish(flat, number, other, gap + len(other.word), last, "range")


def finish(
    flat: str, number: Number, unit: Unit, end: int, last: int, qualifier: Qualifier = "none", exact: bool | None = None
) -> Mention:
    """The mention of ``number`` with ``unit``, whose writing ends at ``end``: hedges, change and per-unit about it."""
    start = number.start
    factor, kind, name = unit.scale, unit.kind, unit.unit
    if flat[start - 1 : start] == "¥":
        start -= 1
        end = end + 1 if flat[end : end + 1] == "元" else end
    if unit.word == "年" and flat[end : end + 1] == "半" and number.value is not None:
        number, end, exact = replace(number, value=number.value + Decimal("0.5"), places=1), end + 1, True
    elif unit.unit in ("小时", "月", "天") and flat[end : end + 1] == "半" and number.value is not None:
        number, end, exact = replace(number, value=number.value + Decimal("0.5"), places=1), end + 1, True
    if unit.unit == "元" and unit.word == "元":
        number, end, exact = special.with_cents(flat, number, end, exact)
    if special.negative(flat, start):
        start, factor = start - 1, -factor
    tail = hedges.after(flat, end, kind)
    head = hedges.before(flat, start)
    if qualifier == "none":
        if number.plus:
            qualifier = "plus"
        elif number.about:
            qualifier = "about"
        elif head is not None and head[1] != "reach" and not (head[1] == "near" and tail):
            qualifier = head[1]
        elif tail is not None:
            qualifier = tail[1]
        elif head is not None:
            qualifier = head[1]
    if tail is not None:
        end = tail[0]
    if head is not None and head[1] != "reach" and start - head[0] >= 0:
        start = max(head[0], last)
        further = hedges.before(flat, start)
        if further is not None and further[1] != "reach":
            start = max(further[0], last)
    if number.value is not None and qualifier in ("none", "reach") and flat[start - 1 : start] == "上" and number.text[0] in "十百千万亿" and flat[start - 2 : start - 1] not in tuple("以网线会晚早路实马史之"):
        qualifier, start = "vague", start - 1
    change = hedges.change(flat, start)
    direction, changed = None, False
    if change is not None and change[0] >= last:
        start, direction = change
        changed = True
        if kind == "multiple":
            kind, name, factor = "percent", "%", factor * 100
            exact = number.exact if exact is None else exact
    elif hedges.is_change(flat, start):
        changed = True
    elif kind in ("percent", "money") and flat[start - 1 : start] == "占" and start - 1 >= last:
        start -= 1
    elif kind == "percent" and flat[start - 2 : start] == "占比" and start - 2 >= last:
        start -= 2
    if exact is None and number.exact and kind in ("count", "duration"):
        exact = True
    per = special.per(flat, start, end, last, kind)
    if per is not None:
        start, end, name, kind = per[0], per[1], f"{name}/{per[2]}", kind if kind == "money" else "measure"
    quantity = bounds.quantity(number, name, kind, qualifier, factor, exact)
    if factor < 0:
        direction = None
    return Mention(start, end, quantity, number.start, direction, changed)

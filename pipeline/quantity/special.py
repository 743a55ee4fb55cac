"""Quantities that are written in a way of their own: 百分之, 三分之二, 1:1, 八五折, 七成, 翻番, 半, 第1名, 元角分, 每页."""

import re
from dataclasses import replace
from decimal import Decimal

from pipeline import numerals
from pipeline.quantity import hedges
from pipeline.quantity.bounds import quantity
from pipeline.quantity.mention import Mention
from pipeline.quantity.number import Number, integer_step
from pipeline.quantity.number import read as read_number
from pipeline.records import ClaimKind, Qualifier, Quantity

_C = "〇零一二三四五六七八九两十百千万亿"
_HALF = re.compile(r"(?:一半|半数|半)")
_PERCENT = re.compile(r"([百千万])分之(?=[\d" + _C + r"])")
_FRACTION = re.compile(rf"([{_C}]{{1,4}}|\d{{1,3}})分之([{_C}]{{1,4}}|\d{{1,3}})|(?<![\d/.])(\d{{1,2}})/(\d{{1,3}})(?![\d/.])")
_RATIO = re.compile(r"(?<![\d:.])\d{1,5}(?:\.\d{1,4})?(?: ?(?::|比) ?\d{1,5}(?:\.\d{1,4})?){1,5}(?![\d:])")
_RATIO_WORD = re.compile(r"比例|比值|配比|之比|配置|比为|比达|按|占比")
_CLOCK = re.compile(r"\d{1,2}:[0-5]\d(?::[0-5]\d)?\Z")
_DISCOUNT = re.compile(r"([一二三四五六七八九])([一二三四五六七八九])?折(?![子叠旧合扣射算返])|(\d(?:\.\d)?)折(?![子叠旧合扣射算返])")
_TENTHS = re.compile(r"([一二两三四五六七八九十]|\d(?:\.\d)?)成(半|[一二三四五六七八九])?(?![立为效果功本员绩熟长交型就都渝品分套人])")
_DOUBLE = re.compile(r"(?:翻(?:了)?)\Z")
_RANK_UNIT = re.compile(r" ?(?:名|位)(?!置|于|称|单|义)")
_RANK_WORD = re.compile(r"(?:排名|排在|排|位列|位居|名列|居|列|名次|排位|位次|评为|全[国省市县区州]|荣获|获)[^，。；、：\n第]{0,14}\Z")
_NOT_RANK = re.compile(r" ?[条项批季期次届轮款章节类级部个页档版时课三产责书要线资代组]|[、，]第?[二三四五六七八九\d]|[一二三四五六七八九]")
_FIRST = re.compile(r"(?:排名|位列|位居|名列|居|列)[^，。；、：\n第]{0,8}前\Z")
SCORE_BEFORE = re.compile(r"(?:得分|评分|总分|总得分|分值|自评分|综合得分|评价得分|最终得分|考核得分|满分)(?:为|是|:|：|达|达到| ){0,3}\Z")
SCORE_CUE = re.compile(r"[扣得计为共加减满评分]\Z")
FROM = re.compile(r"(?:从|由|自|原来|原)[^\d，。；]{0,4}\Z")
RHETORIC = re.compile(r"(?:方面|层面|维度|角度|意识|自信|维护|确立|到位|全面|转变|必须|坚持|不能|一批|专题|关键|严禁|统一|凡是|结合|清单|不得|更加|之一|文明|覆盖|百年|毫不|中心|基本点|重点|时代)")
_CENTS = re.compile(r"(?:([0-9{0}]{{1,2}})角)?(?:([0-9{0}]{{1,2}})分)?整?".format(_C + "壹贰叁肆伍陆柒捌玖拾"))
_PER_AFTER = re.compile(
    r" ?/ ?((?:人|年|月|日|天|次|户|亩|盒|平方米|平米|㎡|m²|学期|生|例|件|套|台|吨|公里|小时|度|床|页|张|份|学年|课时|学时|班|校|村|车|场|米|辆|条|个|名|项|座|家|株|头|处|间|人次|工作日|立方米|千瓦时|瓶|袋|支|本|周|季度|万人|公斤|斤)(?:[·/.](?:人|年|月|日|天|次|学期|学年))?)"
)
_PER_BEFORE = re.compile(
    r"(?:人均|户均|(每(?:人每年|人每月|人每天|人每次|万人|千人|百人|平方米|立方米|小时|分钟|人次|学期|学年|公里|季度|户|人|页|盒|亩|周|天|日|月|年|次|件|份|吨|村|生|例|台|套|张|辆|条|个|名|项|座|家|株|头|处|间|班|校|床|米|度|斤|本|场)))(?!增加|超过|减少|低于|提高|降低|超|高于)[^\d，。；、：:,;（()\n%]{0,9}\Z"
)


def read(flat: str, at: int, last: int) -> Mention | None:
    """The special quantity that starts at ``at``, or None."""
    character = flat[at]
    if character == "半" or flat.startswith("一半", at):
        return _half(flat, at, last)
    if (word := _PERCENT.match(flat, at)) is not None:
        return _percent_word(flat, at, word, last)
    if (found := _DISCOUNT.match(flat, at)) is not None:
        digits = str(numerals.DIGITS[found[1]]) + str(numerals.DIGITS[found[2]] if found[2] else 0) if found[1] else ""
        value = Decimal(digits) if digits else Decimal(found[3]) * 10
        return _plain(flat, at, found.end(), value, "%", "percent", last)
    if (found := _TENTHS.match(flat, at)) is not None:
        return _tenths(flat, at, found, last)
    if (found := _FRACTION.match(flat, at)) is not None and (one := _fraction(flat, at, found, last)) is not None:
        return one
    if (found := _RATIO.match(flat, at)) is not None and (
        _RATIO_WORD.search(flat, max(0, at - 12), at) or flat[found.end() : found.end() + 6].find("比例") >= 0 or not _CLOCK.match(found.group())
    ):
        if flat[found.end() : found.end() + 1] in tuple("分") and "比" in found.group():
            return None
        return Mention(at, found.end(), Quantity(None, None, None, False, False, "", "ratio"), at)
    number = read_number(flat, at)
    if number is None or number.value is None:
        return None
    if flat.startswith("番", number.end) and _DOUBLE.search(flat, max(0, at - 2), at):
        start = flat.rindex("翻", 0, at)
        return _plain(flat, start, number.end + 1, Decimal(2) ** int(number.value), "倍", "multiple", last, core=at)
    return _rank(flat, number, last)


def _half(flat: str, at: int, last: int) -> Mention | None:
    following = _HALF.match(flat, at)
    if following is None:
        return None
    word = following.group()
    if word == "半":
        for unit, name in (("年", "年"), ("天", "天"), ("个月", "月"), ("小时", "小时"), ("个小时", "小时"), ("个工作日", "工作日")):
            if flat.startswith(unit, at + 1):
                return _plain(flat, at, at + 1 + len(unit), Decimal("0.5"), name, "duration", last)
        if flat[at - 1 : at] not in ("过", "近"):
            return None
    return _plain(flat, at, following.end(), Decimal(50), "%", "percent", last)


def _percent_word(flat: str, at: int, word: re.Match[str], last: int) -> Mention | None:
    scale = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}[word[1]]
    number = read_number(flat, word.end())
    if number is None:
        if flat.startswith("百", word.end()):
            return _plain(flat, at, word.end() + 1, Decimal(100), "%", "percent", last)
        return None
    number = replace(number, start=at, exact=False)
    return _finish(flat, number, "%", "percent", number.end, last, scale)


def _tenths(flat: str, at: int, found: re.Match[str], last: int) -> Mention:
    word = found[1]
    value = Decimal(word) if word[0].isascii() else Decimal(numerals.integer(word) or 0)
    value *= 10
    if found[2]:
        value += 5 if found[2] == "半" else numerals.DIGITS[found[2]]
    return _plain(flat, at, found.end(), value, "%", "percent", last)


def _fraction(flat: str, at: int, found: re.Match[str], last: int) -> Mention | None:
    words = (found[2], found[1]) if found[1] else (found[3], found[4])
    part, whole = (Decimal(word) if word[0].isdigit() and word.isascii() else Decimal(numerals.integer(word) or 0) for word in words)
    if not part or not whole or part >= whole or (found[3] and whole > 10):
        return None
    end = found.end()
    if found[3] and flat[end : end + 1] and not (hedges.after(flat, end, "fraction") or flat[end] in "的，。；、）） "):
        return None
    value = part / whole
    finite = value == value.quantize(Decimal("0.000001"))
    number = Number(at, end, value, value, value, True, Decimal(0), 0, True, False, False, False, False, flat[at:end])
    mention = _finish(flat, number, "", "fraction", end, last)
    if finite:
        return mention
    low, high = (None if bound is None else bound.quantize(Decimal("0.000001")) for bound in (mention.quantity.low, mention.quantity.high))
    return replace(mention, quantity=replace(mention.quantity, value=None, low=low, high=high))


def _rank(flat: str, number: Number, last: int) -> Mention | None:
    at = number.start
    ordinal = at - 1 if flat[at - 1 : at] == "第" else at - 2 if flat[at - 2 : at] == "第 " else None
    if number.plus or number.magnitude or number.places:
        return None
    if ordinal is None:
        leading = _FIRST.search(flat, max(0, at - 16), at)
        if leading is None:
            return None
        unit = _RANK_UNIT.match(flat, number.end)
        end = unit.end() if unit else number.end
        value = number.value
        assert value is not None
        return Mention(max(leading.start(), last), end, Quantity(value, Decimal(1), value, True, True, "名次", "rank", "under_incl"), at)
    unit = _RANK_UNIT.match(flat, number.end)
    before = _RANK_WORD.search(flat, max(0, ordinal - 18), ordinal)
    if unit is None and (before is None or _NOT_RANK.match(flat, number.end)):
        return None
    end = unit.end() if unit else number.end
    start = ordinal
    for word in ("排名", "位列", "位居", "名列"):
        if flat[start - 2 : start] == word and start - 2 >= last:
            start -= 2
            break
    value = number.value
    assert value is not None
    return Mention(start, end, Quantity(value, value, value, True, True, "名次", "rank"), at)


def _plain(flat: str, start: int, end: int, value: Decimal, unit: str, kind: ClaimKind, last: int, core: int | None = None) -> Mention:
    number = Number(start, end, value, value, value, True, Decimal(1), 0, True, False, False, False, False, flat[start:end])
    mention = _finish(flat, number, unit, kind, end, last)
    return mention if core is None else replace(mention, core=core)


def _finish(flat: str, number: Number, unit: str, kind: ClaimKind, end: int, last: int, factor: Decimal = Decimal(1)) -> Mention:
    start = number.start
    head, tail = hedges.before(flat, start), hedges.after(flat, end, kind)
    qualifier: Qualifier = "none"
    if number.plus:
        qualifier = "plus"
    elif head is not None and head[1] != "reach":
        qualifier, start = head[1], max(head[0], last)
    elif tail is not None:
        qualifier = tail[1]
    elif head is not None:
        qualifier = "reach"
    end = tail[0] if tail else end
    change = hedges.change(flat, start)
    direction, changed = None, False
    if change is not None and change[0] >= last and kind != "multiple":
        (start, direction), changed = change, True
    elif hedges.is_change(flat, start):
        changed = True
    elif kind in ("percent", "fraction") and flat[start - 1 : start] == "占" and start > last:
        start -= 1
    exact = True if number.exact else None
    return Mention(start, end, quantity(number, unit, kind, qualifier, factor, exact), number.start, direction, changed)


def yuan_sign(flat: str, at: int) -> bool:
    return flat[at - 1 : at] == "¥"


def negative(flat: str, at: int) -> bool:
    """Whether the character before ``at`` is a minus sign: not a dash between two things."""
    sign = flat[at - 1 : at]
    before = flat[at - 2 : at - 1] if at >= 2 else ""
    return sign in ("-", "负") and (not before or before in "为是达率速幅至于到额:（(，,、。；;\t \n\"“")


def with_cents(flat: str, number: Number, end: int, exact: bool | None) -> tuple[Number, int, bool | None]:
    """元角分 and 整 after 元."""
    found = _CENTS.match(flat, end)
    if found is None or not found.group() or number.value is None:
        return number, end, exact
    value = number.value
    for word, scale in ((found[1], Decimal("0.1")), (found[2], Decimal("0.01"))):
        if word:
            digit = Decimal(word) if word.isascii() else Decimal(numerals.integer(word) or 0)
            value += digit * scale
    if found[2] and not found[1] and flat[found.end() : found.end() + 1] == "之":
        return number, end, exact
    return replace(number, value=value), found.end(), True


def per(flat: str, start: int, end: int, last: int, kind: ClaimKind) -> tuple[int, int, str] | None:
    """Where a quantity per something starts and ends, and per what: 48元/盒, 每页0.5元, 人均8.6平方米."""
    if kind not in ("money", "count", "measure", "duration"):
        return None
    if (found := _PER_AFTER.match(flat, end)) is not None:
        return start, found.end(), found[1]
    window = max(last, start - 16)
    found = _PER_BEFORE.search(flat, window, start)
    if found is None:
        return None
    what = "人" if found.group().startswith("人均") else "户" if found.group().startswith("户均") else found[1].removeprefix("每").replace("每", "/")
    return found.start(), end, what


def power_of(number: Number) -> Decimal:
    """The magnitude that a number's last word gives: 1 for 5, 10000 for 5万."""
    power = 0
    for c in reversed(number.text):
        if c not in "十百千万亿":
            break
        power += {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}[c]
    return Decimal(1).scaleb(power)


__all__ = ["FROM", "RHETORIC", "SCORE_BEFORE", "SCORE_CUE", "integer_step", "negative", "per", "power_of", "read", "with_cents", "yuan_sign"]

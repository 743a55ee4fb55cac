"""The words of a printed scoring standard, one after another: conditions, what they give, and what changes neither."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline import numerals
from pipeline.quantity.plain import plain

# How surely an end belongs to its range: said so (含, ≥), by the usual reading of 以上 and 以下, or merely named (80—90).
SAID, USUAL, NAMED, LEFT_OUT = 3, 2, 1, 0
IN, OUT = "⊕", "⊖"

_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十]{1,3})"
_COUNTED = r"个?工作日|个?月|小时|分钟|人次|万元|公里|[天日年项例次处个件起人份户场条篇家期批元亩]"
_PERCENT = r"个百分点|百分点|%"
_UNIT = rf"(?:{_PERCENT}|{_COUNTED})"
_MARK = f"[{IN}{OUT}]"
TARGET = r"(?:(?:年度|年初|绩效|预期|计划|既定)?(?:目标值|指标值|计划值|计划数|目标数|任务数|目标任务|目标|预期值))"
_VALUE = rf"(?:{_NUMBER}(?:{_UNIT})?|{TARGET})"
_LOW_IN = r"≥|大于等于|大于或等于|高于或等于|不低于|不少于|不小于|达到|达"
_LOW_OUT = r">|大于|高于|超过|超出|多于"
_HIGH_IN = r"≤|小于等于|小于或等于|低于或等于|不高于|不超过|不大于|不多于|控制在"
_HIGH_OUT = r"<|小于|低于|不足|未达到|未达|没有达到|少于|不到"
_EQUAL = r"=|等于|为"
LATE = r"逾期|延期|超期|延迟|推迟|延后|滞后|晚于(?:规定|计划)?(?:时间|时限)?|超时"
ON_TIME = r"(?:按时|按期|及时|如期|按规定时间|按计划时间|在规定时间内|在规定时限内)(?:足额)?(?:完成|报送|上报|提交|公开|开工|完工|拨付|支付|发放|办结|到位|验收)"
_DOWN = r"低于|降低|下降|减少|少于|低|少|缺|降|未完成|未达到|欠|差"
_UP = r"超过|超出|高出|高于|增加|上升|增长|多于|超|高|多"
_OFF = r"偏离|偏差|相差|变动"
_FAULT = r"发现|出现|发生|存在|查出|有"
GRADES = r"优秀|良好|中等|较好|较差|一般|基本合格|不合格|合格|不满意|基本满意|较满意|满意"
# The longer word before the shorter one: what is taken is not tried again.
DEGREE = r"均已|已经|已|均|全部|全面|基本|大部分|部分|超额|未能|未|没有|尚未|不|较为|比较|较|很"
STEM = r"完成(?:任务)?|实施|达标|达到(?:要求|标准|规定)?|符合(?:要求|规定|标准)?|健全|合规|规范|完整|明确|合理|到位|公开|显著|明显|通过(?:验收)?|建立"
_WORTH = r"(?:本|该|此)?(?:项|指标)?(?:标准|权重|指标)?(?:分值|满分|权重|标准分|权重分|总分|分数)"
_TIMES = r"[×*xX✕]"

_TOKENS = (
    # What changes nothing that a reader would count differently.
    ("begun", r"不足(?:1|一)?(?:个百分点|%|[项例次处个件天])?的?,?(?:按|以)(?:1|一)(?:个百分点|%|[项例次处个件天])?计算?"),
    ("whole", r"不足(?:1|一)?(?:个百分点|%)的?,?不扣分|按整数?百分点(?:计算|扣分)"),
    ("most", rf"(?:最多|最高|累计最多|扣分?最多)(?:可)?扣(?:除|减)?(?:至)?(?P<most>{_NUMBER})分|扣分(?:上限为?|不超过)(?P<most2>{_NUMBER})分"),
    (
        "note",
        r"(?:,|直至|直到)?(?:扣|减)完(?:本项分值|该项分值|分值|分数)?为?止|直至扣完|扣至0分?(?:为止)?|最低(?:得|为|计|扣至|扣到)?0分|"
        r"不(?:计|出现|得|设)负分|满分为止|以此类推|依此类推|依次类推|超过100%的?,?(?:按|以)100%计算?|超(?:过|出)?满分的?,?(?:按|以)满分计算?|不重复扣分",
    ),
    ("ceiling", rf"(?:最高|上限)(?:得|为|不超过|计)?(?P<ceiling>{_NUMBER})分|(?:本|该|此)?(?:项|指标)?满分为?(?P<ceiling2>{_NUMBER})分|{_WORTH}为?:?(?P<ceiling3>{_NUMBER})分"),
    ("base", rf"以(?P<base>{_NUMBER})(?:%)为(?:标准|基准)|(?:标准|基准)值?为(?P<base2>{_NUMBER})%"),
    # X率=…×100% says what the name means.
    ("meaning", rf"[\u4e00-\u9fff]{{2,16}}(?:率|度|比例|比重)=[^=,;。]{{3,90}}?{_TIMES}100%"),
    (
        "formula",
        rf"(?:(?:本|该|此)?(?:项|指标)?(?:实际|自评)?(?:得分|分值|分数)=)?(?:"
        rf"(?P<factor>[\u4e00-\u9fff]{{0,14}}(?:率|度|比例|完成比)){_TIMES}(?:{_WORTH}|(?P<points>{_NUMBER})分?)(?![0-9%])"
        rf"|(?:{_WORTH}|(?P<points2>{_NUMBER})分?){_TIMES}(?P<factor2>[\u4e00-\u9fff]{{0,14}}(?:率|度|比例|完成比))"
        rf"|\(?(?:实际|年度)?(?:实际)?(?:完成|执行|支出|达到)(?:值|数|量|额)/(?:年度|全年|年初)?(?:计划|目标|预算|指标|任务)(?:完成)?(?:值|数|量|额)(?:{_TIMES}100%)?\)?{_TIMES}(?:{_WORTH}|(?P<points3>{_NUMBER})分?)(?![0-9%]))",
    ),
    (
        "step",
        rf"每(?:(?P<off>(?:{_UP})(?:\(|或|/)+(?:{_DOWN})\)?|(?:{_DOWN})(?:\(|或|/)+(?:{_UP})\)?|{_OFF})|(?P<fault>{_FAULT})|(?P<late>{LATE})|(?P<down>{_DOWN})|(?P<up>{_UP}))?"
        rf"(?:于?(?P<from>{TARGET}|[0-9.]+%(?=[0-9一]))的?)?(?:完成)?(?P<step>{_NUMBER})?(?P<stepunit>{_UNIT})(?P<thing>[^,;。0-9扣每]{{0,24}}?)(?:的|则)?,?(?:相应)?(?:扣|减|扣减|扣除)(?:去|掉)?"
        rf"(?:(?P<take>{_NUMBER})分|(?:{_WORTH})的?(?P<takeshare>{_NUMBER})%)",
    ),
    ("take", rf"(?:扣|减|扣减|扣除)(?P<taken>{_NUMBER})分"),
    ("zero", r"(?:均|则|一律)?不(?:得|计|给|记)分|(?:得|计|记|为)?(?:0|零)分|无分|扣(?:除)?全部分值|全扣|(?:本|该)项分值扣完"),
    ("fullmark", rf"不扣分|(?:得|计|记|给)?(?:满分|全分)|得{_WORTH}(?!的?[0-9])|得全部分值"),
    (
        "part",
        rf"(?:得|计|记|按)(?:{_WORTH})的?(?P<part>{_NUMBER})%(?:计分|得分|计算)?|(?:得|计|记|按)(?P<part2>{_NUMBER})%的?(?:{_WORTH}|分|计分|得分)",
    ),
    ("fix", rf"(?:可?得分?|计分?|记|给|赋|评)?(?:为|:)?(?P<fix>{_NUMBER})分(?![钟值数别之配析])"),
    (
        "share",
        r"(?:其余)?(?:按照?|根据|依据?|以)(?:其|实际)*(?:完成|执行|实现|达标|支付|支出|到位)?(?:情况)?的?(?:值?与(?:目标|指标|计划)值?的?)?(?:比例|完成率|执行率|比率)(?:折算|换算)?(?:计算)?(?:确定)?(?:得|计|给|赋|扣|记)?分?",
    ),
    ("both", rf"(?P<bothlow>{_NUMBER}){_UNIT}?(?P<bothlowop>≤|<)(?P<bothname>[\u4e00-\u9fff]{{0,14}}|[xXnN])(?P<bothhighop>≤|<)(?P<bothhigh>{_NUMBER})(?P<bothunit>{_UNIT})?"),
    (
        "range",
        rf"(?:介于)?(?P<from1>{_NUMBER})(?P<unit1>{_UNIT})?(?P<mark1>{_MARK})?(?:以上)?(?:-|~|至|到)+(?P<to1>{_NUMBER})(?P<unit2>{_UNIT})?(?P<mark2>{_MARK})?(?:以下|之间|区间|范围内?)?(?P<mark3>{_MARK})?",
    ),
    ("ontime", rf"未(?:{ON_TIME})(?!的?,?每)"),
    ("late", rf"(?:{LATE})(?:完成)?(?:不超过)?(?P<latelow>超过|超|大于)?(?P<late_n>{_NUMBER})(?P<lateunit>{_UNIT})(?P<latemark>{_MARK})?(?P<latepost>以内|内|之内|以上|以下)?(?P<latemark2>{_MARK})?(?:完成)?"),
    ("anylate", rf"(?:{LATE})(?:完成)?(?:的)?"),
    ("intime", ON_TIME),
    ("none", r"(?:无|没有|未发现|未发生|未出现|未存在|不存在)[\u4e00-\u9fff]{2,16}?(?:的)?(?=,|得|计|给)"),
    (
        "bound",
        # A bare numeral without unit is part of a name (三公).
        rf"(?!{_NUMBER}(?![0-9.]|{_UNIT}|{_MARK}|及?以[上下内]))(?P<op>{_LOW_IN}|{_LOW_OUT}|{_HIGH_IN}|{_HIGH_OUT}|{_EQUAL})?(?P<value>{_VALUE})(?P<mark>{_MARK})?(?P<post>及?以上|及?以下|以内|之内|之下|内)?(?P<mark4>{_MARK})?",
    ),
    ("otherwise", r"否则|反之|其他(?:情况|情形)?|其余(?:情况|情形)?|除此之外"),
    (
        "grade",
        rf"(?:等级|等次|结果|考核|评价|考评|验收|评定)*(?:为|评为|获评)?(?P<grade>{GRADES}|(?:(?<![\u4e00-\u9fff])|(?<=为))[优良中差好])"
        rf"(?:等次|等级|等|档次|档)?(?=的|得|计|记|[,;:/、(扣]|不得|{_NUMBER}分|$)",
    ),
    ("state", rf"(?P<state>(?:{DEGREE})*+(?:{STEM}))(?:{TARGET})?(?!率|度|性|情况|比|数|量|值|进度|时间|时限|质量|程度)"),
    ("idle", r"[,;。:、/]|(?:评分|计分)(?:标准|规则|办法)|其中(?=[,:])|[①-⑳]"),
)  # fmt: skip
_TOKEN = re.compile("|".join(f"(?P<t_{name}>{pattern})" for name, pattern in _TOKENS))
_BRACKET = re.compile(r"\(([^()]*)\)")
_NUMBERED = re.compile(r"(?:(?<=^)|(?<=[;。,:\n]))(?:\([0-9一二三四五六七八九]\)|[0-9]{1,2}[、.](?![0-9])|[①-⑳])")
_PERCENT_WORDS = re.compile(r"百分之([一二三四五六七八九十百零]{1,5})")
_FIXED_WRITINGS = {
    "≦": "≤", "⩽": "≤", "≧": "≥", "⩾": "≥", "<=": "≤", ">=": "≥", "﹤": "<", "﹥": ">", "“": "", "”": "", '"': "", "‘": "", "’": "",
    "，": ",", "；": ";", "（": "(", "）": ")", "【": "(", "】": ")", "÷": "/", "％": "%", "·": "", "大于或者": "大于或", "--": "-",
}  # fmt: skip
_LONGEST_NUMBER = 12
# In brackets these limit the standard; what a standard says there besides is a remark.
_LIMITS = re.compile(r"除外|[0-9]|扣|得分|按|其中|不含")


class Irregular(Exception):
    """The standard has words or an order that are not understood."""


@dataclass(frozen=True, slots=True)
class Token:
    """``name`` is the kind of the words ``text``; ``said`` its named parts that are there."""

    name: str
    text: str
    said: dict[str, str]

    def number(self, *names: str) -> Decimal | None:
        """The first of the named parts that is there, as a number."""
        return next((number(self.said[name]) for name in names if name in self.said), None)


def number(word: str) -> Decimal:
    """The number that a word writes; Irregular where it writes none that a standard would have."""
    if len(word) > _LONGEST_NUMBER:
        raise Irregular(word)
    if word[0].isdigit():
        return Decimal(word)
    read = numerals.integer(word)
    if read is None:
        raise Irregular(word)
    return Decimal(read)


def is_target(word: str) -> bool:
    return re.fullmatch(TARGET, word) is not None


def split_value(word: str) -> tuple[str, str]:
    """Number and unit of a value as written: 95% → 95, %."""
    found = re.match(_NUMBER, word)
    if found is None:
        raise Irregular(word)
    return found.group(), word[found.end() :]


def in_percent(unit: str) -> str:
    """A unit under its one name; a percentage point of a rate is a per cent."""
    return "%" if unit in ("个百分点", "百分点", "%") else unit.removeprefix("个") or unit


def levelled(text: str) -> str:
    """``text`` in one way of writing, what brackets say put beside what it is said of."""
    flat = "".join(plain(text).replace("\n", ";").split())
    for written, meant in _FIXED_WRITINGS.items():
        flat = flat.replace(written, meant)
    flat = _PERCENT_WORDS.sub(lambda found: f"{number(found[1])}%", flat)
    flat = _NUMBERED.sub(";", flat)
    return _BRACKET.sub(_unbracketed, flat)


def _unbracketed(found: re.Match[str]) -> str:
    inner = found[1]
    if re.fullmatch(r"含|包含|含本数|含[0-9.]+%?|含等于", inner):
        return IN
    if re.fullmatch(r"不含|不含本数|不含[0-9.]+%?", inner):
        return OUT
    if re.fullmatch(rf"(?:或)?(?:{_UP}|{_DOWN})", inner):
        return f"/{inner.removeprefix('或')}"
    if re.fullmatch(rf"{_NUMBER}分", inner):
        return "" if found.string[found.end() : found.end() + 1] == ":" else f"得{inner}"
    if re.fullmatch(r"扣完为止", inner):
        return f",{inner}"
    if re.fullmatch(r"1%|1个百分点|不足.{0,16}", inner):
        return "" if inner.startswith("1") else f",{inner}"
    if re.search(_TIMES, found.string[found.end() : found.end() + 1]) or "/" in inner:
        return inner
    if _LIMITS.search(inner):
        raise Irregular(inner)
    return ""


def tokens(flat: str) -> Iterator[Token]:
    """The tokens of a levelled text; what stands between them comes as tokens ``rest``."""
    at = 0
    for found in _TOKEN.finditer(flat):
        if found.start() > at:
            yield Token("rest", flat[at : found.start()], {})
        at = found.end()
        parts = {key: value for key, value in found.groupdict().items() if value is not None}
        name = next(key for key in parts if key.startswith("t_"))
        yield Token(name[2:], found.group(), {k: v for k, v in parts.items() if not k.startswith("t_")})
    if at < len(flat):
        yield Token("rest", flat[at:], {})

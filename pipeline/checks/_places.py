"""Places: what lies above and below a unit's own place, and what is another place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.language import is_word

Rank = int
PROVINCE, PREFECTURE, COUNTY, TOWN = 1, 2, 3, 4

_LEVEL = re.compile(r"自治区|自治州|自治县|自治旗|特别行政区|地区|林区|街道|[省市州盟县区旗镇乡]$")
_PIECE = re.compile(r"[\u4e00-\u9fff]{2,3}?(?:自治州|自治县|街道|[省市州县区旗镇乡])")
# What is called 县, 区 or 市 and is no place of its own, and what no name of a place has in it.
_NO_NAMES = frozenset(
    [
        "示范",
        "服务",
        "工业",
        "开发",
        "高新",
        "经开",
        "新",
        "老",
        "城",
        "郊",
        "社",
        "小",
        "园",
        "景",
        "片",
        "库",
        "灌",
        "山",
        "牧",
        "矿",
        "林",
        "居民",
        "住宅",
        "商业",
        "办公",
        "生活",
        "试点",
        "试验",
        "实验",
        "管理",
        "辖",
        "主城",
        "中心",
        "贫困",
        "脱贫",
        "重点",
        "先进",
        "农业",
        "工业园",
        "科技园",
        "产业园",
        "产业",
        "物流",
        "保税",
        "自贸",
        "风景",
        "旅游",
        "度假",
        "生态",
        "保护",
        "自然",
        "禁养",
        "限养",
        "核心",
        "缓冲",
        "疫",
        "灾",
        "水",
        "湖",
        "库",
        "汇水",
        "流域",
        "集中",
        "安置",
        "搬迁",
        "特困",
        "边远",
        "山",
        "革命老",
        "少数民族",
        "民族",
        "牧",
        "农贸",
        "建筑",
        "消费",
        "劳动力",
        "人才",
        "资本",
        "国内",
        "国际",
        "城",
        "超",
        "上",
        "跨",
        "门",
        "夜",
        "早",
        "集",
        "股",
        "房地产",
        "文化",
        "药品",
        "文明",
        "卫生",
        "双拥",
        "园林",
        "模范",
        "强",
        "大",
        "百强",
        "集镇",
        "建制",
        "城",
        "小城",
        "中心",
        "特色",
        "乡",
        "相关",
        "有关",
        "部分",
        "多数",
        "少数",
        "左右",
        "周边",
        "附近",
        "邻近",
        "其他",
        "其它",
        "所有",
        "多个",
        "各个",
        "若干",
        "指定",
        "责任",
        "包保",
        "网格",
        "监管",
        "责任",
        "功能",
        "分",
        "战",
        "军",
        "营",
        "选",
        "校",
        "院",
        "厂",
        "厨",
        "病",
        "候诊",
        "隔离",
        "污染",
    ]
)
_NEVER = frozenset(
    "全各本我该此某两几每其他另县市区镇乡省州的了在是为和与对等及局委个以由从向至到并将把被让使按据经请于中对"
)
_FUNCTION = frozenset("由对与和向在为经据按请及被从以让使到赴往跟同于是至原给将把获")
_COMMON = frozenset(["老城区", "新城区", "城中区", "市中区", "城关区", "中心区", "新市区", "东风区", "南区", "北区"])
_USUAL, _LONG = (5, 4, 3), tuple(range(15, 2, -1))


@dataclass(frozen=True, slots=True)
class Home:
    """A unit's own place: names from the largest to the smallest, the rank of the last, and what follows (教育局)."""

    names: tuple[str, ...]
    rank: Rank
    office: str

    @property
    def name(self) -> str:
        return self.names[-1]


@dataclass(frozen=True, slots=True)
class _Known:
    rank: Rank
    above: frozenset[str]


@cache
def _known() -> Mapping[str, tuple[_Known, ...]]:
    """Divisions by name; one name may be that of several (朝阳区)."""
    found: dict[str, list[_Known]] = {}
    for province, prefectures in lexicon.load("places").items():
        found.setdefault(province, []).append(_Known(PROVINCE, frozenset()))
        for prefecture, counties in prefectures.items():
            if prefecture:
                found.setdefault(prefecture, []).append(_Known(PREFECTURE, frozenset({province})))
            for county in counties.split():
                above = frozenset(filter(None, (province, prefecture)))
                found.setdefault(county, []).append(_Known(COUNTY, above))
    return {name: tuple(entries) for name, entries in found.items()}


@cache
def _short() -> Mapping[str, str]:
    """Names without their level → names, where that is unambiguous and at least two characters are left: 常熟."""
    found: dict[str, set[str]] = {}
    for name in _known():
        found.setdefault(stem(name), set()).add(name)
    return {short: next(iter(names)) for short, names in found.items() if len(short) >= 2 and len(names) == 1}


def stem(name: str) -> str:
    """A place's name without its level."""
    return _LEVEL.sub("", name)


def rank(name: str) -> Rank | None:
    """Rank of a place by its name; None for an unknown 市, which may be a prefecture or a county."""
    known = _known().get(name)
    if known:
        return known[0].rank
    if name.endswith(("镇", "乡", "街道")):
        return TOWN
    if name.endswith(("县", "区", "旗")):
        return COUNTY
    if name.endswith(("州", "盟")):
        return PREFECTURE
    return PROVINCE if name.endswith("省") else None


def home(agency: str) -> Home | None:
    """The place at the head of a unit's name, None where it has none."""
    names: list[str] = []
    at = 0
    while at < len(agency):
        piece = _head(agency, at, first=not names)
        if piece is None:
            break
        name, at = piece
        names.append(name)
    if not names:
        return None
    return Home(tuple(names), rank(names[-1]) or (COUNTY if len(names) > 1 else PREFECTURE), agency[at:])


def _head(agency: str, at: int, *, first: bool) -> tuple[str, int] | None:
    for length in range(min(15, len(agency) - at), 2, -1):
        if agency[at : at + length] in _known():
            return agency[at : at + length], at + length
    found = _PIECE.match(agency, at)
    if found and not _never(stem(found.group())):
        return found.group(), found.end()
    if first:
        for length in (4, 3, 2):
            name = _short().get(agency[at : at + length])
            if name:
                return name, at + length
    return None


def _never(short: str) -> bool:
    return len(short) < 2 or short in _NO_NAMES or not _NEVER.isdisjoint(short) or short[-1] in "园城社"


def before(text: str, end: int) -> str | None:
    """The name of the place that ends at ``end``, or None where none does."""
    if text[end - 2 : end] == "街道":
        level = 2
    elif end and text[end - 1] in "省市州盟县区旗镇乡":
        level = 1
    else:
        return None
    name = listed_before(text, end)
    if name:
        return name
    # A name that the table does not have: two characters that are no word, with a border before them.
    short = text[max(0, end - level - 2) : end - level]
    left = text[end - level - 3 : end - level - 2]
    bounded = not left or not "\u4e00" <= left <= "\u9fff" or left in _FUNCTION or left in "省市州"
    new = bounded and all("\u4e00" <= c <= "\u9fff" for c in short) and not _never(short) and not is_word(short)
    return short + text[end - level : end] if new else None


def listed_before(text: str, end: int) -> str | None:
    """The name of the table that ends at ``end`` and is not made up of two words by chance (顺|应城市, 振|兴和县)."""
    for length in _LONG if text[end - 2 : end - 1] in "治林" else _USUAL:
        name = text[end - length : end]
        if name in _known() and end >= length and name not in _COMMON:
            left = text[end - length - 1 : end - length]
            bounded = not "\u4e00" <= left <= "\u9fff" or left in _FUNCTION or left in "省市州"
            chance = not bounded and is_word(left + name[0])
            return None if chance else name
    return None


def beneath(above: str, name: str) -> bool | None:
    """Whether ``name`` lies in ``above``; None where the table has not both."""
    known = _known().get(name)
    return any(above in one.above for one in known) if known and above in _known() else None


def foreign(own: Home, name: str) -> bool:
    """Whether ``name`` can be neither the unit's own place nor one above or below it. Not knowing is no."""
    short = stem(name)
    if any(short in known or stem(known) in name for known in own.names):
        return False
    mine, theirs = _known().get(own.name), _known().get(name)
    if mine and theirs:
        return not any(name in one.above or own.name in other.above for one in mine for other in theirs) and not any(
            name in above.above for parent in own.names for above in _known().get(parent, ())
        )
    if own.rank == COUNTY and own.name[-1] in "县区旗":
        return name[-1] in "县区旗"
    if own.rank == TOWN:
        county = any(rank(part) == COUNTY for part in own.names[:-1])
        return rank(name) == TOWN or (county and name[-1] in "县区旗")
    return False

"""The words of indicator tables (lexicon/indicators.toml): what a header heads, what a label names."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal, cast

from pipeline import lexicon
from pipeline.indicators.sheet import Dimension, IndicatorKind
from pipeline.numbering import mark

Head = Literal[
    "一级", "二级", "三级", "四级", "分类", "指标", "指标或目标", "弱指标",
    "目标", "完成", "目标与完成", "完成率", "分值", "得分", "扣分", "原因", "标准", "解释", "备注", "符号", "单位",
    "序号", "不取",
]  # fmt: skip
Money = Literal["年初预算", "预算", "执行", "执行率"]

SUBJECTS: frozenset[Head] = frozenset(("一级", "二级", "三级", "四级", "分类", "指标", "指标或目标", "弱指标"))
RANKS: Mapping[str, int] = {"一级": 1, "二级": 2, "三级": 3, "四级": 4}

_LONGEST = 24
# With its brackets.
_LONGEST_CELL = 192
_MOST_KEPT = 1024
_BRACKETS = re.compile(r"[（(【\[〔][^（）()【】\[\]〔〕]*[）)】\]〕]")
_DATED = re.compile(r"(?:20\d\d年?度?|[:：*＊※]+$|^[*＊※]+)")
# A1, B11 before the labels of a catalogue.
_CODE = re.compile(r"[A-ZＡ-Ｚ]\d{0,4}[.、．:：-]?(?=[\u4e00-\u9fff])")
# Characters that recognition takes for those of 产出 and 指标值.
_MISREAD = str.maketrans("岀値", "出值")
_ENDING = r"(?:类|性)?(?:指标|目标)?(?:完成)?(?:情况|方面|部分)?"
_OF_KIND: Mapping[IndicatorKind, Dimension] = {
    "数量": "产出", "质量": "产出", "时效": "产出", "成本": "产出",
    "经济": "效益", "社会": "效益", "生态": "效益", "可持续": "效益", "满意度": "满意度",
}  # fmt: skip


def bare(text: str) -> str:
    """A label without white space, brackets, years and colons; empty where it is too long to be a label."""
    return _bare(text) if len(text) <= _LONGEST_CELL else ""


@lru_cache(maxsize=_MOST_KEPT)
def _bare(text: str) -> str:
    label = _DATED.sub("", _BRACKETS.sub("", "".join(text.split()).translate(_MISREAD)))
    return label if len(label) <= _LONGEST else ""


@lru_cache(maxsize=_MOST_KEPT)
def _numberless(text: str) -> str:
    label = _bare(text)
    code = _CODE.match(label)
    if code:
        return label[code.end() :]
    number = mark(label) if label else None
    return label[number.end :] if number else label


@cache
def _table(name: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """All the words of a table as one pattern, a group for each key, in the order of the lexicon."""
    ending = _ENDING if name in ("dimensions", "kinds") else ""
    words = {key: found for key, found in lexicon.load("indicators")[name].items() if not isinstance(found, str)}
    groups = (f"((?:{'|'.join(found)}){ending})" for found in words.values())
    return re.compile("|".join(groups)), tuple(words)


@cache
def _pattern(table: str, key: str) -> re.Pattern[str]:
    found = lexicon.load("indicators")[table][key]
    return re.compile(found if isinstance(found, str) else "|".join(found))


def _key(table: str, label: str) -> str | None:
    if not label:
        return None
    pattern, keys = _table(table)
    found = pattern.fullmatch(label)
    return keys[found.lastindex - 1] if found is not None and found.lastindex else None


@lru_cache(maxsize=_MOST_KEPT)
def _head(text: str) -> Head | None:
    return cast("Head | None", _key("headers", _bare(text)))


def head(text: str) -> Head | None:
    """What a header heads, or None for what is no header of an indicator table."""
    return _head(text) if len(text) <= _LONGEST_CELL else None


@lru_cache(maxsize=_MOST_KEPT)
def _money(text: str) -> Money | None:
    return cast("Money | None", _key("execution", _bare(text)))


def money(text: str) -> Money | None:
    """What a header of the execution row heads, or None."""
    return _money(text) if len(text) <= _LONGEST_CELL else None


def is_row(key: Literal["total", "subtotal", "grade", "stop", "note"], text: str) -> bool:
    """Whether a row's first label makes it a total, a subtotal, a grade, or the end of the indicators."""
    return len(text) <= _LONGEST_CELL and _pattern("rows", key).fullmatch(_numberless(text)) is not None


@lru_cache(maxsize=_MOST_KEPT)
def _goals(text: str) -> frozenset[str]:
    label = _numberless(text)
    return frozenset(key for key in ("targets", "results", "label") if _pattern("goals", key).fullmatch(label))


def is_goal(key: Literal["targets", "results", "label"], text: str) -> bool:
    """Whether a label heads targets in prose, results in prose, or both."""
    return len(text) <= _LONGEST_CELL and key in _goals(text)


def is_execution(text: str) -> bool:
    return len(text) <= _LONGEST_CELL and _pattern("execution", "label").search(text) is not None


@lru_cache(maxsize=_MOST_KEPT)
def _named(text: str) -> tuple[Dimension | None, IndicatorKind | None]:
    label = _numberless(text)
    dimension, kind = _key("dimensions", label), _key("kinds", label)
    return cast("Dimension | None", dimension), cast("IndicatorKind | None", kind)


def named(text: str) -> tuple[Dimension | None, IndicatorKind | None]:
    """The dimension and the kind that a label states and nothing else (数量指标, 产出指标（40分）); both None if it does not."""
    return _named(text) if len(text) <= _LONGEST_CELL else (None, None)


def dimension_of(kind: IndicatorKind) -> Dimension:
    """The dimension that a kind belongs to where no first level states one."""
    return _OF_KIND[kind]

"""What a heading's wording says: the kinds it names, and how much of it is known wording."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast, get_args

from pipeline import lexicon
from pipeline.records import SectionKind

_BLANK = re.compile(r"[\s\u3000\xa0“”\"'‘’（）()【】\[\]〔〕《》、，,：:；;。.．·•—\-－*/…_]+")
_PREFIX = re.compile(
    r"^(?:.{0,24}?(?:20\d\d|二[〇○零]\S{2})年(?:度)?|.{2,20}?(?:局|委员会|办公室|中心|医院|学校|中学|小学|镇|乡|街道|馆|站|队|会|厅|院)"
    r"(?=部门整体|单位整体|整体支出))"
)
_YEAR = re.compile(r"20\d\d年?")
# Labels and headings come again in every report of a season; so few and short they take 4 MB at most.
_MOST_KEPT, _LONGEST_KEPT = 8192, 100
_POINTS = re.compile(r"[（(](?:分值|满分)?\d{1,3}(?:\.\d)?分[^）)]{0,20}[）)]?")


@dataclass(frozen=True, slots=True)
class Title:
    """The kinds that a heading names, in the order of the wording; ``sure`` where every word of it is known.

    ``weak`` is a kind that the wording allows only where nothing else in the report has it.
    """

    kinds: tuple[SectionKind, ...]
    sure: bool
    weak: SectionKind | None = None


def bare(text: str) -> str:
    """``text`` without white space, quotation marks, brackets and punctuation."""
    return _BLANK.sub("", text)


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    data = lexicon.load("sections")
    kinds = dict.fromkeys(data["fillers"], "")
    for kind, entry in data["kinds"].items():
        kinds |= dict.fromkeys(entry.get("weak", ()), f"weak {kind}")
        kinds |= dict.fromkeys(entry["words"], kind)
    longest_first = sorted(kinds, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), kinds


@cache
def _precedence() -> dict[str, int]:
    return {kind: i for i, kind in enumerate(lexicon.load("sections")["precedence"])}


def read(text: str) -> Title:
    """Read a heading's ``text``, its number taken away."""
    return _kept(text) if len(text) <= _LONGEST_KEPT else _read(text)


def _read(text: str) -> Title:
    if _POINTS.search(text):
        # 过程（43分）: an item of a scoring sheet, whatever it is called.
        return Title(("evaluation",), True)
    text = _YEAR.sub("", _PREFIX.sub("", bare(text), count=1))
    pattern, kind_of = _words()
    found: list[SectionKind] = []
    weak: SectionKind | None = None
    known = 0
    for word in pattern.finditer(text):
        known += len(word.group())
        kind = kind_of[word.group()]
        if kind.startswith("weak "):
            weak = weak or cast(SectionKind, kind.removeprefix("weak "))
        elif kind and kind not in found:
            found.append(cast(SectionKind, kind))
    unknown = len(text) - known
    return Title(tuple(found), bool(text) and unknown <= len(text) // 8, None if found else weak)


_kept = lru_cache(maxsize=_MOST_KEPT)(_read)


def primary(title: Title) -> SectionKind:
    """The kind that a section under this heading has as a whole."""
    rank = _precedence()
    return min(title.kinds, key=lambda kind: rank[kind], default="other")


KINDS: tuple[SectionKind, ...] = get_args(SectionKind)

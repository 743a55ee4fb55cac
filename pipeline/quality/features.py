"""Measures of a passage that bear on its grade: how much of it states facts, causes, actions, dates, or nothing at all.

Every measure is between 0 and 1: the share of clauses or of parts (items, or sentences where there is one item) in which
a wording of ``lexicon/quality.toml`` or a quantity occurs, or a bounded size. Digits' width, white space and the order of
items do not matter.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log1p

from pipeline import lexicon
from pipeline.numbering import mark
from pipeline.quality.items import items
from pipeline.quantity import mentions

_WIDE = str.maketrans({**{chr(0xFF01 + at): chr(0x21 + at) for at in range(94)}, "\u3000": " "})
_KEPT = str.maketrans(dict(zip(",;:!?()", "，；：！？（）", strict=True)))
_SPACE = re.compile(r"[ \t\r\f\v\u00a0\u200b]+")
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
CLAUSE = re.compile(r"[^，。；：！？\n、]+")
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]?")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_FACTS = frozenset(
    {"money", "percent", "pp", "count", "measure", "multiple", "fraction", "ratio", "rank", "score", "duration"}
)
# Counting what the passage itself lists is no evidence: 以下三个问题, 三个方面.
_LISTED = re.compile(r"[以如]下|几|方面|问题|原因|措施|建议|不足|阶段|环节|要素|原则|坚持|导向")
_DATE = re.compile(r"\d{1,2}月|\d{1,2}[日号](?:前|以前|之前|起)|(?:19|20)\d\d年")
_OWNER = re.compile(
    r"由[^，。；\d]{1,14}?(?:科|股|室|办|处|组|中心|局|所|站|队|部|会计|出纳|主任|局长|所长|站长|书记|院长|校长|专班|人员|干事|委员|员|长)"
    r"|(?:科(?!学|技|研|目|普)|股(?!份|权)|室(?!内|外)|专班|大队|财政所|服务中心)"
    r"(?:负责|牵头|每|按|于|在|逐|对|将|到|统一|据|会同|与|和|承办|汇总|审核|核对|组织|落实|跟踪|提出|报|要|从|把|须|应|派|全程|\d)"
)
_LONG = 1500
_KINDS = {"clauses": "占分句", "parts": "占条目", "any": "处数，三处以上为1"}
_SIZES = {
    "bare parts": "只有空泛词语的条目占比", "size": "篇幅", "part size": "每条篇幅", "items": "条目数", "facts per part": "每条的数据个数",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    words: re.Pattern[str]
    starts: tuple[str, ...]
    tails: re.Pattern[str] | None


@cache
def _groups() -> dict[str, _Group]:
    found = {}
    for name, group in lexicon.load("quality").items():
        words, tails = (re.compile("|".join(group[key])) if key in group else None for key in ("words", "tails"))
        if words is not None:
            found[name] = _Group(words, tuple(group.get("starts", ())), tails)
    return found


@cache
def names() -> tuple[str, ...]:
    """The names of the measures, in the order of their values."""
    return tuple(_measured("不足"))


def measure(text: str) -> tuple[float, ...]:
    """The measures of ``text``, in the order of ``names``."""
    return tuple(_measured(text).values())


def said(name: str) -> str:
    """The measure ``name`` in words for a reader."""
    group, _, kind = name.partition(".")
    if not kind:
        return _SIZES[group]
    return f"{lexicon.load('quality')[group]['name']}（{_KINDS[kind]}）"


def plain(text: str) -> str:
    """``text`` with half-width letters and digits, Chinese marks and no white space but line ends."""
    text = _THOUSANDS.sub("", text.translate(_WIDE).translate(_KEPT))
    return "\n".join(line for line in (_SPACE.sub("", part) for part in text.split("\n")) if line)


def _measured(text: str) -> dict[str, float]:
    text = plain(text)
    spans = [(one.start, one.end) for one in items(text)] or [(0, len(text))]
    parts = spans if len(spans) > 1 else [(found.start(), found.end()) for found in _SENTENCE.finditer(text)] or spans
    starts, ends = _clauses(text)
    hits = {name: _hits(group, text, starts, ends) for name, group in _groups().items()}
    facts = list(_facts(text))
    hits["fact"] = {_at(starts, place) for place in facts}
    hits["time"] |= {_at(starts, found.start()) for found in _DATE.finditer(text)}
    hits["owner"] |= {_at(starts, found.start()) for found in _OWNER.finditer(text)}
    solid = hits["deliverable"] | hits["threshold"] | hits["time"] | hits["owner"] | hits["fact"]
    hits["concrete"] = hits["action"] & solid
    hits["bare"] = (hits["vague"] | hits["slogan"]) - solid
    hits["own"] = hits["deficit"] - hits["external"] - hits["study"]
    whole = len(starts) or 1
    part_of = _parts_of(starts, parts)
    found: dict[str, float] = {}
    for name, held in hits.items():
        found[f"{name}.clauses"] = len(held) / whole
        found[f"{name}.parts"] = len({part_of[at] for at in held}) / len(parts)
        found[f"{name}.any"] = min(len(held), 3) / 3
    solid_parts = {part_of[at] for at in range(len(starts)) if at not in hits["bare"]}
    found["bare parts"] = 1 - len(solid_parts) / len(parts)
    found["size"] = min(1.0, log1p(len(text)) / log1p(_LONG))
    found["part size"] = min(1.0, log1p(len(text) / len(parts)) / log1p(300))
    found["items"] = min(1.0, (len(spans) - 1) / 6)
    found["facts per part"] = min(1.0, len(facts) / len(parts) / 4)
    return found


def _clauses(text: str) -> tuple[list[int], list[int]]:
    """Where each clause begins, its numbering mark passed over, and where it ends."""
    starts, ends = [], []
    for found in CLAUSE.finditer(text):
        number = mark(found.group())
        start = found.start() + (number.end if number else 0)
        if start < found.end():
            starts.append(start)
            ends.append(found.end())
    return starts, ends


def _hits(group: _Group, text: str, starts: Sequence[int], ends: Sequence[int]) -> set[int]:
    """The clauses in which the group occurs."""
    held = {_at(starts, found.start()) for found in group.words.finditer(text)}
    if group.tails is not None:
        for found in group.tails.finditer(text):
            at = _at(starts, found.start())
            if (
                at not in held
                and found.start() - starts[at] >= 2
                and _HAN.fullmatch(text, found.start() - 2, found.start())
            ):
                held.add(at)
    if group.starts:
        held |= {at for at, start in enumerate(starts) if text.startswith(group.starts, start)}
    return held


def _at(starts: Sequence[int], place: int) -> int:
    return max(0, bisect_right(starts, place) - 1)


def _parts_of(starts: Sequence[int], parts: Sequence[tuple[int, int]]) -> list[int]:
    """The part that each clause stands in; what stands before the first one goes with it."""
    firsts = [first for first, _ in parts]
    return [_at(firsts, start) for start in starts]


def _facts(text: str) -> Iterator[int]:
    """Where the quantities stand that say something of the work."""
    for one in mentions(text):
        if one.quantity.kind in _FACTS and not (
            _LISTED.search(text, one.end, one.end + 4) or _LISTED.search(text, max(0, one.start - 2), one.start)
        ):
            yield one.start

"""What a unit calls itself (我局, 我县) against what it is."""

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.checks._places import COUNTY, TOWN, Home
from pipeline.checks._text import Text
from pipeline.records import Issue, Span

_SELF = re.compile(r"(?<![自大])我(?P<kind>局|委(?!托)|院|校|馆|街道|镇|乡|县|区(?![域间])|园|村)")
# In quotation marks others speak.
_QUOTED = re.compile(r"[“「][^”」\n]{0,60}$")
# Which selves can never be those of a unit whose name ends so.
_ENDS = {
    "局": "院校镇乡园村", "委员会": "院校镇乡园村", "医院": "局委校镇乡园村", "卫生院": "局委校园村", "法院": "局委校镇乡园村", "检察院": "局委校镇乡园村",
    "学校": "局委镇乡村", "中学": "局委院镇乡村", "小学": "局委院镇乡村", "幼儿园": "局委院镇乡村", "学院": "局委镇乡村", "大学": "局委镇乡村",
    "镇": "局院校乡园", "乡": "局院校镇园", "镇人民政府": "局院校乡园", "乡人民政府": "局院校镇园", "街道办事处": "局院校镇乡园", "街道": "局院校镇乡园",
    "馆": "局院校镇乡园村", "中心": "院校镇乡园村",
}  # fmt: skip
_MOST = 2


def strange_selves(text: Text, agency: str, own: Home | None) -> Iterator[Issue]:
    """Selves that are not the unit's, where it calls itself otherwise or not at all, and only once or twice."""
    never = set(next((_ENDS[end] for end in sorted(_ENDS, key=len, reverse=True) if agency.endswith(end)), ""))
    never |= _levels(own)
    if not never:
        return
    places: dict[str, list[Span]] = {}
    said: Counter[str] = Counter()
    for span, found in text.search(_SELF):
        said[found["kind"]] += 1
        line = text.string[max(0, found.start() - 60) : found.start()]
        if found["kind"] in never and not _QUOTED.search(line.rpartition("\n")[2]):
            places.setdefault(found["kind"], []).append(span)
    for kind, spans in places.items():
        if len(spans) == said[kind] <= _MOST and _otherwise(text, agency, said, kind):
            yield Issue(
                f"本单位是“{agency}”，这里却自称“我{kind}”，像是照抄别的单位留下的。",
                tuple(spans),
                expected=agency,
                actual=f"我{kind}",
                severity="medium",
            )


def _levels(own: Home | None) -> set[str]:
    """Levels of places that are not the unit's own: 我县 in a district. 自治区 is 我区 for all who live in it."""
    if own is None:
        return set()
    autonomous = any("自治区" in name for name in own.names) or own.name.endswith(("旗", "盟"))
    if own.rank == COUNTY and own.name[-1] == "县":
        return set() if autonomous else {"区"}
    if own.rank == COUNTY and own.name[-1] == "区":
        return {"县"}
    if own.rank == TOWN:
        return {"镇": {"乡"}, "乡": {"镇"}, "道": {"镇", "乡"}}[own.name[-1]]
    return set()


def _otherwise(text: Text, agency: str, said: Counter[str], kind: str) -> bool:
    """Whether the report has another name for its own unit or place, more often than this one."""
    others = sum(times for other, times in said.items() if other != kind)
    others += len(re.findall(r"[我本](?:单位|部门|中心|机关)|本[局院校县区镇乡]|全[县区镇乡]", text.string))
    return others > said[kind]

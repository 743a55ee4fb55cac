"""Another school or hospital of the same kind in the place of the unit's own."""

import re
from collections.abc import Iterator

from pipeline.checks._dealings import dealt_with
from pipeline.checks._places import Home
from pipeline.checks._text import Text
from pipeline.records import Issue, Span

_NUMBERED = re.compile(
    r"第(?P<number>[一二三四五六七八九十\d]{1,3})(?P<kind>高级中学|初级中学|中学|小学|幼儿园|人民医院|医院)$"
)
_INITIALS = {
    "高级中学": "中",
    "初级中学": "中",
    "中学": "中",
    "小学": "小",
    "幼儿园": "幼",
    "人民医院": "医院",
    "医院": "医院",
}
_OWN = re.compile(
    r"作为|成立|制定|建立|位于|始建|现有|占地|严格|按照|组织|的(?:教育教学|教学|办学|医疗|诊疗|全体|师生|学生|职工)|为(?:项目)?(?:建设|实施)单位|根据|共有"
)


def siblings(text: Text, agency: str, own: Home | None) -> Iterator[Issue]:
    """Places where a unit of the same kind and place but of another number does what the reporting unit should do."""
    numbered = _NUMBERED.search(agency)
    if numbered is None or own is None:
        return
    place, kind = re.escape(own.name), numbered["kind"]
    stem = re.escape(own.name[:-1])
    pattern = re.compile(
        rf"(?:{place}|{stem})?第(?P<a>[一二三四五六七八九十\d]{{1,3}}){kind}|{stem}(?P<b>[一二三四五六七八九十]{{1,2}}){_INITIALS[kind]}(?![一二三四五六七八九十])"
    )
    found: dict[Span, str] = {}
    for span, match in text.search(pattern):
        number = match["a"] or match["b"]
        heads = text.string[match.start() - 1 : match.start()] in ("", "\n", "。")
        acts = heads or _OWN.match(text.string, match.end())
        if acts and number != numbered["number"] and not dealt_with(text.string, *match.span(), clause=True):
            found[span] = match.group()
    if found:
        names = "、".join(dict.fromkeys(found.values()))
        yield Issue(
            f"本单位是“{agency}”，这里说的却是“{names}”，像是照抄别的单位留下的。",
            tuple(found),
            expected=agency,
            actual=names,
        )

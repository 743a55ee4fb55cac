"""一个单位、一份文件在同一份报告里应当只有一个名称。

为什么
    封面写“行政审批服务局”，正文写“行政审批局”，或者机构改革几年后仍称“工商局”“卫计局”，说明文字是从旧稿或别处搬来的；
    同一份文件有两个名称，依据就无从核对。

做法
    比较封面或填报栏的单位名称、报告标题中的名称和落款：去掉地名和简称后仍不是一个名称的，提示。正文里用本单位原来的名称、
    别的名称（词表 agencies.toml）称呼本单位的，乡、镇、街道混用的，提示。书名号里的文件名文号相同而名称不同的，或只差一个字的，提示。

局限
    省去地名、“县教育局”“人社局”一类的简称不算不一致；“原××局”不算；词表未收的旧名看不出来；上级和下属单位的名称不比较。
"""

import re
from collections.abc import Iterator
from itertools import chain, combinations, pairwise

from pipeline.checks._names import differ, documents, former, parts, plain, same_document
from pipeline.checks._text import Text, joined
from pipeline.records import Evidence, Issue, Report, Span

_UNIT_END = (
    r"(?:局|委员会|委|办公室|中心|法院|检察院|医院|学校|中学|小学|学院|馆|站|所|队|会|院|政府|办事处|处|镇|乡|街道)"
)
_TITLE_NAME = re.compile(
    rf"(?:关于)?(?P<name>[\u4e00-\u9fff（）()]{{2,30}}?{_UNIT_END})(?=\s*(?:20\d\d|部门|单位|整体|关于|$))"
)
_SIGNED_NAME = re.compile(
    rf"\s*(?P<name>[\u4e00-\u9fff（）()]{{3,30}}{_UNIT_END})\s*(?:[（(](?:盖章|公章|章)[）)])?\s*"
)
_DATE_LINE = re.compile(r"\s*(?:20\d\d|二[〇○零]\S{2})\s*年.{1,8}月.{0,6}")
_TOWNSHIP = re.compile(r"(?P<stem>[\u4e00-\u9fff]{2,6}?)(?P<level>镇|乡|街道)(?:$|人民政府|政府|办事处|党委|机关)")
_PLACE_HEAD = re.compile(r"^.*?(?:自治州|自治县|省|市|州|县|区|旗)(?=[\u4e00-\u9fff]{2})")
_LAST_PLACE = re.compile(r"[\u4e00-\u9fff]{2,5}?(?P<level>自治县|[市县区旗])?$")
_LEVELS = ("镇", "乡", "街道")
# 县农业局 is the unit's own only where no other county stands before it (云溪县农业局).
_BEFORE = r"(?:(?<![\u4e00-\u9fff])|(?<=[为由经据按是对在向报请及被从以让使和与作]))"
_RENAMED = re.compile("更名|改为|改组|撤销|划")
_SHOWN = 4


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    agency = plain(evidence.reading.cover.agency)
    text = joined(report)
    if len(agency) >= 3:
        yield from _unit(report, text, agency, _slots(evidence))
    yield from _cited(text, report)


def _slots(evidence: Evidence) -> dict[str, Span]:
    """Names that the title and the signature give the unit."""
    report = evidence.reading.report
    title = re.sub(r"\s+", "", evidence.reading.cover.title)
    found: dict[str, Span] = {}
    for block in report.blocks[:12]:
        squeezed = re.sub(r"\s+", "", block.text)
        name = (
            _TITLE_NAME.match(re.sub(r"^20\d\d年度?", "", block.text.strip()))
            if squeezed and squeezed in title
            else None
        )
        if name and name["name"] in block.text:
            start = block.text.index(name["name"])
            found.setdefault(name["name"], Span(block.index, start, start + len(name["name"])))
    tail = [block for block in report.blocks[-15:] if block.cell is None and block.text.strip()]
    for line, date in pairwise(tail):
        name = _SIGNED_NAME.fullmatch(line.text)
        if name and _DATE_LINE.fullmatch(date.text):
            found.setdefault(name["name"], Span(line.index, *name.span("name")))
    return found


def _unit(report: Report, text: Text, agency: str, slots: dict[str, Span]) -> Iterator[Issue]:
    odd = {name: span for name, span in slots.items() if differ(agency, name)}
    for start, end in chain(_other_names(agency, text.string), _other_levels(agency, text.string)):
        span, name = text.span(start, end), text.string[start:end]
        if span and name not in agency:
            odd.setdefault(name, span)
    if not odd:
        return
    own = next(iter(text.places(agency)), None) or next((s for n, s in slots.items() if n not in odd), None)
    odd = dict(sorted(odd.items(), key=lambda pair: (pair[1].block, pair[1].start)))
    names = "".join(f"“{name}”" for name in list(odd)[:_SHOWN])
    yield Issue(
        f"本单位名称前后不一致：封面或填报栏为“{agency}”，另有{names}。",
        (*odd.values(), *([own] if own else [])),
        expected=agency,
        actual="、".join(odd),
    )


def _other_names(agency: str, string: str) -> Iterator[tuple[int, int]]:
    """Places of the other names of the unit's office with the unit's own place before them."""
    place, proper = parts(agency)
    names = sorted(former(proper), key=len, reverse=True)
    if not any(name in string for name in names):
        return
    forms = [(f"(?<!原){form}" if len(form) > 1 else _BEFORE + form) for form in map(re.escape, _forms(place))]
    own = re.compile(f"(?:{'|'.join(forms)})$")
    for found in re.finditer("|".join(names), string):
        before = own.search(string, max(0, found.start() - len(place) - 1), found.start())
        if before and not _RENAMED.match(string, found.end()):
            yield before.start(), found.end()


def _other_levels(agency: str, string: str) -> Iterator[tuple[int, int]]:
    """Places of the unit's township under another level: 松塘镇政府 in a report of 松塘乡."""
    township = _TOWNSHIP.match(_PLACE_HEAD.sub("", agency))
    if township:
        others = "|".join(level for level in _LEVELS if level != township["level"])
        name = rf"{township['stem']}(?<![原撤]{township['stem']})(?:{others})(?!镇)(?:人民政府|政府|办事处|党委|机关)?"
        yield from (found.span() for found in re.finditer(name, string))


def _forms(place: str) -> list[str]:
    """The unit's place as it may be written before an office, the longest first: in full, its last part, its level."""
    last = _LAST_PLACE.search(_PLACE_HEAD.sub("", place) or place)
    if last is None:
        return ["我市", "我县", "我区"]
    if last["level"] is None:
        return [*(place + level for level in "市县区"), place]
    return [place, last.group(), last["level"]]


def _cited(text: Text, report: Report) -> Iterator[Issue]:
    first: dict[tuple[str, str], Span] = {}
    for found, title, number in documents(text.string):
        span = text.span(*found.span("title"))
        if span:
            first.setdefault((title, number), span)
    for one, other in combinations(first, 2):
        if same_document(one, other):
            names = [report.quote(first[key]) for key in (one, other)]
            yield Issue(f"同一份文件有两个名称：《{names[0]}》和《{names[1]}》。", (first[other], first[one]))

"""空表上的占位文字应当换成本单位的内容。

为什么
    “指标1：”“二级机构1”“……”“XX局”“20XX年X月X日”“____万元”是空表上印好的占位。留在报告里，
    说明这一处没有填，或者整段照搬了范文。

做法
    按词表（placeholders.toml）逐段逐格查找：整格只有占位文字的，同类合并为一条，逐处标出；句子里用叉、星号、圆圈、下划线
    代替名称、日期、数字的，每段一条。签字、盖章、日期等手工填写处的空白按较低等级提示。

局限
    乘号（3×4）、《××办法》式的引用、姓氏后的叉和号码中的星号（为保护个人信息而隐去）、型号和英文里的 X 不算；
    叙述句末的省略号不算。二级机构等行即使填了数字，只要名称仍是“二级机构1”就算没有填。
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pipeline import lexicon
from pipeline.checks._table import Place, rows
from pipeline.checks._text import whole
from pipeline.records import Block, Evidence, Issue, Report, Span

_SHOWN = 3
_LONGEST_PRINT = 24
_INDICATOR = re.compile(r"\s*指标\s*[0-9一二三四五六七八九十]{1,2}\s*[：:]\s*(?:…+|\.{3,})?\s*")
_CROSSES = re.compile("[xXＸｘ×╳☓✕*＊○〇◯]")
_BRACKETS = re.compile(r"[（(【\\[<＜{]|待")
_GAPS = re.compile("[_＿ \\u3000]")
_SIGNS = re.compile("|".join(pattern.pattern for pattern in (_CROSSES, _BRACKETS, _GAPS)))
_BLANK_DATE = re.compile(
    r"(?:20\d{0,2})?[ \u3000_]+年[ \u3000_]+月(?:[ \u3000_]*日)?|20\d\d年[ \u3000_]+月[ \u3000_]+日"
)


@cache
def _whole(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in lexicon.load("placeholders")[kind]))


@cache
def _crosses() -> re.Pattern[str]:
    data = lexicon.load("placeholders")
    before = "|".join(map(re.escape, data["before"]))
    crosses = f"(?:{data['crosses']})"
    return re.compile(
        rf"(?<![0-9A-Za-z×xX*＊Ｘ])(?P<mark>{crosses})(?![0-9A-Za-z×*＊])(?={_after().pattern})"
        rf"|(?:{before}|[：:]\s*)(?P<alone>{crosses}(?:[-－—]{crosses})?)(?=[\s，。；、）)]|$)"
    )


def check(evidence: Evidence) -> Iterator[Issue]:
    blocks = evidence.reading.report.blocks
    taken: set[int] = set()
    for name, kind in (("“指标1”“二级机构1”一类的印制行", "printed"), ("省略号占位", "dots")):
        spans = tuple(_printed(evidence, kind))
        taken |= {span.block for span in spans}
        if spans:
            yield Issue(f"表格里还留着{name}：{_list(evidence, spans)}，没有换成本单位的内容。", spans)
    # One finding for one placeholder, however often it stands; a blank form has it in every paragraph.
    crossed: dict[tuple[str, bool], list[Span]] = {}
    for block in blocks:
        if not _SIGNS.search(block.text) or block.index in taken:
            continue
        if found := _crossed(block):
            manual = _by_hand(block.text)
            word = re.sub(r"[\s度]", "", block.text[found[0].start : found[0].end]).upper()
            crossed.setdefault((word, manual), []).extend(found)
        elif found := _blank(block):
            yield _unwritten(block, found, _by_hand(block.text))
    for (_, manual), found in crossed.items():
        said = _list(evidence, tuple(found))
        yield Issue(f"占位文字没有替换：{said}。", tuple(found), severity="low" if manual else None)


def _printed(evidence: Evidence, kind: str) -> Iterator[Span]:
    """Cells, or paragraphs of cells, that hold nothing but what the form printed there."""
    report = evidence.reading.report
    like = {b.index for b in report.blocks if 2 <= len(b.text) <= _LONGEST_PRINT and _is_print(kind, b.text.strip())}
    if not like:
        return
    for row in rows(report):
        for at, place in enumerate(row):
            for block in place.blocks:
                if block.index in like and not _is_header(block.text, place, row[at + 1 :]):
                    yield from _whole_span(report, block)
    for block in report.blocks:
        if block.cell is None and block.index in like and _INDICATOR.fullmatch(block.text):
            yield from _whole_span(report, block)


# The same in every report of a season.
@lru_cache(maxsize=8192)
def _is_print(kind: str, text: str) -> bool:
    return _whole(kind).fullmatch(text) is not None


def _whole_span(report: Report, block: Block) -> Iterator[Span]:
    span = whole(report, block.index)
    if span:
        yield span


def _is_header(text: str, place: Place, beside: tuple[Place, ...]) -> bool:
    """项目1 is a name like any other where its row is filled; 二级机构1 and 指标1： never are."""
    if re.search(r"机构|下属|所属|二级|基层|[：:]|…|\.\.", text):
        return False
    return any(re.search(r"[\u4e00-\u9fff]{2}", other.text) for other in beside) or place.cell.row == 0


def _by_hand(text: str) -> bool:
    """Whether the line is signed, sealed or dated by hand, and so left blank in the electronic file."""
    return len(text) < 80 and any(word in text for word in lexicon.load("placeholders")["signature"])


def _crossed(block: Block) -> list[Span]:
    """Crosses and bracketed names that stand for the unit's own words."""
    text = block.text
    found: list[Span] = []
    if _CROSSES.search(text):
        for match in _crosses().finditer(text):
            start, end = match.span("mark" if match["mark"] else "alone")
            if not _hidden(text, start, end):
                found.append(Span(block.index, *_named(text, start, end)))
        for match in _whole("dates").finditer(text):
            apart = all(match.end() <= span.start or span.end <= match.start() for span in found)
            if apart and not _measured(text, match):
                found.append(Span(block.index, *match.span()))
    found += [Span(block.index, *match.span()) for match in _bracketed(text)]
    return sorted(found, key=lambda span: span.start)


def _bracketed(text: str) -> Iterator[re.Match[str]]:
    """Names of blanks (（单位名称）, 待补充), each tried only where its first character stands."""
    end = 0
    for first in _BRACKETS.finditer(text):
        match = _whole("names").match(text, first.start())
        if match and match.start() >= end:
            end = match.end()
            yield match


def _blank(block: Block) -> list[Span]:
    if not _GAPS.search(block.text):
        return []
    places = [*_whole("blanks").finditer(block.text), *_BLANK_DATE.finditer(block.text)]
    return [Span(block.index, *match.span()) for match in places]


def _unwritten(block: Block, spans: list[Span], manual: bool) -> Issue:
    text, first = block.text, spans[0]
    dated = not text.strip(" \u3000_＿年月日0123456789：:.．")
    shown = " ".join(text[max(0, first.start - 6) : first.end + 4].split())
    return Issue(f"留有空白没有填写：“{shown}”。", tuple(spans), severity="low" if manual or dated else None)


@cache
def _after() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(lexicon.load("placeholders")["after"], key=len, reverse=True))))


def _named(text: str, start: int, end: int) -> tuple[int, int]:
    """The crosses with the word that they stand before (XX局)."""
    after = _after().match(text, end)
    return (start, after.end()) if after else (start, end)


def _hidden(text: str, start: int, end: int) -> bool:
    """Crosses that hide a person or quote a kind of document, and crosses of a formula or a picture's caption."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if before and before in "某" + lexicon.load("people")["surnames"] and after not in "局市县区镇乡省":
        return True
    open_title = text.rfind("《", 0, start) > text.rfind("》", 0, start)
    return open_title or before.isdigit() or after.isdigit()


def _measured(text: str, match: re.Match[str]) -> bool:
    """X元 as the unknown of a formula."""
    return any(sign in text[max(0, match.start() - 2) : match.end() + 2] for sign in "=＝+＋/÷")


def _list(evidence: Evidence, spans: tuple[Span, ...]) -> str:
    words = list(dict.fromkeys(evidence.reading.report.quote(span) for span in spans))
    return "、".join(f"“{word}”" for word in words[:_SHOWN]) + (f"等{len(spans)}处" if len(spans) > _SHOWN else "")

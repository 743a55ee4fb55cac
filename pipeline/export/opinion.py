"""复核意见: one page in Word that goes back to the unit. What was upheld, by family; conclusion, date and signature are
left to the person who signs."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from itertools import zip_longest

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from pipeline.export.places import block_places
from pipeline.export.upheld import OTHER, Upheld, sentence, short
from pipeline.records import Review

# The order of the catalogue.
_FAMILIES = ("勾稽", "评分", "目标", "结构", "问题与措施", "雷同与套话", "文本", "时间", OTHER)
# Fonts that official papers are set in, and what stands in for them where they are missing.
_TITLE, _HEAD, _BODY = "方正小标宋简体", "黑体", "仿宋_GB2312"
_FALLBACK = {_TITLE: "华文中宋,宋体", _HEAD: "SimHei,微软雅黑", _BODY: "仿宋,FangSong,华文仿宋"}
_SIZE, _LEADING = 12.0, 20.0
# Of a page with the margins of official papers: lines, those that the form itself takes, characters in a line.
_LINES, _FORM, _WIDTH = 31, 13, 36
_QUOTE = 40
_GRAVE = ("high", "medium", "low", "info")
_ORDINALS = "一二三四五六七八九"
_ILLEGAL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def opinion(review: Review, points: Sequence[Upheld]) -> bytes:
    """The Word file. What one page does not hold is named with its place alone."""
    document = docx.Document()
    _page(document)
    cover, report = review.reading.cover, review.reading.report
    _line(document, "绩效自评报告复核意见", _TITLE, size=20, leading=30, centred=True, after=8)
    year = f"{cover.year}年度" if cover.year else "　　　　年度"
    unit = cover.agency or "　　　　　　　　"
    _line(document, f"被复核单位：{unit}　　　　年度：{year}")
    file = short(report.name, 40)
    _line(document, f"报告名称：{short(cover.title, 50)}（{file}）" if cover.title else f"报告名称：{file}")
    _line(document, "复核结论：□ 通过　　□ 修改后通过　　□ 退回重报　　□ 其他：　　　　　　　　", _HEAD, after=4)
    if points:
        _line(document, f"{unit.strip('　') or '你单位'}：", after=0)
        _line(document, f"你单位报送的绩效自评报告经复核，有下列{len(points)}处需要核实或者修改：", indent=2)
        _points(document, points, review)
        _line(
            document,
            "请对照上述意见逐条核实、修改，于　　　　年　　月　　日前重新报送，并附修改情况说明；"
            "对意见有不同看法的，请一并书面说明理由。",
            indent=2,
        )
    else:
        _line(document, "你单位报送的绩效自评报告经复核，未发现需要修改的问题。", indent=2)
    _line(document, "复核人（签字）：　　　　　　　　　　复核单位（盖章）：　　　　　　　　", before=16)
    _line(document, "　　　　年　　月　　日", right=True)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _points(document: Document, points: Sequence[Upheld], review: Review) -> None:
    families = sorted({point.family for point in points}, key=_rank)
    groups = {family: [point for point in points if point.family == family] for family in families}
    told = _fitting(groups, review)
    places = block_places(review.reading.report.blocks)
    number = 0
    for ordinal, (family, group) in enumerate(groups.items()):
        _line(document, f"{_ORDINALS[min(ordinal, 8)]}、{family}类（{len(group)}处）", _HEAD, indent=2)
        for point in group:
            if id(point) in told:
                number += 1
                _line(document, f"{number}. {told[id(point)]}", indent=2)
        rest = [point for point in group if id(point) not in told]
        if rest:
            number += 1
            _line(document, f"{number}. {_named(rest, places, other=len(rest) < len(group))}", indent=2)


def _rank(family: str) -> tuple[int, str]:
    return (_FAMILIES.index(family) if family in _FAMILIES else len(_FAMILIES), family)


def _fitting(groups: dict[str, list[Upheld]], review: Review) -> dict[int, str]:
    """What is said of each point that one page has room for; the others are to be named with their places alone.

    All are told, with what to do if that fits too; or else one of each family in turn, the gravest first.
    """
    places = block_places(review.reading.report.blocks)
    room = _LINES - _FORM - len(groups)
    everything = [point for group in groups.values() for point in group]
    for advice in (True, False):
        said = {id(point): _said(point, review, advice) for point in everything}
        if sum(map(_lines, said.values())) <= room:
            return said
    room -= sum(_lines(_named(group, places, other=True)) for group in groups.values())
    queues = [sorted(group, key=lambda point: _GRAVE.index(point.severity)) for group in groups.values()]
    told: dict[int, str] = {}
    for point in (point for turn in zip_longest(*queues) for point in turn if point is not None):
        text = said[id(point)]
        if _lines(text) <= room:
            room -= _lines(text)
            told[id(point)] = text
    return told


def _named(points: Sequence[Upheld], places: Sequence[str], *, other: bool) -> str:
    """Points by their titles, each with its place or how many there are."""
    titles = Counter(point.title for point in points)
    where = {point.title: places[point.spans[0].block] for point in reversed(points) if point.spans}
    named = [
        f"{title}（{where.get(title, '全文')}）" if count == 1 else f"{title}（{count}处）"
        for title, count in titles.items()
    ]
    return f"{'另有' if other else ''}{'；'.join(named)}。"


def _said(point: Upheld, review: Review, advice: bool) -> str:
    """A point in one paragraph: the report's words, what is wrong with them, what to do."""
    quote = short(review.reading.report.quote(point.spans[0]), _QUOTE) if point.spans else ""
    said = sentence(" ".join((point.comment or point.message).split()))
    words = f"“{quote}”：" if quote and quote not in said else ""
    return f"{words}{said}{_advice(point) if advice and not point.comment else ''}"


def _advice(point: Upheld) -> str:
    return f"建议：{sentence(point.suggestion)}" if point.suggestion else ""


def _lines(text: str) -> int:
    """How many lines a point takes, with its indent and number; a line is never quite full."""
    return -(-(_width(text) + 5) // _WIDTH)


def _width(text: str) -> int:
    """In full-width characters."""
    return -(-sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text) // 2)


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    document.core_properties.author, document.core_properties.title = "", "绩效自评报告复核意见"
    document.core_properties.comments = ""
    table = next((part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml"), None)
    if table is not None:
        fonts = "".join(
            f'<w:font w:name="{font}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
            for font, other in _FALLBACK.items()
        )
        table._blob = table.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")


def _line(
    document: Document,
    text: str,
    font: str = _BODY,
    *,
    size: float = _SIZE,
    leading: float = _LEADING,
    indent: int = 0,
    before: float = 0,
    after: float = 0,
    centred: bool = False,
    right: bool = False,
) -> Paragraph:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(_ILLEGAL.sub("", text))
    run.font.size, run.font.name = Pt(size), font
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:eastAsia", "w:hAnsi", "w:cs"):
        fonts.set(qn(kind), font)
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(leading)
    form.first_line_indent = Pt(indent * size)
    if indent:
        chars = form._element.get_or_add_pPr().get_or_add_ind()
        chars.set(qn("w:firstLineChars"), str(indent * 100))
    if centred or right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT
    return paragraph

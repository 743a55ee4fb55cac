"""复核意见: one page in Word for the unit, of what a reviewer accepted; the conclusion is left to the person who signs."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from pipeline.records import Cover

_BODY, _HEAD = "仿宋", "黑体"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to be corrected: the family of its rule, what is wrong, the report's words, what to do."""

    family: str
    message: str
    quotes: tuple[str, ...]
    suggestion: str


def opinion(cover: Cover, name: str, points: Sequence[Point]) -> bytes:
    """The Word file."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    _line(document.add_paragraph(), "绩效自评报告复核意见", _HEAD, 22, centred=True)
    _line(document.add_paragraph(), f"{cover.agency or '　　　　'}：", _BODY, 15)
    year = f"{cover.year}年度" if cover.year else ""
    opening = f"你单位报送的{year}绩效自评报告（{name}）已经复核，下列{len(points)}处请核实、改正后重新报送。"
    _line(
        document.add_paragraph(),
        opening if points else "你单位报送的绩效自评报告已经复核，没有需要改正的地方。",
        _BODY,
        15,
        indent=True,
    )
    number = 0
    for family in dict.fromkeys(point.family for point in points):
        _line(document.add_paragraph(), family, _HEAD, 15)
        for point in points:
            if point.family == family:
                number += 1
                _line(document.add_paragraph(), f"{number}.{point.message}", _BODY, 14, indent=True)
                for quote in point.quotes:
                    _line(document.add_paragraph(), f"原文：“{quote}”", _BODY, 12, indent=True)
                if point.suggestion:
                    _line(document.add_paragraph(), f"建议：{point.suggestion}", _BODY, 14, indent=True)
    _line(document.add_paragraph(), "复核结论：", _HEAD, 15)
    _line(document.add_paragraph(), "请于　　　　年　　月　　日前报送改正后的报告。", _BODY, 15, indent=True)
    _line(document.add_paragraph(), "复核人：　　　　　　　　　　　　日期：　　　　年　　月　　日", _BODY, 15)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _line(
    paragraph: Paragraph, text: str, font: str, size: int, *, centred: bool = False, indent: bool = False
) -> None:
    run = paragraph.add_run("".join(letter for letter in text if letter.isprintable()))
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    paragraph.paragraph_format.space_after = Pt(4)

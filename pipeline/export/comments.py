"""The Word file that was handed in, given back with comments at the places that a reviewer confirmed.

Everything else in it stays: other parts byte by byte, comments that are there, every letter of the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from pipeline.export.anchoring import anchor
from pipeline.export.word_file import WordFile
from pipeline.records import Places, Span

_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_USUAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
# Not allowed in XML, or no character at all.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LONGEST_NAME = 50
# In half points. Comments stand in the body's style, which in these reports is large and indented.
_SIZE = "20"


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment at ``span``, None: about the report as a whole. ``at``: the time that Word shows, as it is."""

    span: Span | None
    text: str
    author: str
    at: datetime


def commented(data: bytes, places: Places, remarks: Sequence[Remark]) -> bytes:
    """The Word file ``data``, whose blocks stand at ``places``, with the remarks as comments, in their order.

    Raises WrongUsage where the file is too broken to be written back.
    """
    if not remarks:
        return data
    file = WordFile(data, places.part)
    document = file.document()
    name = etree.QName(document).namespace or ""
    kind = f"{_STRICT if 'purl.oclc.org' in name else _USUAL}/comments"
    part = file.related("comments", kind, _CONTENT_TYPE)
    comments = file.root(part)
    if comments is None:
        comments = etree.Element(f"{{{name}}}comments", nsmap={"w": name})
    first = _next(document, comments, f"{{{name}}}")
    numbered = list(enumerate(remarks, first))
    anchor(document, places.blocks, [(number, remark.span) for number, remark in numbered])
    comments.extend(_comment(number, remark, f"{{{name}}}") for number, remark in numbered)
    file.put(places.part, document)
    file.put(part, comments)
    return file.written()


def _next(document: etree._Element, comments: etree._Element, w: str) -> int:
    """The number that follows all those given to comments."""
    marks = document.iter(f"{w}commentRangeStart", f"{w}commentRangeEnd", f"{w}commentReference")
    ids = [element.get(f"{w}id", "") for element in (*marks, *comments.iter(f"{w}comment"))]
    return max((int(one) for one in ids if one.isascii() and one.isdecimal()), default=-1) + 1


def _comment(number: int, remark: Remark, w: str) -> etree._Element:
    author = _plain(remark.author)[:_LONGEST_NAME]
    comment = etree.Element(
        f"{w}comment",
        {
            f"{w}id": str(number),
            f"{w}author": author,
            f"{w}date": remark.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            f"{w}initials": author[:2],
        },
        nsmap={"w": w[1:-1]},
    )
    for i, line in enumerate(_plain(remark.text).split("\n")):
        paragraph = etree.SubElement(comment, f"{w}p")
        looks = etree.SubElement(paragraph, f"{w}pPr")
        etree.SubElement(looks, f"{w}spacing", dict.fromkeys((f"{w}before", f"{w}after"), "0"))
        etree.SubElement(looks, f"{w}ind", {f"{w}firstLine": "0", f"{w}firstLineChars": "0"})
        etree.SubElement(looks, f"{w}jc", {f"{w}val": "left"})
        if i == 0:
            etree.SubElement(etree.SubElement(paragraph, f"{w}r"), f"{w}annotationRef")
        run = etree.SubElement(paragraph, f"{w}r")
        size = etree.SubElement(run, f"{w}rPr")
        etree.SubElement(size, f"{w}sz", {f"{w}val": _SIZE})
        etree.SubElement(size, f"{w}szCs", {f"{w}val": _SIZE})
        text = etree.SubElement(run, f"{w}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        text.text = line
    return comment


def _plain(text: str) -> str:
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))

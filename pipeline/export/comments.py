"""The Word file that was handed in, given back with comments at the places that a reviewer accepted.

Runs are cut where a quotation begins and ends, with the same looks on both sides; no letter is added or taken away.
"""

import io
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

import docx
from docx.oxml.ns import qn
from docx.text.run import Run
from lxml import etree

from pipeline.records import Report, Span

_SPACE = re.compile(r"\s+")
_P, _R, _T, _RPR = qn("w:p"), qn("w:r"), qn("w:t"), qn("w:rPr")
# What is struck out, and text that belongs to a paragraph inside this one.
_SKIPPED = frozenset(map(qn, ("w:del", "w:moveFrom", "w:txbxContent", "w:pPr", "w:comment")))
_PRESERVED = "{http://www.w3.org/XML/1998/namespace}space"
_AUTHOR, _INITIALS = "财政复核", "复核"


@dataclass(frozen=True, slots=True)
class Remark:
    """What is written at a place of the report; ``spans`` as in a finding, the first is where it stands."""

    spans: tuple[Span, ...]
    text: str


@dataclass(slots=True)
class _Paragraph:
    """A paragraph of the package: its letters without white space, and the text element and offset of each."""

    element: etree._Element
    letters: str
    places: list[tuple[etree._Element, int]]


def commented(data: bytes, report: Report, remarks: Sequence[Remark]) -> tuple[bytes, tuple[Remark, ...]]:
    """The file with the remarks as comments, and those whose place was not found (their text box or note is not reached).

    ``data`` must be the Word file that ``report`` was read from.
    """
    document = docx.Document(io.BytesIO(data))
    paragraphs = list(_paragraphs(document.element.body))
    of_block = _aligned(report, paragraphs)
    lost = []
    for remark in remarks:
        span = remark.spans[0] if remark.spans else None
        paragraph = of_block.get(span.block) if span else None
        runs = _runs(paragraph, report.quote(span)) if span and paragraph else None
        if runs is None:
            lost.append(remark)
            continue
        parent = document.paragraphs[0] if document.paragraphs else document
        document.add_comment(
            [Run(run, parent) for run in runs],  # type: ignore[arg-type]
            text=remark.text,
            author=_AUTHOR,
            initials=_INITIALS,
        )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue(), tuple(lost)


def _paragraphs(body: etree._Element) -> Iterator[_Paragraph]:
    for element in body.iter(_P):
        made = _read(element)
        if made.letters:
            yield made


def _read(element: etree._Element) -> _Paragraph:
    letters: list[str] = []
    places: list[tuple[etree._Element, int]] = []
    for text in _texts(element):
        for at, letter in enumerate(text.text or ""):
            if not letter.isspace():
                letters.append(letter)
                places.append((text, at))
    return _Paragraph(element, "".join(letters), places)


def _texts(element: etree._Element) -> Iterator[etree._Element]:
    """Text elements of a paragraph that stand in it, in order."""
    for child in element:
        if child.tag == _T:
            yield child
        elif child.tag not in _SKIPPED:
            yield from _texts(child)


def _aligned(report: Report, paragraphs: Sequence[_Paragraph]) -> dict[int, _Paragraph]:
    """The paragraph of each block: both are in reading order, so that equal texts go to each other in turn."""
    found: dict[int, _Paragraph] = {}
    at = 0
    for block in report.blocks:
        words = _SPACE.sub("", block.text)
        if not words:
            continue
        ahead = next((i for i in range(at, len(paragraphs)) if _holds(paragraphs[i].letters, words)), None)
        if ahead is None:
            ahead = next((i for i in range(at) if _holds(paragraphs[i].letters, words)), None)
        else:
            # The same paragraph may hold several blocks (line breaks), so that it may come again.
            at = ahead
        if ahead is not None:
            found[block.index] = paragraphs[ahead]
    return found


def _holds(letters: str, words: str) -> bool:
    """Whether the paragraph has the block's words, but for a number that Word writes itself."""
    return words in letters or (len(letters) >= 2 and words.endswith(letters) and len(words) - len(letters) <= 12)


def _runs(paragraph: _Paragraph, quote: str) -> tuple[etree._Element, etree._Element] | None:
    """The first and the last run of the quotation, cut so that they hold it exactly; of the whole paragraph where the
    quotation holds what Word writes itself."""
    words = _SPACE.sub("", quote)
    start = paragraph.letters.find(words) if words else 0
    if start < 0:
        start, words = 0, paragraph.letters
    if not paragraph.places:
        return None
    end = min(start + max(1, len(words)), len(paragraph.places)) - 1
    first, last = paragraph.places[start], paragraph.places[end]
    _cut(last[0], last[1] + 1)
    head = _cut(first[0], first[1])
    # What was read of the paragraph no longer holds once its runs are cut.
    fresh = _read(paragraph.element)
    paragraph.letters, paragraph.places = fresh.letters, fresh.places
    head = paragraph.places[start][0]
    tail = paragraph.places[end][0]
    one, other = _run_of(head), _run_of(tail)
    return (one, other) if one is not None and other is not None else None


def _run_of(text: etree._Element) -> etree._Element | None:
    return next((element for element in text.iterancestors(_R)), None)


def _cut(text: etree._Element, at: int) -> etree._Element:
    """Cuts the run of ``text`` before letter ``at`` of it; the element that begins there."""
    run, words = _run_of(text), text.text or ""
    if run is None or text.getparent() is not run or not 0 < at < len(words):
        return text
    following = etree.SubElement(run, _R)
    run.addnext(following)
    properties = run.find(_RPR)
    if properties is not None:
        following.append(deepcopy(properties))
    rest = etree.SubElement(following, _T)
    rest.text, text.text = words[at:], words[:at]
    for element in (text, rest):
        element.set(_PRESERVED, "preserve")
    for sibling in list(text.itersiblings()):
        following.append(sibling)
    return rest

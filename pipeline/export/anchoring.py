"""Marks put around words of a Word document. Runs are cut where the words begin and end, with the same looks on both
sides; no letter is added, taken away or moved."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from pipeline.records import Place, Span

_PRESERVED = "{http://www.w3.org/XML/1998/namespace}space"
# Within a run: the number of the child and the character in it. No run has so many children.
_Cut = tuple[int, int]
_BEFORE: _Cut = (0, 0)
_AFTER: _Cut = (1 << 60, 0)


@dataclass(slots=True)
class _Marks:
    """The numbers of the comments that end and begin at one cut."""

    ends: list[int] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)


def anchor(root: etree._Element, places: Sequence[Place], spans: Sequence[tuple[int, Span | None]]) -> None:
    """Puts the marks of comments into the document: each as its number and where it stands, None for the whole report.

    Words that Word writes itself, such as a paragraph's number, are marked with the words that follow; places in a text
    box or a note, where Word takes no comments, at the box or at the reference.
    """
    w = f"{{{etree.QName(root).namespace}}}"
    found = [_reach(places, span) for _, span in spans]
    wanted = {number for reach in found for number, _ in reach}
    elements = {i: element for i, element in enumerate(root.iter("*")) if i in wanted}
    cuts: dict[etree._Element, dict[_Cut, _Marks]] = defaultdict(lambda: defaultdict(_Marks))
    empty: dict[etree._Element, list[int]] = defaultdict(list)
    for (number, _), reach in zip(spans, found, strict=True):
        (first, start), (last, end) = reach
        if start is None and elements[first].tag in (f"{w}p", f"{w}tc"):
            empty[elements[first]].append(number)
            continue
        run, cut = _begin(elements[first], start, f"{w}r")
        cuts[run][cut].begins.append(number)
        run, cut = _end(elements[last], end, f"{w}r")
        cuts[run][cut].ends.append(number)
    for run, marks in cuts.items():
        _mark(run, marks, w)
    for holder, numbers in empty.items():
        if holder.tag == f"{w}tc":
            holder = etree.SubElement(holder, f"{w}p")
        for number in numbers:
            holder.extend([*_begins([number], w), *_ends([number], w)])


def _reach(places: Sequence[Place], span: Span | None) -> tuple[tuple[int, int | None], tuple[int, int | None]]:
    """Element and character (None: as a whole) in which the marks begin and in which they end."""
    if span is None:
        # The report as a whole: its first words.
        place = next((place for place in places if place.stretches), places[0])
        start, end = 0, 0
    else:
        place = places[span.block]
        start, end = span.start, span.end
    if not place.stretches:
        return (place.holder, None), (place.holder, None)
    touched = [one for one in place.stretches if max(one.start, start) < min(one.end, end)]
    if not touched:
        # An empty place, or what Word writes itself: all that stands there.
        touched, start, end = list(place.stretches), 0, place.stretches[-1].end
    first, last = touched[0], touched[-1]
    start, end = max(start, first.start), min(end, last.end)
    return (
        (first.element, None if first.at is None else first.at + start - first.start),
        (last.element, None if last.at is None else last.at + end - last.start),
    )


def _begin(element: etree._Element, at: int | None, r: str) -> tuple[etree._Element, _Cut]:
    """The run to cut, or the whole to stay before, and where."""
    run = element.getparent()
    if element.tag == r or run is None or run.tag != r:
        return element, _BEFORE
    return run, (run.index(element), (at or 0) if not len(element) else 0)


def _end(element: etree._Element, at: int | None, r: str) -> tuple[etree._Element, _Cut]:
    run = element.getparent()
    if element.tag == r or run is None or run.tag != r:
        return element, _AFTER
    child = run.index(element)
    if at is None or len(element) or at >= len(element.text or ""):
        return run, (child + 1, 0)
    return run, (child, at)


def _mark(run: etree._Element, marks: dict[_Cut, _Marks], w: str) -> None:
    """Cuts a run, the last cut first, and puts the marks there."""
    content = next((i for i, child in enumerate(run) if child.tag != f"{w}rPr"), len(run))
    outside = run.tag != f"{w}r"
    for cut in sorted(marks, reverse=True):
        put = [*_ends(marks[cut].ends, w), *_begins(marks[cut].begins, w)]
        child, at = cut
        if (child, at) <= (content, 0):
            for element in put:
                run.addprevious(element)
            continue
        after = run
        if not outside and child < len(run):
            after.addnext(_cut(run, child, at, w))
        for element in reversed(put):
            after.addnext(element)


def _cut(run: etree._Element, child: int, at: int, w: str) -> etree._Element:
    """Takes what stands from character ``at`` of child ``child`` on into a run of its own."""
    rest = etree.Element(run.tag)
    rest.attrib.update(run.attrib)
    properties = run.find(f"{w}rPr")
    if properties is not None:
        rest.append(deepcopy(properties))
    moved = list(run)[child:]
    if at:
        text = moved.pop(0)
        words = text.text or ""
        other = etree.SubElement(rest, text.tag)
        text.text, other.text = words[:at], words[at:]
        for element in (text, other):
            element.set(_PRESERVED, "preserve")
    rest.extend(moved)
    return rest


def _begins(numbers: Sequence[int], w: str) -> Iterator[etree._Element]:
    for number in numbers:
        yield etree.Element(f"{w}commentRangeStart", {f"{w}id": str(number)})


def _ends(numbers: Sequence[int], w: str) -> Iterator[etree._Element]:
    for number in numbers:
        yield etree.Element(f"{w}commentRangeEnd", {f"{w}id": str(number)})
        reference = etree.Element(f"{w}r")
        etree.SubElement(reference, f"{w}commentReference", {f"{w}id": str(number)})
        yield reference

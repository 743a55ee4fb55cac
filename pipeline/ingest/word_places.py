"""Where in a document's XML the characters of its blocks stand, so that something can be put there."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from lxml import etree

from pipeline.ingest.word_names import w
from pipeline.ingest.word_symbols import in_symbol_font
from pipeline.records import Place, Stretch

_R, _T, _RPR = w("r"), w("t"), w("rPr")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block comes from: characters ``start``.. of ``pieces`` put together, each from its element of ``sources``,
    after ``lead`` characters that Word writes itself. Without pieces all of it stands in ``holder``: a paragraph, or the
    run that its text box or note hangs on.
    """

    holder: etree._Element
    lead: int = 0
    start: int = 0
    pieces: Sequence[str] = ()
    sources: Sequence[etree._Element] = ()


def outermost_run(element: etree._Element) -> etree._Element:
    """The run of the body that ``element`` stands in, or else the element: formulas stand beside runs."""
    return next(reversed(list(element.iterancestors(_R))), element)


def starts(text: str) -> Iterator[int]:
    """Where each line of ``text`` begins that is not blank, without its white space."""
    at = 0
    for line in text.split("\n"):
        if held := line.strip():
            yield at + line.index(held)
        at += len(line) + 1


def places(root: etree._Element, origins: Sequence[tuple[str, Origin]]) -> tuple[Place, ...]:
    """The places of blocks, given as text and origin, as numbers of elements in document order."""
    found = [(origin.holder, list(_stretches(len(text), origin))) for text, origin in origins]
    wanted = {element for _, stretches in found for _, _, element, _ in stretches}
    wanted.update(holder for holder, _ in found)
    numbers = {element: i for i, element in enumerate(root.iter("*")) if element in wanted}
    return tuple(
        Place(
            numbers[holder],
            tuple(Stretch(start, end, numbers[element], at) for start, end, element, at in stretches),
        )
        for holder, stretches in found
    )


def _stretches(length: int, origin: Origin) -> Iterator[tuple[int, int, etree._Element, int | None]]:
    ends = list(accumulate(map(len, origin.pieces)))
    shift = origin.lead - origin.start
    for i in range(bisect_right(ends, origin.start), len(ends)):
        begin = ends[i] - len(origin.pieces[i])
        start, end = max(begin + shift, origin.lead), min(ends[i] + shift, length)
        if start >= length:
            return
        if start >= end:
            continue
        run = outermost_run(origin.sources[i])
        if origin.sources[i].getparent() is not run:
            yield start, end, run, None
        elif origin.sources[i].tag == _T and not in_symbol_font(run.find(_RPR)):
            yield start, end, origin.sources[i], start - shift - begin
        else:
            yield start, end, origin.sources[i], None

"""One block's text as HTML: findings highlighted, claims underlined, overlaps cut at their borders."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

from pipeline.export import words
from pipeline.records import Severity

_WORST: tuple[Severity, ...] = ("high", "medium", "low", "info")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a block. ``anchor`` is its id in the page; without a ``number`` it is only something to jump to."""

    start: int
    end: int
    anchor: str
    number: int = 0
    severity: Severity = "info"
    card: str = ""


@dataclass(frozen=True, slots=True)
class Underline:
    """A claim in a block; ``note`` is what the pointer shows."""

    start: int
    end: int
    note: str


def marked(text: str, marks: Sequence[Mark], underlines: Sequence[Underline]) -> str:
    """``text`` escaped, in one run of elements that never overlap.

    A piece that several findings share is one ``mark`` that lists all their numbers (``data-f``) and looks like the
    worst of them. After the end of each finding's span comes its number, a link to its card.
    """
    if not marks and not underlines:
        return str(escape(text))
    size = len(text)
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in marks:
        start = min(mark.start, size)
        opening.setdefault(start, []).append(mark)
        closing.setdefault(max(start, min(mark.end, size)), []).append(mark)
    notes = {u.start: u for u in underlines if u.start < u.end}
    ends = {u.end for u in notes.values()}
    cuts = sorted({0, size, *opening, *closing, *(c for c in notes if c < size), *(c for c in ends if c < size)})

    out: list[str] = []
    active: list[Mark] = []
    underline: Underline | None = None
    for cut, following in zip(cuts, [*cuts[1:], None], strict=True):
        begun = opening.get(cut, ())
        ended = closing.get(cut, ())
        for mark in ended:
            if mark in active:
                active.remove(mark)
                out.append(_number(mark))
        for mark in begun:
            out.append(f'<span class="at" id="{mark.anchor}"></span>')
            if min(mark.end, size) > cut:
                active.append(mark)
            else:
                out.append(_number(mark))
        if underline and underline.end <= cut:
            underline = None
        underline = notes.get(cut, underline)
        if following is not None:
            out.append(_piece(text[cut:following], active, underline))
    return "".join(out)


def _piece(text: str, active: Sequence[Mark], underline: Underline | None) -> str:
    piece = str(escape(text))
    if underline:
        piece = f'<span class="q" title="{escape(underline.note)}">{piece}</span>'
    shown = [mark for mark in active if mark.number]
    if shown:
        severity = min((mark.severity for mark in shown), key=_WORST.index)
        numbers = " ".join(str(n) for n in sorted({mark.number for mark in shown}))
        piece = f'<mark class="{severity}" data-f="{numbers}">{piece}</mark>'
    return piece


def _number(mark: Mark) -> str:
    if not mark.number:
        return ""
    label = f"发现{mark.number}（{words.SEVERITY[mark.severity]}）"
    return f'<a class="no {mark.severity}" href="#{mark.card}" data-n="{mark.number}" aria-label="{label}"></a>'

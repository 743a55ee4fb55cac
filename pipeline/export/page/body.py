"""The report's text as HTML: sections tinted and named, tables as tables, findings and claims marked."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from pipeline.export import words
from pipeline.export.page.marks import Mark, Underline, marked
from pipeline.export.page.tables import Table, nested
from pipeline.records import Block, Claim, Quantity, Report, Review, Section, SectionKind

# The four kinds that decide a report; the others are left white.
_TINTED = frozenset({"duties", "achievements", "problems", "measures"})


def owners(report: Report, sections: Sequence[Section]) -> list[int]:
    """For each block the number of its innermost section, -1 where it is in none."""
    size = len(report.blocks)
    owner = [-1] * size
    # The wider first, so that the narrower ones are painted over them.
    for i in sorted(range(len(sections)), key=lambda i: sections[i].first - sections[i].last):
        first, last = sections[i].first, min(sections[i].last, size)
        owner[first:last] = [i] * max(0, last - first)
    return owner


def body(review: Review, prefix: str, owner: Sequence[int]) -> Markup:
    """The text of one report. Ids in it begin with ``prefix``: ``-s`` sections, ``-f`` evidence, ``-m`` matches."""
    return Markup(_Writer(review, prefix, owner).write())  # noqa: S704 - every text in it was escaped piece by piece


class _Writer:
    def __init__(self, review: Review, prefix: str, owner: Sequence[int]) -> None:
        reading = review.reading
        self._blocks = reading.report.blocks
        self._prefix = prefix
        self._sections = reading.sections
        self._kinds: list[SectionKind] = [reading.sections[i].kind if i >= 0 else "other" for i in owner]
        self._starts: dict[int, list[int]] = {}
        for i, section in enumerate(reading.sections):
            self._starts.setdefault(section.first, []).append(i)
        self._marks = _marks(review, prefix)
        self._underlines = _underlines(reading.claims)
        self._out: list[str] = []

    def write(self) -> str:
        for piece in nested(self._blocks):
            if isinstance(piece, Table):
                self._table(piece)
            else:
                self._paragraph(piece, self._tint(piece))
            self._out.append("\n")
        return "".join(self._out)

    def _paragraph(self, block: Block, tint: str) -> None:
        tag = f"h{min(block.level + 2, 6)}" if block.level else "p"
        kind = f' class="{tint}"' if tint else ""
        self._out.append(f"<{tag}{kind}>{self._labels(block)}{self._text(block)}</{tag}>")

    def _table(self, table: Table) -> None:
        self._out.append('<div class="wide"><table>\n')
        for row in table.rows:
            self._out.append("<tr>")
            for cell in row:
                spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
                spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
                if not cell.content:
                    self._out.append(f'<td class="gap"{spans}></td>')
                else:
                    self._cell(cell.content, spans)
            self._out.append("</tr>\n")
        self._out.append("</table></div>")

    def _cell(self, content: Sequence[Block | Table], spans: str) -> None:
        first = content[0]
        tint = self._tint(first) if isinstance(first, Block) else ""
        kind = f' class="{tint}"' if tint else ""
        self._out.append(f"<td{kind}{spans}>")
        if len(content) == 1 and isinstance(first, Block):
            self._out.append(self._labels(first) + self._text(first))
        else:
            for piece in content:
                if isinstance(piece, Table):
                    self._table(piece)
                else:
                    own = self._tint(piece)
                    self._paragraph(piece, own if own != tint else "")
        self._out.append("</td>")

    def _text(self, block: Block) -> str:
        return marked(block.text, self._marks.get(block.index, ()), self._underlines.get(block.index, ()))

    def _tint(self, block: Block) -> str:
        kind = self._kinds[block.index]
        return f"k {kind}" if kind in _TINTED else ""

    def _labels(self, block: Block) -> str:
        """Where sections begin: their ids, and each kind's name once."""
        begun = self._starts.get(block.index)
        if not begun:
            return ""
        out = [f'<span class="at" id="{self._prefix}-s{i}"></span>' for i in begun]
        kinds = dict.fromkeys(self._sections[i].kind for i in begun)
        out += [f'<span class="kind {kind}">{escape(words.SECTION[kind])}</span>' for kind in kinds if kind != "other"]
        return "".join(out)


def _marks(review: Review, prefix: str) -> Mapping[int, list[Mark]]:
    found: dict[int, list[Mark]] = {}
    for number, finding in enumerate(review.findings, 1):
        for i, span in enumerate(finding.spans):
            anchor, card = f"{prefix}-f{number}-{i}", f"{prefix}-c{number}"
            mark = Mark(span.start, span.end, anchor, number, finding.severity, card)
            found.setdefault(span.block, []).append(mark)
    for number, match in enumerate(review.matches, 1):
        found.setdefault(match.span.block, []).append(Mark(match.span.start, match.span.end, f"{prefix}-m{number}"))
    return found


def _underlines(claims: Iterable[Claim]) -> Mapping[int, list[Underline]]:
    found: dict[int, list[Underline]] = {}
    for block, group in groupby(claims, key=lambda claim: claim.span.block):
        found.setdefault(block, []).extend(Underline(claim.span.start, claim.span.end, _note(claim)) for claim in group)
    return found


def _note(claim: Claim) -> str:
    """What the pointer shows: the metric, the part it plays, the number without its magnitude word, the period."""
    quantity = claim.quantity
    shown = (
        words.KIND[quantity.kind],
        claim.metric,
        words.role(claim) if claim.role != "value" else "",
        words.QUALIFIER[quantity.qualifier],
        _number(quantity),
        words.period(claim.period),
    )
    return "　".join(filter(None, shown))


def _number(quantity: Quantity) -> str:
    value, low, high, unit = quantity.value, quantity.low, quantity.high, quantity.unit
    if value is not None:
        return f"{value:,f}{unit}"
    if low is not None and high is not None:
        return f"{low:,f} 至 {high:,f}{unit}"
    if low is not None:
        return f"{low:,f}{unit}起"
    return f"至多 {high:,f}{unit}" if high is not None else ""

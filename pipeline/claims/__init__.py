"""The quantitative claims of a report, from its prose and from its tables."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b

from pipeline import table
from pipeline.claims import precision, prose, tables
from pipeline.records import Block, Cell, Claim, Report, Section, SectionKind, Span

__all__ = ["extract", "of_text"]


def extract(report: Report, sections: Sequence[Section]) -> tuple[Claim, ...]:
    """The claims of ``report`` in reading order, each with the kind of the innermost of ``sections`` that holds it."""
    grids = table.of(report)
    silent = tables.silent(grids)
    found = list(prose.claims([block for block in report.blocks if block.text and block.index not in silent]))
    for grid in grids:
        found += tables.claims(grid)
    found.sort(key=lambda claim: (claim.span.block, claim.span.start))
    found = precision.shared(found, report.blocks)
    return tuple(_stamped(found, report, _kinds(report, sections)))


def of_text(text: str) -> list[Claim]:
    """The claims of a text on its own, spans being offsets in it; lines with TABs are rows of a table."""
    blocks, starts = _blocks(text)
    report = Report("", "", blocks)
    return [
        replace(
            claim, span=Span(0, claim.span.start + starts[claim.span.block], claim.span.end + starts[claim.span.block])
        )
        for claim in extract(report, ())
    ]


def _blocks(text: str) -> tuple[tuple[Block, ...], list[int]]:
    blocks: list[Block] = []
    starts: list[int] = []
    at = row = 0
    grid = -1
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) > 1:
            grid, row = (grid, row + 1) if row else (grid + 1, 1)
        else:
            row = 0
        for column, piece in enumerate(cells):
            blocks.append(Block(len(blocks), piece, 0, Cell(grid, row, column) if row else None))
            starts.append(at)
            at += len(piece) + 1
    return tuple(blocks), starts


def _kinds(report: Report, sections: Sequence[Section]) -> list[SectionKind]:
    """The kind of the innermost section of every block."""
    kinds: list[SectionKind] = ["other"] * len(report.blocks)
    for section in sorted(sections, key=lambda one: one.first - one.last):
        kinds[section.first : section.last] = [section.kind] * (section.last - section.first)
    return kinds


def _stamped(found: Iterable[Claim], report: Report, kinds: Sequence[SectionKind]) -> Iterator[Claim]:
    """``found`` with sections, and with ids made of the quoted words and a counter, never of positions."""
    repeats: Counter[str] = Counter()
    for claim in found:
        key = f"{claim.metric}\n{report.quote(claim.span)}"
        repeats[key] += 1
        name = blake2b(f"{key}\n{repeats[key]}".encode(), digest_size=8).hexdigest()
        yield Claim(
            name, claim.span, claim.quantity, claim.metric, claim.role, claim.direction, claim.period,
            kinds[claim.span.block], claim.source, claim.group,
        )  # fmt: skip

"""Cover and sections of a report.

Headings are rarely styled, so they are recognised by number, wording, position and shortness; labelled cells of form
tables open sections of their own; a heading that names two kinds is split by what follows it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline import table
from pipeline.records import Block, Profile, Report, Section
from pipeline.segment import forms, outline, split
from pipeline.segment.cover import cover
from pipeline.segment.draft import Draft
from pipeline.segment.headings import Heading, heading
from pipeline.segment.titles import bare, primary
from pipeline.table import Place

_CONTENTS_LINE = 60
_CONTENTS_RUN = 3

__all__ = ["cover", "sections"]


def sections(report: Report, profile: Profile) -> tuple[Section, ...]:
    """The sections of ``report``, outer before inner, in reading order."""
    blocks = report.blocks
    rows = [row for grid in table.of(report) for row in grid.rows]
    fields = forms.fields(rows)
    drafts = [
        _of_node(node)
        for node in outline.tree(_headings(blocks, rows), len(blocks))
        if node.opens and not _lead_in(node)
    ]
    for draft in drafts:
        cell = blocks[draft.first].cell
        if cell is not None:
            # A part of a form ends with its table at the latest.
            ends = next(
                (b.index for b in blocks[draft.first :] if b.cell is None or b.cell.table < cell.table), len(blocks)
            )
            draft.last = min(draft.last, ends)
    drafts += [Draft(f.kind, f.title, f.first, f.last, f.body, f.both) for f in fields]
    for place in _texts(rows):
        drafts += _inside(blocks, place, fields)
    drafts = split.settle(blocks, drafts, profile)
    return tuple(_levelled(drafts))


def _headings(blocks: Sequence[Block], rows: Sequence[Sequence[Place]]) -> Iterator[Heading]:
    """Headings of the body and of table rows that hold nothing else, in reading order."""
    alone = set()
    for row in rows:
        filled = [place for place in row if place.text]
        if len(filled) == 1 and filled[0].last - filled[0].first == 1 and (len(row) == 1 or filled[0].column == 0):
            alone.add(filled[0].first)
    contents = _contents(blocks)
    begun = False
    for block in blocks:
        if block.index in contents:
            continue
        if block.cell is not None and block.index not in alone:
            continue
        found = heading(block)
        # Before any other heading 附件2 numbers the whole report, it does not begin an attachment.
        if found is not None and found.attachment and not begun:
            continue
        # In a table only numbered rows are parts of the form; 社会效益 alone in a row is an indicator.
        if found is not None and (block.cell is None or found.mark is not None):
            begun = True
            yield found


def _contents(blocks: Sequence[Block]) -> set[int]:
    """Lines of a table of contents without page numbers: a run of headings that all come again, with their bodies."""
    lines = [bare(block.text) if block.cell is None and len(block.text) <= _CONTENTS_LINE else "" for block in blocks]
    repeated = {text for text, times in Counter(filter(None, lines)).items() if times > 1}
    found: set[int] = set()
    run: list[int] = []
    for i, text in enumerate([*lines, ""]):
        if text and text in repeated and text not in {lines[j] for j in run}:
            run.append(i)
            continue
        if len(run) >= _CONTENTS_RUN:
            found.update(run)
        run = [i] if text and text in repeated else []
    return found


def _texts(rows: Sequence[Sequence[Place]]) -> Iterator[Place]:
    """Cells that hold a text of several paragraphs, which may have headings of its own."""
    for row in rows:
        for place in row:
            if place.last - place.first >= 3:
                yield place


def _inside(blocks: Sequence[Block], place: Place, fields: Sequence[forms.Field]) -> Iterator[Draft]:
    found = [h for h in map(heading, blocks[place.first : place.last]) if h is not None]
    around = next((field for field in fields if field.first <= place.first and place.last <= field.last), None)
    for node in outline.tree(found, place.last):
        if not (node.opens and node.heading.title.sure and node.heading.title.kinds):
            continue
        if (
            around is None
            or around.both
            or around.kind == "overview"
            or {around.kind, node.kind} <= {"problems", "measures"}
        ):
            yield _of_node(node)


def _lead_in(node: outline.Node) -> bool:
    """A sentence that begins like a heading (我局主要职责是：…; 整改措施：…) where the heading above is to be split by
    such sentences: it rules its own paragraph, not all that follows."""
    if node.style != "unmarked" or node.heading.whole or node.parent is None:
        return False
    above = set(node.parent.heading.title.kinds)
    return ("overview" in above and node.kind == "duties") or {"problems", "measures"} <= above


def _of_node(node: outline.Node) -> Draft:
    kinds = set(node.heading.title.kinds)
    body = node.first + node.heading.whole
    both = {"problems", "measures"} <= kinds and node.kind == primary(node.heading.title)
    return Draft(
        node.kind, node.heading.text.strip(" 。：:；;"), node.first, node.last, body, both,
        node.heading.title.weak, kinds=tuple(node.heading.title.kinds),
    )  # fmt: skip


def _levelled(drafts: list[Draft]) -> Iterator[Section]:
    open_: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.first, -d.last)):
        while open_ and draft.first >= open_[-1].last:
            open_.pop()
        if open_:
            draft.last = min(draft.last, open_[-1].last)
        open_.append(draft)
        yield Section(draft.kind, draft.title, draft.first, draft.last, len(open_))

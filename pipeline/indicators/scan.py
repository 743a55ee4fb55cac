"""A report's tables gone through row by row for the sheets in them."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.indicators import execution, goals, grid, turned
from pipeline.indicators.body import Line, lines
from pipeline.indicators.draft import Draft, sheet_words
from pipeline.indicators.flat import aligned
from pipeline.indicators.grid import Grid, Row, cells
from pipeline.indicators.layout import Heading, heading, layout
from pipeline.indicators.rows import Reader
from pipeline.indicators.sheet import Execution, Goal, Sheet
from pipeline.indicators.totals import grade, total
from pipeline.indicators.words import named
from pipeline.records import Block, Claim
from pipeline.table import Table

Claims = Mapping[int, Sequence[Claim]]


def sheets(tables: Sequence[Table], blocks: Sequence[Block], claims: Claims) -> Iterator[Sheet]:
    """The sheets in reading order. Goals and an execution row that stand in a table before go with the next sheet."""
    sign = sheet_words("sign")
    signed = {one.index for one in tables if any(sign.search(place.label) for row in one.rows for place in row)}
    if not signed:
        return
    scan = _Scan(blocks, claims)
    captions = {one.index: one.caption for one in reversed(tables)}
    for index, full, flat in grid.of([one for one in tables if one.index in signed]):
        scan.table(index, turned.upright(full), flat, captions[index])
    for draft in scan.done():
        yield draft.sheet()


class _Scan:
    """The sheets found so far, and the goals and the execution row that have no sheet yet."""

    def __init__(self, blocks: Sequence[Block], claims: Claims) -> None:
        self._blocks, self._claims = blocks, claims
        self._drafts: list[Draft] = []
        self._goals: list[Goal] = []
        self._execution: Execution | None = None
        self._seen = 0

    def done(self) -> list[Draft]:
        execution_alone = self._execution is not None and (self._execution.weight or self._execution.score)
        if not self._drafts and (execution_alone or any(goal.targets and goal.results for goal in self._goals)):
            self._drafts.append(Draft(self._seen))
        if self._drafts:
            self._give(self._drafts[-1])
        return self._drafts

    def _give(self, draft: Draft) -> None:
        draft.goals += self._goals
        draft.execution = draft.execution or self._execution
        self._goals, self._execution = [], None

    def table(self, index: int, full: Grid, flat: bool, caption: tuple[str, ...]) -> None:
        titles = list(caption)
        at = self._continued(index, full, full.cells[0][0].first)
        while at < len(full):
            if execution.is_heading(full, at):
                self._execution = self._execution or execution.read(full, at, flat, self._claims)
                self._seen, at = index, at + 1
            elif head := heading(full, at):
                at = self._part(index, full, at, head, flat, tuple(titles))
            elif goal := goals.read(full, at, self._claims):
                self._goals.append(goal[0])
                self._seen, at = index, goal[1]
            else:
                row = full.cells[at]
                if len(row) == 1 and row[0].label:
                    titles.append(row[0].label)
                at += 1
        for draft in self._drafts[-1:]:
            if draft.seen == index:
                draft.last = max(place.last for row in full.cells for place in row) - 1
                self._give(draft)

    def _part(self, index: int, full: Grid, at: int, head: Heading, flat: bool, titles: tuple[str, ...]) -> int:
        """Reads the indicators under a header; the row behind them."""
        found = list(lines(full, head.bottom, len(full.cells[head.bottom - 1])))
        rows: dict[int, Row] = {line.at: full.rows[line.at] for line in found}
        bottom = head.bottom
        if flat:
            tops, body = aligned(full.rows[at:bottom], [full.rows[line.at] for line in found])
            rows = {line.at: row for line, row in zip(found, body, strict=True)}
            head = heading(Grid(tops), 0) or head
        plan = layout(head, [rows[line.at] for line in found if line.kind == "row"])
        if plan is None:
            return bottom
        draft = self._draft(index, full.cells[at][0].first, head, titles)
        draft.layout, draft.heading, draft.width, draft.flat = plan, head, full.width, flat
        draft.add_columns(plan)
        self._read(draft, index, found, rows)
        return found[-1].at + 1 if found else bottom

    def _draft(self, index: int, first: int, head: Heading, titles: tuple[str, ...]) -> Draft:
        """The sheet that a header goes on with, or a new one; ``first`` is the header's first block."""
        last = self._drafts[-1] if self._drafts else None
        same = last is not None and last.heading is not None and last.heading.known == head.known
        if last is not None and same and not last.closed and (last.seen == index or self._adjacent(last.last, first)):
            return last
        draft = Draft(index, titles)
        self._give(draft)
        self._drafts.append(draft)
        return draft

    def _adjacent(self, last: int, first: int) -> bool:
        """Whether nothing stands between two blocks but blanks and the word that the table goes on."""
        between = "".join(block.text for block in self._blocks[last + 1 : first])
        return 0 <= last < first and "".join(between.split()).strip("（）()") in ("", "续表", "续", "接上表")

    def _continued(self, index: int, full: Grid, first: int) -> int:
        """Reads a table that goes on with the sheet before it without a header; the row behind what it read."""
        draft = self._drafts[-1] if self._drafts else None
        if draft is None or draft.closed or draft.layout is None or full.width != draft.width:
            return 0
        names = draft.layout.name.first
        if not self._adjacent(draft.last, first) or not any(
            any(named(place.label)) for row in full.rows for place in row[: names + 1] if place is not None
        ):
            return 0
        found = list(lines(full, 0, len(full.cells[0])))
        self._read(draft, index, found, {line.at: full.rows[line.at] for line in found})
        return found[-1].at + 1 if found else 0

    def _read(self, draft: Draft, index: int, found: Sequence[Line], rows: Mapping[int, Row]) -> None:
        plan = draft.layout
        if plan is None:
            return
        draft.seen = index
        reader = Reader(plan, self._claims)
        for line in found:
            row = rows[line.at]
            if line.kind == "row":
                reader.row(row)
            elif line.kind == "group":
                reader.group(cells(row)[0])
            elif line.kind == "total":
                draft.weight, draft.score = total(row, plan, self._claims)
                draft.closed = True
            draft.grade = grade(row, self._claims) or draft.grade
        draft.indicators += reader.indicators()

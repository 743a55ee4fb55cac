"""The totals and the grade that stand under the indicators."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.indicators.grid import Row, cells
from pipeline.indicators.layout import Layout
from pipeline.indicators.passage import Passage
from pipeline.indicators.sheet import Entry, Points
from pipeline.indicators.words import is_row
from pipeline.records import Claim
from pipeline.table import Place

Claims = Mapping[int, Sequence[Claim]]
_TICKED = re.compile(r"[☑√✓✔■●]\s*(?P<after>[优良中差])|(?P<before>[优良中差])\s*[（(\[]?\s*[☑√✓✔■●]")
_GRADE = re.compile(r"[优良中差]")
_BOXES = re.compile(r"[□☐○〇]")


def total(row: Row, layout: Layout, claims: Claims) -> tuple[Points | None, Points | None]:
    """The stated full mark and score of a row of totals."""
    numbers = [place for place in cells(row) if place.numeric]
    weights = [place for column in layout.of("分值")[:1] for place in row[column.first : column.last] if place]
    scores = [place for column in layout.of("得分")[:1] for place in row[column.first : column.last] if place]
    weight = next((place for place in weights if place.numeric and not any(place is one for one in scores)), None)
    score = next((place for place in scores if place.numeric), None)
    alone = len(numbers) == 1 and "得分" in cells(row)[0].label
    if alone or (weight is None and score is None):
        weight, score = (numbers[0], numbers[1]) if len(numbers) > 1 else (None, numbers[0] if numbers else None)
    return _points(weight, claims), _points(score, claims)


def _points(place: Place | None, claims: Claims) -> Points | None:
    return Passage([place], claims).points() if place is not None else None


def grade(row: Row, claims: Claims) -> Entry | None:
    """The grade in a row, behind its label: 优, or the ticked one of 优☑ 良□ 中□ 差□."""
    for label, value in pairwise(cells(row)):
        if not is_row("grade", label.label):
            continue
        passage = Passage([value], claims)
        ticked = _TICKED.search(passage.text)
        if ticked is not None:
            group = "after" if ticked["after"] else "before"
            return passage.entry(*ticked.span(group))
        found = _GRADE.search(passage.text)
        if found is not None and not _BOXES.search(passage.text):
            return passage.entry(*found.span())
    return None

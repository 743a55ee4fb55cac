"""Grades of a report's problems and measures, item by item, and which measure acts on which problem."""

from collections.abc import Sequence

from pipeline.pairing import Statement, pair
from pipeline.quality.model import Model, Side
from pipeline.quality.passage import Passage, passage
from pipeline.records import Grade, GradedItem, Grades, Pair, Reading, Span


def grade(reading: Reading, model: Model) -> Grades:
    """None for a side that the report has no section of. A section that says 无 has a grade and no items."""
    problems, measures = passage(reading, "problems"), passage(reading, "measures")
    return Grades(_grade(problems, "problem", model), _grade(measures, "measure", model), _pairs(problems, measures))


def _grade(said: Passage | None, side: Side, model: Model) -> Grade | None:
    if said is None:
        return None
    whole = model.say(side, said.text)
    items = () if said.says_none else tuple(_item(text, spans, side, model) for text, spans in said.items())
    return Grade(whole.grade, whole.probabilities, whole.aspects, whole.because, items)


def _item(text: str, spans: tuple[Span, ...], side: Side, model: Model) -> GradedItem:
    said = model.say(side, text)
    return GradedItem(spans[0], said.grade, said.aspects, spans[1:])


def _pairs(problems: Passage | None, measures: Passage | None) -> tuple[Pair, ...]:
    """For each problem the measures that act on its object or cause."""
    left, right = ([] if one is None or one.says_none else one.items() for one in (problems, measures))
    found = pair(_statements(left), _statements(right), "problems").pairs
    return tuple(
        Pair(spans[0], tuple(right[one.right][1][0] for one in found if one.left == at))
        for at, (_, spans) in enumerate(left)
    )


def _statements(items: Sequence[tuple[str, tuple[Span, ...]]]) -> list[Statement]:
    return [Statement(text, spans[0]) for text, spans in items]

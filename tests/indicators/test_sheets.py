"""Indicator tables and scoring sheets of many shapes, the meaning of every cell given (cases.yaml)."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline import claims, indicators
from pipeline.indicators import Entry, Level, Points, Sheet
from pipeline.indicators.words import head, is_goal, is_row, money
from pipeline.records import Cover, Reading, Report, Span
from tests.indicators.tables import flattened, word

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))
MADE = [(case, form) for case in CASES for form in case["as"]]


def reading(report: Report) -> Reading:
    return Reading(report, Cover(), (), claims.extract(report, ()))


def said(value: Any) -> Any:
    """A record as plain data: texts, numbers, and only what is there."""
    if isinstance(value, Entry):
        return value.text
    if isinstance(value, Points):
        return str(value.value)
    if isinstance(value, Level):
        name = "".join(value.name.text.split())
        return f"{name}={value.weight.value}" if value.weight else name
    if isinstance(value, tuple):
        return [said(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        found = {one.name: said(getattr(value, one.name)) for one in fields(value)}
        return {name: one for name, one in found.items() if one is not None and name not in ("columns", "flat")}
    return value


def spans(value: Any) -> Iterator[tuple[Span, ...]]:
    if isinstance(value, Entry):
        yield value.spans
    elif isinstance(value, Points):
        yield (value.span,)
    elif isinstance(value, tuple):
        for one in value:
            yield from spans(one)
    elif hasattr(value, "__dataclass_fields__"):
        for one in fields(value):
            yield from spans(getattr(value, one.name))


def expected(case: dict[str, Any]) -> list[dict[str, Any]]:
    sheets = []
    for sheet in case["sheets"]:
        rows = []
        for row in sheet.get("indicators", []):
            path, dimension, kind, *rest = row.pop("is").split(" ")
            assert not rest
            levels = [] if path == "-" else path.split("/")
            of = {"dimension": dimension, "kind": kind}
            rows.append({"levels": levels, **{k: v for k, v in of.items() if v != "-"}, **row})
        sheets.append({"goals": [], **sheet, "indicators": rows})
    return sheets


@pytest.mark.parametrize(("case", "form"), MADE, ids=[f"{case['name']}-{form}" for case, form in MADE])
def test_every_cell_has_its_meaning(case: dict[str, Any], form: str, tmp_path: Path) -> None:
    case = yaml.safe_load(yaml.safe_dump(case))
    report = (word if form == "docx" else flattened)(case["table"], tmp_path)
    found = indicators.of(reading(report))
    assert [said(sheet) for sheet in found] == expected(case)
    assert_quoted(report, found)
    quoted = {span.block for sheet in found for some in spans(sheet) for span in some}
    left = [block.text for block in report.blocks if block.cell and block.text and block.index not in quoted]
    other = case.get("other", [])
    assert [text for text in left if not _is_label(text) and text not in other] == []


def _is_label(text: str) -> bool:
    row = is_row("total", text) or is_row("grade", text) or is_goal("label", text)
    return bool(head(text) or money(text) or row or is_goal("targets", text) or is_goal("results", text))


def assert_quoted(report: Report, found: tuple[Sheet, ...]) -> None:
    """Every entry's spans quote its text, every point's its digits."""

    def check(value: Any) -> None:
        if isinstance(value, Entry):
            assert value.spans
            quoted = "\n".join(report.quote(span) for span in value.spans)
            assert quoted.split() == value.text.split()
            assert all(any(_within(claim.span, span) for span in value.spans) for claim in value.claims)
        elif isinstance(value, Points):
            assert float("".join(report.quote(value.span).split()).replace("．", ".")) == float(value.value)
        elif isinstance(value, tuple):
            for one in value:
                check(one)
        elif hasattr(value, "__dataclass_fields__") and not isinstance(value, Span):
            for one in fields(value):
                if one.name != "claims":
                    check(getattr(value, one.name))

    check(found)


def _within(inner: Span, outer: Span) -> bool:
    return inner.block == outer.block and outer.start <= inner.start and inner.end <= outer.end

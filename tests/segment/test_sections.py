"""Sections of outlines of many places and layouts, line by line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline import profiles, segment
from pipeline.records import Block, Cell, Report

CASES: dict[str, list[dict[str, str]]] = yaml.safe_load(Path(__file__).with_name("outlines.yaml").read_text("utf-8"))


def blocks_of(lines: list[dict[str, str]]) -> Iterator[tuple[str, list[str], int]]:
    """Kind, texts and table row (-1 outside tables) of each line."""
    row = -1
    for line in lines:
        ((kind, text),) = line.items()
        if text.startswith("|"):
            row += 1
            yield kind, text.strip("|").split("|"), row
        else:
            row = -1
            yield kind, [text], -1


def report_of(lines: list[dict[str, str]]) -> tuple[Report, list[tuple[int, str]]]:
    blocks: list[Block] = []
    wanted: list[tuple[int, str]] = []
    table = -1
    for kind, texts, row in blocks_of(lines):
        table += row == 0
        for column, text in enumerate(texts):
            blocks.append(Block(len(blocks), text, 0, Cell(table, row, column) if row >= 0 else None))
        wanted.append((len(blocks) - 1, kind))
    return Report("0" * 64, "x.txt", tuple(blocks)), wanted


def kinds_of(report: Report) -> list[str]:
    """The kind of each block: that of the innermost section."""
    kinds = ["other"] * len(report.blocks)
    for section in segment.sections(report, profiles.load("generic")):
        kinds[section.first : section.last] = [section.kind] * (section.last - section.first)
    return kinds


@pytest.mark.parametrize("name", CASES)
def test_every_line_has_its_kind(name: str) -> None:
    report, wanted = report_of(CASES[name])
    kinds = kinds_of(report)
    assert [(report.blocks[i].text, kinds[i]) for i, _ in wanted] == [
        (report.blocks[i].text, kind) for i, kind in wanted
    ]


@pytest.mark.parametrize("name", CASES)
def test_sections_nest(name: str) -> None:
    report, _ = report_of(CASES[name])
    found = segment.sections(report, profiles.load("generic"))
    open_: list[Any] = []
    for section in found:
        assert 0 <= section.first < section.last <= len(report.blocks)
        while open_ and open_[-1].last <= section.first:
            open_.pop()
        assert section.level == len(open_) + 1
        assert not open_ or section.last <= open_[-1].last
        open_.append(section)


def test_an_empty_report_has_no_sections() -> None:
    assert segment.sections(Report("0" * 64, "x.txt", ()), profiles.load("generic")) == ()

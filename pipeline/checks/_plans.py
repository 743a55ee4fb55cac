"""What a report planned and what it says was done: the two lists that are paired."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.checks._scores import sheets
from pipeline.checks._text import numbered
from pipeline.pairing import Statement
from pipeline.records import Claim, Evidence, SectionKind, Span

_DONE: frozenset[SectionKind] = frozenset(
    {"achievements", "evaluation", "projects", "other", "overview", "assets", "experience", "finance"}
)
_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_ITEM = re.compile(
    r"(?:^|(?<=[。；;：:]))\s*(?:[一二三四五六七八九十]{1,2}是|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.、．)）]|[①-⑳])"
)
_HEAD = re.compile(r"要点|如下|工作计划$|工作任务$|目标$|安排$|[：:]$")
_SIGNED = re.compile(r"撰写人|填报人|联系人|负责人[：:]|电话[：:]|^\s*20\d\d年\d{1,2}月\d{1,2}日\s*$")
_LEAST = 5
_SHORT = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """Planned tasks or targets of one list, and all that is said to have been done; ``paired`` where a form sets the two
    side by side."""

    label: str
    planned: tuple[Statement, ...]
    done: tuple[Statement, ...]
    paired: bool = False


def plans(evidence: Evidence) -> Iterator[Plan]:
    """The lists of what was planned, each with at least two items, beside what was done."""
    claims = _by_block(evidence)
    done = tuple(_done(evidence, claims))
    for section in evidence.reading.sections:
        if section.kind == "targets":
            planned = tuple(_planned(evidence, section.first, section.last, claims))
            if len(planned) > 1:
                yield Plan(section.title, planned, done)
    for sheet in sheets(evidence):
        for goal in sheet.goals:
            targets = tuple(
                Statement(entry.text, entry.spans[0], entry.claims) for entry in goal.targets if not entry.blank
            )
            results = tuple(
                Statement(entry.text, entry.spans[0], entry.claims) for entry in goal.results if not entry.blank
            )
            rows = tuple(
                Statement(f"{one.name.text} {one.result.text}", one.name.spans[0], one.result.claims)
                for one in sheet.indicators
                if one.result is not None and not one.result.blank
            )
            if len(targets) > 1 and results:
                yield Plan("".join(goal.label.text.split()), targets, (*results, *rows, *done), True)


def _by_block(evidence: Evidence) -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = {}
    for claim in evidence.reading.claims:
        found.setdefault(claim.span.block, []).append(claim)
    return found


def _planned(evidence: Evidence, first: int, last: int, claims: dict[int, list[Claim]]) -> Iterator[Statement]:
    """The numbered items of a list of tasks: paragraphs, or parts of one."""
    blocks = evidence.reading.report.blocks
    for block in blocks[first:last]:
        if block.cell is not None or len(block.text.strip()) < _LEAST or len(block.text) > _SHORT * 4:
            continue
        starts = [found.start() for found in _ITEM.finditer(block.text)]
        if block.index == first or not starts:
            continue
        if len(starts) == 1 and starts[0] == 0 and _HEAD.search(block.text.rstrip("。；")):
            continue
        for start, end in zip(starts, [*starts[1:], len(block.text)], strict=True):
            one = _statement(block.index, block.text, start, end, claims)
            if len(one.text) >= _LEAST:
                yield one


def _done(evidence: Evidence, claims: dict[int, list[Claim]]) -> Iterator[Statement]:
    """Sentences of the sections that tell what was done; what stands in the sections of plans and problems is none."""
    kinds: list[SectionKind | None] = [None] * len(evidence.reading.report.blocks)
    for section in sorted(evidence.reading.sections, key=lambda one: one.first - one.last):
        kinds[section.first : section.last] = [section.kind] * (section.last - section.first)
    for block in evidence.reading.report.blocks:
        if kinds[block.index] not in _DONE or block.cell is not None:
            continue
        # A signature says nothing of what was done.
        if _SIGNED.search(block.text) or "".join(block.text.split()) in evidence.reading.cover.agency:
            continue
        for found in _SENTENCE.finditer(block.text):
            if len(found.group().strip()) >= _LEAST:
                yield _statement(block.index, block.text, found.start(), found.end(), claims)


def _statement(block: int, text: str, start: int, end: int, claims: dict[int, list[Claim]]) -> Statement:
    words = text[start:end]
    number = numbered(words)
    start += number.end if number else 0
    end = start + len(text[start:end].rstrip("。；; \n"))
    inside = tuple(claim for claim in claims.get(block, ()) if start <= claim.span.start and claim.span.end <= end)
    return Statement(text[start:end], Span(block, start, end), inside)

"""Changed reports: faults that a rule must find, and other ways to write the same that no rule may mind."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from checkable import Group, sentence

from pipeline.records import Block, Claim, Reading, Report, Span

_NUMBER = re.compile(r"\d[\d,，\s]*(?:\.\d+)?")
_MAGNITUDE = re.compile(r"[万亿](?=元)")
_FULL = str.maketrans("0123456789.", "０１２３４５６７８９．")
_YUAN = Decimal(10_000)
# Said of several years or of what was before: no statement about one year.
_SEVERAL = re.compile(r"20\d{2}\s?年.*20\d{2}\s?年|比|较|上年|去年|同期|截至|年末|年底|计划|结转")


@dataclass(frozen=True, slots=True)
class Edit:
    """New words for the place of a span."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed report: how it was changed, in which group and by which edits."""

    fault: str
    group: Group
    report: Report
    edits: tuple[Edit, ...]

    def __str__(self) -> str:
        shown = "，".join(f"block {edit.span.block}: {edit.words}" for edit in self.edits)
        return f"{self.fault} of a {self.group.kind} ({shown})"


def changed(report: Report, edits: Sequence[Edit]) -> Report:
    """``report`` with the words of ``edits`` in the places of their spans, which do not overlap."""
    blocks: list[Block] = list(report.blocks)
    for edit in sorted(edits, key=lambda one: (one.span.block, -one.span.start)):
        block = blocks[edit.span.block]
        text = block.text[: edit.span.start] + edit.words + block.text[edit.span.end :]
        blocks[edit.span.block] = replace(block, text=text)
    return replace(report, blocks=tuple(blocks))


def faults(reading: Reading, group: Group, chance: random.Random) -> Iterator[Mutant]:
    """One mutant of every kind that the group allows. Each is wrong beyond all rounding."""
    report = reading.report
    result, *parts = group.claims
    made = {
        "digits swapped": _swapped(report, chance.choice(group.claims), chance),
        "one part changed": _digit(report, chance.choice(parts), chance),
        "result changed": _digit(report, result, chance),
        "万 and 亿 confused": _shifted(report, chance.choice(group.claims)),
    }
    for fault, edit in made.items():
        if edit is not None and not group.holds([_value(report, one, edit) for one in group.claims]):
            yield Mutant(fault, group, changed(report, [edit]), (edit,))
    year = _year(reading, result)
    if year is not None:
        yield Mutant("year shifted", replace(group, kind="year"), changed(report, [year]), (year,))


def rewritings(reading: Reading, group: Group) -> Iterator[Mutant]:
    """The same numbers written differently; what was consistent stays so."""
    report = reading.report
    made = {
        "full-width digits": [_edit(report, one, _number(report, one).translate(_FULL)) for one in group.claims],
        "thousands separators": [_edit(report, one, _separated(_number(report, one))) for one in group.claims],
        "万元 written as 元": [_in_yuan(report, one) for one in group.claims],
        "fewer digits": [*_rounded(reading, group), _coarser(report, group)],
    }
    for way, edits in made.items():
        kept = tuple(edit for edit in edits if edit is not None and edit.words != report.quote(edit.span))
        if kept:
            yield Mutant(way, group, changed(report, kept), kept)


def _number(report: Report, claim: Claim) -> str:
    found = _NUMBER.search(report.quote(claim.span))
    return found.group().rstrip() if found else ""


def _at(report: Report, claim: Claim) -> Span:
    """Where the digits of a claim stand."""
    found = _NUMBER.search(report.quote(claim.span))
    start = claim.span.start + (found.start() if found else 0)
    return Span(claim.span.block, start, start + len(_number(report, claim)))


def _edit(report: Report, claim: Claim, number: str) -> Edit:
    return Edit(_at(report, claim), number)


def _value(report: Report, claim: Claim, edit: Edit) -> Decimal:
    """The value of a claim after ``edit``."""
    value = claim.quantity.value or Decimal(0)
    if claim.span.block != edit.span.block or not claim.span.start <= edit.span.start < claim.span.end:
        return value
    if edit.words in ("万", "亿"):
        return value / _YUAN if edit.words == "万" else value * _YUAN
    old, new = (Decimal(re.sub(r"[,，\s]", "", words)) for words in (_number(report, claim), edit.words))
    return value * new / old if old else value


def _swapped(report: Report, claim: Claim, chance: random.Random) -> Edit | None:
    """Two digits side by side, the slip of a typist."""
    number = _number(report, claim)
    places = [
        at
        for at in range(len(number) - 1)
        if number[at].isdigit()
        and number[at + 1].isdigit()
        and number[at] != number[at + 1]
        and (at or number[1] != "0")
    ]
    if not places:
        return None
    at = chance.choice(places)
    return _edit(report, claim, number[:at] + number[at + 1] + number[at] + number[at + 2 :])


def _digit(report: Report, claim: Claim, chance: random.Random) -> Edit | None:
    """Another digit in one of the first three places."""
    number = _number(report, claim)
    places = [at for at, character in enumerate(number) if character.isdigit()][:3]
    if not places:
        return None
    at = chance.choice(places)
    others = [digit for digit in "123456789" if digit != number[at]]
    return _edit(report, claim, number[:at] + chance.choice(others) + number[at + 1 :])


def _shifted(report: Report, claim: Claim) -> Edit | None:
    """万元 for 亿元 and the other way round."""
    quote = report.quote(claim.span)
    found = _MAGNITUDE.search(quote)
    if found is None:
        return None
    start = claim.span.start + found.start()
    return Edit(Span(claim.span.block, start, start + 1), "亿" if found.group() == "万" else "万")


def _year(reading: Reading, claim: Claim) -> Edit | None:
    """The year before in the place of the report's own at the head of a sentence that is about one year."""
    year = reading.cover.year
    if year is None or claim.source == "table":
        return None
    text = reading.report.blocks[claim.span.block].text
    start, end = sentence(reading, claim)
    if not text[start:end].startswith(f"{year}年") or _SEVERAL.search(text[start:end]):
        return None
    return Edit(Span(claim.span.block, start, start + 4), str(year - 1))


def _separated(number: str) -> str:
    whole, dot, rest = re.sub(r"[,，\s]", "", number).partition(".")
    return f"{int(whole):,}{dot}{rest}"


def _in_yuan(report: Report, claim: Claim) -> Edit | None:
    """The words of an amount in 万元 for the same amount in 元."""
    quote = report.quote(claim.span)
    found = re.search(r"\d[\d,，\s]*(?:\.\d+)?\s*万元", quote)
    if found is None or claim.quantity.value is None:
        return None
    start = claim.span.start + found.start()
    span = Span(claim.span.block, start, start + len(found.group()))
    return Edit(span, f"{claim.quantity.value.normalize():f}元")


def _neighbours(reading: Reading, group: Group) -> Iterator[Claim]:
    """The amounts of money that stand with those of the group: in its paragraphs, or in its table."""
    blocks = reading.report.blocks
    here = {claim.span.block for claim in group.claims}
    tables = {cell.table for block in here if (cell := blocks[block].cell) is not None}
    for claim in reading.claims:
        cell = blocks[claim.span.block].cell
        near = claim.span.block in here or (cell is not None and cell.table in tables)
        if near and claim.quantity.kind == "money":
            yield claim


def _rounded(reading: Reading, group: Group) -> Iterator[Edit]:
    """The amounts that are written to the most decimals with one less, so that all are written alike."""
    money = list(_neighbours(reading, group))
    most = max((claim.quantity.places for claim in money), default=0)
    for claim in money:
        number = re.sub(r"[,，\s]", "", _number(reading.report, claim))
        if claim.quantity.value is not None and claim.quantity.places == most > 0 and number.count(".") == 1:
            yield _edit(reading.report, claim, _with_places(Decimal(number), most - 1))


def _coarser(report: Report, group: Group) -> Edit | None:
    """A rate with one decimal less, rounded from the amounts and not from the rate as it was written."""
    rate, places = group.exact(), group.claims[0].quantity.places
    return _edit(report, group.claims[0], _with_places(rate, places - 1)) if rate is not None and places else None


def _with_places(value: Decimal, places: int) -> str:
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"

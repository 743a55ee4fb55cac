"""What the page shows of one review, made ready for the templates."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.export import words
from pipeline.export.cards import RuleCard, Rules, name
from pipeline.export.names import Named
from pipeline.export.page.body import body, owners
from pipeline.records import Finding, Match, Review, Severity

# Longer evidence is cut in the card; the whole of it is one jump away.
_QUOTE = 160
# The form's own words and set phrases are no sign of copying and are not listed.
_EXPECTED = frozenset({"form", "stock"})


@dataclass(frozen=True, slots=True)
class Quote:
    """One side of a piece of evidence. ``href`` is empty where there is nothing in this page to jump to."""

    label: str
    place: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Card:
    number: int
    finding: Finding
    severity: str
    name: str
    rule: RuleCard | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the outline: ``findings`` are those that show in the section itself."""

    title: str
    kind: str
    level: int
    href: str
    findings: int


@dataclass(frozen=True, slots=True)
class Fragment:
    """One report of the page; ``prefix`` (``r1``) begins every id in it."""

    rank: int
    prefix: str
    named: Named
    title: str
    agency: str
    year: str
    kind: str
    band: str
    score: str
    counts: Mapping[Severity, int]
    cards: tuple[Card, ...]
    outline: tuple[Line, ...]
    same: tuple[tuple[str, str, Quote, Quote], ...]
    grades: tuple[tuple[str, int], ...]
    text: Markup

    @property
    def review(self) -> Review:
        return self.named.review


def fragment(rank: int, named: Named, rules: Rules) -> Fragment:
    """``named`` as the page shows it at place ``rank`` (1 is first)."""
    review = named.review
    reading, prefix = review.reading, f"r{rank}"
    cover, grades = reading.cover, review.grades
    owner = owners(reading.report, reading.sections)
    return Fragment(
        rank=rank,
        prefix=prefix,
        named=named,
        title=cover.title or named.name,
        agency=cover.agency or "单位未识别",
        year=f"{cover.year}年度" if cover.year is not None else "年度未识别",
        kind=words.COVER[cover.kind],
        band=words.BAND[review.triage.band],
        score=f"{round(review.triage.score, 1):g}",
        counts=counts(review),
        cards=tuple(_card(i, finding, review, owner, prefix, rules) for i, finding in enumerate(review.findings, 1)),
        outline=_outline(review, owner, prefix),
        same=tuple(
            _same(i, match, review, owner, prefix)
            for i, match in enumerate(review.matches, 1)
            if match.kind not in _EXPECTED
        ),
        grades=tuple(
            (title, grade.grade)
            for title, grade in (("存在问题", grades.problems), ("改进措施", grades.measures))
            if grade
        ),
        text=body(review, prefix, owner),
    )


def counts(review: Review) -> Mapping[Severity, int]:
    return Counter(finding.severity for finding in review.findings)


def _card(number: int, finding: Finding, review: Review, owner: Sequence[int], prefix: str, rules: Rules) -> Card:
    several = len(finding.spans) > 2
    quotes = tuple(
        Quote(
            "此处" if i == 0 else f"对照{i}" if several else "对照",
            _place(review, owner, span.block),
            _short(review.reading.report.quote(span)),
            f"#{prefix}-f{number}-{i}",
        )
        for i, span in enumerate(finding.spans)
    )
    severity = words.SEVERITY[finding.severity]
    return Card(number, finding, severity, name(rules, finding.rule), rules.get(finding.rule), quotes)


def _same(
    number: int, match: Match, review: Review, owner: Sequence[int], prefix: str
) -> tuple[str, str, Quote, Quote]:
    here = Quote(
        "本报告",
        _place(review, owner, match.span.block),
        _short(review.reading.report.quote(match.span)),
        f"#{prefix}-m{number}",
    )
    there = Quote("来源", match.source.name, _short(match.source.text), "")
    return words.MATCH[match.kind], f"{match.similarity:.0%}", here, there


def _place(review: Review, owner: Sequence[int], block: int) -> str:
    """Where a block stands, in the report's own words: its section, and whether it is in a table."""
    section = owner[block]
    title = ""
    if section >= 0:
        found = review.reading.sections[section]
        title = found.title or words.SECTION[found.kind]
    cell = review.reading.report.blocks[block].cell
    table = f"表格第{cell.row + 1}行" if cell else ""
    return "，".join(part for part in (_short(title, 24), table) if part)


def _outline(review: Review, owner: Sequence[int], prefix: str) -> tuple[Line, ...]:
    shown = Counter(owner[finding.spans[0].block] for finding in review.findings if finding.spans)
    return tuple(
        Line(
            _short(section.title, 40) or words.SECTION[section.kind],
            words.SECTION[section.kind] if section.kind != "other" else "",
            min(max(section.level, 1), 4),
            f"#{prefix}-s{i}",
            shown[i],
        )
        for i, section in enumerate(review.reading.sections)
    )


def _short(text: str, most: int = _QUOTE) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"

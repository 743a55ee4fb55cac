"""The nouns: what a report is made of and what is said about it.

Frozen, slotted dataclasses of the standard library that import nothing of ours. Every piece of text has one address,
``Span(block, start, end)``, half-open, in Unicode code points of that block's text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

SectionKind = Literal[
    "duties",
    "achievements",
    "problems",
    "measures",
    "overview",
    "staff",
    "finance",
    "projects",
    "assets",
    "targets",
    "evaluation",
    "experience",
    "disclosure",
    "attachment",
    "other",
]
CoverKind = Literal["department", "project", "unknown"]
ClaimKind = Literal[
    "money", "percent", "pp", "count", "duration", "measure", "score", "rank", "ratio", "multiple", "fraction"
]
Qualifier = Literal[
    "none", "near", "about", "over", "over_incl", "under", "under_incl", "plus", "reach", "range", "vague"
]
Role = Literal[
    "value", "whole", "part", "share", "from", "to", "change", "budget", "spent", "rate", "target", "actual", "weight",
    "score",
]  # fmt: skip
Severity = Literal["high", "medium", "low", "info"]
MatchKind = Literal["peer", "last-year", "within", "form", "stock"]
Band = Literal["weak", "watch", "sound"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a block stands in a table: its top left grid place and how many rows and columns it covers."""

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading (``level`` 1..) or a paragraph of a table cell, in reading order.

    A cell of several paragraphs is several blocks with one ``cell``; an empty cell is one block with empty text.
    """

    index: int
    text: str
    level: int = 0
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Span:
    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """A report as read: ``id`` is the SHA-256 of the file's bytes, hex; ``name`` the file's name with its suffix."""

    id: str
    name: str
    blocks: tuple[Block, ...]

    def quote(self, span: Span) -> str:
        return self.blocks[span.block].text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Cover:
    agency: str = ""
    title: str = ""
    year: int | None = None
    kind: CoverKind = "unknown"


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks ``first``..``last - 1``. Sections nest; the innermost one decides what a block is."""

    kind: SectionKind
    title: str
    first: int
    last: int
    level: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written and the interval that its writing allows (XBRL Calculations 1.1).

    ``value`` has its magnitude words multiplied in; ``low``/``high`` are None where unbounded; ``places`` counts the
    decimals as written, before the magnitude word.
    """

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    low_closed: bool
    high_closed: bool
    unit: str
    kind: ClaimKind
    qualifier: Qualifier = "none"
    places: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    id: str
    span: Span
    quantity: Quantity
    metric: str
    role: Role = "value"
    direction: Literal["up", "down"] | None = None
    period: str | None = None
    section: SectionKind = "other"
    source: Literal["prose", "table"] = "prose"
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A report understood: what every later stage starts from."""

    report: Report
    cover: Cover
    sections: tuple[Section, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """One line of a form's outline: what the section is, how the form words it, whether it must be there."""

    kind: SectionKind
    title: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Scoring:
    """How a place scores: ``bands`` of the grades as the least score of each, the best first; ``execution`` the per cent
    of the budget below which, and ``completion`` the per cent of a target outside which a reason is due; ``qualitative``
    the share of its points, lowest and highest, that an indicator of words gets by how far it was reached."""

    bands: tuple[tuple[str, Decimal], ...]
    execution: Decimal
    completion: tuple[Decimal, Decimal]
    qualitative: tuple[tuple[str, Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a place and year ask of a report. Thresholds live here, never in code."""

    name: str
    title: str
    outline: tuple[Outline, ...]
    scoring: Scoring
    marks: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """The other side of a match: a passage of another report, or of this one."""

    report: str
    name: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that stands in ``source`` too; ``length`` counts Han characters, letters and digits.

    ``reason`` says why a passage of kind form or stock is set aside; ``figures_only`` that nothing but figures differs;
    ``count`` how many reports have it, this one included.
    """

    id: str
    span: Span
    source: Source
    kind: MatchKind
    length: int
    similarity: float
    reason: str = ""
    figures_only: bool = False
    count: int = 1


@dataclass(frozen=True, slots=True)
class Feature:
    """A measure with what is usual for it, so that a reader can judge it without looking anything up."""

    feature: str
    value: float
    usual: tuple[float, float]
    weight: float


@dataclass(frozen=True, slots=True)
class GradedItem:
    span: Span
    grade: int
    aspects: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Grade:
    """1 (worst) to 4 (best), after the rubric; ``probabilities`` of the four grades in that order."""

    grade: int
    probabilities: tuple[float, float, float, float]
    aspects: Mapping[str, float]
    because: tuple[Feature, ...]
    items: tuple[GradedItem, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    problem: Span
    measures: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Grades:
    problems: Grade | None = None
    measures: Grade | None = None
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a check is given."""

    reading: Reading
    profile: Profile
    matches: tuple[Match, ...] = ()
    grades: Grades = field(default_factory=Grades)


@dataclass(frozen=True, slots=True)
class Issue:
    """What a check yields. ``spans[0]`` is where it shows, the others are why. ``severity`` None: the rule's own."""

    message: str
    spans: tuple[Span, ...]
    expected: str | None = None
    actual: str | None = None
    severity: Severity | None = None
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """An issue stamped by the runner. ``id`` is made of the rule and the quoted words, never of positions."""

    id: str
    rule: str
    severity: Severity
    message: str
    spans: tuple[Span, ...]
    expected: str | None
    actual: str | None
    basis: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Triage:
    """``score`` 0..100, 100 the most in need of a reader; ``because`` the strongest reasons in the report's words."""

    score: float
    band: Band
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    reading: Reading
    findings: tuple[Finding, ...]
    matches: tuple[Match, ...]
    grades: Grades
    triage: Triage
    made_with: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read: an outcome with a reason, shown in the queue."""

    path: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One line of the ranked queue; light enough to keep for every report of a season."""

    id: str
    name: str
    agency: str
    title: str
    year: int | None
    kind: CoverKind
    score: float
    band: Band
    because: tuple[str, ...]
    findings: Mapping[Severity, int]
    reviewed_at: datetime

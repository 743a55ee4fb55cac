"""The nouns: what a report is made of and what is said about it.

Frozen, slotted dataclasses of the standard library that import nothing of ours. Every piece of text has one address,
``Span(block, start, end)``, half-open, in Unicode code points of that block's text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

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

    ``reason`` says why a passage of kind form or stock is set aside, or what is uncertain of a peer's; ``figures_only`` that nothing but figures differs;
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
    """``span`` is where the item begins, ``rest`` what of it stands in the blocks that follow."""

    span: Span
    grade: int
    aspects: Mapping[str, float]
    rest: tuple[Span, ...] = ()


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
    """One line of the ranked queue; light enough to keep for every report of a season.

    ``rules``: the worst severity of each rule that found something; given with a new review, empty where read back.
    """

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
    rules: Mapping[str, Severity] = field(default_factory=dict)


PersonRole = Literal["reviewer", "lead", "operator", "steward", "auditor", "admin"]
Verdict = Literal["accepted", "rejected", "corrected", "unsure", "manual", "graded", "cleared"]
Reason = Literal["rule-wrong", "misread", "unimportant", "explained", "unclear", "duplicate", "other"]
Seen = Literal["assisted", "blind"]
WorkState = Literal["new", "leased", "disputed", "reviewed", "returned", "closed"]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with an account; ``must_change``: the password was given by another and is to be changed first."""

    id: str
    name: str
    roles: frozenset[PersonRole]
    active: bool = True
    must_change: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """A log-in: ``id`` names it in the audit log and is no secret; ``csrf`` goes into every form."""

    id: str
    person: Person
    csrf: str


@dataclass(frozen=True, slots=True)
class Token:
    """A key for programs; what it may do is what ``person`` may. Times are UTC; ``ends`` None: until revoked."""

    id: str
    person: str
    name: str
    made: datetime
    ends: datetime | None
    used: datetime | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a reviewer puts in a finding's place, or a finding that was missed. None: as the finding has it."""

    rule: str | None = None
    severity: Severity | None = None
    span: Span | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a finding. Never changed: who thinks again, or takes it back, makes another one.

    ``finding`` is the finding's id, ``missed:…`` for one that a reviewer added (``correction`` says what), or
    ``grade:problems`` and the like with ``grade`` 1..4. Verdict ``cleared``: undone, as if undecided. ``said`` is the
    finding's message, and ``rule`` its rule, in the ``edition`` that the decider saw. ``lane`` is empty, or the id of
    the one reviewer that it counts for while two review apart. ``comment`` is the text for the department.
    """

    id: str
    report: str
    finding: str
    verdict: Verdict
    reason: Reason | None
    note: str
    comment: str
    reviewer: str
    at: datetime
    view: Seen
    edition: str
    rule: str = ""
    said: str = ""
    correction: Correction | None = None
    grade: int | None = None
    lane: str = ""


@dataclass(frozen=True, slots=True)
class Lease:
    """Who has a report on the desk; past ``until`` anyone may take it over. ``finished``: done with it, and when."""

    report: str
    holder: str
    name: str
    since: datetime
    until: datetime
    finished: datetime | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """How far a report is. ``reviewers``: how many are to review it, each without seeing the other; ``previous``: the
    report that it was handed in again for."""

    report: str
    state: WorkState = "new"
    reviewers: int = 1
    reason: str = ""
    due: str = ""
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A line of the audit log; ``hash`` is over all else and the line before, so that no line can be changed unseen.

    ``before`` and ``after`` hold ids, states and counts, never a report's text.
    """

    seq: int
    at: datetime
    actor: str
    action: str
    about: str
    before: Mapping[str, object]
    after: Mapping[str, object]
    reason: str
    ip: str
    session: str
    version: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A folder or upload that reports came in with; ``reports`` is how many."""

    id: int
    name: str
    at: datetime
    reports: int


@dataclass(frozen=True, slots=True)
class View:
    """Which lines of the queue are shown; None and empty: all. ``text`` stands in name, unit or title.

    ``mine``: the id of a person that has the report on the desk or is done with it.
    """

    batch: int | None = None
    agency: str | None = None
    year: int | None = None
    band: Band | None = None
    rule: str | None = None
    state: WorkState | None = None
    mine: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A line of the queue with how far the report is, who has it on the desk, and how many findings are undecided."""

    entry: QueueEntry
    state: WorkState
    holders: tuple[str, ...]
    undecided: int


@dataclass(frozen=True, slots=True)
class QueuePage:
    """``next`` is the cursor of the page after this one, None on the last; ``total`` counts the whole view."""

    lines: tuple[QueueLine, ...]
    next: str | None
    total: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What ``name`` (whose id is ``by``) asks for and another person is to approve; ``what`` says on what."""

    id: str
    action: Literal["bulk", "batch-delete"]
    what: Mapping[str, Any]
    reason: str
    by: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``start``..``end`` of a block stand in element ``element`` of the document, from its character ``at`` on.

    ``at`` None: they are what the element stands for as a whole, and it cannot be cut.
    """

    start: int
    end: int
    element: int
    at: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in its Word file. Elements are counted in document order, the root is 0.

    ``holder`` is its paragraph, or the run that its text box or note hangs on. What no stretch has, Word writes itself.
    """

    holder: int
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """``part``: the name of the document's main part within the file; ``blocks``: the place of each block."""

    part: str
    blocks: tuple[Place, ...]

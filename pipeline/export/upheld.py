"""What a reviewer upheld of a review: accepted, corrected or found besides; and what the unit is told of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.export.cards import Rules, name
from pipeline.export.places import block_places
from pipeline.records import Decision, Finding, Report, Review, Severity, Span, Verdict

UPHELD: frozenset[Verdict] = frozenset({"accepted", "corrected", "manual"})
OTHER = "其他"
_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Upheld:
    """A finding as it counts after the decision. ``family`` and ``title`` are the rule's, in Chinese; ``comment`` is the
    reviewer's own text for the unit; ``spans`` empty: about the report as a whole, or its place is no longer known."""

    family: str
    title: str
    severity: Severity
    message: str
    spans: tuple[Span, ...]
    basis: str
    suggestion: str
    comment: str
    decision: Decision


def upheld(review: Review, decisions: Mapping[str, Decision], rules: Rules) -> tuple[Upheld, ...]:
    """What of ``decisions`` (by finding id) stands, in the order of the report; what has no place comes first."""
    found = {finding.id: finding for finding in review.findings}
    stands = [
        _made(found.get(key), decision, rules) for key, decision in decisions.items() if decision.verdict in UPHELD
    ]
    # Those of one place stay in the order in which they were decided.
    return tuple(sorted(stands, key=lambda one: (one.spans[0].block, one.spans[0].start) if one.spans else (-1, 0)))


def _made(finding: Finding | None, decision: Decision, rules: Rules) -> Upheld:
    correction = decision.correction
    rule = (correction.rule if correction else None) or decision.rule
    card = rules.get(rule)
    spans = finding.spans if finding else ()
    if correction is not None and correction.span is not None:
        spans = (correction.span, *spans[1:])
    severity: Severity = finding.severity if finding else "medium"
    return Upheld(
        family=card.family if card else OTHER,
        title=name(rules, rule),
        severity=(correction.severity if correction else None) or severity,
        message=(correction.message if correction else "") or (finding.message if finding else decision.said),
        spans=spans,
        # A rule that a reviewer put in the place of another brings its own basis, which the finding does not have.
        basis=finding.basis if finding and finding.rule == rule else "",
        suggestion=finding.suggestion if finding and finding.rule == rule else "",
        comment=decision.comment.strip(),
        decision=decision,
    )


def remark(one: Upheld, report: Report) -> str:
    """The comment in the Word file: the reviewer's text as it is, or else what the rule says, with the other side of the
    evidence, basis and advice, each on a line of its own."""
    if one.comment:
        return one.comment
    lines = [f"【{one.title}】{sentence(one.message)}请予核实。" if one.title else f"{sentence(one.message)}请予核实。"]
    lines += [f"对照{place}：“{words}”" for place, words in others(one, report)]
    if one.basis:
        lines.append(f"依据：{sentence(one.basis)}")
    if one.suggestion:
        lines.append(f"建议：{sentence(one.suggestion)}")
    return "\n".join(lines)


def others(one: Upheld, report: Report) -> list[tuple[str, str]]:
    """Place (第12段) and words of the other sides of the evidence."""
    places = block_places(report.blocks) if one.spans[1:] else []
    sides = [(places[span.block], short(report.quote(span), _QUOTE)) for span in one.spans[1:]]
    return [(place, words) for place, words in dict.fromkeys(sides) if words]


def short(text: str, most: int) -> str:
    """On one line, of at most ``most`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def sentence(text: str) -> str:
    """With a full stop, unless it ends otherwise."""
    text = text.strip()
    return text if not text or text[-1] in "。！？…；" else f"{text}。"

"""What should be read first: an additive score, its band and its strongest reasons in the report's own words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp

from pipeline import lexicon
from pipeline.records import Band, Finding, Report, Severity, Triage

_REASONS = 3
_QUOTE = 40
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Part:
    """What one finding adds to the score."""

    finding: Finding
    points: float


def parts(findings: Iterable[Finding], precision: Mapping[str, float]) -> list[Part]:
    """What each finding adds, the most first. ``precision``: share of a rule's findings that reviewers confirmed."""
    points: Mapping[Severity, float] = lexicon.load("triage")["points"]
    ranked = sorted(findings, key=lambda f: -points[f.severity])
    seen: dict[str, int] = {}
    found = []
    for finding in ranked:
        repeat = seen.get(finding.rule, 0)
        seen[finding.rule] = repeat + 1
        worth = points[finding.severity] * precision.get(finding.rule, 1.0) / 2**repeat
        found.append((finding, worth))
    share = _share(sum(worth for _, worth in found))
    return sorted((Part(finding, round(worth * share, 2)) for finding, worth in found), key=lambda part: -part.points)


def _share(whole: float) -> float:
    """How much of its worth each finding keeps: all of it until the score is high, then less and less, so that the worst
    reports are told apart and none goes past 100."""
    straight: float = lexicon.load("triage")["straight"]
    if whole <= straight:
        return 1.0
    rest = 100 - straight
    return (straight + rest * (1 - exp(-(whole - straight) / (2 * rest)))) / whole


def triage(report: Report, findings: Iterable[Finding], precision: Mapping[str, float]) -> Triage:
    """Score, band and the strongest reasons: one a rule, each quoting the report."""
    added = parts(findings, precision)
    score = min(100.0, round(sum(part.points for part in added), 2))
    bands: Mapping[str, float] = lexicon.load("triage")["bands"]
    band: Band = "weak" if score >= bands["weak"] else "watch" if score >= bands["watch"] else "sound"
    strongest = {part.finding.rule: part for part in reversed(added) if part.points > 0}
    reasons = sorted(strongest.values(), key=lambda part: -part.points)[:_REASONS]
    return Triage(score, band, tuple(_reason(report, part) for part in reasons))


def _reason(report: Report, part: Part) -> str:
    """The finding's message, which quotes the report or is followed by a quotation, and its points."""
    said = part.finding.message.rstrip("。")
    if "“" not in said:
        said += f"：“{_shortened(' '.join(report.quote(part.finding.spans[0]).split()), _QUOTE)}”"
    return f"{_shortened(said, _LONGEST)}（+{part.points:.3g}分）"


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"

"""Runs rules over a reading and stamps what they yield."""

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from pipeline.checks._catalogue import Check
from pipeline.records import Evidence, Finding, Issue, Report

_ORDER = {"high": 0, "medium": 1, "low": 2, "info": 3}


def run(checks: Iterable[Check], evidence: Evidence) -> tuple[Finding, ...]:
    """Findings of all ``checks``, the gravest first and those of one severity in reading order.

    Raises IndexError where a check points outside the report: a bug of the check, never of the report.
    """
    findings: dict[Finding, None] = {}
    for check in checks:
        issues = dict.fromkeys(check.function(evidence))
        repeats: Counter[str] = Counter()
        for issue in sorted(issues, key=_place):
            findings[_stamp(check, issue, evidence, repeats)] = None
    return tuple(sorted(findings, key=lambda f: (_ORDER[f.severity], _place(f))))


def _place(found: Issue | Finding) -> tuple[int, int, int]:
    first = found.spans[0]
    return (first.block, first.start, first.end)


def _stamp(check: Check, issue: Issue, evidence: Evidence, repeats: Counter[str]) -> Finding:
    report = evidence.reading.report
    quoted = "\n".join(_quote(check, issue, report))
    repeats[quoted] += 1
    key = f"{check.rule}\n{quoted}\n{repeats[quoted]}"
    return Finding(
        id=blake2b(key.encode(), digest_size=8).hexdigest(),
        rule=check.rule,
        severity=issue.severity or evidence.profile.severity.get(check.rule) or check.severity,
        message=issue.message,
        spans=issue.spans,
        expected=issue.expected,
        actual=issue.actual,
        basis=check.basis,
        suggestion=issue.suggestion or check.suggestion,
    )


def _quote(check: Check, issue: Issue, report: Report) -> Iterable[str]:
    for span in issue.spans:
        if not (
            0 <= span.block < len(report.blocks) and 0 <= span.start < span.end <= len(report.blocks[span.block].text)
        ):
            raise IndexError(f"{check.rule}: {span} points at nothing in {report.name}: {issue.message}")
        yield "".join(report.quote(span).split())

"""What can be decided about a finding, in codes and in words."""

from dataclasses import replace
from typing import Literal

from pipeline.desk.finds import Found
from pipeline.errors import WrongUsage
from pipeline.export import words
from pipeline.records import Correction, Decision, Reason, Verdict
from pipeline.store.decisions import Made

REASONS: dict[Reason, str] = dict(words.REASON)
"""In the order of the keys 1 to 7."""

VERDICTS: dict[Verdict, str] = dict(words.VERDICT)
Side = Literal["problems", "measures", "report"]
MISSED, GRADE = "missed:", "grade:"
_LONGEST_ID = 200


def fit(finding: str, verdict: Verdict, reason: Reason | None, correction: Correction | None = None) -> None:
    """Raises WrongUsage where a decision cannot be what it is about, or lacks its reason or correction."""
    known(finding)
    allowed: tuple[Verdict, ...] = ("accepted", "rejected", "corrected", "unsure", "cleared")
    if finding.startswith(MISSED):
        allowed = ("manual", "unsure", "cleared")
    elif finding.startswith(GRADE):
        allowed = ("cleared",)
    if verdict not in allowed:
        raise WrongUsage(f"这里只能选{'、'.join(VERDICTS[one] for one in allowed)}。")
    if (verdict == "rejected") != (reason is not None) or (reason is not None and reason not in REASONS):
        raise WrongUsage("驳回须选择一个理由，其他决定不带理由。")
    if (verdict == "corrected" and correction is None) or (correction and verdict not in ("corrected", "manual")):
        raise WrongUsage("更正须写明改成什么，其他决定不带更正。")


def known(finding: str) -> None:
    """Raises WrongUsage for what cannot be the id of a finding: what comes with a request may be anything."""
    if not (0 < len(finding) <= _LONGEST_ID and finding.isascii() and finding.isprintable()):
        raise WrongUsage("这份报告没有这条问题。请刷新页面。")


def said_of(finding: str, found: Found, before: Made | None) -> tuple[str, str]:
    """Rule and message of a finding, as the review has it or an earlier decision noted it."""
    if finding in found.findings:
        return found.findings[finding]
    if before is None:
        raise WrongUsage("这份报告没有这条问题。请刷新页面。")
    return before.decision.rule, before.decision.said


def within(correction: Correction | None, found: Found) -> None:
    """Raises WrongUsage where a correction points outside the report."""
    span = correction.span if correction else None
    if span is None:
        return
    if not (0 <= span.block < len(found.lengths) and 0 <= span.start < span.end <= found.lengths[span.block]):
        raise WrongUsage("选中的文字不在这份报告里。请重新选择。")


def cleared(decision: Decision) -> Decision:
    """``decision`` as if nothing had been decided."""
    return replace(decision, verdict="cleared", reason=None, note="", comment="", correction=None, grade=None)

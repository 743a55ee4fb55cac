"""What goes back to the unit: its own Word file with comments, and the opinion on one page. Accepted findings alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline import codec
from pipeline.desk.auditing import Audit
from pipeline.desk.deciding import Deciding
from pipeline.desk.people import require
from pipeline.desk.rules import rule_cards
from pipeline.errors import WrongUsage
from pipeline.export.comments import Remark, commented
from pipeline.export.opinion import Point, opinion
from pipeline.records import Decision, Finding, Person, Review, Span
from pipeline.settings import Settings
from pipeline.store import Store

_GIVEN_BACK = ("accepted", "corrected", "manual")
_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Returned:
    """A file to give back. ``lost``: how many comments have no place in it and stand in the opinion alone."""

    name: str
    data: bytes
    lost: int = 0


class Returning:
    def __init__(self, settings: Settings, store: Store, deciding: Deciding, audit: Audit) -> None:
        self._settings = settings
        self._store = store
        self._deciding = deciding
        self._audit = audit

    def word(self, person: Person, report: str) -> Returned:
        """The Word file of the report with a comment at each accepted finding.

        Raises WrongUsage where the report is no Word file, or nothing was accepted.
        """
        review = self._review(person, report)
        accepted = list(self._accepted(person, review))
        if not accepted:
            raise WrongUsage("这份报告还没有采纳任何问题，没有批注可写。请先在报告页采纳问题。")
        found = sorted((self._settings.files / report[:2]).glob(f"{report}.*"))
        data = found[0].read_bytes() if found else b""
        if not data.startswith(b"PK"):
            raise WrongUsage("这份报告不是 Word 文件，不能写批注。可以改为下载复核意见。")
        remarks = [Remark(spans, text) for spans, text, _ in accepted]
        written, lost = commented(data, review.reading.report, remarks)
        self._audit.write(person, "export", report, after={"comments": len(remarks) - len(lost)})
        return Returned(f"批注_{review.reading.report.name}", written, len(lost))

    def opinion(self, person: Person, report: str) -> Returned:
        """The opinion on the report in Word."""
        review = self._review(person, report)
        quote = review.reading.report.quote
        cards = rule_cards()
        points = [
            Point(
                cards[finding.rule].family if finding and finding.rule in cards else "其他",
                text.split("\n")[0],
                tuple(_short(quote(span)) for span in spans[:2] if quote(span).strip()),
                finding.suggestion if finding else "",
            )
            for spans, text, finding in self._accepted(person, review)
        ]
        self._audit.write(person, "export", report, after={"points": len(points)})
        name = review.reading.report.name.rpartition(".")[0] or review.reading.report.name
        return Returned(f"复核意见_{name}.docx", opinion(review.reading.cover, review.reading.report.name, points))

    def _review(self, person: Person, report: str) -> Review:
        require(person, "reviewer", "lead", "operator", "auditor")
        found = self._store.newest(report)
        if found is None:
            raise WrongUsage("没有这份报告的审阅结果。请从队列里打开。")
        return codec.decode(found[1])

    def _accepted(self, person: Person, review: Review) -> Iterator[tuple[tuple[Span, ...], str, Finding | None]]:
        """Places, text and finding of what was accepted, in the order of the report."""
        state = self._deciding.state(review.reading.report.id, person)
        known = {finding.id: finding for finding in review.findings}
        given: list[tuple[tuple[Span, ...], str, Finding | None]] = []
        for key, decision in state.items():
            if decision.verdict not in _GIVEN_BACK:
                continue
            finding = known.get(key)
            spans = _spans(decision, finding)
            if spans:
                given.append((spans, _text(decision, finding, review), finding))
        yield from sorted(given, key=lambda one: (one[0][0].block, one[0][0].start))


def _spans(decision: Decision, finding: Finding | None) -> tuple[Span, ...]:
    if decision.correction is not None and decision.correction.span is not None:
        return (decision.correction.span,)
    return finding.spans if finding else ()


def _text(decision: Decision, finding: Finding | None, review: Review) -> str:
    """The reviewer's own words, or the finding with the other side of its evidence, its basis and what to do."""
    if decision.comment.strip():
        return decision.comment
    message = (decision.correction.message if decision.correction else "") or (finding.message if finding else "")
    if finding is None:
        return message
    quote = review.reading.report.quote
    others = [f"对照：“{_short(quote(span))}”" for span in finding.spans[1:3] if quote(span).strip()]
    return "\n".join(filter(None, [message, *others, f"依据：{finding.basis}", f"建议：{finding.suggestion}"]))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _QUOTE else plain[: _QUOTE - 1] + "…"

"""What goes back to the unit: its own Word file with comments, and the opinion on one page. What was upheld alone."""

from dataclasses import dataclass

from pipeline import codec, ingest
from pipeline.desk.auditing import Audit
from pipeline.desk.deciding import Deciding
from pipeline.desk.people import require
from pipeline.desk.rules import rule_cards
from pipeline.errors import WrongUsage
from pipeline.export.comments import Remark, commented
from pipeline.export.opinion import opinion
from pipeline.export.upheld import Upheld, remark, upheld
from pipeline.records import Person, Review
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.people import Accounts

_NOBODY = "复核人"


@dataclass(frozen=True, slots=True)
class Returned:
    """A file to give back."""

    name: str
    data: bytes


class Returning:
    """Needs the role reviewer, lead, operator or auditor; every file given is logged."""

    def __init__(self, settings: Settings, store: Store, deciding: Deciding, audit: Audit) -> None:
        self._settings = settings
        self._store = store
        self._deciding = deciding
        self._audit = audit

    def word(self, person: Person, report: str) -> Returned:
        """The Word file of the report with a comment at each finding that was upheld; else it stays as it was.

        Raises WrongUsage where the report is no Word file, or nothing was upheld.
        """
        review = self._review(person, report)
        points = self._upheld(person, review)
        if not points:
            raise WrongUsage("这份报告还没有采纳任何问题，没有批注可写。请先在报告页采纳问题。")
        read = review.reading.report
        found = sorted((self._settings.files / report[:2]).glob(f"{report}.*"))
        if not found:
            raise WrongUsage("工作目录里没有这份报告的原文件，不能写批注。请重新提交该文件，或改用复核意见。")
        data = found[0].read_bytes()
        places = ingest.locate(data, read.name)
        if places is None:
            raise WrongUsage("这份报告是以纯文本（.txt）报送的，不是 Word 文件，不能写批注。可以改为下载复核意见。")
        if ingest.read_bytes(data, read.name).blocks != read.blocks:
            raise WrongUsage("这份报告是用旧版本审阅的，原文的位置可能有变，不能写批注。请重新审阅该报告。")
        names = {one.id: one.name for one in Accounts(self._store).everybody()}
        remarks = [
            Remark(
                one.spans[0] if one.spans else None,
                remark(one, read),
                names.get(one.decision.reviewer, _NOBODY),
                one.decision.at.astimezone(),
            )
            for one in points
        ]
        written = commented(data, places, remarks)
        if ingest.read_bytes(written, read.name).blocks != read.blocks:
            # What goes back under a unit's name says what the unit wrote, or does not go back.
            raise WrongUsage("写入批注后正文读起来与原文不一致，已放弃。请改用复核意见，并把该文件交维护人员查看。")
        self._audit.write(person, "export", report, after={"comments": len(remarks)})
        return Returned(f"批注_{read.name}", written)

    def opinion(self, person: Person, report: str) -> Returned:
        """The opinion on the report in Word, on one page."""
        review = self._review(person, report)
        points = self._upheld(person, review)
        self._audit.write(person, "export", report, after={"points": len(points)})
        name = review.reading.report.name
        return Returned(f"复核意见_{name.rpartition('.')[0] or name}.docx", opinion(review, points))

    def _review(self, person: Person, report: str) -> Review:
        require(person, "reviewer", "lead", "operator", "auditor")
        found = self._store.newest(report)
        if found is None:
            raise WrongUsage("没有这份报告的审阅结果。请从队列里打开。")
        return codec.decode(found[1])

    def _upheld(self, person: Person, review: Review) -> tuple[Upheld, ...]:
        return upheld(review, self._deciding.state(review.reading.report.id, person), rule_cards())

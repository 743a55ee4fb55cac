"""How a report goes over the desk: taken, finished, reviewed by two apart, sent back, closed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import uuid4

from pipeline.desk.auditing import act
from pipeline.desk.finds import Found, found_in
from pipeline.desk.leasing import STATES, apart, hold, lane_of, work_of
from pipeline.desk.people import require
from pipeline.desk.verdicts import GRADE, cleared, fit, within
from pipeline.errors import Conflict, WrongUsage
from pipeline.records import Correction, Decision, Lease, Person, Reason, Verdict, Work, WorkState
from pipeline.store import Store, decisions, works
from pipeline.store.audit import Transaction, acting, log
from pipeline.store.decisions import Made

__all__ = ["STATES", "Dispute", "Working"]


class Dispute(NamedTuple):
    """A finding that two reviewers see differently; None: left undecided. ``settled``: what the lead decided."""

    finding: str
    first: Decision | None
    second: Decision | None
    settled: Decision | None


class Working:
    """Who has which report, and how far it is."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def work(self, report: str) -> Work:
        """Raises WrongUsage if the report was never handed in."""
        with self._store.reading() as connection:
            return work_of(connection, report)

    def leases(self, report: str) -> tuple[Lease, ...]:
        """Who has the report or is done with it."""
        with self._store.reading() as connection:
            return works.leases_of(connection, [report])[report]

    def held(self, person: Person) -> tuple[Lease, ...]:
        """What ``person`` has on the desk, the latest first."""
        with self._store.reading() as connection:
            return works.held(connection, person.id, datetime.now(UTC))

    def lease(self, person: Person, report: str) -> Lease:
        """Puts the report on one's desk for 15 minutes; every decision renews it. Raises Conflict if others have it."""
        require(person, "reviewer", "lead")
        with acting(self._store) as connection:
            return hold(connection, self._store, person, report)[1]

    renew = lease

    def release(self, person: Person, report: str) -> None:
        """Gives the report back; what was decided stays."""
        require(person, "reviewer", "lead")
        with acting(self._store) as connection:
            there = works.leases_of(connection, [report])[report]
            if not any(lease.holder == person.id and lease.finished is None for lease in there):
                return
            works.drop_leases(connection, report, [person.id])
            if not any(lease.holder != person.id and lease.finished is None for lease in there):
                works.set_work(connection, self._store, replace(work_of(connection, report), state="new"))
            log(connection, act(person, "lease-back", report))

    def take_over(self, person: Person, report: str) -> Lease:
        """Takes the report from whoever has it: once it is 15 minutes unattended, a lead at any time."""
        require(person, "reviewer", "lead")
        with acting(self._store) as connection:
            return hold(connection, self._store, person, report, over="lead" in person.roles)[1]

    def finish(self, person: Person, report: str, *, anyway: bool = False) -> Work:
        """Done with the report: reviewed, or waiting for the second reviewer, or disputed between the two.

        Raises WrongUsage if findings are undecided, unless ``anyway``.
        """
        require(person, "reviewer", "lead")
        found = found_in(self._store, report)
        with acting(self._store) as connection:
            work, lease = hold(connection, self._store, person, report)
            counts = decisions.counting(connection, report, lane_of(work, person))
            undecided = found.findings.keys() - {f for f, made in counts.items() if made.decision.verdict != "cleared"}
            if undecided and not anyway:
                raise WrongUsage(f"还有 {len(undecided)} 条问题没有处理。请处理完，或确认后仍要完成。")
            works.set_lease(connection, self._store, replace(lease, finished=datetime.now(UTC)))
            there = works.leases_of(connection, [report])[report]
            before = work.state
            if sum(lease.finished is not None for lease in there) >= work.reviewers:
                work = self._settle(connection, work, there, found)
            elif not any(lease.finished is None for lease in there):
                work = replace(work, state="new")
            works.set_work(connection, self._store, work)
            after = {"state": work.state, "undecided": len(undecided)}
            log(connection, act(person, "finish", report, {"state": before}, after))
        return work

    def _settle(self, connection: Transaction, work: Work, there: tuple[Lease, ...], found: Found) -> Work:
        """What two reviewers agree on becomes what counts for the report."""
        if work.reviewers == 1:
            return replace(work, state="reviewed")
        agreed, disputes = _compared(connection, work.report, there, found)
        counts = decisions.counting(connection, work.report)
        settling = uuid4().hex
        made = []
        for first in agreed:
            before = counts.get(first.finding)
            own = replace(first, id=uuid4().hex, lane="", at=datetime.now(UTC))
            origin = before.origin if before else None
            made.append(Made(own, own.reviewer, settling, "settle", None, own.id, origin))
        decisions.put(connection, self._store, made)
        return replace(work, state="disputed" if disputes else "reviewed")

    def ask_for_two(self, lead: Person, report: str) -> Work:
        """Has the report reviewed by two, neither seeing the other's decisions. Raises Conflict once work has begun."""
        require(lead, "lead")
        with acting(self._store) as connection:
            work = work_of(connection, report)
            if work.state != "new" or decisions.history(connection, report):
                raise Conflict("这份报告已开始审核，不能再改为双人审核。", work)
            work = replace(work, reviewers=2)
            works.set_work(connection, self._store, work)
            log(connection, act(lead, "ask-for-two", report))
        return work

    def disputes(self, report: str) -> tuple[Dispute, ...]:
        """Where the two reviewers differ, once both are done."""
        found = found_in(self._store, report)
        with self._store.reading() as connection:
            work = work_of(connection, report)
            if work.reviewers == 1 or apart(work):
                return ()
            return _compared(connection, report, works.leases_of(connection, [report])[report], found)[1]

    def adjudicate(self, lead: Person, report: str, finding: str, side: int) -> Work:
        """Settles a dispute for the ``side`` (1 or 2); with the last one the report is reviewed.

        A side that left the finding undecided has it cleared. Raises Conflict to one of the two reviewers.
        """
        sides = self._disputed(report, finding)
        if side not in (1, 2):
            raise WrongUsage("请选择采用哪一方的意见。")
        chosen = sides[side - 1] or cleared(next(filter(None, sides)))
        return self._settle_one(lead, replace(chosen, id=uuid4().hex, lane=""))

    def decide_otherwise(
        self,
        lead: Person,
        report: str,
        finding: str,
        verdict: Verdict,
        reason: Reason | None = None,
        note: str = "",
        comment: str = "",
        *,
        correction: Correction | None = None,
        grade: int | None = None,
    ) -> Work:
        """Settles a dispute as neither side has it; as ``Deciding.decide``, or with a grade 1..4 where that is disputed."""
        sides = self._disputed(report, finding)
        if verdict == "graded":
            if not finding.startswith(GRADE) or grade is None or not 1 <= grade <= 4:
                raise WrongUsage("等级应为 1（差）到 4（优）。")
        else:
            fit(finding, verdict, reason, correction)
            within(correction, found_in(self._store, report))
            grade = None
        given = next(filter(None, sides))
        if verdict == "manual" and correction is None:
            correction = given.correction
        decision = replace(
            given, id=uuid4().hex, lane="", verdict=verdict, reason=reason, note=note, comment=comment,
            correction=correction, grade=grade,
        )  # fmt: skip
        return self._settle_one(lead, decision)

    def _disputed(self, report: str, finding: str) -> tuple[Decision | None, Decision | None]:
        dispute = next((d for d in self.disputes(report) if d.finding == finding), None)
        if dispute is None:
            raise WrongUsage("没有这处分歧。请刷新页面。")
        return dispute.first, dispute.second

    def _settle_one(self, lead: Person, decision: Decision) -> Work:
        require(lead, "lead")
        report = decision.report
        found = found_in(self._store, report)
        with acting(self._store) as connection:
            work, there = work_of(connection, report), works.leases_of(connection, [report])[report]
            if work.state != "disputed":
                raise Conflict(f"这份报告{STATES[work.state]}，没有待仲裁的分歧。", work)
            if lead.id in {lease.holder for lease in there}:
                raise Conflict("您是这份报告的审核人之一，请另一位审核组长仲裁。")
            before = decisions.one(connection, report, decision.finding)
            own = replace(decision, at=datetime.now(UTC), reviewer=lead.id)
            origin = None if own.verdict == "cleared" else own.id
            made = Made(own, lead.id, uuid4().hex, "settle", None, origin, before.origin if before else None)
            decisions.put(connection, self._store, [made])
            if all(d.settled for d in _compared(connection, report, there, found)[1]):
                work = replace(work, state="reviewed")
                works.set_work(connection, self._store, work)
            after = {"finding": own.finding, "verdict": own.verdict, "decision": own.id, "state": work.state}
            log(connection, act(lead, "adjudicate", report, after=after, reason=own.reason or ""))
        return work

    def send_back(self, lead: Person, report: str, reason: str, due: str = "") -> Work:
        """Returns a reviewed report to its unit, with the reason and the day by which it is due again (words)."""
        return self._to(lead, report, "returned", {"reviewed"}, reason, due)

    def close(self, lead: Person, report: str) -> Work:
        return self._to(lead, report, "closed", {"reviewed", "returned"})

    def reopen(self, lead: Person, report: str, reason: str) -> Work:
        """Back to the queue; what was decided stays and can be decided again, by one reviewer."""
        return self._to(lead, report, "new", {"disputed", "reviewed", "returned", "closed"}, reason)

    def _to(
        self, lead: Person, report: str, state: WorkState, allowed: set[str], reason: str = "", due: str = ""
    ) -> Work:
        require(lead, "lead")
        if state in ("returned", "new") and not reason.strip():
            raise WrongUsage("请写明原因。")
        with acting(self._store) as connection:
            work = work_of(connection, report)
            if work.state not in allowed:
                raise Conflict(f"这份报告{STATES[work.state]}，不能改为{STATES[state]}。", work)
            new = replace(work, state=state, reason=reason.strip(), due=due)
            if state == "new":
                new = replace(new, reviewers=1)
                works.drop_leases(connection, report)
            works.set_work(connection, self._store, new)
            log(connection, act(lead, state, report, {"state": work.state}, {"state": state}, reason.strip()))
        return new

    def resubmitted(self, person: Person, report: str, previous: str) -> Work:
        """Notes that ``report`` was handed in again for ``previous``."""
        require(person, "reviewer", "lead", "operator")
        with acting(self._store) as connection:
            work_of(connection, previous)
            if previous in (report, *_line(connection, report, {})):
                raise WrongUsage("一份报告不能是自己的前一稿。")
            work = replace(work_of(connection, report), previous=previous)
            works.set_work(connection, self._store, work)
            log(connection, act(person, "resubmitted", report, after={"previous": previous}))
        return work

    def versions(self, report: str) -> tuple[str, ...]:
        """The report, what it was handed in again for, and what was handed in again for it: the first version first."""
        with self._store.reading() as connection:
            first, seen = report, {report}
            while (before := work_of(connection, first).previous) is not None and before not in seen:
                first = before
                seen.add(first)
            return (first, *_line(connection, first, {}))


def _line(connection: Transaction, report: str, seen: dict[str, None]) -> dict[str, None]:
    for later in works.successors(connection, report):
        if later not in seen:
            seen[later] = None
            _line(connection, later, seen)
    return seen


def _compared(
    connection: Transaction, report: str, there: tuple[Lease, ...], found: Found
) -> tuple[list[Decision], tuple[Dispute, ...]]:
    """What two reviewers agree on, and what not, in the order of the findings."""
    lanes: list[Mapping[str, Decision]] = []
    for lease in [lease for lease in there if lease.finished][:2]:
        counts = decisions.counting(connection, report, lease.holder)
        lanes.append({f: m.decision for f, m in counts.items() if m.decision.verdict != "cleared"})
    if len(lanes) < 2:
        return [], ()
    first, second = lanes
    settled = decisions.counting(connection, report)
    order = {finding: i for i, finding in enumerate(found.findings)}
    agreed, disputes = [], []
    for finding in sorted({*first, *second}, key=lambda f: (order.get(f, len(order)), f)):
        one, two = first.get(finding), second.get(finding)
        if one and two and _same(one, two):
            agreed.append(one)
        else:
            made = settled.get(finding)
            disputes.append(Dispute(finding, one, two, made.decision if made else None))
    return agreed, tuple(disputes)


def _same(one: Decision, two: Decision) -> bool:
    return (one.verdict, one.reason, one.correction, one.grade) == (two.verdict, two.reason, two.correction, two.grade)

"""What reviewers decide about findings. Every decision is a new row; taking one back is another; nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

from pipeline.desk.auditing import act
from pipeline.desk.finds import found_in
from pipeline.desk.leasing import apart, hold, lane_of, room, work_of
from pipeline.desk.people import require
from pipeline.desk.verdicts import GRADE, MISSED, REASONS, VERDICTS, Side, cleared, fit, known, said_of, within
from pipeline.errors import Conflict, WrongUsage
from pipeline.records import Correction, Decision, Person, Reason, Seen, Severity, Span, Verdict
from pipeline.store import Store, decisions
from pipeline.store.audit import Act, Transaction, acting, log
from pipeline.store.decisions import Made

__all__ = ["GRADE", "MISSED", "REASONS", "VERDICTS", "Deciding", "Side", "Undone"]


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or redo changed: the decisions that count now, and the findings that somebody else has decided since."""

    decisions: tuple[Decision, ...]
    skipped: tuple[tuple[str, str], ...] = ()


class Deciding:
    """Decisions, undo, history. A report is put on the decider's desk by deciding; see ``working.hold``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def decide(
        self,
        person: Person,
        report: str,
        finding: str,
        verdict: Verdict,
        reason: Reason | None = None,
        note: str = "",
        comment: str | None = None,
        expect: str | None = None,
        *,
        correction: Correction | None = None,
        view: Seen = "assisted",
    ) -> Decision:
        """Decides about a finding and renews the lease. ``comment`` None: the person's draft, if there is one.

        ``expect`` is the id of the decision that the person saw, None where the finding was undecided. Raises Conflict,
        with the decision that counts, where it is another. The same decision sent twice is made once.
        """
        require(person, "reviewer", "lead")
        fit(finding, verdict, reason, correction)
        found = found_in(self._store, report)
        within(correction, found)
        with acting(self._store) as connection:
            work, _ = hold(connection, self._store, person, report)
            lane = lane_of(work, person)
            before = decisions.one(connection, report, finding, lane)
            rule, said = said_of(finding, found, before)
            if comment is None:
                draft = decisions.drafts_of(connection, report, person.id).get(finding)
                comment = draft or (before.decision.comment if before else "")
            if verdict == "manual" and correction is None and before is not None:
                correction = before.decision.correction
            new = Decision(
                uuid4().hex, report, finding, verdict, reason, note, comment, person.id, datetime.now(UTC), view,
                found.edition, rule, said, correction, lane=lane,
            )  # fmt: skip
            if before is not None and _repeated(before, new, person):
                return before.decision
            _expected(before, expect)
            put(connection, self._store, person, [(new, before)])
            decisions.drop_draft(connection, report, finding, person.id)
        return new

    def add(
        self,
        person: Person,
        report: str,
        span: Span,
        rule: str | None,
        message: str,
        severity: Severity = "medium",
        comment: str = "",
    ) -> Decision:
        """A finding that the rules missed. Decide ``cleared`` about it to take it away."""
        require(person, "reviewer", "lead")
        if not message.strip():
            raise WrongUsage("请写明是什么问题。")
        found = found_in(self._store, report)
        correction = Correction(rule, severity, span, message.strip())
        within(correction, found)
        with acting(self._store) as connection:
            work, _ = hold(connection, self._store, person, report)
            new = Decision(
                uuid4().hex, report, f"{MISSED}{uuid4().hex[:12]}", "manual", None, "", comment, person.id,
                datetime.now(UTC), "assisted", found.edition, rule or "", message.strip(), correction,
                lane=lane_of(work, person),
            )  # fmt: skip
            put(connection, self._store, person, [(new, None)])
        return new

    def grade(
        self,
        person: Person,
        report: str,
        side: Side,
        grade: int,
        expect: str | None = None,
        view: Seen = "assisted",
    ) -> Decision:
        """How good the problems, the measures or the whole report are: 1 (worst) to 4 (best). ``expect`` as in ``decide``."""
        require(person, "reviewer", "lead")
        if side not in ("problems", "measures", "report") or not 1 <= grade <= 4:
            raise WrongUsage("等级应为 1（差）到 4（优）。")
        found, finding = found_in(self._store, report), f"{GRADE}{side}"
        with acting(self._store) as connection:
            work, _ = hold(connection, self._store, person, report)
            lane = lane_of(work, person)
            before = decisions.one(connection, report, finding, lane)
            new = Decision(
                uuid4().hex, report, finding, "graded", None, "", "", person.id, datetime.now(UTC), view,
                found.edition, grade=grade, lane=lane,
            )  # fmt: skip
            if before is not None and _repeated(before, new, person):
                return before.decision
            _expected(before, expect)
            put(connection, self._store, person, [(new, before)])
        return new

    def comment(self, person: Person, report: str, finding: str, text: str) -> None:
        """Keeps a comment as a draft; the next decision of the person about the finding takes it."""
        require(person, "reviewer", "lead")
        known(finding)
        with self._store.writing() as connection:
            work_of(connection, report)
            decisions.draft(connection, self._store, report, finding, person.id, text, datetime.now(UTC))

    def drafts(self, person: Person, report: str) -> dict[str, str]:
        """The person's drafts by finding."""
        with self._store.reading() as connection:
            return decisions.drafts_of(connection, report, person.id)

    def state(self, report: str, person: Person | None = None) -> dict[str, Decision]:
        """What counts for each finding; ``cleared`` where it was undone.

        While two review the report apart, what counts for ``person``, and nothing for anybody else.
        """
        with self._store.reading() as connection:
            lane = lane_of(work_of(connection, report), person)
            return {f: made.decision for f, made in decisions.counting(connection, report, lane).items()}

    def history(self, report: str, person: Person | None = None) -> tuple[Decision, ...]:
        """Every decision about the report, the first one first; while two review it apart, only those of ``person``."""
        with self._store.reading() as connection:
            work = work_of(connection, report)
            lane = (person.id if person else "") if apart(work) else None
            return tuple(made.decision for made in decisions.history(connection, report, lane))

    def unsure(self) -> tuple[Decision, ...]:
        """The findings that reviewers leave to the lead."""
        with self._store.reading() as connection:
            return decisions.with_verdict(connection, "unsure")

    def undo(self, person: Person, report: str) -> Undone:
        """Takes back what the person did last in the report and has not taken back yet, however long ago.

        A bulk decision is taken back in all its reports. Raises WrongUsage where nothing is left to undo, Conflict where
        somebody else has decided since.
        """
        return self._turn(person, report, "undo")

    def redo(self, person: Person, report: str) -> Undone:
        """Does again what was undone last, unless the person has decided something since."""
        return self._turn(person, report, "redo")

    def _turn(self, person: Person, report: str, kind: Literal["undo", "redo"]) -> Undone:
        require(person, "reviewer", "lead")
        with acting(self._store) as connection:
            done, undone = _stacks(decisions.acts(connection, person.id, report))
            stack = done if kind == "undo" else undone
            if not stack:
                raise WrongUsage("没有可以撤销的操作。" if kind == "undo" else "没有可以重做的操作。")
            rows = decisions.of_act(connection, stack[-1])
            contents = decisions.got(connection, [row.before for row in rows if row.before])
            turned, skipped, other = [], [], None
            hold(connection, self._store, person, report)
            for row in rows:
                target = row.decision
                if target.report != report and not _open(connection, person, target.report):
                    skipped.append((target.report, target.finding))
                    continue
                now = decisions.one(connection, target.report, target.finding, target.lane)
                from_, to = (row.origin, row.before) if kind == "undo" else (row.before, row.origin)
                if (now.origin if now else None) != from_:
                    skipped.append((target.report, target.finding))
                    other = now.decision if now else None
                    continue
                content = target if kind == "redo" else contents[to].decision if to else cleared(target)
                new = replace(content, id=uuid4().hex, at=datetime.now(UTC))
                if to is None:
                    new = replace(new, reviewer=person.id)
                turned.append(Made(new, person.id, "", kind, stack[-1], to, from_))
            if not turned:
                raise Conflict("这之后别人已作了新的决定，不能撤销。请刷新页面查看。", other)
            one = uuid4().hex
            decisions.put(connection, self._store, [replace(made, act=one) for made in turned])
            log(connection, *(_line(person, kind, made) for made in turned))
        return Undone(tuple(made.decision for made in turned), tuple(skipped))


def put(connection: Transaction, store: Store, person: Person, decided: Sequence[tuple[Decision, Made | None]]) -> None:
    """Adds decisions, each with what counted before it, as one act that is undone together; and logs them."""
    one = uuid4().hex
    made = []
    for new, before in decided:
        origin = None if new.verdict == "cleared" else new.id
        made.append(Made(new, person.id, one, "do", None, origin, before.origin if before else None))
    decisions.put(connection, store, made)
    log(connection, *(_line(person, "decide", m, before) for m, (_, before) in zip(made, decided, strict=True)))


def _line(person: Person, action: str, made: Made, before: Made | None = None) -> Act:
    new = made.decision
    after: dict[str, object] = {"finding": new.finding, "decision": new.id, "verdict": new.verdict, "view": new.view}
    if new.grade is not None:
        after["grade"] = new.grade
    was = {"decision": before.decision.id, "verdict": before.decision.verdict} if before else {}
    return act(person, action, new.report, was, after, new.reason or "")


def _stacks(done: Sequence[tuple[str, str, str | None]]) -> tuple[list[str], list[str]]:
    """The acts that can be undone and those that can be redone, the next one last."""
    undo: list[str] = []
    redo: list[str] = []
    for one, kind, _ in done:
        if kind == "do":
            undo.append(one)
            redo.clear()
            continue
        from_, to = (undo, redo) if kind == "undo" else (redo, undo)
        to.append(from_.pop())
    return undo, redo


def _open(connection: Transaction, person: Person, report: str) -> bool:
    try:
        room(connection, person, report)
    except Conflict:
        return False
    return True


def _repeated(before: Made, new: Decision, person: Person) -> bool:
    """Sent again, as after a lost answer."""
    same = replace(new, id=before.decision.id, at=before.decision.at, edition=before.decision.edition)
    return before.by == person.id and same == before.decision


def _expected(before: Made | None, expect: str | None) -> None:
    counts = before.decision if before else None
    if expect == (counts.id if counts else None) or (expect is None and counts and counts.verdict == "cleared"):
        return
    raise Conflict("这条问题刚刚有了新的决定，请看过再定。", counts)

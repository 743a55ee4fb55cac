"""What takes two people: decisions about many findings at once, and deleting."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from pipeline.desk.auditing import act
from pipeline.desk.deciding import put
from pipeline.desk.finds import Found, found_in
from pipeline.desk.leasing import lane_of, room, work_of
from pipeline.desk.people import require
from pipeline.desk.verdicts import fit
from pipeline.errors import Conflict, Forbidden, WrongUsage
from pipeline.records import Decision, Person, PersonRole, Proposal, Reason, Verdict
from pipeline.store import Store, batches, decisions, proposals
from pipeline.store.audit import Transaction, acting, log
from pipeline.store.decisions import Made
from pipeline.store.people import Accounts

ALONE = 50
"""How many findings one person may decide at once."""

_MOST = 5000
_MAY: Mapping[str, tuple[PersonRole, ...]] = {"bulk": ("reviewer", "lead"), "batch-delete": ("operator", "lead")}


@dataclass(frozen=True, slots=True)
class Bulk:
    """What became of a bulk decision: made, left out with the reason, or waiting for a second person."""

    decisions: tuple[Decision, ...] = ()
    skipped: tuple[tuple[str, str, str], ...] = ()
    proposal: Proposal | None = None


class Approvals:
    """Proposals and their approval by another person, who must be allowed to do the same."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def bulk(
        self,
        person: Person,
        items: Sequence[tuple[str, str]],
        verdict: Verdict,
        reason: Reason | None = None,
        note: str = "",
    ) -> Bulk:
        """One decision about many findings (report and finding), undone as one; decided ones are left out.

        More than 50 wait for a second person.
        """
        require(person, *_MAY["bulk"])
        items = list(dict.fromkeys(items))
        if not 0 < len(items) <= _MOST:
            raise WrongUsage(f"一次可处理 1 到 {_MOST} 条问题。")
        for _, finding in items:
            fit(finding, verdict, reason)
        what = {"items": [list(item) for item in items], "verdict": verdict, "reason": reason, "note": note}
        if len(items) > ALONE:
            return Bulk(proposal=self._propose(person, "bulk", what, note))
        founds = self._found(items)
        with acting(self._store) as connection:
            return self._decide(connection, person, items, founds, what)

    def delete_batch(self, person: Person, batch: int, reason: str) -> Proposal:
        """Asks for a batch to be deleted: its reviews go, what was handed in and what was decided stays."""
        require(person, *_MAY["batch-delete"])
        if not reason.strip():
            raise WrongUsage("请写明删除的原因。")
        with self._store.reading() as connection:
            if batch not in {one.id for one in batches.every(connection)}:
                raise WrongUsage("没有这个批次，或它已被删除。请刷新批次列表。")
        return self._propose(person, "batch-delete", {"batch": batch}, reason.strip())

    def waiting(self) -> tuple[Proposal, ...]:
        """What waits for a second person, the oldest first."""
        with self._store.reading() as connection:
            return proposals.waiting(connection)

    def approve(self, person: Person, proposal: str) -> Bulk:
        """Does what was proposed, in the name of who proposed it. Raises Forbidden to that person."""
        with self._store.reading() as connection:
            asked = _waiting(connection, proposal)
        proposer = Accounts(self._store).person(asked.by)
        founds = self._found(asked.what.get("items", ()))
        with acting(self._store) as connection:
            found = self._settle(connection, person, proposal, approved=True)
            if found.action == "batch-delete":
                batch = found.what["batch"]
                gone = batches.delete(connection, batch, datetime.now(UTC))
                log(connection, act(person, "batch-delete", str(batch), after={"reports": gone}, reason=found.reason))
                return Bulk()
            if proposer is None:
                raise WrongUsage("提出这项操作的用户已不存在。")
            # Who has lost the account or the role since cannot have it done in their name.
            require(proposer, *_MAY["bulk"])
            return self._decide(connection, proposer, found.what["items"], founds, found.what)

    def refuse(self, person: Person, proposal: str) -> None:
        """Drops what was proposed; who proposed it may too."""
        with acting(self._store) as connection:
            self._settle(connection, person, proposal, approved=False)

    def _propose(self, person: Person, action: Any, what: Mapping[str, Any], reason: str) -> Proposal:
        made = Proposal(uuid4().hex[:12], action, what, reason, person.id, person.name, datetime.now(UTC))
        with acting(self._store) as connection:
            proposals.add(connection, made)
            log(connection, act(person, "propose", made.id, after=_told(made), reason=reason))
        return made

    def _settle(self, connection: Transaction, person: Person, proposal: str, *, approved: bool) -> Proposal:
        found = _waiting(connection, proposal)
        require(person, *_MAY[found.action])
        if approved and found.by == person.id:
            raise Forbidden("须由另一人批准，不能批准自己提出的操作。")
        proposals.settle(connection, proposal, person.id, datetime.now(UTC), approved=approved)
        log(connection, act(person, "approve" if approved else "refuse", proposal, after=_told(found)))
        return found

    def _found(self, items: Iterable[Sequence[str]]) -> dict[str, Found]:
        return {report: found_in(self._store, report) for report in {report for report, _ in items}}

    def _decide(
        self,
        connection: Transaction,
        person: Person,
        items: Iterable[Sequence[str]],
        founds: Mapping[str, Found],
        what: Mapping[str, Any],
    ) -> Bulk:
        of: dict[str, list[str]] = {}
        for report, finding in items:
            of.setdefault(report, []).append(finding)
        decided: list[tuple[Decision, Made | None]] = []
        skipped: list[tuple[str, str, str]] = []
        for report in sorted(of):
            said = _closed(connection, person, report)
            if said:
                skipped += [(report, finding, said) for finding in of[report]]
                continue
            lane, found = lane_of(work_of(connection, report), person), founds[report]
            counts = decisions.counting(connection, report, lane)
            for finding in of[report]:
                before = counts.get(finding)
                if before is not None and before.decision.verdict != "cleared":
                    skipped.append((report, finding, "已有决定"))
                elif finding not in found.findings:
                    skipped.append((report, finding, "报告里没有这条问题"))
                else:
                    rule, message = found.findings[finding]
                    new = Decision(
                        uuid4().hex, report, finding, what["verdict"], what["reason"], what["note"], "", person.id,
                        datetime.now(UTC), "assisted", found.edition, rule, message, lane=lane,
                    )  # fmt: skip
                    decided.append((new, before))
        put(connection, self._store, person, decided)
        after = {"decided": len(decided), "skipped": len(skipped), "verdict": what["verdict"]}
        log(connection, act(person, "bulk", after=after, reason=what["reason"] or ""))
        return Bulk(tuple(new for new, _ in decided), tuple(skipped))


def _waiting(connection: Transaction, proposal: str) -> Proposal:
    found = next(iter(proposals.waiting(connection, proposal)), None)
    if found is None:
        raise WrongUsage("没有这项待批准的操作，或已有人处理。请刷新页面。")
    return found


def _closed(connection: Transaction, person: Person, report: str) -> str:
    """Why the person cannot decide in the report; empty if they can."""
    try:
        room(connection, person, report)
    except Conflict as conflict:
        return str(conflict)
    return ""


def _told(proposal: Proposal) -> dict[str, object]:
    items = proposal.what.get("items")
    counted = {"findings": len(items), "verdict": proposal.what["verdict"]} if items else dict(proposal.what)
    return {"action": proposal.action, "by": proposal.name, **counted}

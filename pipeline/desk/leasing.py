"""Who may work on a report now: how it is taken, kept, and lost to another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from pipeline.desk.auditing import act
from pipeline.desk.finds import named
from pipeline.errors import Conflict, WrongUsage
from pipeline.records import Lease, Person, Work, WorkState
from pipeline.store import Store, works
from pipeline.store.audit import Transaction, log

LASTS = timedelta(minutes=15)
"""How long a report stays on the desk of someone who does nothing."""

STATES: dict[WorkState, str] = {
    "new": "未审",
    "leased": "审核中",
    "disputed": "待仲裁",
    "reviewed": "已审",
    "returned": "已退回",
    "closed": "已办结",
}


def apart(work: Work) -> bool:
    """Whether two review the report and neither may see what the other decides."""
    return work.reviewers > 1 and work.state in ("new", "leased")


def lane_of(work: Work, person: Person | None) -> str:
    """For whom a decision counts: for the report, or, while two review apart, for ``person``."""
    return person.id if person is not None and apart(work) else ""


def work_of(connection: Transaction, report: str) -> Work:
    """How far the report is. Raises WrongUsage if it was never handed in."""
    work = works.work(connection, report) if named(report) else None
    if work is None:
        raise WrongUsage("没有这份报告。请刷新队列。")
    return work


class Place(NamedTuple):
    """Room for a person at a report: what they have there already, and whom they would send away."""

    work: Work
    mine: Lease | None
    stale: tuple[Lease, ...]


def room(connection: Transaction, person: Person, report: str, *, over: bool = False) -> Place:
    """Raises Conflict, with their lease, where others have the report, or with the work, where it is done with.

    ``over``: sends away whoever has it.
    """
    work, now = work_of(connection, report), datetime.now(UTC)
    if work.state not in ("new", "leased"):
        raise Conflict(f"这份报告{STATES[work.state]}，不能再改。如需修改，请审核组长重新打开。", work)
    there = works.leases_of(connection, [report])[report]
    mine = next((lease for lease in there if lease.holder == person.id), None)
    if mine is not None and mine.finished:
        raise Conflict("您已完成这份报告的审核。如需修改，请审核组长重新打开。", mine)
    if mine is not None:
        return Place(work, mine, ())
    others = [lease for lease in there if lease.finished is None]
    free = work.reviewers - (len(there) - len(others))
    stale = tuple(lease for lease in others if over or lease.until <= now)
    if len(others) - len(stale) >= free:
        held = next((lease for lease in others if lease not in stale), there[-1])
        raise Conflict(f"{held.name}正在审核这份报告。请先审别的，或稍后再来。", held)
    return Place(work, None, stale if len(others) >= free else ())


def hold(
    connection: Transaction, store: Store, person: Person, report: str, *, over: bool = False
) -> tuple[Work, Lease]:
    """Puts the report on the desk of ``person``, or keeps it there; whoever left it unattended loses it. As ``room``."""
    place, now = room(connection, person, report, over=over), datetime.now(UTC)
    if place.mine is None:
        if place.stale:
            works.drop_leases(connection, report, [lease.holder for lease in place.stale])
            before = {"holders": [lease.name for lease in place.stale]}
            log(connection, act(person, "lease-over", report, before))
        log(connection, act(person, "lease", report))
    lease = Lease(report, person.id, person.name, place.mine.since if place.mine else now, now + LASTS)
    works.set_lease(connection, store, lease)
    work = place.work
    if work.state != "leased":
        work = replace(work, state="leased")
        works.set_work(connection, store, work)
    return work, lease

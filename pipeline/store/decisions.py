"""Decisions as rows: added, never changed. Every function takes the connection of a transaction.

``standing`` says which row counts for each finding; ``rebuild`` makes it anew from the rows.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pipeline.records import Correction, Decision, Span
from pipeline.store.desk_tables import decisions, drafts, standing
from pipeline.store.store import Store

_SAME = tuple(name for name in Decision.__slots__ if name != "correction")
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Made:
    """A decision and how it came about.

    ``act`` is shared by what is undone together; ``kind`` do, undo, redo or settle; ``of`` the act undone or redone;
    ``origin`` the decision whose content this one has, None if cleared; ``before`` the origin of what counted before;
    ``by`` who put it there, which differs from the reviewer where somebody undoes.
    """

    decision: Decision
    by: str
    act: str
    kind: str
    of: str | None
    origin: str | None
    before: str | None


def counting(connection: sa.Connection, report: str, lane: str = "") -> dict[str, Made]:
    """What counts for each finding of the report in ``lane``; cleared ones too."""
    found = _counting().where(standing.c.report == report, standing.c.lane == lane).order_by(decisions.c.seq)
    return {row.finding: _made(row) for row in connection.execute(found)}


def one(connection: sa.Connection, report: str, finding: str, lane: str = "") -> Made | None:
    found = _counting().where(standing.c.report == report, standing.c.finding == finding, standing.c.lane == lane)
    row = connection.execute(found).one_or_none()
    return _made(row) if row else None


def with_verdict(connection: sa.Connection, verdict: str) -> tuple[Decision, ...]:
    """Every decision that counts, has ``verdict`` and is for the report, not for one of two reviewers."""
    found = _counting().where(standing.c.lane == "", decisions.c.verdict == verdict).order_by(decisions.c.seq)
    return tuple(_made(row).decision for row in connection.execute(found))


def got(connection: sa.Connection, ids: Collection[str]) -> dict[str, Made]:
    found = sa.select(decisions).where(decisions.c.id.in_(ids))
    return {row.id: _made(row) for row in connection.execute(found)}


def of_act(connection: sa.Connection, act: str) -> tuple[Made, ...]:
    found = sa.select(decisions).where(decisions.c.act == act).order_by(decisions.c.seq)
    return tuple(_made(row) for row in connection.execute(found))


def acts(connection: sa.Connection, person: str, report: str) -> tuple[tuple[str, str, str | None], ...]:
    """What ``person`` did, undid and redid in the report, the first one first: act, kind and the act it is of."""
    found = (
        sa.select(decisions.c.act, decisions.c.kind, decisions.c.of)
        .where(decisions.c.report == report, decisions.c.by == person, decisions.c.kind != "settle")
        .group_by(decisions.c.act, decisions.c.kind, decisions.c.of)
        .order_by(sa.func.min(decisions.c.seq))
    )
    return tuple((row.act, row.kind, row.of) for row in connection.execute(found))


def history(connection: sa.Connection, report: str, lane: str | None = None) -> tuple[Made, ...]:
    """Every decision about the report, the first one first; of ``lane`` only, or of all (None)."""
    found = sa.select(decisions).where(decisions.c.report == report).order_by(decisions.c.seq)
    if lane is not None:
        found = found.where(decisions.c.lane == lane)
    return tuple(_made(row) for row in connection.execute(found))


def every(store: Store) -> Iterator[Made]:
    """All decisions ever made, the first one first; streams."""
    with store.reading() as connection:
        found = sa.select(decisions).order_by(decisions.c.seq)
        for row in connection.execute(found, execution_options={"yield_per": _PAGE}):
            yield _made(row)


def put(connection: sa.Connection, store: Store, made: Sequence[Made]) -> None:
    """Adds decisions, in a transaction of ``audit.acting``; each counts for its finding and lane from now on."""
    if not made:
        return
    seq = connection.scalar(sa.select(sa.func.max(decisions.c.seq))) or 0
    rows = [_row(one) | {"seq": seq + i} for i, one in enumerate(made, 1)]
    connection.execute(sa.insert(decisions).returning(decisions.c.seq), rows)
    insert = store.insert(standing)
    upsert = insert.on_conflict_do_update(
        index_elements=["report", "finding", "lane"], set_={"decision": insert.excluded.decision}
    )
    last = {(r["report"], r["finding"], r["lane"]): r["id"] for r in rows}
    keys = [{"report": r, "finding": f, "lane": lane, "decision": id_} for (r, f, lane), id_ in last.items()]
    connection.execute(upsert.returning(standing.c.finding), keys)


def rebuild(connection: sa.Connection) -> None:
    """Makes ``standing`` anew from the decisions."""
    connection.execute(sa.delete(standing))
    latest = sa.select(sa.func.max(decisions.c.seq)).group_by(decisions.c.report, decisions.c.finding, decisions.c.lane)
    rows = sa.select(decisions.c.report, decisions.c.finding, decisions.c.lane, decisions.c.id)
    connection.execute(
        sa.insert(standing).from_select(
            ["report", "finding", "lane", "decision"], rows.where(decisions.c.seq.in_(latest))
        )
    )


def draft(
    connection: sa.Connection, store: Store, report: str, finding: str, person: str, text: str, at: datetime
) -> None:
    """Keeps the latest text of a comment not yet given; an empty one is dropped."""
    if not text:
        drop_draft(connection, report, finding, person)
        return
    insert = store.insert(drafts).values(report=report, finding=finding, person=person, text=text, at=at)
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=["report", "finding", "person"],
            set_={"text": insert.excluded.text, "at": insert.excluded.at},
        )
    )


def drop_draft(connection: sa.Connection, report: str, finding: str, person: str) -> None:
    mine = (drafts.c.report == report, drafts.c.finding == finding, drafts.c.person == person)
    connection.execute(sa.delete(drafts).where(*mine))


def drafts_of(connection: sa.Connection, report: str, person: str) -> dict[str, str]:
    """The comments not yet given, by finding."""
    found = sa.select(drafts.c.finding, drafts.c.text).where(drafts.c.report == report, drafts.c.person == person)
    return {row.finding: row.text for row in connection.execute(found)}


def _counting() -> sa.Select[Any]:
    return sa.select(decisions).join_from(standing, decisions, standing.c.decision == decisions.c.id)


def _row(made: Made) -> dict[str, object]:
    decision, correction = made.decision, made.decision.correction
    return {
        **{name: getattr(decision, name) for name in _SAME},
        "correction": None if correction is None else _facts(correction),
        **{name: getattr(made, name) for name in ("by", "act", "kind", "of", "origin", "before")},
    }


def _made(row: sa.Row[Any]) -> Made:
    correction = None if row.correction is None else _correction(row.correction)
    decision = Decision(**{name: getattr(row, name) for name in _SAME}, correction=correction)
    return Made(decision, row.by, row.act, row.kind, row.of, row.origin, row.before)


def _facts(correction: Correction) -> dict[str, object]:
    span = correction.span
    return {
        "rule": correction.rule,
        "severity": correction.severity,
        "span": None if span is None else [span.block, span.start, span.end],
        "message": correction.message,
    }


def _correction(facts: Mapping[str, Any]) -> Correction:
    span = facts["span"]
    return Correction(facts["rule"], facts["severity"], None if span is None else Span(*span), facts["message"])

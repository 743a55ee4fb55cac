"""The queue: lines by rank, filtered, a page at a time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

import sqlalchemy as sa

from pipeline.records import Band, QueueEntry, View, WorkState
from pipeline.store.connect import ACTING
from pipeline.store.desk_tables import decisions, leases, standing, works
from pipeline.store.queue_tables import LONGEST, batched, findings_of, lines, numbers, titles
from pipeline.store.rows import entry_of
from pipeline.store.tables import Words, reviews

Cursor = tuple[float, str, int]
"""Where a line stands: its rank, the beginning of its name, its number."""

_QUEUE = tuple(column for column in reviews.c if column.name not in ("edition", "data"))
_MANY = 2000
_ORDER = (lines.c.rank, lines.c.called, lines.c.number)


@dataclass(frozen=True, slots=True)
class Line:
    entry: QueueEntry
    state: WorkState
    cursor: Cursor


def page(
    connection: sa.Connection, edition: str, view: View, after: Cursor | None, limit: int
) -> tuple[tuple[Line, ...], int]:
    """The first ``limit`` lines of the view behind ``after``, and how many the whole view has."""
    few = _few(connection, edition, view)
    counted = sa.select(sa.func.count()).select_from(lines).where(*_of(connection, edition, view, few))
    total = connection.scalar(counted) or 0
    if not total:
        return (), 0
    conditions = _of(connection, edition, view, few, one_by_one=total > _MANY)
    some = sa.select(*_ORDER, lines.c.report, lines.c.state).where(*conditions)
    if after is not None:
        some = some.where(sa.tuple_(*_ORDER) > sa.tuple_(*_bound(after)))
    chosen = some.order_by(*_ORDER).limit(limit).subquery()
    found = (
        sa.select(chosen.c.rank, chosen.c.called, chosen.c.number, chosen.c.state, *_QUEUE)
        .join_from(chosen, reviews, (reviews.c.report == chosen.c.report) & (reviews.c.edition == edition))
        .order_by(chosen.c.rank, chosen.c.called, chosen.c.number)
    )
    rows = connection.execute(found)
    return tuple(Line(entry_of(row), row.state, (row.rank, row.called, row.number)) for row in rows), total


def line(connection: sa.Connection, edition: str, report: str) -> Line | None:
    """The line of one report."""
    found = sa.select(*_ORDER, lines.c.state, *_QUEUE).join_from(
        lines, reviews, (reviews.c.report == lines.c.report) & (reviews.c.edition == lines.c.edition)
    )
    row = connection.execute(found.where(reviews.c.report == report, reviews.c.edition == edition)).one_or_none()
    return Line(entry_of(row), row.state, (row.rank, row.called, row.number)) if row else None


def by_state(connection: sa.Connection, edition: str, view: View) -> dict[WorkState, int]:
    """How many lines of the view are in each state."""
    found = sa.select(lines.c.state, sa.func.count()).where(*_of(connection, edition, view)).group_by(lines.c.state)
    return dict(iter(connection.execute(found)))


def free(
    connection: sa.Connection, edition: str, view: View, person: str, now: datetime, after: Cursor | None, limit: int
) -> tuple[tuple[str, Cursor], ...]:
    """Reports of the view that ``person`` may take and has not had: new ones, and those left unattended."""
    stale = sa.select(leases.c.report).where(leases.c.finished.is_(None), leases.c.until <= now)
    some = sa.select(lines.c.report, *_ORDER).where(
        *_of(connection, edition, view),
        (lines.c.state == "new") | ((lines.c.state == "leased") & lines.c.report.in_(stale)),
        _within(connection, lines.c.holders, f"|{person}|") == 0,
    )
    if after is not None:
        some = some.where(sa.tuple_(*_ORDER) > sa.tuple_(*_bound(after)))
    found = connection.execute(some.order_by(*_ORDER).limit(limit))
    return tuple((row.report, (row.rank, row.called, row.number)) for row in found)


def values(connection: sa.Connection, edition: str) -> dict[str, dict[Any, int]]:
    """What a view can be narrowed to, and how many lines each has: ``agency``, ``year``, ``rule``."""
    of: dict[str, dict[Any, int]] = {}
    for name, column in (("agency", lines.c.agency), ("year", lines.c.year), ("rule", findings_of.c.rule)):
        found = sa.select(column, sa.func.count()).where(column.table.c.edition == edition).group_by(column)
        of[name] = {value: count for value, count in connection.execute(found) if value not in (None, "")}
    return of


def decided(connection: sa.Connection, reports: Collection[str]) -> dict[str, int]:
    """How many findings of each report are decided; what reviewers added, and grades, are not counted."""
    found = (
        sa.select(standing.c.report, sa.func.count())
        .join_from(standing, decisions, standing.c.decision == decisions.c.id)
        .where(standing.c.report.in_(reports), standing.c.lane == "")
        .where(decisions.c.verdict.not_in(("cleared", "manual", "graded")))
        .where(standing.c.finding.not_like("missed:%"))
        .group_by(standing.c.report)
    )
    return dict(iter(connection.execute(found)))


def shut(connection: sa.Connection) -> None:
    """Lets no person act until this transaction ends, so that a line is written with the state that holds."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock_shared(ACTING)))


def put(connection: sa.Connection, edition: str, entries: Sequence[QueueEntry]) -> None:
    """Makes the lines of ``entries`` anew, in a transaction that is ``shut``."""
    number = number_of(connection, [entry.id for entry in entries])
    for table in (lines, titles, findings_of):
        connection.execute(sa.delete(table).where(table.c.edition == edition, table.c.number.in_(number.values())))
    state = dict(iter(connection.execute(sa.select(works.c.report, works.c.state).where(works.c.report.in_(number)))))
    held = holders(connection, number)
    connection.execute(
        sa.insert(lines).returning(lines.c.number),
        [
            {
                "edition": edition,
                "number": number[entry.id],
                "report": entry.id,
                "rank": -entry.score,
                "called": entry.name[:LONGEST],
                "agency": entry.agency[:LONGEST],
                "year": entry.year,
                "band": entry.band,
                "state": state.get(entry.id, "new"),
                "holders": held.get(entry.id, ""),
            }
            for entry in entries
        ],
    )
    connection.execute(
        sa.insert(titles).returning(titles.c.number),
        [{"edition": edition, "number": number[e.id], "words": searched(e.name, e.agency, e.title)} for e in entries],
    )
    found = [
        {"edition": edition, "rule": rule, "number": number[entry.id], "severity": severity}
        for entry in entries
        for rule, severity in entry.rules.items()
    ]
    if found:
        connection.execute(sa.insert(findings_of).returning(findings_of.c.number), found)


def drop(connection: sa.Connection, reports: sa.Select[tuple[str]] | None) -> None:
    """Removes the lines of the reports that are selected, or all, in every edition."""
    for table in (lines, titles, findings_of):
        dropped = sa.delete(table)
        if reports is not None:
            some = sa.select(numbers.c.number).where(numbers.c.report.in_(reports))
            dropped = dropped.where(table.c.number.in_(some))
        connection.execute(dropped)


def show(connection: sa.Connection, report: str) -> None:
    """Brings the state and the holders of a report's lines up to date."""
    number = sa.select(numbers.c.number).where(numbers.c.report == report).scalar_subquery()
    state = connection.scalar(sa.select(works.c.state).where(works.c.report == report)) or "new"
    held = holders(connection, [report]).get(report, "")
    connection.execute(sa.update(lines).where(lines.c.number == number).values(state=state, holders=held))


def holders(connection: sa.Connection, reports: Iterable[str]) -> dict[str, str]:
    of: dict[str, str] = {}
    found = sa.select(leases.c.report, leases.c.holder).where(leases.c.report.in_(list(reports)))
    for report, holder in connection.execute(found.order_by(leases.c.since, leases.c.holder)):
        of[report] = f"{of.get(report, '|')}{holder}|"
    return of


def number_of(connection: sa.Connection, reports: Collection[str]) -> dict[str, int]:
    found = sa.select(numbers.c.report, numbers.c.number).where(numbers.c.report.in_(reports))
    return dict(iter(connection.execute(found)))


def searched(name: str, agency: str, title: str) -> str:
    """What a search looks through; a name often holds the unit and the title, which then need not stand there twice."""
    return " ".join([name, *(part for part in (agency, title) if part not in name)]).lower()


def _of(
    connection: sa.Connection, edition: str, view: View, few: list[int] | None = None, *, one_by_one: bool = False
) -> list[sa.ColumnElement[bool]]:
    """The conditions of a view.

    ``few`` are the numbers of all reports with the view's words, if they are few. What else stands in another table is
    gathered once, which is best for counting; or, ``one_by_one``, looked up for each line, which is best for the first
    of many.
    """
    wanted = [lines.c.edition == edition]
    if view.agency is not None:
        wanted.append(lines.c.agency == view.agency[:LONGEST])
    if view.year is not None:
        wanted.append(_equal(lines.c.year, view.year))
    for column, value, known in (
        (lines.c.band, view.band, get_args(Band)),
        (lines.c.state, view.state, get_args(WorkState)),
    ):
        if value is not None:
            wanted.append(column == value if value in known else sa.false())
    if view.mine is not None:
        wanted.append(_within(connection, lines.c.holders, f"|{view.mine}|") > 0)
    elsewhere: list[tuple[sa.Column[int], list[sa.ColumnElement[bool]]]] = []
    if few is not None:
        wanted.append(lines.c.number.in_(few))
    elif view.text.split():
        elsewhere.append((titles.c.number, _with_words(connection, edition, view)))
    if view.rule is not None:
        of_rule = [findings_of.c.edition == edition, findings_of.c.rule == view.rule]
        elsewhere.append((findings_of.c.number, of_rule))
    if view.batch is not None:
        elsewhere.append((batched.c.number, [_equal(batched.c.batch, view.batch)]))
    for at, (number, conditions) in enumerate(elsewhere):
        # With the first gathered, few lines may be left to look up the others for.
        if one_by_one or at:
            wanted.append(sa.exists().where(number == lines.c.number, *conditions))
        else:
            wanted.append(lines.c.number.in_(sa.select(number).where(*conditions)))
    return wanted


def _few(connection: sa.Connection, edition: str, view: View) -> list[int] | None:
    """The numbers of the reports with the view's words, unless they are many: found once, not for count and page each."""
    if not view.text.split():
        return None
    found = sa.select(titles.c.number).where(*_with_words(connection, edition, view)).limit(_MANY + 1)
    few = list(connection.scalars(found))
    return few if len(few) <= _MANY else None


def _with_words(connection: sa.Connection, edition: str, view: View) -> list[sa.ColumnElement[bool]]:
    terms = view.text.lower().split()
    return [titles.c.edition == edition, *(_within(connection, titles.c.words, term) > 0 for term in terms)]


def _equal(column: sa.ColumnElement[int], value: int) -> sa.ColumnElement[bool]:
    """Also for a number that is too large for the column."""
    return column == value if abs(value) < 2**31 else sa.false()


def _bound(cursor: Cursor) -> tuple[Any, ...]:
    return tuple(sa.bindparam(None, value, type_=column.type) for value, column in zip(cursor, _ORDER, strict=True))


def _within(connection: sa.Connection, column: sa.ColumnElement[str], text: str) -> sa.ColumnElement[int]:
    """Where ``text`` stands in ``column``, from 1; 0 if nowhere."""
    place = sa.func.strpos if connection.dialect.name == "postgresql" else sa.func.instr
    return place(column, sa.bindparam(None, text, type_=Words))

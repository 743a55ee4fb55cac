"""The queue as the reviewers see it: views, pages, what comes next; and the batches that reports came in with."""

import base64
import json
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from pipeline.desk.auditing import act
from pipeline.desk.leasing import hold
from pipeline.desk.people import require
from pipeline.errors import Conflict, WrongUsage
from pipeline.records import Batch, Person, QueueLine, QueuePage, View, WorkState
from pipeline.store import Store, batches, queue, works
from pipeline.store.audit import Transaction, acting, log
from pipeline.store.queue import Cursor, Line

LONGEST_PAGE = 200
_AHEAD = 50
# Counting what can be filtered by takes as long as a few pages, and changes only as reviews come in.
_FRESH = 30.0


@dataclass(frozen=True, slots=True)
class Facets:
    """What a view can be narrowed to, with the number of reports: units by name, years the latest first, rules the most
    frequent first, batches the latest first."""

    agencies: tuple[tuple[str, int], ...]
    years: tuple[tuple[int, int], ...]
    rules: tuple[tuple[str, int], ...]
    batches: tuple[Batch, ...]


class Queueing:
    """The queue of one edition."""

    def __init__(self, store: Store, edition: str) -> None:
        self._store = store
        self._edition = edition
        self._facets: tuple[float, Facets] | None = None
        self._lock = Lock()

    def page(self, view: View, after: str | None = None, limit: int = 50) -> QueuePage:
        """A page of the view, the report most in need of a reader first; ``after`` is the ``next`` of the page before.

        Raises WrongUsage for a cursor that is none.
        """
        cursor = None if after is None else _cursor(after)
        limit = max(1, min(limit, LONGEST_PAGE))
        with self._store.reading() as connection:
            found, total = queue.page(connection, self._edition, view, cursor, limit + 1)
            shown = found[:limit]
            return QueuePage(
                self._lines(connection, shown), _token(shown[-1].cursor) if len(found) > limit else None, total
            )

    def line(self, report: str) -> QueueLine | None:
        """The line of one report; None if this edition has not reviewed it."""
        with self._store.reading() as connection:
            found = queue.line(connection, self._edition, report)
            return self._lines(connection, (found,))[0] if found else None

    def _lines(self, connection: Transaction, found: Collection[Line]) -> tuple[QueueLine, ...]:
        ids = [line.entry.id for line in found]
        leases, decided = works.leases_of(connection, ids), queue.decided(connection, ids)
        return tuple(
            QueueLine(
                line.entry,
                line.state,
                tuple(lease.name for lease in leases[line.entry.id]),
                max(0, sum(line.entry.findings.values()) - decided.get(line.entry.id, 0)),
            )
            for line in found
        )

    def progress(self, view: View) -> dict[WorkState, int]:
        """How many reports of the view are in each state; the view's own state is passed over."""
        with self._store.reading() as connection:
            return queue.by_state(connection, self._edition, replace(view, state=None))

    def facets(self) -> Facets:
        """At most half a minute old."""
        with self._lock:
            now = time.monotonic()
            if self._facets is None or now - self._facets[0] > _FRESH:
                self._facets = now, self._counted()
            return replace(self._facets[1], batches=self.batches())

    def _counted(self) -> Facets:
        with self._store.reading() as connection:
            of = queue.values(connection, self._edition)
        return Facets(
            tuple(sorted(of["agency"].items())),
            tuple(sorted(of["year"].items(), reverse=True)),
            tuple(sorted(of["rule"].items(), key=lambda item: (-item[1], item[0]))),
            (),
        )

    def next(self, person: Person, view: View) -> str | None:
        """Puts the first report of the view that is free on the person's desk, and gives its id; None if none is.

        The view's state is passed over. Two who ask at once get two reports.
        """
        require(person, "reviewer", "lead")
        view, after, now = replace(view, state=None, mine=None), None, datetime.now(UTC)
        with acting(self._store) as connection:
            while found := queue.free(connection, self._edition, view, person.id, now, after, _AHEAD):
                for report, _ in found:
                    try:
                        hold(connection, self._store, person, report)
                    except Conflict:
                        continue
                    return report
                after = found[-1][1]
        return None

    def begin(self, person: Person | None, name: str) -> Batch:
        """A new batch, empty as yet. ``person`` None: from the command line."""
        if person is not None:
            require(person, "operator", "lead")
        with acting(self._store) as connection:
            batch = batches.begin(connection, name, datetime.now(UTC))
            log(connection, act(person, "batch", str(batch.id), after={"name": name}))
        return batch

    def put(self, batch: int, reports: Collection[str]) -> None:
        """Notes that ``reports`` came in with the batch."""
        with self._store.writing() as connection:
            batches.put(connection, self._store, batch, reports)

    def batches(self) -> tuple[Batch, ...]:
        """The batches there are, the latest first."""
        with self._store.reading() as connection:
            return batches.every(connection)


def named(paths: Sequence[Path]) -> str:
    """What a batch of ``paths`` is called: the folder or file, and how many more there are."""
    first = paths[0].absolute().name or str(paths[0])
    return first if len(paths) == 1 else f"{first} 等 {len(paths)} 项"


def _token(cursor: Cursor) -> str:
    return base64.urlsafe_b64encode(json.dumps(cursor).encode()).decode().rstrip("=")


def _cursor(token: str) -> Cursor:
    try:
        rank, called, number = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if not (type(rank) is float and type(called) is str and type(number) is int and abs(number) < 2**31):
            raise ValueError(token)
    except (ValueError, TypeError) as error:
        raise WrongUsage("页码不对。请从队列第一页重新开始。") from error
    return rank, called, number

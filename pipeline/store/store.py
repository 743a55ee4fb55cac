"""What the store can do, one method each; every method is one transaction and may be called from any thread."""

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from types import MappingProxyType, TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.records import Failure, QueueEntry
from pipeline.store import queue
from pipeline.store.connect import connect, explained
from pipeline.store.migrate import migrate
from pipeline.store.queue_tables import numbers
from pipeline.store.rows import chunks, entry_of, key, row_of
from pipeline.store.tables import failures, outdated, reports, reviews, submissions

_PAGE = 1000
_NONE: Mapping[str, Collection[str]] = MappingProxyType({})
_QUEUE = tuple(column for column in reviews.c if column.name not in ("edition", "data"))


@dataclass(frozen=True, slots=True)
class Submission:
    """One handing in: ``report`` is the SHA-256 of the bytes, ``size`` their number, ``path`` where they were found."""

    report: str
    name: str
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Counts:
    reports: int
    reviews: int
    failures: int


class Store:
    """Reports handed in and the reviews and failures that editions made of them.

    An ``edition`` is a hash over whatever decides a review (code, rules, lexicon, profiles). Methods raise
    ``UnusableStore`` where the database cannot be reached or written: worth another try.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        # SQLite has one writer at a time, and who waits looks again ever more rarely: a lock wakes the next one at once.
        self._turn: AbstractContextManager[object] = Lock() if engine.dialect.name == "sqlite" else nullcontext()
        self.insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert

    @classmethod
    def open(cls, url: str) -> Self:
        """Opens, creates or upgrades the store at ``url`` (``sqlite:///path`` or ``postgresql://…``).

        Raises ``NewerStore`` if a newer edition wrote it, ``UnusableStore`` if it cannot be reached.
        """
        engine = connect(url)
        try:
            with explained(engine, opening=True):
                migrate(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def submit(self, report: str, name: str, path: str, size: int) -> bool:
        """Remembers a file handed in; true if its bytes are new to the store."""
        return report in self.submit_many([Submission(report, name, path, size)])

    def submit_many(self, handed_in: Collection[Submission]) -> set[str]:
        """``submit`` for many, in one transaction; the ids of the reports that are new to the store."""
        now = datetime.now(UTC)
        # One order for all writers, here and below: two that lock the same rows crosswise would wait for each other.
        rows = sorted(
            (
                {"id": key(s.report, s.name, s.path), "report": s.report, "name": s.name, "path": s.path, "at": now}
                for s in handed_in
            ),
            key=lambda row: (row["report"], row["id"]),
        )
        if not rows:
            return set()
        # With RETURNING, here and below, many rows go at a time; without, the PostgreSQL driver sends each by itself.
        new_report = self.insert(reports).on_conflict_do_nothing().returning(reports.c.id)
        new_name = self.insert(submissions).on_conflict_do_nothing().returning(submissions.c.id)
        sizes = [{"id": report, "size": size} for report, size in sorted({s.report: s.size for s in handed_in}.items())]
        new_number = self.insert(numbers).on_conflict_do_nothing().returning(numbers.c.number)
        with self.writing() as connection:
            new = set(connection.scalars(new_report, sizes))
            connection.execute(new_name, rows)
            if new:
                connection.execute(new_number, [{"report": report} for report in sorted(new)])
        return new

    def submissions(self, report: str) -> tuple[Submission, ...]:
        """Every name and path that the report was handed in under, the first one first."""
        found = (
            sa.select(submissions.c.report, submissions.c.name, submissions.c.path, reports.c.size)
            .join_from(submissions, reports)
            .where(submissions.c.report == report)
            .order_by(submissions.c.at, submissions.c.path, submissions.c.name)
        )
        with self.reading() as connection:
            return tuple(Submission(*row) for row in connection.execute(found))

    def save(self, edition: str, data: bytes, entry: QueueEntry) -> None:
        """Keeps a review file and its line of the queue; the report must have been submitted.

        Saving again in the same edition replaces it; a failure of the report in this edition is forgotten.
        """
        self.save_many(edition, [(data, entry)])

    def save_many(
        self,
        edition: str,
        reviewed: Iterable[tuple[bytes, QueueEntry]],
        shared: Mapping[str, Collection[str]] = _NONE,
    ) -> None:
        """``save`` for many, in one transaction: all or none.

        ``shared``: for a report the ids of those that it shares text with. Reviews of these that were made before it was
        handed in know nothing of it, and count as outdated.
        """
        # Two files of one batch may have the same bytes, and one statement may not write a row twice: the last stays.
        entries, of_report = {}, {}
        for data, entry in reviewed:
            entries[entry.id] = entry
            of_report[entry.id] = row_of(edition, data, entry)
        rows = [of_report[report] for report in sorted(of_report)]
        if not rows:
            return
        insert = self.insert(reviews)
        replaced = {column.name: column for column in insert.excluded if not reviews.c[column.name].primary_key}
        with self.writing() as connection:
            queue.shut(connection)
            upsert = insert.on_conflict_do_update(index_elements=["report", "edition"], set_=replaced)
            connection.execute(upsert.returning(reviews.c.report), rows)
            queue.put(connection, edition, [entries[report] for report in sorted(entries)])
            for some in chunks(of_report, _PAGE):
                for past in (failures, outdated):
                    connection.execute(sa.delete(past).where(past.c.edition == edition, past.c.report.in_(some)))
            for report in sorted(of_report.keys() & shared.keys()):
                connection.execute(self._outdate(edition, report, shared[report]))

    def _outdate(self, edition: str, report: str, sources: Collection[str]) -> sa.Executable:
        handed_in = sa.select(sa.func.min(submissions.c.at)).where(submissions.c.report == report).scalar_subquery()
        older = sa.select(reviews.c.report, reviews.c.edition).where(
            reviews.c.edition == edition, reviews.c.report.in_(sources), reviews.c.reviewed_at < handed_in
        )
        return self.insert(outdated).from_select(["report", "edition"], older).on_conflict_do_nothing()

    def review(self, report: str, edition: str | None = None) -> bytes | None:
        """The review file as it was saved, of ``edition`` or else the newest; None if there is none."""
        found = sa.select(reviews.c.data).where(reviews.c.report == report)
        if edition is not None:
            found = found.where(reviews.c.edition == edition)
        with self.reading() as connection:
            data = connection.scalar(found.order_by(reviews.c.reviewed_at.desc()).limit(1))
        return None if data is None else zlib.decompress(data)

    def newest(self, report: str) -> tuple[str, bytes] | None:
        """The newest review file and the edition that made it; None if there is none."""
        found = sa.select(reviews.c.edition, reviews.c.data).where(reviews.c.report == report)
        with self.reading() as connection:
            row = connection.execute(found.order_by(reviews.c.reviewed_at.desc()).limit(1)).one_or_none()
        return None if row is None else (row.edition, zlib.decompress(row.data))

    def reviewed(self, ids: Collection[str], edition: str) -> set[str]:
        """Those of ``ids`` that have a review of ``edition`` which is not outdated."""
        later = sa.exists().where(outdated.c.report == reviews.c.report, outdated.c.edition == reviews.c.edition)
        found = sa.select(reviews.c.report).where(reviews.c.edition == edition, ~later)
        with self.reading() as connection:
            return {
                report
                for some in chunks(ids, _PAGE)
                for report in connection.scalars(found.where(reviews.c.report.in_(some)))
            }

    def queue(self, ids: Collection[str] | None, edition: str) -> Iterator[QueueEntry]:
        """The queue of ``edition``, the highest score first and equal ones by name; of ``ids`` only, or of all (None).

        Streams: memory does not grow with the queue. Sees the store as it was at its first line, and holds a
        connection until it is exhausted or closed.
        """
        ranked = (
            sa.select(*_QUEUE)
            .where(reviews.c.edition == edition)
            .order_by(reviews.c.score.desc(), reviews.c.name, reviews.c.report)
        )
        for row in self._stream(reviews.c.report, ids, ranked):
            yield entry_of(row)

    def fail(self, edition: str, failure: Failure, report: str | None = None) -> None:
        """Keeps why a file has no review in ``edition``: the latest reason of each path.

        ``report`` is None where not even the bytes could be read. A report that has a review in this edition keeps it,
        and the failure is not kept.
        """
        row = {
            "id": key(edition, failure.path),
            "report": report,
            "edition": edition,
            "path": failure.path,
            "code": failure.code,
            "message": failure.message,
            "at": datetime.now(UTC),
        }
        insert = self.insert(failures).values(row)
        with self.writing() as connection:
            if report is not None:
                there = sa.select(reviews.c.report).where(reviews.c.report == report, reviews.c.edition == edition)
                if connection.scalar(there) is not None:
                    return
            replaced = {column.name: column for column in insert.excluded if column.name != "id"}
            connection.execute(insert.on_conflict_do_update(index_elements=["id"], set_=replaced))

    def failures(self, edition: str, ids: Collection[str] | None = None) -> Iterator[Failure]:
        """The failures of ``edition`` by path; of ``ids`` only, or of all (None). Streams as ``queue`` does."""
        found = (
            sa.select(failures.c.report, failures.c.path, failures.c.code, failures.c.message)
            .where(failures.c.edition == edition)
            .order_by(failures.c.path)
        )
        for row in self._stream(failures.c.report, ids, found):
            yield Failure(row.path, row.code, row.message)

    def failed(self, ids: Collection[str], edition: str) -> dict[str, Failure]:
        """Those of ``ids`` that failed in ``edition``, each with its latest reason."""
        found = (
            sa.select(failures.c.report, failures.c.path, failures.c.code, failures.c.message)
            .where(failures.c.edition == edition)
            .order_by(failures.c.at)
        )
        with self.reading() as connection:
            return {
                row.report: Failure(row.path, row.code, row.message)
                for some in chunks(ids, _PAGE)
                for row in connection.execute(found.where(failures.c.report.in_(some)))
            }

    def forget_derived(self) -> None:
        """Deletes every review and failure of every edition; what was handed in stays."""
        with self.writing() as connection:
            queue.drop(connection, None)
            connection.execute(sa.delete(outdated))
            connection.execute(sa.delete(reviews))
            connection.execute(sa.delete(failures))

    def counts(self, edition: str) -> Counts:
        """How many reports were handed in, and how many reviews and failures ``edition`` made."""
        of = [
            sa.select(sa.func.count()).select_from(reports),
            sa.select(sa.func.count()).where(reviews.c.edition == edition),
            sa.select(sa.func.count()).where(failures.c.edition == edition),
        ]
        with self.reading() as connection:
            return Counts(*connection.execute(sa.select(*(one.scalar_subquery() for one in of))).one())

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        with explained(self._engine), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        with self._turn, explained(self._engine), self._writer.begin() as connection:
            yield connection

    def _stream(
        self, column: sa.Column[str], ids: Collection[str] | None, select: sa.Select[Any]
    ) -> Iterator[sa.Row[Any]]:
        # Many ids are picked out here: neither database takes any number of parameters, and PostgreSQL may compare a
        # list given otherwise with every row.
        wanted = None if ids is None else frozenset(ids)
        if wanted is not None and len(wanted) <= _PAGE:
            select = select.where(column.in_(wanted))
        with self.reading() as connection:
            for row in connection.execute(select, execution_options={"yield_per": _PAGE}):
                if wanted is None or row.report in wanted:
                    yield row

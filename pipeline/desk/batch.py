"""The desk: reviewing files, ranking and exporting what was reviewed."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self, cast

from pipeline import codec, ingest, profiles, reuse
from pipeline.desk.approving import Approvals
from pipeline.desk.auditing import Audit
from pipeline.desk.crashes import failure_of
from pipeline.desk.deciding import Deciding
from pipeline.desk.intake import hand_in
from pipeline.desk.people import People
from pipeline.desk.queueing import Queueing
from pipeline.desk.returning import Returning
from pipeline.desk.rules import rule_cards
from pipeline.desk.showing import Showing
from pipeline.desk.working import Working
from pipeline.edition import edition
from pipeline.errors import WrongUsage
from pipeline.export import failures as failure_list
from pipeline.export import page, workbook
from pipeline.export.atomic import write_bytes
from pipeline.export.names import Named, output_names
from pipeline.pool import Crash, Pool
from pipeline.records import Failure, QueueEntry, Review
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.worker import Job, Result, Reviewed, work

# How many files are hashed and looked up at a time, and how many finished reviews are written in one transaction: what
# a killed batch does again is at most the latter, per worker.
_AHEAD = 200
_SAVED = 16
# These may have been the machine's fault: the next run tries such a file again.
_TRANSIENT = {"no-access", "crashed", "timeout", "out-of-memory", "unusable-index"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: the id of its report and nothing else, or why there is no review.

    ``reused``: decided by an earlier run of the same edition, not made again.
    """

    path: Path
    report: str | None
    failure: Failure | None
    reused: bool


class Desk:
    """The workspace and what can be done in it. May be used from several threads."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.people = People(store)
        self.deciding = Deciding(store)
        self.working = Working(store)
        self.approvals = Approvals(store)
        self.queueing = Queueing(store, self._edition(None))
        self.audit = Audit(store)
        self.showing = Showing(store)
        self.returning = Returning(settings, store, self.deciding, self.audit)
        self._store = store
        self._pool: Pool[Job, Result] | None = None
        self._crashed: dict[str, Crash] = {}
        self._lock = Lock()

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Opens the workspace, made if need be. Raises WrongUsage where it cannot be written."""
        try:
            settings.files.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WrongUsage(
                f"工作目录“{settings.workspace}”不能写入：{error.strerror}。请用 --workspace 另选一个目录。"
            ) from error
        return cls(settings, Store.open(settings.database_url))

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def find(self, paths: Sequence[Path], out: Path) -> list[Path]:
        """The files to review: ``paths`` and what is in the folders among them, without what lies in ``out``."""
        if any(path.resolve().is_relative_to(out.resolve()) for path in paths if path.is_dir()):
            raise WrongUsage(
                f"结果文件夹“{out}”就是报告文件夹，或包着它。请用 --out 另选一个文件夹，免得结果与报告混在一起。"
            )
        files = ingest.find(paths, skip=out)
        if not files:
            raise WrongUsage(f"“{'、'.join(map(str, paths))}”里没有可审阅的文件。请指定报告文件，或放有报告的文件夹。")
        return files

    def take_in(self, files: Sequence[Path], profile: str | None = None, batch: int | None = None) -> Iterator[Path]:
        """Keeps ``files`` and reads the new ones into the index that reviews compare with; each as it is done.

        ``batch`` is the one they come in with, see ``Queueing.begin``. Raises UnusableIndex where the index is damaged. What cannot be read is told by ``review_files``.
        """
        made_by = self._edition(profile)
        index = reuse.Index.open(self.settings.index)
        for some in _batches(files):
            handed_in = hand_in(some, self.settings, profile)
            self._store.submit_many(handed_in.submissions)
            if batch is not None:
                self.queueing.put(batch, handed_in.jobs.keys())
            passed = index.known(list(handed_in.jobs)) | self._decided_failures(handed_in.jobs, made_by).keys()
            new = {replace(job, only_read=True): r for r, job in handed_in.jobs.items() if r not in passed}
            results = dict(self._run(list(new), alone=len(files) == 1))
            index.add(result for job in new if isinstance(result := results[job], reuse.Document))
            self._crashed |= {new[job]: result for job, result in results.items() if isinstance(result, Crash)}
            yield from some

    def review_files(
        self,
        files: Sequence[Path],
        profile: str | None = None,
        taken: Callable[[], None] = lambda: None,
        batch: int | None = None,
    ) -> Iterator[Outcome]:
        """Reviews ``files``; outcomes as they come, each kept in the store before it is given out.

        What this edition has already decided is not done again, unless a report that is new shares text with it.
        ``taken`` is called for each file once it is read; then the reviews begin. ``batch`` as in ``take_in``. Raises
        WrongUsage for an unknown profile, UnusableIndex where the index is damaged.
        """
        if profile is not None:
            profiles.load(profile)
        for _ in self.take_in(files, profile, batch):
            taken()
        reused = []
        for some in _batches(files):
            for outcome in self._review_some(some, profile, alone=len(files) == 1):
                if outcome.reused:
                    reused.append(outcome)
                else:
                    yield outcome
        outdated = set(self.outdated(reused, profile))
        for some in _batches([path for path in files if path in outdated]):
            yield from self._review_some(some, profile, alone=False)
        yield from (outcome for outcome in reused if outcome.path not in outdated)

    def outdated(self, outcomes: Sequence[Outcome], profile: str | None = None) -> list[Path]:
        """Those of the files whose review was made before a report came in that shares text with theirs."""
        reports = {outcome.report for outcome in outcomes if outcome.report and not outcome.failure}
        current = self._store.reviewed(reports, self._edition(profile))
        return [o.path for o in outcomes if o.report in reports and o.report not in current]

    def _review_some(self, files: Sequence[Path], profile: str | None, *, alone: bool) -> Iterator[Outcome]:
        made_by = self._edition(profile)
        handed_in = hand_in(files, self.settings, profile)
        for failure in handed_in.failures:
            self._store.fail(made_by, failure)
            yield Outcome(Path(failure.path), None, failure, reused=False)
        self._store.submit_many(handed_in.submissions)
        jobs, names = handed_in.jobs, handed_in.paths
        done = self._store.reviewed(jobs.keys(), made_by)
        failed = self._decided_failures(jobs.keys() - done, made_by)
        for report in [r for r in jobs if r in done or r in failed]:
            yield from _outcomes(names[report], report, failed.get(report), reused=True)
        todo = {job: report for report, job in jobs.items() if report not in done and report not in failed}
        yield from self._work(todo, names, made_by, alone=alone)

    def _decided_failures(self, reports: Collection[str], made_by: str) -> dict[str, Failure]:
        return {r: f for r, f in self._store.failed(reports, made_by).items() if f.code not in _TRANSIENT}

    def _work(
        self, todo: Mapping[Job, str], names: Mapping[str, list[Path]], made_by: str, *, alone: bool
    ) -> Iterator[Outcome]:
        waiting: list[tuple[str, Reviewed]] = []
        # What killed its process when it was read is not read again.
        lost = [(job, crash) for job, report in todo.items() if (crash := self._crashed.pop(report, None))]
        rest = list(todo.keys() - {job for job, _ in lost}) if lost else list(todo)
        for job, result in chain(lost, self._run(rest, alone=alone)):
            report = todo[job]
            if isinstance(result, Reviewed):
                waiting.append((report, result))
                if len(waiting) >= _SAVED or alone:
                    yield from self._save(waiting, names, made_by)
                continue
            failure = self._told(result, job)
            self._store.fail(made_by, failure, report)
            yield from _outcomes(names[report], report, failure, reused=False)
        yield from self._save(waiting, names, made_by)

    def _told(self, result: Result | Crash, job: Job) -> Failure:
        if isinstance(result, Crash):
            return failure_of(result, job.path, job.name, self.settings.timeout)
        return cast(Failure, result)

    def _save(
        self, waiting: list[tuple[str, Reviewed]], names: Mapping[str, list[Path]], made_by: str
    ) -> Iterator[Outcome]:
        shared = {report: result.shares_with for report, result in waiting}
        self._store.save_many(made_by, [(result.data, result.entry) for _, result in waiting], shared)
        for report, _ in waiting:
            yield from _outcomes(names[report], report, None, reused=False)
        waiting.clear()

    def _run(self, jobs: Sequence[Job], *, alone: bool) -> Iterator[tuple[Job, Result | Crash]]:
        if not jobs:
            return
        if alone:
            # One report is not worth the start of a process.
            yield jobs[0], work(jobs[0])
            return
        with self._lock:
            if self._pool is None:
                self._pool = Pool(work, self.settings.workers, self.settings.timeout)
        yield from self._pool.run(jobs)

    def _edition(self, profile: str | None) -> str:
        return edition() if profile is None else blake2b(f"{edition()} {profile}".encode(), digest_size=6).hexdigest()

    def review(self, report: str, profile: str | None = None) -> Review | None:
        """The review of a report made by this edition, or None."""
        data = self._store.review(report, self._edition(profile))
        return None if data is None else codec.decode(data)

    def queue(self, outcomes: Sequence[Outcome], profile: str | None = None) -> Iterator[QueueEntry]:
        """The ranked queue of the reports among ``outcomes``, the one most in need of a reader first."""
        return self._store.queue({o.report for o in outcomes if o.report and not o.failure}, self._edition(profile))

    def export(
        self,
        out: Path,
        outcomes: Sequence[Outcome],
        profile: str | None = None,
        tick: Callable[[], None] = lambda: None,
    ) -> None:
        """Writes the review files, ``triage.xlsx``, ``index.html`` and ``failures.json`` of a batch to ``out``.

        ``tick`` is called three times a report. Raises WrongUsage where ``out`` cannot be written.
        """
        read = [o for o in outcomes if o.report and not o.failure]
        named: dict[str, list[tuple[str, str]]] = {}
        for outcome, name in zip(read, output_names([o.path for o in read]), strict=True):
            named.setdefault(str(outcome.report), []).append((name, outcome.path.name))
        failed = [o.failure for o in outcomes if o.failure]
        made_by = self._edition(profile)

        def reviews() -> Iterator[tuple[str, str, QueueEntry, bytes]]:
            for entry in self._store.queue(named.keys(), made_by):
                data = self._store.review(entry.id, made_by)
                if data is not None:
                    for name, called in named[entry.id]:
                        yield name, called, entry, data
                        tick()

        def decoded() -> Iterator[Named]:
            return (Named(name, _called(codec.decode(data), called)) for name, called, _, data in reviews())

        try:
            out.mkdir(parents=True, exist_ok=True)
            for name, called, entry, data in reviews():
                same = entry.name == called
                write_bytes(
                    out / f"{name}.review.json", data if same else codec.encode(_called(codec.decode(data), called))
                )
            page.write(out, decoded(), failed, rule_cards(), total=len(read))
            workbook.write(out / "triage.xlsx", decoded(), failed, rule_cards())
            failure_list.write(out / "failures.json", failed)
        except PermissionError as error:
            raise WrongUsage(
                f"“{error.filename or out}”不能写入，可能正被 Excel 或其他程序打开。请关闭后重试，或用 --out 另选一个目录。"
            ) from error


def _batches(files: Sequence[Path]) -> Iterator[list[Path]]:
    rest = iter(files)
    while ahead := list(islice(rest, _AHEAD)):
        yield ahead


def _called(review: Review, name: str) -> Review:
    """``review`` under the name that its file has in this batch; the same bytes may come under several names."""
    report = review.reading.report
    if report.name == name:
        return review
    return replace(review, reading=replace(review.reading, report=replace(report, name=name)))


def _outcomes(paths: Sequence[Path], report: str, failure: Failure | None, *, reused: bool) -> Iterator[Outcome]:
    for path in paths:
        said = replace(failure, path=str(path)) if failure else None
        yield Outcome(path, report, said, reused)

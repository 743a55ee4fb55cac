"""The desk: reviewing files, ranking and exporting what was reviewed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from errno import EINVAL
from hashlib import blake2b, sha256
from itertools import islice
from pathlib import Path
from stat import S_ISREG
from threading import Lock
from types import TracebackType
from typing import Self

from pipeline import codec, ingest, profiles
from pipeline.desk.rules import rule_cards
from pipeline.edition import edition
from pipeline.errors import UnreadableReport, WrongUsage
from pipeline.export import failures as failure_list
from pipeline.export import page, workbook
from pipeline.export.atomic import write_bytes
from pipeline.export.names import Named, output_names
from pipeline.pool import Crash, Pool
from pipeline.records import Failure, QueueEntry, Review
from pipeline.settings import Settings
from pipeline.store import Store, Submission
from pipeline.worker import Job, Reviewed, work

# How many files are hashed and looked up at a time, and how many finished reviews are written in one transaction: what
# a killed batch does again is at most the latter, per worker.
_AHEAD = 200
_SAVED = 16
# These may have been the machine's fault: the next run tries such a file again.
_TRANSIENT = {"no-access", "crashed", "timeout", "out-of-memory"}
_CRASHES: Mapping[str, str] = {
    "crashed": "审阅《{name}》时处理程序意外中断。请用 Word 或 WPS 打开确认文件正常、另存后重新提交；仍不行请联系系统维护人员。",
    "timeout": "审阅《{name}》超过了时限（{limit:g} 秒），已跳过。请检查文件是否异常庞大，精简后重新提交。",
    "out-of-memory": "审阅《{name}》占用内存过多，已跳过。请检查文件是否异常庞大，精简后重新提交。",
}


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
        self._store = store
        self._pool: Pool[Job, Reviewed | Failure] | None = None
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

    def review_files(self, files: Sequence[Path], profile: str | None = None) -> Iterator[Outcome]:
        """Reviews ``files``; outcomes as they come, each kept in the store before it is given out.

        What this edition has already decided is not done again. Raises WrongUsage for an unknown profile.
        """
        if profile is not None:
            profiles.load(profile)
        rest = iter(files)
        while ahead := list(islice(rest, _AHEAD)):
            yield from self._review_some(ahead, profile, alone=len(files) == 1)

    def _review_some(self, files: Sequence[Path], profile: str | None, *, alone: bool) -> Iterator[Outcome]:
        made_by = self._edition(profile)
        jobs: dict[str, Job] = {}
        names: dict[str, list[Path]] = {}
        submissions = []
        for path in files:
            try:
                report, kept, size = self._keep(path)
            except UnreadableReport as error:
                failure = Failure(str(path), error.code, str(error))
                self._store.fail(made_by, failure)
                yield Outcome(path, None, failure, reused=False)
                continue
            submissions.append(Submission(report, path.name, str(path), size))
            jobs.setdefault(report, Job(kept, str(path), path.name, profile))
            names.setdefault(report, []).append(path)
        self._store.submit_many(submissions)
        done = self._store.reviewed(jobs.keys(), made_by)
        failed = {r: f for r, f in self._store.failed(jobs.keys() - done, made_by).items() if f.code not in _TRANSIENT}
        for report in [r for r in jobs if r in done or r in failed]:
            yield from _outcomes(names[report], report, failed.get(report), reused=True)
        todo = {job: report for report, job in jobs.items() if report not in done and report not in failed}
        yield from self._work(todo, names, made_by, alone=alone)

    def _work(
        self, todo: Mapping[Job, str], names: Mapping[str, list[Path]], made_by: str, *, alone: bool
    ) -> Iterator[Outcome]:
        waiting: list[tuple[str, Reviewed]] = []
        for job, result in self._run(list(todo), alone=alone):
            report = todo[job]
            if isinstance(result, Reviewed):
                waiting.append((report, result))
                if len(waiting) >= _SAVED or alone:
                    yield from self._save(waiting, names, made_by)
                continue
            if isinstance(result, Crash):
                sentence = _CRASHES[result.code].format(name=job.name, limit=self.settings.timeout)
                result = Failure(job.path, result.code, sentence)
            self._store.fail(made_by, result, report)
            yield from _outcomes(names[report], report, result, reused=False)
        yield from self._save(waiting, names, made_by)

    def _save(
        self, waiting: list[tuple[str, Reviewed]], names: Mapping[str, list[Path]], made_by: str
    ) -> Iterator[Outcome]:
        self._store.save_many(made_by, [(result.data, result.entry) for _, result in waiting])
        for report, _ in waiting:
            yield from _outcomes(names[report], report, None, reused=False)
        waiting.clear()

    def _run(self, jobs: Sequence[Job], *, alone: bool) -> Iterator[tuple[Job, Reviewed | Failure | Crash]]:
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

    def _keep(self, path: Path) -> tuple[str, Path, int]:
        """Copies a file handed in to the workspace under the hash of its bytes."""
        try:
            state = path.stat()
            if not S_ISREG(state.st_mode):
                raise OSError(EINVAL, "not a regular file")
            if state.st_size > ingest.LARGEST_FILE:
                raise ingest.too_large(path.name)
            data = path.read_bytes()
        except OSError as error:
            raise ingest.no_access(path, error) from error
        report = sha256(data).hexdigest()
        kept = self.settings.files / report[:2] / f"{report}{path.suffix.lower()[:10]}"
        if not kept.exists():
            kept.parent.mkdir(exist_ok=True)
            write_bytes(kept, data)
        return report, kept, len(data)

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

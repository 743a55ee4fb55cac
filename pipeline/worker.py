"""One report from a file to a review file: what a worker process does. Imports neither the store nor the exports."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TypeAlias, get_args

from pipeline import codec, ingest, reuse
from pipeline import review as pipeline
from pipeline.errors import UnreadableReport
from pipeline.records import Failure, QueueEntry, Report, Review, Severity


@dataclass(frozen=True, slots=True)
class Job:
    """A file to review: ``file`` is the kept copy, ``path`` where it was handed in, ``name`` what it is called.

    ``index``: the folder of the reports that it is compared with; ``only_read``: what the index keeps of it is wanted.
    """

    file: Path
    path: str
    name: str
    profile: str | None
    index: Path
    only_read: bool = False


@dataclass(frozen=True, slots=True)
class Reviewed:
    """``shares_with``: the ids of other reports that have passages of this one."""

    data: bytes
    entry: QueueEntry
    shares_with: frozenset[str]


Result: TypeAlias = Reviewed | reuse.Document | Failure


def work(job: Job) -> Result:
    """The review of a file, or what the index keeps of it, or why it cannot be read."""
    try:
        report = ingest.read_bytes(job.file.read_bytes(), job.name)
    except UnreadableReport as error:
        return Failure(job.path, error.code, str(error))
    tools = _tools(job.profile)
    if job.only_read:
        _, reading = pipeline.outline(report, tools)
        return reuse.document(reading)
    try:
        return _review(report, tools, job)
    except reuse.UnusableIndex as error:
        return Failure(job.path, error.code, str(error))


def read_file(path: Path) -> reuse.Document | Failure:
    """A file as it is compared, or why it cannot be read."""
    try:
        report = ingest.read(path)
    except UnreadableReport as error:
        return Failure(str(path), error.code, str(error))
    return reuse.document(pipeline.outline(report, _tools(None))[1])


def _review(report: Report, tools: pipeline.Tools, job: Job) -> Reviewed:
    index = _index(job.index)
    index.refresh()
    review = pipeline.review(report, tools, index)
    others = frozenset(match.source.report for match in review.matches) - {report.id}
    return Reviewed(codec.encode(review), entry(review), others)


@cache
def _tools(profile: str | None) -> pipeline.Tools:
    return pipeline.tools(profile)


@cache
def _index(folder: Path) -> reuse.Index:
    return reuse.Index.open(folder)


def entry(review: Review) -> QueueEntry:
    """The line of the queue that ``review`` makes."""
    report, cover = review.reading.report, review.reading.cover
    rules: dict[str, Severity] = {}
    for finding in sorted(review.findings, key=lambda f: get_args(Severity).index(f.severity)):
        rules.setdefault(finding.rule, finding.severity)
    return QueueEntry(
        report.id, report.name, cover.agency, cover.title, cover.year, cover.kind, review.triage.score,
        review.triage.band, review.triage.because, Counter(f.severity for f in review.findings), datetime.now(UTC),
        rules,
    )  # fmt: skip

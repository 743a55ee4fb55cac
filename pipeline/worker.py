"""One report from a file to a review file: what a worker process does. Imports neither the store nor the exports."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from pipeline import codec, ingest
from pipeline import review as pipeline
from pipeline.errors import UnreadableReport
from pipeline.records import Failure, QueueEntry, Review


@dataclass(frozen=True, slots=True)
class Job:
    """A file to review: ``file`` is the kept copy, ``path`` where it was handed in, ``name`` what it is called."""

    file: Path
    path: str
    name: str
    profile: str | None


@dataclass(frozen=True, slots=True)
class Reviewed:
    data: bytes
    entry: QueueEntry


@cache
def _tools(profile: str | None) -> pipeline.Tools:
    return pipeline.tools(profile)


def work(job: Job) -> Reviewed | Failure:
    """The review of a file, or why it cannot be read."""
    try:
        report = ingest.read_bytes(job.file.read_bytes(), job.name)
    except UnreadableReport as error:
        return Failure(job.path, error.code, str(error))
    review = pipeline.review(report, _tools(job.profile))
    return Reviewed(codec.encode(review), entry(review))


def entry(review: Review) -> QueueEntry:
    """The line of the queue that ``review`` makes."""
    report, cover = review.reading.report, review.reading.cover
    return QueueEntry(
        report.id, report.name, cover.agency, cover.title, cover.year, cover.kind, review.triage.score,
        review.triage.band, review.triage.because, Counter(f.severity for f in review.findings), datetime.now(UTC),
    )  # fmt: skip

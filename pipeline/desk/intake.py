"""Files handed in: kept under the hash of their bytes, so that the same bytes are one report."""

from collections.abc import Sequence
from dataclasses import dataclass
from errno import EINVAL
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG

from pipeline import ingest
from pipeline.errors import UnreadableReport
from pipeline.export.atomic import write_bytes
from pipeline.records import Failure
from pipeline.settings import Settings
from pipeline.store import Submission
from pipeline.worker import Job


@dataclass(frozen=True, slots=True)
class HandedIn:
    """``jobs`` and ``paths`` by report; ``failures``: files whose bytes could not be had."""

    submissions: list[Submission]
    jobs: dict[str, Job]
    paths: dict[str, list[Path]]
    failures: list[Failure]


def hand_in(files: Sequence[Path], settings: Settings, profile: str | None) -> HandedIn:
    """Copies ``files`` to the workspace."""
    found = HandedIn([], {}, {}, [])
    for path in files:
        try:
            report, kept, size = _keep(path, settings)
        except UnreadableReport as error:
            found.failures.append(Failure(str(path), error.code, str(error)))
            continue
        found.submissions.append(Submission(report, path.name, str(path), size))
        found.jobs.setdefault(report, Job(kept, str(path), path.name, profile, settings.index))
        found.paths.setdefault(report, []).append(path)
    return found


def _keep(path: Path, settings: Settings) -> tuple[str, Path, int]:
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
    kept = settings.files / report[:2] / f"{report}{path.suffix.lower()[:10]}"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        write_bytes(kept, data)
    return report, kept, len(data)

"""The flow ``review-folder``: chunks of files as task runs, then the outputs and a table of the worst reports.

The store is the truth: a run that was killed is simply started again, and what is stored is not done again.
"""

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import TaskRun
from prefect.futures import PrefectFuture, as_completed
from prefect.states import State
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task, exponential_backoff

from pipeline.desk import Desk, Outcome, named
from pipeline.errors import UnusableStore
from pipeline.settings import Settings

# One task run costs a few milliseconds and a report some twenty.
CHUNK = 50
_WORST = 20

on_progress: ContextVar[Callable[[int, int], None]] = ContextVar("on_progress", default=lambda finished, total: None)


@cache
def desk_of(settings: Settings) -> Desk:
    """One desk, and so one pool of processes, for all tasks that run in this process."""
    return Desk.open(settings)


def _transient(task: "Task[..., Any]", run: TaskRun, state: "State[Any]") -> bool:
    """Whether another try may help: a busy or unreachable store or disk, never a mistake of ours."""
    return isinstance(state.result(raise_on_failure=False), (UnusableStore, OSError))


@task(
    name="take-in",
    retries=3,
    retry_delay_seconds=exponential_backoff(2),
    retry_jitter_factor=0.5,
    retry_condition_fn=_transient,
    cache_policy=None,
    persist_result=False,
)
def take_in(files: list[str], profile: str | None, settings: Settings, batch: int) -> int:
    """Reads some files into the index that all reviews compare with; how many were handed in."""
    return sum(1 for _ in desk_of(settings).take_in([Path(file) for file in files], profile, batch))


@task(
    name="review-chunk",
    retries=3,
    retry_delay_seconds=exponential_backoff(2),
    retry_jitter_factor=0.5,
    retry_condition_fn=_transient,
    cache_policy=None,
    persist_result=False,
)
def review_chunk(files: list[str], profile: str | None, settings: Settings) -> list[Outcome]:
    """Reviews some files; what is stored by then stays stored, whatever becomes of the rest."""
    return list(desk_of(settings).review_files([Path(file) for file in files], profile))


@task(
    name="export",
    retries=2,
    retry_delay_seconds=2,
    retry_condition_fn=_transient,
    cache_policy=None,
    persist_result=False,
)
def export(out: str, outcomes: list[Outcome], profile: str | None, settings: Settings) -> None:
    """Writes the review files, the page, the workbook and the list of failures."""
    desk_of(settings).export(Path(out), outcomes, profile)


def _chunks(files: list[str]) -> Iterator[tuple[int, list[str]]]:
    for at in range(0, len(files), CHUNK):
        yield at // CHUNK + 1, files[at : at + CHUNK]


def _submitted(
    task: "Task[..., Any]", number: int, files: list[str], profile: str | None, settings: Settings, *more: int
) -> "PrefectFuture[Any]":
    return task.with_options(task_run_name=f"{task.name}-{number}").submit(files, profile, settings, *more)


def _reviewed(files: list[str], profile: str | None, settings: Settings) -> Iterator[Outcome]:
    futures = [_submitted(review_chunk, number, some, profile, settings) for number, some in _chunks(files)]
    for future in as_completed(futures):
        yield from future.result()


@flow(name="review-folder", validate_parameters=False, persist_result=False)
def _review_folder(paths: list[str], out: str, profile: str | None, settings: Settings) -> list[Outcome]:
    desk = desk_of(settings)
    files = [str(path) for path in desk.find([Path(path) for path in paths], Path(out))]
    told = on_progress.get()
    told(0, 2 * len(files))
    batch = desk.queueing.begin(None, named([Path(path) for path in paths])).id
    taken = [_submitted(take_in, at, some, profile, settings, batch) for at, some in _chunks(files)]
    done = 0
    for future in as_completed(taken):
        done += future.result()
        told(done, 2 * len(files))
    outcomes: list[Outcome] = []
    for outcome in _reviewed(files, profile, settings):
        outcomes.append(outcome)
        told(len(files) + len(outcomes), 2 * len(files))
    # What came in with this run may share text with reports of it that were reviewed before.
    outdated = desk.outdated([outcome for outcome in outcomes if outcome.reused], profile)
    if outdated:
        outcomes = [outcome for outcome in outcomes if outcome.path not in set(outdated)]
        outcomes += _reviewed([str(path) for path in outdated], profile, settings)
    place = {Path(file): at for at, file in enumerate(files)}
    outcomes.sort(key=lambda outcome: place[outcome.path])
    export(out, outcomes, profile, settings)
    worst = [
        {"次序": i, "文件": e.name, "单位": e.agency, "得分": e.score, "等级": e.band, "主要理由": "；".join(e.because)}
        for i, e in enumerate(islice(desk.queue(outcomes, profile), _WORST), 1)
    ]
    create_table_artifact(key="worst-reports", table=worst, description=f"最需要复核的 {len(worst)} 份报告")
    unread = [
        {"文件": o.failure.path, "代码": o.failure.code, "原因": o.failure.message} for o in outcomes if o.failure
    ]
    if unread:
        create_table_artifact(key="unread-files", table=unread, description=f"未读取的 {len(unread)} 个文件")
    return outcomes


def _runner(settings: Settings) -> "TaskRunner[Any]":
    # One task more than there are processes: while one saves, the processes have work.
    if settings.task_runner == "processes":
        return ProcessPoolTaskRunner(max_workers=settings.workers)
    return ThreadPoolTaskRunner(max_workers=settings.workers + 1)


def review_folder(paths: list[str], out: str, profile: str | None, settings: Settings) -> list[Outcome]:
    """Runs the flow and closes what its tasks shared."""
    try:
        return _review_folder.with_options(task_runner=_runner(settings))(paths, out, profile, settings)
    finally:
        desk_of(settings).close()
        desk_of.cache_clear()

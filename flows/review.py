"""The flow ``review-folder``: chunks of files as task runs, then the outputs and a table of the worst reports.

The store is the truth: a run that was killed is simply started again, and what is stored is not done again.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import TaskRun
from prefect.futures import as_completed
from prefect.states import State
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task, exponential_backoff

from pipeline.desk import Desk, Outcome
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


@flow(name="review-folder", validate_parameters=False, persist_result=False)
def _review_folder(paths: list[str], out: str, profile: str | None, settings: Settings) -> list[Outcome]:
    desk = desk_of(settings)
    files = [str(path) for path in desk.find([Path(path) for path in paths], Path(out))]
    done = on_progress.get()
    done(0, len(files))
    futures = [
        review_chunk.with_options(task_run_name=f"review-chunk-{at // CHUNK + 1}").submit(
            files[at : at + CHUNK], profile, settings
        )
        for at in range(0, len(files), CHUNK)
    ]
    finished = 0
    for future in as_completed(futures):
        finished += len(future.result())
        done(finished, len(files))
    outcomes = [outcome for future in futures for outcome in future.result()]
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

"""Long-lived worker processes in which a killed, crashed or overlong piece of work fails alone.

``concurrent.futures`` breaks a whole pool when one of its processes dies and cannot stop one that hangs; here every
process has a pipe of its own, does one item at a time, and is replaced when it dies or has to be killed.
"""

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Generic, Literal, Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Spawned, not forked: the same on every system, and safe beside the threads that numeric libraries start.
_CONTEXT = multiprocessing.get_context("spawn")
# Private memory of one worker, in bytes, where the system can bound it.
MEMORY = 1_500_000_000


@dataclass(frozen=True, slots=True)
class Crash:
    """Why an item has no result: its process died, took too long, or ran out of memory."""

    code: Literal["crashed", "timeout", "out-of-memory"]


class Pool(Generic[T, R]):
    """Up to ``workers`` processes that do ``work``, started when first needed; ``timeout`` seconds an item.

    ``work``, items and results must be picklable. May be used from several threads at the same time.
    """

    def __init__(self, work: Callable[[T], R], workers: int, timeout: float) -> None:
        if workers < 1:
            raise ValueError(f"a pool needs at least one worker, not {workers}")
        self._work = work
        self._timeout = timeout
        self._workers = workers
        self._free: list[_Worker[T, R]] = []
        self._all: set[_Worker[T, R]] = set()
        self._changed = threading.Condition()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends all processes at once; work under way is lost."""
        with self._changed:
            self._closed = True
            for worker in self._all:
                worker.kill()
            self._all.clear()
            self._free.clear()
            self._changed.notify_all()

    def run(self, items: Iterable[T]) -> Iterator[tuple[T, R | Crash]]:
        """Each item with its result or ``Crash``, as they are finished; ``items`` are taken as workers come free.

        An exception that ``work`` raises is raised here: a mistake of the program, unlike a crash.
        """
        waiting = iter(items)
        busy: dict[_Worker[T, R], T] = {}
        more = True
        try:
            while more or busy:
                while more and (worker := self._acquire(block=not busy)):
                    try:
                        item = next(waiting)
                    except StopIteration:
                        more = False
                        self._release(worker)
                    else:
                        busy[worker] = item
                        worker.start(item, self._timeout)
                for worker in _finished(busy):
                    item = busy.pop(worker)
                    result = worker.result()
                    if isinstance(result, Crash):
                        self._discard(worker)
                    else:
                        self._release(worker)
                    if isinstance(result, _Raised):
                        raise result.error
                    yield item, result
        finally:
            # Abandoned half-way, or a mistake raised: nobody waits for what is still under way.
            for worker in busy:
                self._discard(worker)

    def _acquire(self, *, block: bool) -> "_Worker[T, R] | None":
        with self._changed:
            while True:
                if self._closed:
                    raise RuntimeError("the pool is closed")
                # All at once, so that they import what they work with side by side.
                while len(self._all) < self._workers:
                    worker = _Worker(self._work)
                    self._all.add(worker)
                    self._free.append(worker)
                if self._free:
                    return self._free.pop()
                if not block:
                    return None
                self._changed.wait()

    def _release(self, worker: "_Worker[T, R]") -> None:
        with self._changed:
            if not self._closed:
                self._free.append(worker)
                self._changed.notify()

    def _discard(self, worker: "_Worker[T, R]") -> None:
        worker.kill()
        with self._changed:
            self._all.discard(worker)
            self._changed.notify()


@dataclass(frozen=True, slots=True)
class _Raised:
    error: Exception


class _Worker(Generic[T, R]):
    """One process and the pipe to it."""

    def __init__(self, work: Callable[[T], R]) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self.process: BaseProcess = _CONTEXT.Process(target=_serve, args=(theirs, work), daemon=True)
        self.process.start()
        theirs.close()
        self.deadline = 0.0

    def start(self, item: T, timeout: float) -> None:
        # A new process first imports what it works with; that is not the item's time.
        self._ready()
        self.deadline = time.monotonic() + timeout
        try:
            self.pipe.send(item)
        except OSError:
            self.deadline = 0.0

    def _ready(self) -> None:
        if self.deadline == 0.0:
            try:
                self.pipe.recv()
            except (EOFError, OSError):
                return

    def result(self) -> "R | Crash | _Raised":
        if not self.pipe.poll():
            return Crash("timeout" if self.process.is_alive() and self.deadline else "crashed")
        try:
            answer: R | Crash | _Raised = self.pipe.recv()
        except (EOFError, OSError):
            return Crash("crashed")
        return answer

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _finished(busy: "Iterable[_Worker[T, R]]") -> "list[_Worker[T, R]]":
    """Workers that have answered, died or run over their time; waits until there is one."""
    busy = list(busy)
    if not busy:
        return []
    left = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
    ready = set(wait([worker.pipe for worker in busy], left))
    now = time.monotonic()
    return [worker for worker in busy if worker.pipe in ready or worker.deadline <= now]


def _serve(pipe: "Connection[object, object]", work: Callable[[T], R]) -> None:
    """A worker's life: items in, results out, until the parent is gone."""
    # The terminal's interrupt is the parent's business.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _bound_memory()
    pipe.send("ready")
    while True:
        try:
            item = pipe.recv()
        except (EOFError, OSError):
            return
        answer: object
        try:
            answer = work(item)  # type: ignore[arg-type]
        except MemoryError:
            answer = Crash("out-of-memory")
        except Exception as error:
            answer = _Raised(_portable(error))
        try:
            pipe.send(answer)
        except OSError:
            return


def _portable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own object
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _bound_memory() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))

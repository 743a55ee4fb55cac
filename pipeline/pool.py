"""Long-lived worker processes in which a killed, crashed or overlong piece of work fails alone.

``concurrent.futures`` breaks a whole pool when one of its processes dies and cannot stop one that hangs; here every
process has a pipe of its own, does one item at a time, and is replaced when it dies or has to be killed.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from typing import Generic, Literal, Self, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

MEMORY = 1_500_000_000
"""Bytes of private memory that one worker may have, where the system can bound it (Linux)."""
START = 120.0
"""Seconds that a process may take until it has an item, to import what it works with and to initialize included."""

# Spawned, not forked: the same on every system, and safe beside the threads that numeric libraries start.
_CONTEXT = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Crash:
    """Why an item has no result: its process died, took too long, or ran out of memory."""

    code: Literal["crashed", "timeout", "out-of-memory"]


class Pool(Generic[T, R]):
    """Up to ``workers`` processes that do ``work``, started when first needed; ``timeout`` seconds an item.

    Each process calls ``initializer`` first; neither that nor its imports count as an item's time. ``work``, items and
    results must be picklable. With 0 workers the work is done in the calling thread: nothing to start, and nothing
    to save the caller from work that hangs or kills its process.

    May be used from several threads at the same time, but not within the loop over another ``run`` of the same
    thread: that one holds its workers. A killed parent leaves no workers.
    """

    def __init__(
        self, work: Callable[[T], R], workers: int, timeout: float, initializer: Callable[[], None] | None = None
    ) -> None:
        self._work = work
        self._workers = workers
        self._timeout = timeout
        self._initializer = initializer
        self._idle: list[_Worker[T, R]] = []
        self._all: set[_Worker[T, R]] = set()
        self._losses = 0
        self._changed = threading.Condition()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends all processes at once. Work under way is lost: a ``run`` that waits for it raises RuntimeError."""
        with self._changed:
            self._closed = True
            for worker in self._all:
                worker.kill()
            self._changed.notify_all()

    def run(self, items: Iterable[T]) -> Iterator[tuple[T, R | Crash]]:
        """Each item with its result or ``Crash``, as they are finished; ``items`` are taken as workers come free.

        An exception that ``work`` raises is raised here: a mistake of the program, unlike a crash. Then, and where the
        iterator is closed early, what is still under way is given up. Raises RuntimeError if no worker will start.
        """
        if self._workers < 1:
            yield from self._run_here(items)
            return
        source = iter(items)
        ahead: list[T] = []
        busy: set[_Worker[T, R]] = set()
        try:
            while True:
                while (ahead := ahead or list(islice(source, 1))) and (worker := self._acquire(block=not busy)):
                    busy.add(worker)
                    worker.begin(ahead.pop())
                if not busy:
                    return
                for worker in _stirring(busy):
                    outcome = worker.outcome()
                    if outcome is _Sign.BEGUN:
                        continue
                    busy.remove(worker)
                    self._release(worker)
                    self._stay_open()
                    if isinstance(outcome, _Raised):
                        raise outcome.error
                    if isinstance(outcome, _Sign):
                        self._note_loss()
                        ahead.append(worker.item)
                    else:
                        yield worker.item, outcome
        finally:
            for worker in busy:
                worker.kill()
                self._release(worker)

    def _note_loss(self) -> None:
        self._losses += 1
        # All may have been killed from outside at once; if it goes on, it is the program that cannot start.
        if self._losses > self._workers + 2:
            raise RuntimeError("the worker processes die before they begin to work")

    def _run_here(self, items: Iterable[T]) -> Iterator[tuple[T, R | Crash]]:
        with self._changed:
            if self._initializer:
                self._initializer()
                self._initializer = None
        for item in items:
            self._stay_open()
            try:
                result: R | Crash = self._work(item)
            except MemoryError:
                result = Crash("out-of-memory")
            yield item, result

    def _stay_open(self) -> None:
        if self._closed:
            raise RuntimeError("the pool is closed")

    def _acquire(self, *, block: bool) -> "_Worker[T, R] | None":
        with self._changed:
            while True:
                self._stay_open()
                if self._idle:
                    return self._idle.pop()
                if len(self._all) < self._workers:
                    worker = _Worker(self._work, self._timeout, self._initializer)
                    self._all.add(worker)
                    return worker
                if not block:
                    return None
                self._changed.wait()

    def _release(self, worker: "_Worker[T, R]") -> None:
        """Keeps a worker for the next item, or makes room for another if it is dead."""
        with self._changed:
            if worker.alive:
                self._losses = 0
                self._idle.append(worker)
            else:
                self._all.discard(worker)
            self._changed.notify()


class _Sign(Enum):
    BEGUN = "a worker has taken its item"
    LOST = "it died before it took its item, which is not to blame"


@dataclass(frozen=True, slots=True)
class _Raised:
    error: Exception


class _Worker(Generic[T, R]):
    """One process and the pipe to it, as its parent sees them."""

    item: T

    def __init__(self, work: Callable[[T], R], timeout: float, initializer: Callable[[], None] | None) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self.process: BaseProcess = _CONTEXT.Process(target=_serve, args=(theirs, work, initializer), daemon=True)
        self.process.start()
        theirs.close()
        self.timeout = timeout
        self.alive = True

    def begin(self, item: T) -> None:
        self.item = item
        self.begun = False
        self.deadline = time.monotonic() + START
        # Of one that died meanwhile the outcome will tell.
        with suppress(OSError):
            self.pipe.send(item)

    def outcome(self) -> "R | Crash | _Sign | _Raised":
        """What became of the item; to be asked when something has stirred."""
        try:
            said: R | Crash | _Sign | _Raised = self.pipe.recv() if self.pipe.poll() else Crash("timeout")
        except (EOFError, OSError):
            said = Crash("crashed")
        if said is _Sign.BEGUN:
            self.begun = True
            self.deadline = time.monotonic() + self.timeout
        elif isinstance(said, Crash) or not self.begun:
            self.kill()
        return _Sign.LOST if isinstance(said, Crash) and not self.begun else said

    def kill(self) -> None:
        self.alive = False
        self.process.kill()
        self.process.join()


def _stirring(busy: "Iterable[_Worker[T, R]]") -> "list[_Worker[T, R]]":
    """Workers that have said something, died or run over their time; waits until there is one."""
    left = min(worker.deadline for worker in busy) - time.monotonic()
    heard = set(wait([worker.pipe for worker in busy], max(0.0, left)))
    now = time.monotonic()
    return [worker for worker in busy if worker.pipe in heard or worker.deadline <= now]


def _serve(pipe: "Connection[object, T]", work: Callable[[T], R], initializer: Callable[[], None] | None) -> None:
    """A worker's life: items in, results out, until the parent is gone."""
    # The terminal's interrupt is the parent's business.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    _bound_memory()
    with suppress(EOFError, ConnectionError):
        try:
            if initializer:
                initializer()
        except Exception as error:
            pipe.send(_Raised(_portable(error)))
            return
        while True:
            item = pipe.recv()
            pipe.send(_Sign.BEGUN)
            try:
                pipe.send(work(item))
            except MemoryError:
                pipe.send(Crash("out-of-memory"))
            except Exception as error:
                pipe.send(_Raised(_portable(error)))


def _portable(error: Exception) -> Exception:
    """The error with its traceback in words; a RuntimeError instead of one that cannot travel between processes."""
    words = "".join(traceback.format_exception(error))
    try:
        ForkingPickler.loads(ForkingPickler.dumps(error))
    except Exception:
        error = RuntimeError(f"{type(error).__name__}: {error}")
    error.add_note(words)
    return error


def _end_with_parent() -> None:
    parent = cast(BaseProcess, multiprocessing.parent_process())
    if sys.platform == "linux":
        import fcntl

        # The kernel ends this process with SIGIO when the parent's end of the pipe closes, even in the middle of work
        # that holds the interpreter. (PR_SET_PDEATHSIG does so as soon as the thread ends that started the process.)
        fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, fcntl.fcntl(parent.sentinel, fcntl.F_GETFL) | os.O_ASYNC)

    def exit_after_parent() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=exit_after_parent, daemon=True).start()


def _bound_memory() -> None:
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))

"""The pool with work that is really killed, hangs, exits, eats memory or raises."""

import os
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.pool import Crash, Pool
from tests.pool_work import (
    broken_start,
    deadly_start,
    double,
    is_marked,
    mark_start,
    misbehave,
    nap,
    slow_start,
    whoami,
)

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's part of it is Linux's")
FOLDER = Path(__file__).parent.parent


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False


def wait_until_ended(pids: list[int], seconds: float) -> list[int]:
    """Those that still run after that time."""
    limit = time.monotonic() + seconds
    while any(map(running, pids)) and time.monotonic() < limit:
        time.sleep(0.02)
    return [pid for pid in pids if running(pid)]


@pytest.mark.parametrize("workers", [0, 1, 3])
def test_every_item_has_its_result(workers: int) -> None:
    with Pool(double, workers, 10) as pool:
        assert sorted(pool.run(range(500))) == [(n, n * 2) for n in range(500)]
        assert list(pool.run([])) == []
        assert list(pool.run([7])) == [(7, 14)]


@pytest.mark.parametrize("how", ["kill", "abort", "exit", "sys.exit"])
def test_what_dies_fails_alone(how: str) -> None:
    with Pool(misbehave, 2, 30) as pool:
        assert dict(pool.run(["a", how, "b", "c"])) == {"a": "a", how: Crash("crashed"), "b": "b", "c": "c"}


@pytest.mark.parametrize("how", ["hang", "spin"])
def test_what_takes_too_long_fails_alone_and_in_time(how: str) -> None:
    with Pool(misbehave, 2, 0.5) as pool:
        list(pool.run(["start", "both"]))
        begun = time.monotonic()
        assert dict(pool.run(["a", how, "b", "c"])) == {"a": "a", how: Crash("timeout"), "b": "b", "c": "c"}
        assert 0.5 <= time.monotonic() - begun < 3


@linux
@pytest.mark.parametrize("how", ["eat", "nibble"])
def test_what_eats_the_memory_fails_alone(how: str) -> None:
    with Pool(misbehave, 1, 60) as pool:
        assert dict(pool.run([how, "a"])) == {how: Crash("out-of-memory"), "a": "a"}


def test_a_mistake_is_raised_as_it_was_and_the_worker_is_kept() -> None:
    with Pool(misbehave, 1, 10) as pool:
        ((_, before),) = Pool(whoami, 0, 10).run([0])
        assert before == os.getpid()
        with pytest.raises(KeyError, match="a mistake") as raised:
            list(pool.run(["raise"]))
        assert any("pool_work.py" in note and "in misbehave" in note for note in raised.value.__notes__)
        (worker,) = pool._idle
        with pytest.raises(RuntimeError, match="Particular: a mistake"):
            list(pool.run(["particular"]))
        with pytest.raises(RuntimeError, match="Local: a mistake"):
            list(pool.run(["local error"]))
        with pytest.raises(Exception, match="pickle"):
            list(pool.run(["lambda"]))
        assert list(pool.run(["a"])) == [("a", "a")]
        assert pool._idle == [worker]


def test_in_process_work_raises_and_runs_out_of_memory_as_well() -> None:
    pool: Pool[object, object] = Pool(hungry, 0, 10)
    assert list(pool.run([1])) == [(1, Crash("out-of-memory"))]
    with pytest.raises(KeyError):
        list(Pool(misbehave, 0, 10).run(["raise"]))


def hungry(_: object) -> object:
    raise MemoryError


def test_large_items_and_results_pass() -> None:
    with Pool(misbehave, 1, 30) as pool:
        ((item, result),) = pool.run(["字" * 2_000_000])
        assert item == result
        assert [len(r) for _, r in pool.run(["large"])] == [20_000_000]  # type: ignore[arg-type]


@pytest.mark.parametrize("workers", [0, 2])
def test_items_are_taken_as_workers_come_free(workers: int) -> None:
    taken = []

    def items() -> Iterator[int]:
        for n in range(100):
            taken.append(n)
            yield n

    with Pool(double, workers, 10) as pool:
        results = pool.run(items())
        next(results)
        assert len(taken) <= workers + 2
        results.close()  # type: ignore[attr-defined]
        assert len(taken) <= workers + 2
        assert dict(pool.run([5])) == {5: 10}


def test_items_that_raise_cost_no_worker() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise LookupError("no more files")

    with Pool(double, 1, 10) as pool:
        for _ in range(3):
            with pytest.raises(LookupError):
                list(pool.run(items()))
        assert list(pool.run([1])) == [(1, 2)]


def test_an_abandoned_run_gives_its_workers_back() -> None:
    with Pool(nap, 2, 60) as pool:
        for _ in pool.run([0.0, 50.0, 50.0]):
            break
        begun = time.monotonic()
        assert len(list(pool.run([0.01] * 4))) == 4
        assert time.monotonic() - begun < 10


def test_four_threads_share_the_workers_whatever_becomes_of_some() -> None:
    words = ["a", "b", "c", "kill", "d", "exit", "e", "hang", *map(str, range(20))]
    expected = {word: word for word in words} | {"kill": Crash("crashed"), "exit": Crash("crashed")}
    found: dict[int, dict[str, object]] = {}
    with Pool(misbehave, 2, 0.5) as pool:

        def use(thread: int) -> None:
            found[thread] = dict(pool.run(words[thread * 5 :] + words[: thread * 5]))

        threads = [threading.Thread(target=use, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert len(pool._all) <= 2
    assert found == {n: expected | {"hang": Crash("timeout")} for n in range(4)}


def test_workers_outlive_the_thread_that_started_them() -> None:
    with Pool(whoami, 1, 10) as pool:
        found: list[object] = []
        for _ in range(3):
            thread = threading.Thread(target=lambda: found.extend(pid for _, pid in pool.run([1])))
            thread.start()
            thread.join(30)
            time.sleep(0.1)
        assert len(found) == 3
        assert len(set(found)) == 1


@linux
def test_workers_killed_from_outside_while_idle_cost_no_item() -> None:
    with Pool(whoami, 3, 10) as pool:
        pids = {pid for _, pid in pool.run(range(60)) if isinstance(pid, int)}
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        assert wait_until_ended(list(pids), 30) == []
        results = [pid for _, pid in pool.run(range(10))]
        assert all(isinstance(pid, int) and pid not in pids for pid in results)


def test_start_and_initializer_are_not_an_items_time() -> None:
    with Pool(double, 1, 0.2, slow_start) as pool:
        assert list(pool.run([1])) == [(1, 2)]


def test_each_process_is_initialized_once() -> None:
    with Pool(is_marked, 2, 10, mark_start) as pool:
        assert [marked for _, marked in pool.run(range(10))] == [True] * 10
    assert not tracemalloc.is_tracing()
    calls: list[int] = []
    with Pool(double, 0, 10, lambda: calls.append(1)) as pool_here:
        assert len([*pool_here.run([1, 2]), *pool_here.run([3])]) == 3
    assert calls == [1]


def test_what_cannot_start_is_said_and_not_tried_for_ever() -> None:
    with Pool(double, 2, 10, broken_start) as pool, pytest.raises(LookupError, match="no lexicon"):
        list(pool.run([1, 2, 3]))
    with Pool(double, 1, 10, deadly_start) as pool, pytest.raises(RuntimeError, match="before they begin"):
        list(pool.run([1, 2, 3]))


@pytest.mark.parametrize("workers", [0, 1])
def test_a_closed_pool_is_closed(workers: int) -> None:
    pool = Pool(double, workers, 10)
    assert list(pool.run([1])) == [(1, 2)]
    pool.close()
    pool.close()
    with pytest.raises(RuntimeError, match="closed"):
        list(pool.run([1]))


def test_closing_ends_what_other_threads_wait_for() -> None:
    errors: list[BaseException] = []
    pool = Pool(nap, 2, 60)

    def use(seconds: float) -> None:
        try:
            list(pool.run([0.0, seconds, seconds, seconds]))
        except RuntimeError as error:
            errors.append(error)

    threads = [threading.Thread(target=use, args=(30.0,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(0.7)
    workers = list(pool._all)
    pool.close()
    for thread in threads:
        thread.join(5)
    assert [str(error) for error in errors] == ["the pool is closed"] * 3
    assert not any(worker.process.is_alive() for worker in workers)


def test_an_item_costs_less_than_a_millisecond(capsys: pytest.CaptureFixture[str]) -> None:
    with Pool(double, 2, 10) as pool:
        list(pool.run(range(10)))
        begun = time.perf_counter()
        assert len(list(pool.run(range(5000)))) == 5000
        each = (time.perf_counter() - begun) / 5000
    with capsys.disabled():
        print(f" {each * 1e6:.0f} µs an item ", end="")  # noqa: T201
    assert each < 0.001


PARENT = """
import multiprocessing, os, signal, sys, threading, time
from pipeline.pool import Pool
from tests.pool_work import misbehave

if __name__ == "__main__":
    pool = Pool(misbehave, 3, 60)
    # Started by a thread that is over when the parent is killed.
    thread = threading.Thread(target=lambda: list(pool.run(["a", "b", "c"])))
    thread.start()
    thread.join()
    thread = threading.Thread(target=lambda: list(pool.run(["hang", "spin"])), daemon=True)
    thread.start()
    time.sleep(0.3)
    print(*(process.pid for process in multiprocessing.active_children()), flush=True)
    {end}
"""


@linux
@pytest.mark.parametrize("end", ["time.sleep(60)", "sys.exit()", "os._exit(1)", "os.kill(os.getpid(), signal.SIGTERM)"])
def test_workers_end_with_their_parent(end: str, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT.format(end=end), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(FOLDER)}
    ) as parent:
        assert parent.stdout is not None
        workers = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(workers) == 3
        if "sleep" in end:
            assert all(map(running, workers))
            parent.kill()
    assert wait_until_ended(workers, 3) == []

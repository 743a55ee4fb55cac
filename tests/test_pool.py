"""The pool with work that is really killed, hangs, exits, eats memory or raises."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipeline.pool import Crash, Pool
from tests.pool_work import double, misbehave, whoami


def test_every_item_has_its_result() -> None:
    with Pool(double, 2, 10) as pool:
        assert sorted(pool.run(range(500))) == [(n, n * 2) for n in range(500)]


@pytest.mark.parametrize(("how", "code"), [("kill", "crashed"), ("exit", "crashed"), ("hang", "timeout")])
def test_what_dies_or_hangs_fails_alone(how: str, code: str) -> None:
    with Pool(misbehave, 2, 1.0) as pool:
        results = dict(pool.run(["a", how, "b", "c"]))
    assert results == {"a": "a", how: Crash(code), "b": "b", "c": "c"}  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")
def test_what_eats_the_memory_fails_alone() -> None:
    with Pool(misbehave, 1, 30) as pool:
        assert dict(pool.run(["eat", "a"])) == {"eat": Crash("out-of-memory"), "a": "a"}


def test_a_mistake_is_raised_as_it_was_and_the_pool_goes_on() -> None:
    with Pool(misbehave, 1, 10) as pool:
        with pytest.raises(KeyError, match="a mistake"):
            list(pool.run(["raise"]))
        with pytest.raises(RuntimeError, match="a mistake"):
            list(pool.run(["unpicklable"]))
        assert list(pool.run(["a"])) == [("a", "a")]


def test_items_are_taken_as_workers_come_free() -> None:
    taken = []

    def items() -> "iter[int]":  # type: ignore[valid-type]
        for n in range(100):
            taken.append(n)
            yield n

    with Pool(double, 2, 10) as pool:
        results = pool.run(items())
        next(results)
        assert len(taken) <= 4
        results.close()  # type: ignore[attr-defined]
        assert dict(pool.run([5])) == {5: 10}


def test_several_threads_share_the_workers() -> None:
    found: dict[int, list[int]] = {}
    with Pool(whoami, 2, 10) as pool:

        def use(thread: int) -> None:
            found[thread] = [pid for _, pid in pool.run(range(20)) if isinstance(pid, int)]

        threads = [threading.Thread(target=use, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert [len(found[n]) for n in range(4)] == [20] * 4
    assert len({pid for pids in found.values() for pid in pids}) <= 2


def test_a_closed_pool_is_closed() -> None:
    pool = Pool(double, 1, 10)
    assert list(pool.run([1])) == [(1, 2)]
    pool.close()
    with pytest.raises(RuntimeError, match="closed"):
        list(pool.run([1]))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_workers_end_with_a_killed_parent() -> None:
    code = "from pipeline.pool import Pool; from tests.pool_work import misbehave, whoami; import sys\nif __name__ == '__main__':\n p = Pool(misbehave, 2, 60); q = Pool(whoami, 1, 60); print(next(q.run([1]))[1], flush=True); next(p.run(['hang', 'hang']))"
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent
    )
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    assert Path(f"/proc/{worker}").exists()
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    limit = time.monotonic() + 5
    while Path(f"/proc/{worker}").exists() and time.monotonic() < limit:
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}").exists()

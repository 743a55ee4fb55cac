"""Many processes on one store, and processes killed in the middle of writing."""

import multiprocessing
import os
import signal
import threading
from datetime import UTC, datetime
from multiprocessing.connection import Connection

import pytest

from pipeline.records import Failure, QueueEntry
from pipeline.store import Counts, Store, Submission

SPAWN = multiprocessing.get_context("spawn")
EDITION = "e1"
ROUNDS, BATCH = 15, 10


def entry(report: str) -> QueueEntry:
    moment = datetime(2031, 3, 4, tzinfo=UTC)
    return QueueEntry(
        report, f"{report[:8]}.docx", "云岭县财政局", "自评报告", 2030, "project", 1.0, "sound", (), {}, moment
    )


def write(url: str, writer: int, ready: "Connection[None, None]") -> None:
    ready.recv()
    for turn in range(ROUNDS):
        with Store.open(url) as store:
            # Half of the reports are everybody's, half the writer's own.
            ids = [
                f"{turn * BATCH + i:064x}" if i % 2 else f"{writer + 1:x}{turn * BATCH + i:063x}" for i in range(BATCH)
            ]
            store.submit_many([Submission(report, f"{writer}.docx", f"/{writer}", 1) for report in ids])
            assert len(store.reviewed(ids, EDITION)) <= BATCH
            store.save_many(EDITION, [(report.encode() * 100, entry(report)) for report in reversed(ids)])
            store.fail(EDITION, Failure(f"/{writer}/{turn}", "crashed", "读取时出错。"))
            assert store.review(ids[0]) == ids[0].encode() * 100


def test_eight_processes_open_create_and_write_at_once(url: str) -> None:
    pipes = [SPAWN.Pipe() for _ in range(8)]
    processes = [SPAWN.Process(target=write, args=(url, i, theirs)) for i, (_, theirs) in enumerate(pipes)]
    for process in processes:
        process.start()
    for ours, _ in pipes:
        ours.send(None)
    for process in processes:
        process.join(100)
    assert [process.exitcode for process in processes] == [0] * 8
    own = ROUNDS * BATCH // 2
    with Store.open(url) as store:
        assert store.counts(EDITION) == Counts(reports=9 * own, reviews=9 * own, failures=8 * ROUNDS)
        assert len(store.submissions(f"{1:064x}")) == 8


def write_for_ever(url: str, told: "Connection[int, None]") -> None:
    with Store.open(url) as store:
        for i in range(10**9):
            ids = [f"{i:032x}{n:032x}" for n in range(20)]
            store.submit_many([Submission(report, "甲.docx", "/甲.docx", 1) for report in ids])
            store.save_many(EDITION, [(os.urandom(20_000), entry(report)) for report in ids])
            told.send(i)


@pytest.mark.parametrize("killed_after", [0, 3, 11])
def test_a_writer_killed_leaves_all_that_was_committed(url: str, killed_after: int) -> None:
    ours, theirs = SPAWN.Pipe()
    writer = SPAWN.Process(target=write_for_ever, args=(url, theirs))
    writer.start()
    theirs.close()
    last = -1
    while last < killed_after:
        last = ours.recv()
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    while ours.poll():
        try:
            last = ours.recv()
        except EOFError:
            break
    with Store.open(url) as store:
        saved = [line.id for line in store.queue(None, EDITION)]
        # Batches are whole, and every one that was told of is there; one more may have been committed untold.
        assert len(saved) in (20 * (last + 1), 20 * (last + 2))
        assert len(store.reviewed([f"{i:032x}{n:032x}" for i in range(last + 1) for n in range(20)], EDITION)) == 20 * (
            last + 1
        )
        assert all(len(store.review(report) or b"") == 20_000 for report in saved)
        store.submit("f" * 64, "乙.docx", "/乙.docx", 1)
        store.save(EDITION, b"x", entry("f" * 64))


def test_threads_share_a_store(url: str) -> None:
    errors: list[BaseException] = []

    def work(store: Store, thread: int) -> None:
        try:
            for i in range(20):
                report = f"{thread:032x}{i:032x}"
                store.submit(report, "甲.docx", "/甲.docx", 1)
                store.save(EDITION, b"x", entry(report))
                assert store.review(report) == b"x"
        except BaseException as error:
            errors.append(error)

    with Store.open(url) as store:
        threads = [threading.Thread(target=work, args=(store, n)) for n in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert store.counts(EDITION).reviews == 240

"""What the store promises, on both databases."""

import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.records import Failure, QueueEntry
from pipeline.store import Counts, Store, Submission, UnusableStore

EDITION = "e1"
MOMENT = datetime(2031, 3, 4, 5, 6, 7, 890123, tzinfo=UTC)


def number(i: int) -> str:
    return f"{i:064x}"


def entry(i: int, **fields: object) -> QueueEntry:
    plain = QueueEntry(
        id=number(i),
        name=f"{i:06}.docx",
        agency="青岚县水利局",
        title="2030年度部门整体支出绩效自评报告",
        year=2030,
        kind="department",
        score=50.0,
        band="watch",
        because=("“三公”经费增长12%，未说明原因", "问题部分只有一句话"),
        findings={"high": 1, "medium": 2, "low": 0, "info": 3},
        reviewed_at=MOMENT,
    )
    return replace(plain, **fields)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url) as store:
        yield store


def submit(store: Store, *entries: QueueEntry) -> None:
    store.submit_many([Submission(e.id, e.name, f"/报送/{e.name}", 3) for e in entries])


def test_same_bytes_twice_are_one_report_under_every_name(store: Store) -> None:
    assert store.submit(number(1), "a.docx", "/报送/a.docx", 10)
    assert not store.submit(number(1), "a.docx", "/报送/a.docx", 10)
    assert not store.submit(number(1), "b.docx", "/补报/b.docx", 10)
    assert store.submissions(number(1)) == (
        Submission(number(1), "a.docx", "/报送/a.docx", 10),
        Submission(number(1), "b.docx", "/补报/b.docx", 10),
    )
    assert store.counts(EDITION) == Counts(reports=1, reviews=0, failures=0)


def test_many_submissions_tell_which_are_new(store: Store) -> None:
    store.submit(number(1), "a", "a", 1)
    many = [Submission(number(i % 3), f"{i}", f"{i}", 1) for i in range(6)]
    assert store.submit_many(many) == {number(0), number(2)}
    assert store.submit_many([]) == set()
    assert [s.name for s in store.submissions(number(1))] == ["a", "1", "4"]


def test_a_review_comes_back_byte_for_byte_and_its_entry_whole(store: Store) -> None:
    one = entry(1, year=None, kind="unknown", because=())
    submit(store, one)
    data = json.dumps({"正文": "一、单位职责\x00\U00020000" * 500}, ensure_ascii=False).encode() + bytes(range(256))
    store.save(EDITION, data, one)
    assert store.review(one.id) == store.review(one.id, EDITION) == data
    assert list(store.queue(None, EDITION)) == [one]
    assert store.review(one.id, "another") is None
    assert store.review(number(2)) is None


def test_saving_again_replaces_within_an_edition_only(store: Store) -> None:
    submit(store, entry(1))
    store.save("old", b"old", entry(1, reviewed_at=MOMENT))
    store.save("new", b"new", entry(1, reviewed_at=MOMENT + timedelta(days=1)))
    store.save("new", b"newer", entry(1, score=70.0, reviewed_at=MOMENT + timedelta(days=1)))
    store.save_many("old", [(b"older", entry(1)), (b"oldest", entry(1))])
    assert store.review(number(1)) == b"newer"
    assert store.review(number(1), "old") == b"oldest"
    assert [e.score for e in store.queue(None, "new")] == [70.0]
    assert [e.score for e in store.queue(None, "old")] == [50.0]


def test_a_review_of_a_report_never_handed_in_is_refused_with_its_whole_batch(store: Store) -> None:
    submit(store, entry(1))
    with pytest.raises(sa.exc.DBAPIError) as refused:
        store.save_many(EDITION, [(b"1", entry(1)), (b"2", entry(2))])
    assert not isinstance(refused.value, UnusableStore)
    assert list(store.queue(None, EDITION)) == []


def test_queue_is_ranked_by_score_then_name_by_code_point(store: Store) -> None:
    names = ["b.docx", "B.docx", "a.docx", "é.docx", "一.docx", "丁.docx", "\uffee.docx", "\U00020000.docx", "_.docx"]
    entries = [entry(i, name=name) for i, name in enumerate(names)]
    entries += [entry(20, score=99.99), entry(21, score=0.1), entry(22, score=1 / 3)]
    submit(store, *entries)
    store.save_many(EDITION, [(b"x", e) for e in entries])
    queue = list(store.queue(None, EDITION))
    assert queue == sorted(entries, key=lambda e: (-e.score, e.name, e.id))
    some = {number(20), number(3), number(0), number(999)}
    assert list(store.queue(some, EDITION)) == [e for e in queue if e.id in some]
    assert list(store.queue([], EDITION)) == []


def test_writing_goes_on_while_a_queue_is_read(store: Store) -> None:
    entries = [entry(i) for i in range(1500)]
    submit(store, *entries)
    store.save_many(EDITION, [(b"x", e) for e in entries[:1400]])
    queue = store.queue(None, EDITION)
    first = next(queue)
    store.save_many(EDITION, [(b"x", e) for e in entries[1400:]])
    assert [first, *queue] == entries[:1400]
    assert len(list(store.queue(None, EDITION))) == 1500


def test_reviewed_and_failed_of_a_hundred_thousand_ids(store: Store) -> None:
    entries = [entry(i) for i in range(10)]
    submit(store, *entries)
    store.save_many(EDITION, [(b"x", e) for e in entries[:4]])
    store.fail(EDITION, Failure("/报送/5", "timeout", "超时"), number(5))
    ids = [number(i) for i in range(100_000)]
    assert store.reviewed(ids, EDITION) == {number(i) for i in range(4)}
    assert store.reviewed(ids, "another") == set()
    assert store.failed(ids, EDITION) == {number(5): Failure("/报送/5", "timeout", "超时")}
    assert store.reviewed([], EDITION) == set()
    assert [e.id for e in store.queue(ids, EDITION)] == [number(i) for i in range(4)]


def test_the_latest_failure_of_each_path_stays_until_a_review_comes(store: Store) -> None:
    submit(store, entry(1), entry(2))
    lost = Failure("/报送/坏.docx", "unreadable", "打不开这个文件。")
    store.fail(EDITION, lost)
    store.fail(EDITION, Failure("/报送/1", "crashed", "读取时出错。"), number(1))
    store.fail(EDITION, Failure("/报送/1", "timeout", "读取超时。"), number(1))
    store.fail("another", Failure("/报送/1", "crashed", "读取时出错。"), number(1))
    late = Failure("/报送/1", "timeout", "读取超时。")
    assert list(store.failures(EDITION)) == [late, lost]
    assert list(store.failures(EDITION, [number(1), number(2)])) == [late]
    assert store.counts(EDITION) == Counts(reports=2, reviews=0, failures=2)

    store.save(EDITION, b"x", entry(1))
    assert list(store.failures(EDITION)) == [lost]
    assert len(list(store.failures("another"))) == 1
    store.fail(EDITION, late, number(1))
    assert list(store.failures(EDITION)) == [lost]
    assert store.failed([number(1)], EDITION) == {}


def test_forgetting_what_is_derived_keeps_what_was_handed_in(store: Store) -> None:
    submit(store, entry(1), entry(2))
    store.save(EDITION, b"x", entry(1))
    store.fail(EDITION, Failure("/报送/2", "crashed", "读取时出错。"), number(2))
    store.forget_derived()
    assert store.counts(EDITION) == Counts(reports=2, reviews=0, failures=0)
    assert store.review(number(1)) is None
    assert store.submissions(number(2))
    store.save(EDITION, b"x", entry(1))
    assert store.review(number(1)) == b"x"


def test_moments_keep_their_instant_and_naive_ones_are_refused(store: Store) -> None:
    submit(store, entry(1))
    store.save(EDITION, b"x", entry(1, reviewed_at=MOMENT.astimezone(timezone(timedelta(hours=8)))))
    (back,) = store.queue(None, EDITION)
    assert back.reviewed_at == MOMENT
    assert back.reviewed_at.tzinfo is UTC
    with pytest.raises((ValueError, sa.exc.StatementError), match="without a time zone"):
        store.save(EDITION, b"x", entry(1, reviewed_at=MOMENT.replace(tzinfo=None)))


# Lone surrogates too: a file name that is not valid UTF-8 comes with them.
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(name=st.text(st.characters(exclude_categories=())), because=st.lists(st.text(), max_size=3))
def test_any_string_comes_back_as_it_was(store: Store, name: str, because: list[str]) -> None:
    one = entry(1, name=name, agency=name, because=(*because, name))
    store.submit(one.id, name, name, 1)
    store.save(EDITION, b"x", one)
    store.fail("failed", Failure(name, "crashed", name), one.id)
    assert list(store.queue(None, EDITION)) == [one]
    assert Submission(one.id, name, name, 1) in store.submissions(one.id)
    assert Failure(name, "crashed", name) in store.failures("failed")


@pytest.mark.parametrize(
    "name", ["甲\x00乙.docx", "\U00020000\U0001f600.docx", "坏名\udcc4\udce3.docx", "\x1a0041\x1a", "名" * 3000]
)
def test_odd_names(store: Store, name: str) -> None:
    submit(store, entry(1, name=name))
    store.save(EDITION, b"x", entry(1, name=name))
    assert [e.name for e in store.queue(None, EDITION)] == [name]
    assert [s.name for s in store.submissions(number(1))] == [name]


@pytest.mark.slow
def test_a_long_queue_streams(store: Store, url: str) -> None:
    length = 100_000 if url.startswith("sqlite") else 30_000
    for start in range(0, length, 5000):
        entries = [entry(i, score=(i * 7919) % 1000 / 10) for i in range(start, start + 5000)]
        submit(store, *entries)
        store.save_many(EDITION, [(b"x", e) for e in entries])
    tracemalloc.start()
    try:
        lines, last = 0, 101.0
        for line in store.queue(None, EDITION):
            assert line.score <= last
            lines, last = lines + 1, line.score
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert lines == length
    assert peak < 12_000_000

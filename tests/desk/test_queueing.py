"""The queue: pages, views, what comes next, and the batches."""

import json
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.desk.queueing import Queueing
from pipeline.errors import WrongUsage
from pipeline.records import Person, QueueEntry, View
from pipeline.store import Submission
from pipeline.store.desk_tables import leases
from pipeline.store.queue_tables import findings_of, lines, titles
from tests.office import EDITION, Office, number

AGENCIES = ("青岚县水利局", "青岚县教育局", "云溪县林业局")


def entry(i: int) -> QueueEntry:
    score = float(i * 7919 % 40)
    band = "weak" if score > 30 else "watch" if score > 10 else "sound"
    agency, year = AGENCIES[i % 3], 2029 + i % 2
    return QueueEntry(
        number(i), f"{agency}{year}年度报告（{i % 11}）.docx", agency, "Project 自评报告", year, "project", score, band, (),
        {"medium": 2}, datetime(2031, 3, 4, tzinfo=UTC), {f"rule-{i % 5}": "high", "rule-all": "low"},
    )  # fmt: skip


@pytest.fixture
def season(office: Office) -> list[QueueEntry]:
    """300 reports in two batches; some of them in both."""
    entries = [entry(i) for i in range(300)]
    office.store.submit_many([Submission(e.id, e.name, e.name, 1) for e in entries])
    review = json.dumps({"report": {"blocks": []}, "findings": [
        {"id": f"f{n}", "rule": "rule-all", "message": "说明", "severity": "low"} for n in range(2)
    ]}).encode()  # fmt: skip
    office.store.save_many(EDITION, [(review, e) for e in entries])
    for name, some in (("县直", entries[:200]), ("乡镇", entries[150:])):
        office.queueing.put(office.queueing.begin(None, name).id, [e.id for e in some])
    return sorted(entries, key=lambda e: (-e.score, e.name, e.id))


def walk(queueing: Queueing, view: View, limit: int = 17) -> list[str]:
    found: list[str] = []
    after = None
    while True:
        page = queueing.page(view, after, limit)
        found += [line.entry.id for line in page.lines]
        if page.next is None:
            assert page.total == len(found)
            return found
        assert len(page.lines) == limit
        after = page.next


VIEWS = [
    (View(), lambda e: True),
    (View(agency=AGENCIES[1]), lambda e: e.agency == AGENCIES[1]),
    (View(year=2030, band="weak"), lambda e: e.year == 2030 and e.band == "weak"),
    (View(rule="rule-2"), lambda e: "rule-2" in e.rules),
    (View(rule="rule-2", text="水利 project"), lambda e: "rule-2" in e.rules and "水利" in e.name),
    (View(rule="no-such"), lambda e: False),
    (View(batch=1), lambda e: int(e.id, 16) < 200),
    (View(batch=2, band="sound"), lambda e: int(e.id, 16) >= 150 and e.band == "sound"),
    (View(text="（3）"), lambda e: "（3）" in e.name),
    (View(text="100%_"), lambda e: False),
    (View(state="new"), lambda e: True),
    (View(state="reviewed"), lambda e: False),
]


def test_every_view_shows_its_lines_once_in_rank_order(office: Office, season: list[QueueEntry]) -> None:
    for view, fits in VIEWS:
        assert walk(office.queueing, view) == [e.id for e in season if fits(e)], view


def test_a_line_says_how_far_the_report_is(office: Office, season: list[QueueEntry], wang: Person) -> None:
    first = season[0].id
    assert office.queueing.page(View(), limit=1).lines[0].undecided == 2
    one = office.deciding.decide(wang, first, "f0", "accepted")
    office.deciding.grade(wang, first, "problems", 2)
    line = office.queueing.page(View(), limit=1).lines[0]
    assert (line.entry.id, line.state, line.holders, line.undecided) == (first, "leased", ("王审核",), 1)
    assert line == office.queueing.line(first)
    assert office.queueing.line("0" * 63 + "f") is None or office.queueing.line("f" * 64) is None
    office.deciding.decide(wang, first, "f0", "cleared", expect=one.id)
    assert office.queueing.page(View(), limit=1).lines[0].undecided == 2
    office.working.finish(wang, first, anyway=True)
    assert walk(office.queueing, View(state="reviewed")) == [first]
    assert walk(office.queueing, View(mine=wang.id)) == [first]
    assert walk(office.queueing, View(mine="f" * 12)) == []
    assert office.queueing.progress(View()) == {"new": 299, "reviewed": 1}
    assert office.queueing.progress(View(band="sound", state="reviewed")).get("reviewed") is None


def test_a_new_review_keeps_the_state(office: Office, season: list[QueueEntry], wang: Person) -> None:
    first = season[0]
    office.working.lease(wang, first.id)
    office.store.save(EDITION, b"{}", first)
    other = Queueing(office.store, "later")
    assert other.page(View()).total == 0
    office.store.save("later", b"{}", first)
    assert [line.state for line in other.page(View()).lines] == ["leased"]
    assert walk(office.queueing, View(state="leased")) == [first.id]


def test_cursors_that_are_none_are_refused(office: Office, season: list[QueueEntry]) -> None:
    for cursor in ("", "x", "eyJ9", "WzEsMl0", "W251bGwsICJhIiwgMV0", "✓", "WzEuMCwgIuWVhiIsIDk5OTk5OTk5OTk5OV0"):
        with pytest.raises(WrongUsage, match="第一页"):
            office.queueing.page(View(), cursor)
    assert len(office.queueing.page(View(), limit=10**6).lines) == 200
    assert len(office.queueing.page(View(), limit=-1).lines) == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=20), cursor=st.text(max_size=40))
def test_any_words_and_any_cursor_are_taken(office: Office, text: str, cursor: str) -> None:
    office.queueing.page(View(text=text, agency=text, rule=text, band=text, state=text, mine=text))  # type: ignore[arg-type]
    with suppress(WrongUsage):
        office.queueing.page(View(year=10**30, batch=-(10**30)), cursor)


def test_lines_that_come_between_pages_break_nothing(office: Office, season: list[QueueEntry]) -> None:
    first = office.queueing.page(View(), limit=50)
    more = [entry(i) for i in range(300, 320)]
    office.store.submit_many([Submission(e.id, e.name, e.name, 1) for e in more])
    office.store.save_many(EDITION, [(b"{}", e) for e in more])
    rest = walk(office.queueing, View(), limit=50)
    seen = {line.entry.id for line in first.lines}
    after = first.next
    while after is not None:
        page = office.queueing.page(View(), after)
        assert seen.isdisjoint(line.entry.id for line in page.lines)
        seen |= {line.entry.id for line in page.lines}
        after = page.next
    assert seen >= {e.id for e in season}
    assert len(rest) == 320


def test_facets_count_what_there_is(office: Office, season: list[QueueEntry]) -> None:
    facets = office.queueing.facets()
    assert facets.agencies == tuple(sorted((a, 100) for a in AGENCIES))
    assert facets.years == ((2030, 150), (2029, 150))
    assert facets.rules[0] == ("rule-all", 300)
    assert [(b.name, b.reports) for b in facets.batches] == [("乡镇", 150), ("县直", 200)]


def test_next_gives_each_a_report_of_their_own(office: Office, season: list[QueueEntry]) -> None:
    people = [office.hire(f"审核{i}号", "reviewer") for i in range(6)]
    taken: list[str] = []
    errors: list[BaseException] = []

    def work(person: Person) -> None:
        try:
            for _ in range(5):
                report = office.queueing.next(person, View(agency=AGENCIES[0]))
                assert report
                taken.append(report)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(taken) == sorted(e.id for e in [e for e in season if e.agency == AGENCIES[0]][:30])


def test_next_takes_what_was_left_unattended_and_not_what_one_is_done_with(
    office: Office, season: list[QueueEntry], wang: Person, li: Person, lead: Person
) -> None:
    view = View(batch=1, rule="rule-4", band="weak")
    mine = [e.id for e in season if int(e.id, 16) < 200 and "rule-4" in e.rules and e.band == "weak"]
    assert len(mine) > 2
    office.working.ask_for_two(lead, mine[1])
    assert office.queueing.next(wang, view) == mine[0]
    assert office.queueing.next(li, view) == mine[1]
    office.working.finish(li, mine[1], anyway=True)
    assert office.queueing.next(li, view) == mine[2]
    assert office.queueing.next(wang, view) == mine[1]
    with office.store.writing() as connection:
        connection.execute(sa.update(leases).values(until=datetime.now(UTC) - timedelta(minutes=1)))
    assert office.queueing.next(lead, view) == mine[0]
    assert office.queueing.next(wang, View(rule="no-such")) is None


def test_deleting_what_is_derived_empties_the_queue(office: Office, season: list[QueueEntry]) -> None:
    office.store.forget_derived()
    assert office.queueing.page(View()).lines == ()
    with office.store.reading() as connection:
        for table in (lines, titles, findings_of):
            assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0

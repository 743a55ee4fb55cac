"""Ten people decide while a batch writes: nothing fails, nothing is lost, and the log stays one chain."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

from pipeline.desk.deciding import Deciding
from pipeline.errors import Conflict
from pipeline.records import QueueEntry, View
from pipeline.store import Store, Submission
from tests.office import EDITION, Office, number

PEOPLE, EACH = 10, 12


def written(i: int) -> QueueEntry:
    now = datetime.now(UTC)
    return QueueEntry(
        number(i), f"{i}.docx", "云溪县水利局", "自评报告", 2030, "project", i % 100.0, "watch", (), {}, now, {"rule-1": "low"}
    )  # fmt: skip


def test_ten_people_decide_while_a_batch_writes(office: Office, url: str) -> None:
    people = [office.hire(f"审核{i}号", "reviewer") for i in range(PEOPLE)]
    reports = [office.report(i, findings=EACH) for i in range(PEOPLE)]
    shared = office.report(PEOPLE, findings=1)
    errors: list[BaseException] = []
    refused: list[Conflict] = []
    done = threading.Event()

    def decide(at: int) -> None:
        try:
            for n in range(EACH):
                made = office.deciding.decide(people[at], reports[at], f"f{n}", "accepted")
                if n % 4 == 3:
                    office.deciding.undo(people[at], reports[at])
                    office.deciding.redo(people[at], reports[at])
                assert office.deciding.state(reports[at])[f"f{n}"].verdict == made.verdict
            try:
                office.deciding.decide(people[at], shared, "f0", "accepted")
            except Conflict as conflict:
                refused.append(conflict)
            office.working.finish(people[at], reports[at])
        except BaseException as error:
            errors.append(error)

    def write() -> None:
        # As another process would: with a store of its own; the reports that are decided about are written again too.
        try:
            with Store.open(url) as store:
                at = 1000
                while not done.is_set():
                    fresh = [written(i) for i in range(at, at + 16)]
                    store.submit_many([Submission(e.id, e.name, e.name, 1) for e in fresh])
                    again = [(store.review(report, EDITION) or b"", replace(written(i), id=report)) for i, report in
                             enumerate(reports)]  # fmt: skip
                    store.save_many(EDITION, [*((b"{}", e) for e in fresh), *again])
                    at += 16
        except BaseException as error:
            errors.append(error)

    writer = threading.Thread(target=write)
    deciders = [threading.Thread(target=decide, args=(at,)) for at in range(PEOPLE)]
    writer.start()
    for thread in deciders:
        thread.start()
    for thread in deciders:
        thread.join()
    done.set()
    writer.join()

    assert errors == []
    assert len(refused) == PEOPLE - 1
    fresh = Deciding(office.store)
    for at, report in enumerate(reports):
        assert {f: (d.verdict, d.reviewer) for f, d in fresh.state(report).items()} == {
            f"f{n}": ("accepted", people[at].id) for n in range(EACH)
        }
        assert len(fresh.history(report)) == EACH + 2 * (EACH // 4)
    # The queue's own copy of the states is what the reports' states are.
    assert office.queueing.progress(View()).get("reviewed") == PEOPLE
    assert {line.entry.id for line in office.queueing.page(View(state="reviewed")).lines} == set(reports)
    assert office.audit.verify() is None
    assert len(office.audit.entries(action="decide", limit=1000)) == PEOPLE * EACH + 1

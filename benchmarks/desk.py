"""How long the desk takes with a season of 100,000 reports: ``python -m benchmarks.desk [--reports N] [--url URL]``.

Lines are drawn from one seed: 2,000 units, three years, 60 rules of falling frequency (ten a report), a fifth reviewed.
Every view is read 21 times, its first page and one far behind, each with its total, as the page of the queue does.
"""

import argparse
import hashlib
import json
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa

from pipeline.desk.auditing import Audit
from pipeline.desk.deciding import Deciding
from pipeline.desk.queueing import Queueing
from pipeline.desk.working import Working
from pipeline.records import Person, QueueEntry, View
from pipeline.store import Store, Submission
from pipeline.store.audit import Act, acting
from pipeline.store.desk_tables import works
from pipeline.store.people import Accounts
from pipeline.store.queue_tables import lines

EDITION = "e1"
ROUNDS = 21
RULES = [f"rule-number-{i}" for i in range(60)]
_MADE = 2000


def entries(reports: int) -> "list[QueueEntry]":
    draw = random.Random(2031)  # noqa: S311
    units = [f"青岚县第{i}水利管理服务中心" for i in range(2000)]
    made = []
    for i in range(reports):
        unit, year, score = draw.choice(units), draw.choice((2028, 2029, 2030)), round(draw.betavariate(2, 3) * 100, 1)
        rules = {rule: "medium" for at, rule in enumerate(RULES) if draw.random() < 0.7 * 0.93**at}
        made.append(
            QueueEntry(
                hashlib.sha256(str(i).encode()).hexdigest(), f"{unit}{year}年度部门整体支出绩效自评报告{i}.docx", unit,
                f"{year}年度部门整体支出绩效自评报告", year, "department", score,
                "weak" if score > 60 else "watch" if score > 30 else "sound", ("执行率与得分不符“61.2%”（+9分）",),
                {"medium": len(rules)}, datetime.now(UTC), rules,
            )
        )  # fmt: skip
    return made


def fill(store: Store, season: list[QueueEntry], person: Person) -> None:
    """Two batches, of a tenth and of nine tenths; of the reports one in five is reviewed."""
    queueing = Queueing(store, EDITION)
    small, large = (queueing.begin(None, name).id for name in ("乡镇", "县直"))
    blocks = [{"text": "全年执行率为61.2%，自评得分98分。" * 6} for _ in range(80)]
    findings = [{"id": f"f{i}", "rule": RULES[i], "message": "两处数字不一致。"} for i in range(20)]
    review = json.dumps({"report": {"blocks": blocks}, "findings": findings}).encode()
    for at in range(0, len(season), _MADE):
        some = season[at : at + _MADE]
        store.submit_many([Submission(e.id, e.name, f"/报送/{e.name}", 80_000) for e in some])
        store.save_many(EDITION, [(review, e) for e in some])
        queueing.put(small if at < len(season) // 10 else large, [e.id for e in some])
    with acting(store) as connection:
        done = [e.id for e in season[::5]]
        rows = [{"report": id_, "state": "reviewed", "reviewers": 1, "reason": "", "due": ""} for id_ in done]
        connection.execute(sa.insert(works).returning(works.c.report), rows)
        some_done = sa.select(works.c.report)
        held = f"|{person.id}|"
        connection.execute(sa.update(lines).where(lines.c.report.in_(some_done)).values(state="reviewed", holders=held))
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("ANALYZE"))


def timed(work: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return times


def told(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(f"{name:<44} p50 {statistics.median(times):6.1f} ms  p95 {p95:6.1f} ms", flush=True)


def pages(queueing: Queueing, person: Person, season: list[QueueEntry]) -> None:
    unit = season[7].agency
    views = {
        "all": View(),
        "state new": View(state="new"),
        "band and year": View(band="watch", year=2029),
        "unit": View(agency=unit),
        "large batch": View(batch=2),
        "small batch, band": View(batch=1, band="weak"),
        "frequent rule": View(rule=RULES[0]),
        "frequent rule, band, state": View(rule=RULES[0], band="watch", state="new"),
        "rare rule": View(rule=RULES[-1]),
        "rare rule, rare band": View(rule=RULES[-1], band="weak"),
        "large batch and frequent rule": View(batch=2, rule=RULES[0]),
        "mine": View(mine=person.id),
        "text, everywhere": View(text="水利"),
        "text, rare": View(text="第77水利 2029"),
        "text, nowhere": View(text="没有的字"),
        "text, large batch, frequent rule": View(text="第1", batch=2, rule=RULES[0]),
    }
    every: list[float] = []
    for name, view in views.items():
        first = timed(lambda view=view: queueing.page(view))
        after = queueing.page(view).next
        for _ in range(20):
            after = queueing.page(view, after, 200).next if after else None
        deep = timed(lambda view=view, after=after: queueing.page(view, after)) if after else []
        every += first + deep
        told(f"{name} ({queueing.page(view).total:,})", first + deep)
    told("every view", every)
    told("progress by state", timed(lambda: queueing.progress(View())))
    told("next report to take", timed(lambda: queueing.next(person, View(batch=1, rule=RULES[20]))))
    begun = time.perf_counter()
    queueing.facets()
    print(f"facets, counted anew: {(time.perf_counter() - begun) * 1000:.0f} ms (kept for 30 s)")


def decisions(store: Store, people: list[Person], season: list[QueueEntry]) -> None:
    """Ten people decide, each 20 times a second at most, while a batch writes 16 reviews ten times a second: nothing may fail
    and nothing may be lost."""
    deciding, working = Deciding(store), Working(store)
    times: list[float] = []
    errors: list[BaseException] = []
    stop = threading.Event()
    each = 60
    # Of the large batch, and none that is reviewed or written again.
    decided = season[len(season) // 10 + 1 :: 5][: each * len(people)]

    def decide(at: int) -> None:
        try:
            for i in range(each):
                report = decided[at * each + i].id
                begun = time.perf_counter()
                deciding.decide(people[at], report, f"f{i % 20}", "accepted")
                times.append((time.perf_counter() - begun) * 1000)
                time.sleep(0.05)
        except BaseException as error:
            errors.append(error)

    # What is not decided about: every fifth report from the fourth on.
    written, at_once = season[4::5], 16
    review = store.review(written[0].id) or b""

    def write() -> None:
        at = 0
        while not stop.is_set():
            store.save_many(EDITION, [(review, entry) for entry in written[at : at + at_once]])
            at = (at + at_once) % (len(written) - at_once)
            time.sleep(0.1)

    writer = threading.Thread(target=write)
    writer.start()
    threads = [threading.Thread(target=decide, args=(at,)) for at in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stop.set()
    writer.join()
    told(f"decision, {len(people)} people and a batch", times)
    counted = sum(len(deciding.state(report.id)) for report in decided)
    print(f"decisions made {len(times)}, found again {counted}, errors {errors}, {working.work(decided[0].id).state}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--url", help="an empty database; a file of SQLite if not given")
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(arguments.url or f"sqlite:///{folder}/desk.sqlite3") as store,
    ):
        accounts = Accounts(store)
        people = []
        for i in range(10):
            made = accounts.add(f"审核{i}", ["reviewer"], "!", datetime.now(UTC), Act("系统", "user-create"))
            people.append(Person(made.id, made.name, made.roles))
        begun = time.perf_counter()
        season = entries(arguments.reports)
        fill(store, season, people[0])
        print(f"{len(season):,} reports in {time.perf_counter() - begun:.0f} s", flush=True)
        pages(Queueing(store, EDITION), people[0], season)
        decisions(store, people, season)
        begun = time.perf_counter()
        bad = Audit(store).verify()
        print(f"audit log of {Audit(store).head()[0]:,} lines: {bad}, {(time.perf_counter() - begun):.2f} s")


if __name__ == "__main__":
    main()

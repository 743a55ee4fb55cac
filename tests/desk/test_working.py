"""Leases, states, and two reviewers who do not see each other."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from pipeline.errors import Conflict, Forbidden, WrongUsage
from pipeline.records import Lease, Person, Span
from pipeline.store.desk_tables import leases
from tests.office import Office


def later(office: Office, minutes: int) -> None:
    with office.store.writing() as connection:
        for report, holder, until in connection.execute(
            sa.select(leases.c.report, leases.c.holder, leases.c.until)
        ).all():
            one = sa.update(leases).where(leases.c.report == report, leases.c.holder == holder)
            connection.execute(one.values(until=until - timedelta(minutes=minutes)))


def holders(office: Office, report: str) -> list[str]:
    return [lease.name for lease in office.working.leases(report)]


def test_one_report_is_on_one_desk(office: Office, wang: Person, li: Person) -> None:
    report = office.report()
    assert office.working.work(report).state == "new"
    lease = office.working.lease(wang, report)
    assert (lease.name, office.working.work(report).state) == ("王审核", "leased")
    for attempt in (office.working.lease, office.working.take_over, office.working.finish):
        with pytest.raises(Conflict, match="王审核正在审核") as refused:
            attempt(li, report)
        assert isinstance(refused.value.other, Lease)
    with pytest.raises(Conflict):
        office.deciding.decide(li, report, "f1", "accepted")
    assert [one.report for one in office.working.held(wang)] == [report]
    office.working.release(wang, report)
    assert office.working.work(report).state == "new"
    office.working.lease(li, report)
    # Who has nothing to give back gives nothing back.
    office.working.release(wang, report)
    assert holders(office, report) == ["李审核"]


def test_an_unattended_report_can_be_taken_over(office: Office, wang: Person, li: Person) -> None:
    report = office.report()
    office.working.lease(wang, report)
    later(office, 14)
    with pytest.raises(Conflict):
        office.working.take_over(li, report)
    office.deciding.decide(wang, report, "f1", "accepted")
    later(office, 14)
    with pytest.raises(Conflict):
        office.working.take_over(li, report)
    later(office, 2)
    # Nobody came: it is still there.
    office.working.renew(wang, report)
    later(office, 16)
    assert office.working.held(wang) == ()
    office.working.take_over(li, report)
    assert holders(office, report) == ["李审核"]
    with pytest.raises(Conflict):
        office.deciding.decide(wang, report, "f2", "accepted")
    (entry,) = office.audit.entries(action="lease-over")
    assert (entry.actor, entry.before) == ("李审核", {"holders": ["王审核"]})


def test_a_lead_takes_over_at_any_time(office: Office, wang: Person, lead: Person) -> None:
    report = office.report()
    office.working.lease(wang, report)
    with pytest.raises(Conflict):
        office.working.lease(lead, report)
    office.working.take_over(lead, report)
    assert holders(office, report) == ["赵组长"]


def test_a_report_is_finished_sent_back_closed_and_reopened(office: Office, wang: Person, lead: Person) -> None:
    report, working = office.report(findings=2), office.working
    one = office.deciding.decide(wang, report, "f0", "accepted")
    with pytest.raises(WrongUsage, match="还有 1 条"):
        working.finish(wang, report)
    office.deciding.decide(wang, report, "f1", "unsure")
    assert working.finish(wang, report).state == "reviewed"
    for attempt in (
        lambda: office.deciding.decide(wang, report, "f0", "unsure", expect=one.id),
        lambda: office.deciding.undo(wang, report),
        lambda: working.lease(lead, report),
        lambda: working.finish(wang, report),
        lambda: working.ask_for_two(lead, report),
    ):
        with pytest.raises(Conflict):
            attempt()
    with pytest.raises(Forbidden):
        working.send_back(wang, report, "请补充")
    with pytest.raises(WrongUsage, match="原因"):
        working.send_back(lead, report, " ")
    back = working.send_back(lead, report, "请补充执行率说明", "2031年5月10日前")
    assert (back.state, back.due) == ("returned", "2031年5月10日前")
    assert working.close(lead, report).state == "closed"
    with pytest.raises(Conflict, match="已办结"):
        working.send_back(lead, report, "再改")
    working.reopen(lead, report, "单位来函")
    assert holders(office, report) == []
    office.deciding.decide(wang, report, "f0", "unsure", expect=one.id)
    assert working.finish(wang, report, anyway=True).state == "reviewed"
    logged = [(e.action, e.reason) for e in office.audit.entries(about=report) if e.reason]
    assert logged == [("new", "单位来函"), ("returned", "请补充执行率说明")]


def test_two_reviewers_do_not_see_each_other_until_both_are_done(
    office: Office, wang: Person, li: Person, lead: Person
) -> None:
    report, deciding, working = office.report(), office.deciding, office.working
    with pytest.raises(Forbidden):
        working.ask_for_two(wang, report)
    working.ask_for_two(lead, report)
    for n in range(3):
        deciding.decide(wang, report, f"f{n}", "accepted")
    deciding.decide(wang, report, "f3", "rejected", "duplicate")
    assert len(deciding.state(report, wang)) == 4
    assert deciding.state(report, li) == deciding.state(report) == {}
    assert deciding.history(report, li) == deciding.history(report) == ()
    deciding.decide(li, report, "f0", "accepted", comment="另一种说法")
    deciding.decide(li, report, "f1", "unsure")
    deciding.decide(li, report, "f3", "rejected", "misread")
    with pytest.raises(Conflict):
        working.lease(lead, report)
    assert working.finish(wang, report).state == "leased"
    assert working.disputes(report) == ()
    with pytest.raises(Conflict, match="您已完成"):
        deciding.undo(wang, report)
    assert working.finish(li, report, anyway=True).state == "disputed"
    disputes = working.disputes(report)
    assert [d.finding for d in disputes] == ["f1", "f2", "f3"]
    assert [(d.first and d.first.verdict, d.second and d.second.verdict) for d in disputes] == [
        ("accepted", "unsure"),
        ("accepted", None),
        ("rejected", "rejected"),
    ]
    assert {f: d.verdict for f, d in deciding.state(report, li).items()} == {"f0": "accepted"}
    assert len(deciding.history(report)) == 8

    with pytest.raises(Forbidden):
        working.adjudicate(wang, report, "f1", 1)
    with pytest.raises(WrongUsage):
        working.adjudicate(lead, report, "f0", 1)
    assert working.adjudicate(lead, report, "f1", 1).state == "disputed"
    assert working.adjudicate(lead, report, "f2", 2).state == "disputed"
    assert working.adjudicate(lead, report, "f3", 2).state == "reviewed"
    verdicts = {f: (d.verdict, d.reason, d.reviewer) for f, d in deciding.state(report).items()}
    assert verdicts == {
        "f0": ("accepted", None, wang.id),
        "f1": ("accepted", None, lead.id),
        "f2": ("cleared", None, lead.id),
        "f3": ("rejected", "misread", lead.id),
    }
    with pytest.raises(Conflict):
        working.adjudicate(lead, report, "f3", 1)


def test_a_lead_may_decide_as_neither_side_did(office: Office, wang: Person, li: Person, lead: Person) -> None:
    report = office.report(findings=1)
    office.working.ask_for_two(lead, report)
    for person, verdict, grade in ((wang, "accepted", 1), (li, "unsure", 4)):
        office.deciding.decide(person, report, "f0", verdict)  # type: ignore[arg-type]
        office.deciding.grade(person, report, "report", grade)
    missed = office.deciding.add(li, report, Span(1, 0, 4), None, "未说明原因")
    for person in (wang, li):
        office.working.finish(person, report)
    assert [d.finding for d in office.working.disputes(report)] == ["f0", "grade:report", missed.finding]
    for words in (("f0", "graded"), ("f0", "rejected"), ("grade:report", "accepted"), ("f9", "accepted")):
        with pytest.raises(WrongUsage):
            office.working.decide_otherwise(lead, report, *words)  # type: ignore[arg-type]
    office.working.decide_otherwise(lead, report, "f0", "rejected", "explained", "见第三部分")
    office.working.decide_otherwise(lead, report, "grade:report", "graded", grade=3)
    assert (
        office.working.decide_otherwise(lead, report, missed.finding, "manual", comment="请说明。").state == "reviewed"
    )
    settled = office.deciding.state(report)
    assert (settled["f0"].reason, settled["f0"].note, settled["f0"].reviewer) == ("explained", "见第三部分", lead.id)
    assert settled["grade:report"].grade == 3
    assert (settled[missed.finding].correction, settled[missed.finding].comment) == (missed.correction, "请说明。")


def test_two_who_agree_leave_nothing_to_settle(office: Office, wang: Person, li: Person, lead: Person) -> None:
    report = office.report(findings=2)
    office.working.ask_for_two(lead, report)
    for person in (wang, li):
        for n in range(2):
            office.deciding.decide(person, report, f"f{n}", "accepted")
        work = office.working.finish(person, report)
        assert work.state == ("new" if person is wang else "reviewed")
    assert {d.verdict for d in office.deciding.state(report).values()} == {"accepted"}
    assert office.working.disputes(report) == ()


def test_one_of_the_two_does_not_judge_between_them(office: Office, wang: Person, lead: Person) -> None:
    report = office.report(findings=1)
    office.working.ask_for_two(lead, report)
    office.deciding.decide(wang, report, "f0", "accepted")
    office.deciding.decide(lead, report, "f0", "unsure")
    office.working.finish(wang, report)
    assert office.working.finish(lead, report).state == "disputed"
    with pytest.raises(Conflict, match="另一位"):
        office.working.adjudicate(lead, report, "f0", 2)
    other = office.hire("钱组长", "lead")
    assert office.working.adjudicate(other, report, "f0", 2).state == "reviewed"


def test_versions_of_a_report(office: Office, wang: Person) -> None:
    one, two, three = (office.report(i) for i in range(3))
    office.working.resubmitted(wang, two, one)
    office.working.resubmitted(wang, three, two)
    for report in (one, two, three):
        assert office.working.versions(report) == (one, two, three)
    for report, previous in ((one, one), (one, three), (one, "0" * 63 + "f")):
        with pytest.raises(WrongUsage):
            office.working.resubmitted(wang, report, previous)

"""What takes two people."""

import pytest

from pipeline.errors import Forbidden, WrongUsage
from pipeline.records import Person, View
from tests.office import Office


def many(office: Office, count: int) -> list[tuple[str, str]]:
    """Findings of reports with 20 each."""
    return [(office.report(i, findings=20), f"f{n}") for i in range(count // 20 + 1) for n in range(20)][:count]


def test_fifty_are_decided_at_once_and_undone_as_one(office: Office, wang: Person) -> None:
    items = many(office, 50)
    before = office.audit.head()[0]
    done = office.approvals.bulk(wang, items, "rejected", "unimportant", "金额小")
    assert [(d.report, d.finding) for d in done.decisions] == sorted(items, key=lambda i: (i[0], items.index(i)))
    assert (done.skipped, done.proposal) == ((), None)
    # Nothing is put on the desk by it.
    assert office.queueing.progress(View()) == {"new": 3}
    entries = office.audit.entries(limit=office.audit.head()[0] - before)
    assert [e.action for e in entries] == ["bulk"] + ["decide"] * 50
    undone = office.deciding.undo(wang, items[0][0])
    assert len(undone.decisions) == 50
    assert all(d.verdict == "cleared" for d in office.deciding.state(items[-1][0]).values())
    assert len(office.deciding.redo(wang, items[-1][0]).decisions) == 50


def test_what_is_decided_or_held_by_others_is_left_out(office: Office, wang: Person, li: Person) -> None:
    items = many(office, 40)
    first, second = items[0][0], items[20][0]
    office.deciding.decide(wang, first, "f0", "accepted")
    office.working.lease(li, second)
    done = office.approvals.bulk(wang, [*items, (first, "f99"), items[1]], "accepted")
    assert len(done.decisions) == 19
    why = {(report, finding): said for report, finding, said in done.skipped}
    assert why[first, "f0"] == "已有决定"
    assert why[first, "f99"] == "报告里没有这条问题"
    assert "李审核正在审核" in why[second, "f0"]
    assert len(why) == 22


def test_undoing_a_bulk_leaves_what_others_decided_since(office: Office, wang: Person, li: Person) -> None:
    items = many(office, 40)
    first, second = items[0][0], items[20][0]
    done = office.approvals.bulk(wang, items, "accepted")
    later = next(d for d in done.decisions if (d.report, d.finding) == (second, "f3"))
    office.deciding.decide(li, second, "f3", "rejected", "misread", expect=later.id)
    office.working.release(li, second)
    undone = office.deciding.undo(wang, first)
    assert undone.skipped == ((second, "f3"),)
    assert len(undone.decisions) == 39
    assert office.deciding.state(second)["f3"].verdict == "rejected"


def test_more_than_fifty_wait_for_another_person(office: Office, wang: Person, li: Person, lead: Person) -> None:
    items = many(office, 51)
    done = office.approvals.bulk(wang, items, "rejected", "duplicate")
    assert done.decisions == ()
    assert done.proposal is not None
    assert office.deciding.state(items[0][0]) == {}
    assert office.approvals.waiting() == (done.proposal,)
    with pytest.raises(Forbidden, match="另一人"):
        office.approvals.approve(wang, done.proposal.id)
    with pytest.raises(Forbidden):
        office.approvals.approve(office.hire("周操作", "operator"), done.proposal.id)
    approved = office.approvals.approve(li, done.proposal.id)
    assert len(approved.decisions) == 51
    assert {d.reviewer for d in approved.decisions} == {wang.id}
    assert office.approvals.waiting() == ()
    with pytest.raises(WrongUsage, match="已有人处理"):
        office.approvals.approve(lead, done.proposal.id)
    assert len(office.deciding.undo(wang, items[0][0]).decisions) == 51
    names = [(e.action, e.actor) for e in office.audit.entries(about=done.proposal.id)]
    assert names == [("approve", "李审核"), ("propose", "王审核")]


def test_a_proposal_can_be_dropped(office: Office, wang: Person) -> None:
    done = office.approvals.bulk(wang, many(office, 60), "accepted")
    assert done.proposal is not None
    office.approvals.refuse(wang, done.proposal.id)
    assert office.approvals.waiting() == ()
    with pytest.raises(WrongUsage):
        office.approvals.approve(wang, done.proposal.id)


def test_nothing_is_done_in_the_name_of_who_may_no_longer(office: Office, wang: Person, li: Person) -> None:
    items = many(office, 60)
    done = office.approvals.bulk(wang, items, "accepted")
    assert done.proposal is not None
    office.hire("钱管理", "admin")
    office.people.deactivate(None, wang.id)
    with pytest.raises(Forbidden, match="停用"):
        office.approvals.approve(li, done.proposal.id)
    assert office.deciding.state(items[0][0]) == {}
    assert office.approvals.waiting() == (done.proposal,)


@pytest.mark.parametrize("count", [0, 5001])
def test_none_and_too_many_are_refused(office: Office, wang: Person, count: int) -> None:
    with pytest.raises(WrongUsage, match="5000"):
        office.approvals.bulk(wang, [("0" * 64, f"f{i}") for i in range(count)], "accepted")


def test_a_batch_is_deleted_by_two(office: Office, wang: Person, lead: Person) -> None:
    operator = office.hire("周操作", "operator")
    one, two, both = (office.report(i) for i in range(3))
    first = office.queueing.begin(operator, "传错的文件")
    second = office.queueing.begin(operator, "县直")
    office.queueing.put(first.id, [one, both])
    office.queueing.put(second.id, [two, both])
    made = office.deciding.decide(wang, one, "f0", "accepted")
    with pytest.raises(Forbidden):
        office.approvals.delete_batch(wang, first.id, "传错")
    with pytest.raises(WrongUsage, match="原因"):
        office.approvals.delete_batch(lead, first.id, "")
    proposal = office.approvals.delete_batch(operator, first.id, "传错")
    assert len(office.queueing.batches()) == 2
    office.approvals.approve(lead, proposal.id)
    assert [b.name for b in office.queueing.batches()] == ["县直"]
    assert {line.entry.id for line in office.queueing.page(View()).lines} == {two, both}
    # What was decided, and that the file was handed in, is known for ever.
    assert office.deciding.history(one) == (made,)
    assert office.store.submissions(one)
    with pytest.raises(WrongUsage, match="没有这个批次"):
        office.approvals.delete_batch(operator, first.id, "传错")
    entry = office.audit.entries(action="batch-delete")[0]
    assert (entry.after, entry.reason) == ({"reports": 1}, "传错")

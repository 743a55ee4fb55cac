"""Decisions: kept for ever, undone without end, never lost between two people."""

import pytest
import sqlalchemy as sa

from pipeline.desk.deciding import REASONS
from pipeline.errors import Conflict, Forbidden, WrongUsage
from pipeline.records import Correction, Person, Span
from pipeline.store import decisions
from pipeline.store.audit import acting
from tests.office import Office


def verdicts(office: Office, report: str, person: Person | None = None) -> dict[str, str]:
    return {f: d.verdict for f, d in office.deciding.state(report, person).items() if d.verdict != "cleared"}


def test_a_decision_says_what_of_whom_and_when(office: Office, wang: Person) -> None:
    report = office.report()
    made = office.deciding.decide(wang, report, "f1", "rejected", "unimportant", note="金额小", comment="请核对。")
    assert office.deciding.state(report) == {"f1": made}
    assert (made.reviewer, made.rule, made.said) == (wang.id, "rule-1", "第1处前后不一致。")
    assert (made.edition, made.view, made.reason) == ("e1", "assisted", "unimportant")
    assert office.deciding.history(report) == (made,)
    (entry,) = office.audit.entries(action="decide")
    assert (entry.actor, entry.about, entry.reason) == ("王审核", report, "unimportant")
    assert entry.after["finding"] == "f1"
    assert "不一致" not in repr(entry)


def test_a_second_thought_is_another_decision(office: Office, wang: Person) -> None:
    report = office.report()
    first = office.deciding.decide(wang, report, "f1", "accepted")
    second = office.deciding.decide(wang, report, "f1", "unsure", expect=first.id)
    assert office.deciding.history(report) == (first, second)
    assert office.deciding.state(report) == {"f1": second}
    assert office.deciding.unsure() == (second,)


def test_who_saw_an_older_decision_is_shown_the_newer(office: Office, wang: Person, lead: Person) -> None:
    report = office.report()
    first = office.deciding.decide(wang, report, "f1", "accepted")
    office.working.release(wang, report)
    with pytest.raises(Conflict) as refused:
        office.deciding.decide(lead, report, "f1", "rejected", "duplicate")
    assert refused.value.other == first
    second = office.deciding.decide(lead, report, "f1", "rejected", "duplicate", expect=first.id)
    office.working.release(lead, report)
    with pytest.raises(Conflict) as refused:
        office.deciding.decide(wang, report, "f1", "unsure", expect=first.id)
    assert refused.value.other == second


def test_the_same_decision_sent_twice_is_made_once(office: Office, wang: Person) -> None:
    report = office.report()
    first = office.deciding.decide(wang, report, "f1", "accepted")
    assert office.deciding.decide(wang, report, "f1", "accepted") == first
    assert len(office.deciding.history(report)) == 1


def test_undo_and_redo_without_end(office: Office, wang: Person) -> None:
    report, deciding = office.report(), office.deciding
    one = deciding.decide(wang, report, "f1", "accepted", comment="请核对。")
    deciding.decide(wang, report, "f2", "rejected", "other")
    two = deciding.decide(wang, report, "f1", "unsure", expect=one.id)
    states = [{"f1": "accepted", "f2": "rejected"}, {"f1": "accepted"}, {}]
    for state in states:
        deciding.undo(wang, report)
        assert verdicts(office, report) == state
    with pytest.raises(WrongUsage, match="没有可以撤销"):
        deciding.undo(wang, report)
    for state in [*reversed(states[:-1]), {"f1": "unsure", "f2": "rejected"}]:
        deciding.redo(wang, report)
        assert verdicts(office, report) == state
    with pytest.raises(WrongUsage, match="没有可以重做"):
        deciding.redo(wang, report)
    deciding.undo(wang, report)
    assert deciding.state(report)["f1"].comment == "请核对。"
    deciding.decide(wang, report, "f3", "accepted")
    with pytest.raises(WrongUsage, match="没有可以重做"):
        deciding.redo(wang, report)
    deciding.undo(wang, report)
    deciding.undo(wang, report)
    assert verdicts(office, report) == {"f1": "accepted"}
    # Each of these is a row of its own.
    assert len(deciding.history(report)) == 3 + 3 + 3 + 1 + 1 + 2
    assert two in deciding.history(report)


def test_an_undo_gives_back_what_another_had_decided(office: Office, wang: Person, lead: Person) -> None:
    report, deciding = office.report(), office.deciding
    one = deciding.decide(wang, report, "f1", "accepted")
    office.working.take_over(lead, report)
    deciding.decide(lead, report, "f1", "rejected", "misread", expect=one.id)
    office.working.release(lead, report)
    with pytest.raises(Conflict):
        deciding.undo(wang, report)
    office.working.take_over(lead, report)
    deciding.undo(lead, report)
    back = deciding.state(report)["f1"]
    assert (back.verdict, back.reviewer) == ("accepted", wang.id)
    office.working.release(lead, report)
    deciding.undo(wang, report)
    assert verdicts(office, report) == {}


def test_after_an_undo_the_finding_is_as_if_undecided(office: Office, wang: Person) -> None:
    report = office.report()
    office.deciding.decide(wang, report, "f1", "accepted")
    (cleared,) = office.deciding.undo(wang, report).decisions
    assert office.deciding.state(report) == {"f1": cleared}
    assert office.deciding.decide(wang, report, "f1", "accepted").verdict == "accepted"
    office.deciding.undo(wang, report)
    cleared = office.deciding.state(report)["f1"]
    assert office.deciding.decide(wang, report, "f1", "accepted", expect=cleared.id).verdict == "accepted"


def test_a_missed_finding_is_added_and_taken_away(office: Office, wang: Person) -> None:
    report, deciding = office.report(), office.deciding
    added = deciding.add(wang, report, Span(1, 2, 10), None, "执行率与得分矛盾", "high")
    assert added.correction == Correction(None, "high", Span(1, 2, 10), "执行率与得分矛盾")
    edited = deciding.decide(wang, report, added.finding, "manual", comment="请说明。", expect=added.id)
    assert (edited.comment, edited.correction) == ("请说明。", added.correction)
    deciding.decide(wang, report, added.finding, "cleared", expect=edited.id)
    assert verdicts(office, report) == {}
    deciding.undo(wang, report)
    assert verdicts(office, report) == {added.finding: "manual"}
    for span in (Span(1, 2, 300), Span(9, 0, 1), Span(1, 3, 3), Span(-1, 0, 1)):
        with pytest.raises(WrongUsage, match="不在这份报告里"):
            deciding.add(wang, report, span, None, "矛盾")


def test_a_correction_is_kept_whole(office: Office, wang: Person) -> None:
    report = office.report()
    correction = Correction("rule-2", "low", Span(1, 0, 3), "应为执行率")
    office.deciding.decide(wang, report, "f1", "corrected", correction=correction)
    assert office.deciding.state(report)["f1"].correction == correction


def test_grades_are_decisions_too(office: Office, wang: Person) -> None:
    report = office.report()
    first = office.deciding.grade(wang, report, "problems", 2)
    office.deciding.grade(wang, report, "problems", 3, expect=first.id)
    assert office.deciding.state(report)["grade:problems"].grade == 3
    office.deciding.undo(wang, report)
    assert office.deciding.state(report)["grade:problems"].grade == 2
    with pytest.raises(WrongUsage):
        office.deciding.grade(wang, report, "problems", 5)


def test_drafts_are_kept_and_taken_by_the_decision(office: Office, wang: Person) -> None:
    report, deciding = office.report(), office.deciding
    deciding.comment(wang, report, "f1", "请补")
    deciding.comment(wang, report, "f1", "请补充说明。")
    deciding.comment(wang, report, "f2", "请核对。")
    deciding.comment(wang, report, "f2", "")
    assert deciding.drafts(wang, report) == {"f1": "请补充说明。"}
    assert deciding.decide(wang, report, "f1", "accepted").comment == "请补充说明。"
    assert deciding.drafts(wang, report) == {}


@pytest.mark.parametrize(
    ("finding", "verdict", "reason"),
    [
        ("f1", "rejected", None),
        ("f1", "rejected", "不知道"),
        ("f1", "accepted", "duplicate"),
        ("f1", "corrected", None),
        ("f1", "manual", None),
        ("f1", "graded", None),
        ("f1", "好", None),
        ("f99", "accepted", None),
        ("missed:1", "manual", None),
    ],
)
def test_what_cannot_be_decided_is_said(
    office: Office, wang: Person, finding: str, verdict: str, reason: str | None
) -> None:
    report = office.report()
    with pytest.raises(WrongUsage):
        office.deciding.decide(wang, report, finding, verdict, reason)  # type: ignore[arg-type]
    with pytest.raises(WrongUsage):
        office.deciding.decide(wang, "0" * 63 + "f", "f1", "accepted")
    for odd in ("\x00", "\ud800", "", "f" * 300):
        for attempt in (
            lambda odd=odd: office.deciding.decide(wang, report, odd, "accepted"),
            lambda odd=odd: office.deciding.decide(wang, odd, "f1", "accepted"),
            lambda odd=odd: office.deciding.comment(wang, report, odd, "请核对"),
            lambda odd=odd: office.deciding.state(odd, wang),
            lambda odd=odd: office.working.lease(wang, odd),
        ):
            with pytest.raises(WrongUsage):
                attempt()
    assert office.deciding.history(report) == ()


def test_only_reviewers_and_leads_decide(office: Office) -> None:
    report = office.report()
    for role in ("operator", "steward", "auditor", "admin"):
        other = office.hire(f"{role}一号", role)
        with pytest.raises(Forbidden):
            office.deciding.decide(other, report, "f1", "accepted")
        with pytest.raises(Forbidden):
            office.deciding.undo(other, report)


def test_what_counts_can_be_made_anew_from_the_decisions(office: Office, wang: Person) -> None:
    for i in range(3):
        report = office.report(i)
        for n in range(4):
            office.deciding.decide(wang, report, f"f{n}", "accepted")
        for _ in range(i):
            office.deciding.undo(wang, report)
    before = [office.deciding.state(office.report(i)) for i in range(3)]
    with acting(office.store) as connection:
        connection.execute(sa.text("DELETE FROM standing"))
        decisions.rebuild(connection)
    assert [office.deciding.state(office.report(i)) for i in range(3)] == before


def test_the_database_refuses_to_change_a_decision(office: Office, wang: Person) -> None:
    report = office.report()
    office.deciding.decide(wang, report, "f1", "accepted")
    for change in (
        "UPDATE decisions SET verdict = 'rejected'",
        "DELETE FROM decisions",
        "UPDATE audit SET actor = '无'",
        "DELETE FROM audit",
    ):
        with pytest.raises(sa.exc.DBAPIError, match="append only"), office.store.writing() as connection:
            connection.execute(sa.text(change))


def test_reasons_are_in_the_order_of_their_keys() -> None:
    assert list(REASONS)[:3] == ["rule-wrong", "misread", "unimportant"]
    assert len(REASONS) == 7

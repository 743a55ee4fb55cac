"""Findings as the runner stamps them: ids that stay, severities, order."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from notation import read

from pipeline import profiles
from pipeline.checks import Check, load, run
from pipeline.records import Cover, Evidence, Issue, Profile, Reading, Severity, Span

GENERIC = profiles.load("generic")


def evidence(text: str, profile: Profile = GENERIC) -> Evidence:
    return Evidence(Reading(read(text), Cover(), (), ()), profile)


def every(word: str, severity: Severity | None = None) -> Check:
    """A rule that points at every place of ``word``."""

    def check(given: Evidence) -> Iterator[Issue]:
        for block in reversed(given.reading.report.blocks):
            at = block.text.find(word)
            while at >= 0:
                yield Issue(f"有“{word}”。", (Span(block.index, at, at + len(word)),), severity=severity)
                at = block.text.find(word, at + 1)

    return replace(load()[0], rule="every-word", severity="medium", function=check)


def test_ids_do_not_depend_on_positions() -> None:
    before = run([every("无")], evidence("建议：无\n问题：无"))
    after = run([every("无")], evidence("新的一段\n\n|表|格|\n建议： 无\n问题：无"))
    assert [f.id for f in before] == [f.id for f in after]
    assert len({f.id for f in before}) == 2


def test_ids_depend_on_the_rule_and_the_words() -> None:
    given = evidence("建议：无略")
    other = replace(every("无"), rule="another-rule")
    assert len({f.id for f in run([every("无"), other, every("略")], given)}) == 3


def test_findings_are_ordered_by_severity_then_place() -> None:
    findings = run([every("甲", "low"), every("乙", "high"), every("丙", "info")], evidence("丙甲乙甲\n乙"))
    assert [f.severity for f in findings] == ["high", "high", "low", "low", "info"]
    assert [(f.spans[0].block, f.spans[0].start) for f in findings] == [(0, 2), (1, 0), (0, 1), (0, 3), (0, 0)]


def test_an_issue_said_twice_is_one_finding() -> None:
    def twice(given: Evidence) -> Iterator[Issue]:
        yield Issue("有问题。", (Span(0, 0, 1),))
        yield Issue("有问题。", (Span(0, 0, 1),))

    assert len(run([replace(every("无"), function=twice)], evidence("甲"))) == 1


@pytest.mark.parametrize(
    ("own", "overridden", "want"), [(None, None, "medium"), (None, "high", "high"), ("low", "high", "low")]
)
def test_severity_is_the_issues_the_profiles_or_the_rules(own: Severity, overridden: Severity, want: Severity) -> None:
    profile = replace(GENERIC, severity={"every-word": overridden} if overridden else {})
    assert [f.severity for f in run([every("无", own)], evidence("无", profile))] == [want]


def test_pointing_at_nothing_is_a_bug_and_is_not_hidden() -> None:
    def outside(given: Evidence) -> Iterator[Issue]:
        yield Issue("有问题。", (Span(0, 0, 9),))

    with pytest.raises(IndexError, match="every-word"):
        run([replace(every("无"), function=outside)], evidence("甲"))


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "|||\n|||", "一、", "（" * 60, "XX\n" * 40, "\u3000"])
def test_rules_raise_nothing_on_odd_reports(text: str) -> None:
    run(load(), evidence(text))


@pytest.mark.parametrize("agency", ["青岚县（*局", "[a-", "县", "\\", "青岚县农业农村局|水利局", "云溪区松塘乡+"])
def test_rules_raise_nothing_on_odd_agencies(agency: str) -> None:
    given = evidence(f"{agency}2022年度部门整体支出绩效自评报告\n县农业局内设五个股室。松塘镇政府。")
    run(load(), replace(given, reading=replace(given.reading, cover=Cover(agency=agency))))

"""Every rule does on its cases what they say; one test a case, through the real stages."""

import re
from dataclasses import replace

import pytest
from notation import read

from pipeline import checks, claims, profiles, segment
from pipeline.checks import Case, Check
from pipeline.records import Evidence, Finding, Reading

CASES = [pytest.param(check, case, id=f"{check.rule}: {case.name}") for check in checks.load() for case in check.cases]


def evidence(case: Case) -> Evidence:
    report = read(case.report)
    profile = profiles.load(case.profile) if case.profile else profiles.recognise(report)
    cover = segment.cover(report)
    cover = replace(cover, year=case.year or cover.year, agency=case.agency or cover.agency)
    sections = segment.sections(report, profile)
    return Evidence(Reading(report, cover, sections, claims.extract(report, sections)), profile)


@pytest.mark.parametrize(("check", "case"), CASES)
def test_case(check: Check, case: Case) -> None:
    given = evidence(case)
    findings = sorted(checks.run([check], given), key=lambda f: quotes(f, given))
    found = [quotes(f, given) for f in findings]
    # A case that names one place of a finding leaves the others open.
    wanted = sorted(case.findings)
    shown = [q[:1] if len(w) == 1 else q for q, w in zip(found, wanted, strict=False)] + found[len(wanted) :]
    assert shown == wanted, [f.message for f in findings]
    for finding in findings:
        assert finding.rule == check.rule
        assert finding.basis == check.basis
        assert re.search(r"[\u4e00-\u9fff]", finding.message)
        assert case.severity in (None, finding.severity)


def quotes(finding: Finding, given: Evidence) -> tuple[str, ...]:
    return tuple(given.reading.report.quote(span) for span in finding.spans)

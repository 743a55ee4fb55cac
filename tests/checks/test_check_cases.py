"""Every rule does on its cases what they say; one test a case, through the real stages."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from notation import read

from pipeline import artifacts, checks, claims, profiles, quality, reuse, segment
from pipeline.checks import Case, Check
from pipeline.records import Evidence, Finding, Grades, Match, Reading

CORPORA = Path(__file__).parents[2] / "corpora"
COMPARED, GRADED = "雷同与套话", "问题与措施"

CASES = [pytest.param(check, case, id=f"{check.rule}: {case.name}") for check in checks.load() for case in check.cases]


def evidence(case: Case, family: str) -> Evidence:
    report = read(case.report)
    profile = profiles.load(case.profile) if case.profile else profiles.recognise(report)
    cover = segment.cover(report)
    cover = replace(cover, year=case.year or cover.year, agency=case.agency or cover.agency)
    sections = segment.sections(report, profile)
    reading = Reading(report, cover, sections, claims.extract(report, sections))
    grades = quality.grade(reading, artifacts.grades()) if family == GRADED else Grades()
    return Evidence(reading, profile, matches(reading, case) if family == COMPARED else (), grades)


def matches(reading: Reading, case: Case) -> tuple[Match, ...]:
    """What the report shares with the case's other reports and within itself."""
    others = []
    for other in case.others:
        report = read(other.report, other.name)
        profile = profiles.recognise(report)
        cover = replace(segment.cover(report), agency=other.agency, year=other.year)
        others.append(reuse.document(Reading(report, cover, segment.sections(report, profile), ())))
    with TemporaryDirectory() as folder:
        index = reuse.Index.open(Path(folder))
        index.add(others)
        return reuse.find(reading, index, labels())


@cache
def labels() -> reuse.Labels:
    """The blank forms and phrases of the corpora."""
    forms = [line for path in (CORPORA / "forms").glob("*.txt") for line in path.read_text("utf-8").splitlines()]
    phrases = (CORPORA / "stock" / "phrases.txt").read_text("utf-8").splitlines()
    return reuse.Labels(reuse.background(forms), reuse.background(phrases))


@pytest.mark.parametrize(("check", "case"), CASES)
def test_case(check: Check, case: Case) -> None:
    given = evidence(case, check.family)
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

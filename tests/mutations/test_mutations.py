"""Recall of the rules of arithmetic over mutants of the sample reports, and their silence over rewritings."""

import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from checkable import groups
from mutants import Mutant, faults, rewritings

from pipeline import checks, claims, profiles, segment
from pipeline.checks import Check
from pipeline.ingest import read
from pipeline.records import Evidence, Finding, Reading, Report

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
FILES = sorted(path.name for path in SAMPLES.iterdir())
LEAST_RECALL = 0.9
SEED = 20_240_131
# The rules that compare numbers and years; the others do not read what is changed here.
RULES = frozenset(
    {
        "components-sum", "percent-recompute", "change-rate", "part-exceeds-whole", "conflicting-values",
        "completion-rate", "unit-price", "headcount", "carryover-identity", "year-mismatch", "implausible-date",
    }
)  # fmt: skip


@cache
def rules() -> tuple[Check, ...]:
    return tuple(check for check in checks.load() if check.rule in RULES)


def understood(report: Report) -> Evidence:
    profile = profiles.recognise(report)
    sections = segment.sections(report, profile)
    reading = Reading(report, segment.cover(report), sections, claims.extract(report, sections))
    return Evidence(reading, profile)


@cache
def sample(name: str) -> Evidence:
    return understood(read(SAMPLES / name))


def findings(given: Evidence) -> tuple[Finding, ...]:
    return checks.run(rules(), given)


def place(finding: Finding) -> tuple[str, int]:
    """The rule and the block that it points at first: what stays when the words change."""
    return finding.rule, finding.spans[0].block


@cache
def known(name: str) -> Counter[tuple[str, int]]:
    return Counter(map(place, findings(sample(name))))


def new(mutant: Mutant, name: str) -> list[Finding]:
    """What is found in a changed report and not in the sample as it is."""
    left = known(name).copy()
    fresh = []
    for finding in findings(understood(mutant.report)):
        if left[place(finding)]:
            left[place(finding)] -= 1
        else:
            fresh.append(finding)
    return fresh


def caught(mutant: Mutant, name: str) -> bool:
    """Whether a new finding points at a number of the group, or at the year that was changed."""
    blocks = {claim.span.block for claim in mutant.group.claims}
    return any(span.block in blocks for finding in new(mutant, name) for span in finding.spans)


def mutants() -> Iterator[tuple[str, Mutant]]:
    for name in FILES:
        chance = random.Random(f"{SEED}{name}")  # noqa: S311
        reading = sample(name).reading
        for group in groups(reading):
            for mutant in faults(reading, group, chance):
                yield name, mutant


def test_groups_hold_as_they_are_written() -> None:
    for name in FILES:
        for group in groups(sample(name).reading):
            assert group.holds([claim.quantity.value for claim in group.claims if claim.quantity.value is not None])


def test_mutants_are_the_same_each_time_and_differ_from_the_sample() -> None:
    first, second = ([(name, str(mutant)) for name, mutant in mutants()] for _ in range(2))
    assert first == second
    assert all(mutant.report.blocks != sample(name).reading.report.blocks for name, mutant in mutants())


@pytest.mark.slow
def test_faults_put_into_the_samples_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    made: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    missed = []
    for name, mutant in mutants():
        kind = (mutant.fault, mutant.group.kind + " " + mutant.group.claims[0].source)
        made[kind] += 1
        if caught(mutant, name):
            seen[kind] += 1
        else:
            missed.append(f"{name}: {mutant}")
    with capsys.disabled():
        print("\n" + "\n".join([*table(made, seen), *missed]))  # noqa: T201
    assert seen.total() >= LEAST_RECALL * made.total()


def table(made: Counter[tuple[str, str]], seen: Counter[tuple[str, str]]) -> Iterator[str]:
    """The recall by kind of fault and of group, one line each."""
    for kind in sorted(made):
        yield f"{kind[0]:<20}{kind[1]:<16}{seen[kind]:>4} of {made[kind]:>4}  {seen[kind] / made[kind]:.2f}"
    yield f"{'all':<36}{seen.total():>4} of {made.total():>4}  {seen.total() / made.total():.3f}"


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_the_same_written_differently_raises_nothing(name: str) -> None:
    reading = sample(name).reading
    alarms = [
        f"{mutant}: {finding.rule}: {finding.message}"
        for group in groups(reading)
        for mutant in rewritings(reading, group)
        for finding in new(mutant, name)
    ]
    assert not alarms

"""The sample reports of corpora/samples against their manifest: what was put into them must be found, and nothing else."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from pipeline import reuse
from pipeline.checks import load
from pipeline.ingest import read
from pipeline.records import Finding, Report, Review
from pipeline.review import outline, review, tools

CORPORA = Path(__file__).parents[1] / "corpora"
SAMPLES = CORPORA / "samples"
MANIFEST: list[dict[str, Any]] = yaml.safe_load((CORPORA / "samples.yaml").read_text("utf-8"))
ENTRIES = {entry["file"]: entry for entry in MANIFEST}
CORE = ("duties", "achievements", "problems", "measures")
# Families of rules that the product has, as the manifest's `since` names them.
BUILT = {"Read", "Numbers", "Tables", "Reuse", "Grades"}
HELD = {"结构", "文本", "勾稽", "时间", "评分", "目标", "雷同与套话", "问题与措施"}

every_sample = pytest.mark.parametrize("name", sorted(ENTRIES))


def squeeze(text: str) -> str:
    return re.sub(r"[\s\u3000\xa0]+", "", text)


@cache
def report(name: str) -> Report:
    return read(SAMPLES / name)


_SCRATCH = TemporaryDirectory(prefix="jishen-samples-")


@cache
def index() -> reuse.Index:
    """All samples: a batch is compared with itself."""
    together = reuse.Index.open(Path(_SCRATCH.name))
    together.add(reuse.document(outline(report(name), tools())[1]) for name in sorted(ENTRIES))
    return together


@cache
def reviewed(name: str) -> Review:
    return review(report(name), tools(), index())


@cache
def families() -> dict[str, str]:
    return {check.rule: check.family for check in load()}


def quoted(name: str, finding: Finding) -> str:
    report = reviewed(name).reading.report
    return squeeze("|".join(report.quote(span) for span in finding.spans))


def words(row: dict[str, Any]) -> list[str]:
    quote = row["quote"]
    return [squeeze(word) for word in (quote if isinstance(quote, list) else [quote])]


def touches(name: str, finding: Finding, word: str) -> bool:
    """A quoted span lies on the words of the manifest, though it may be shorter than they are."""
    for span in finding.spans:
        text = reviewed(name).reading.report.blocks[span.block].text
        start, end, whole = len(squeeze(text[: span.start])), len(squeeze(text[: span.end])), squeeze(text)
        if any(at.start() < end and start < at.end() for at in re.finditer(re.escape(word), whole)):
            return True
    return False


def names(name: str, finding: Finding, row: dict[str, Any]) -> bool:
    text = quoted(name, finding) + "\n" + squeeze(finding.message)
    return finding.rule == row["rule"] and any(word in text or touches(name, finding, word) for word in words(row))


def kinds(name: str) -> list[str]:
    """Kind of every block: that of the innermost section."""
    reading = reviewed(name).reading
    found = ["other"] * len(reading.report.blocks)
    for section in sorted(reading.sections, key=lambda s: s.last - s.first, reverse=True):
        found[section.first : section.last] = [section.kind] * (section.last - section.first)
    return found


def place(texts: list[str], mark: str | dict[str, Any]) -> int:
    """The block that the manifest names by its first words."""
    text, nth = (mark, 1) if isinstance(mark, str) else (mark["text"], mark["nth"])
    hits = [i for i, block in enumerate(texts) if block.startswith(squeeze(text))]
    assert len(hits) >= nth, f"no block begins with {text}"
    return hits[nth - 1]


def ranges(name: str, kind: str) -> Iterator[range]:
    texts = [squeeze(block.text) for block in reviewed(name).reading.report.blocks]
    rows = ENTRIES[name]["sections"].get(kind, "absent")
    for row in [] if rows == "absent" else rows:
        yield range(place(texts, row["first"]), place(texts, row["last"]) + 1)


def test_every_file_has_an_entry_and_every_entry_a_file() -> None:
    files = sorted(path.name for path in SAMPLES.iterdir())
    assert files == sorted(entry["file"] for entry in MANIFEST)


def test_manifest_names_known_rules_only() -> None:
    planted = {row["rule"] for entry in MANIFEST for row in entry["faults"] if row["since"] in BUILT}
    assert planted <= set(families())
    assert {families()[rule] for rule in planted} == HELD


@every_sample
def test_planted_words_stand_in_the_report(name: str) -> None:
    text = "\n".join(squeeze(block.text) for block in reviewed(name).reading.report.blocks)
    rows = [row for row in ENTRIES[name]["faults"] if row["rule"] != "missing-section"]
    assert not [word for row in rows for word in words(row) if word not in text]


@every_sample
def test_cover_is_read(name: str) -> None:
    entry, cover = ENTRIES[name], reviewed(name).reading.cover
    agency = entry["agency"] if isinstance(entry["agency"], list) else [entry["agency"]]
    assert squeeze(cover.agency) in agency
    assert cover.year == entry["year"]
    assert cover.kind == entry["kind"]


@every_sample
def test_sections_are_found(name: str) -> None:
    blocks = reviewed(name).reading.report.blocks
    want = ["other"] * len(blocks)
    for kind in (*CORE, "ambiguous"):
        for span in ranges(name, kind):
            want[span.start : span.stop] = [kind] * len(span)
    wrong = [
        f"{expected} read as {got}: {block.text[:30]}"
        for block, expected, got in zip(blocks, want, kinds(name), strict=True)
        if block.text.strip() and expected != "ambiguous" and expected != (got if got in CORE else "other")
    ]
    assert not wrong


@every_sample
def test_planted_faults_are_found(name: str) -> None:
    findings = reviewed(name).findings
    rows = [row for row in ENTRIES[name]["faults"] if row["must"] and row["since"] in BUILT]
    missed = [row for row in rows if not any(names(name, finding, row) for finding in findings)]
    assert not missed


@every_sample
def test_controls_are_left_alone(name: str) -> None:
    alarms = [
        f"{finding.rule}: {finding.message}"
        for finding in reviewed(name).findings
        for row in ENTRIES[name]["never"]
        if finding.rule == row["rule"]
        and (finding.severity in ("high", "medium") or families()[finding.rule] == "文本")
        and any(touches(name, finding, word) or not finding.spans for word in words(row))
    ]
    assert not alarms


@every_sample
def test_nothing_grave_is_found_that_was_not_planted(name: str) -> None:
    extra = [
        f"{finding.rule}: {quoted(name, finding)}: {finding.message}"
        for finding in reviewed(name).findings
        if families()[finding.rule] in HELD
        and finding.severity in ("high", "medium")
        and not any(names(name, finding, row) for row in ENTRIES[name]["faults"])
    ]
    assert not extra


def test_weak_reports_rank_above_sound_ones() -> None:
    score = {entry["file"]: reviewed(entry["file"]).triage.score for entry in MANIFEST}
    weak = {name: score[name] for name in score if ENTRIES[name]["quality"] == "weak"}
    sound = {name: score[name] for name in score if ENTRIES[name]["quality"] == "sound"}
    assert min(weak.values()) > max(sound.values()), (weak, sound)

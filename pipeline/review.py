"""The pipeline on one screen: a report in, a review out. Pure: no database, no flow engine, no files but the index's."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline import __version__, artifacts, checks, claims, profiles, quality, reuse, segment
from pipeline.edition import edition
from pipeline.records import Evidence, Profile, Reading, Report, Review
from pipeline.triage import triage


@dataclass(frozen=True, slots=True)
class Tools:
    """What a review is made with. ``profile`` None: recognised; ``precision`` per rule, as reviewers confirmed it."""

    checks: tuple[checks.Check, ...]
    labels: reuse.Labels
    grades: quality.Model
    profile: Profile | None = None
    precision: Mapping[str, float] = field(default_factory=dict)
    edition: str = ""


def tools(profile: str | None = None) -> Tools:
    """The current tools; ``profile`` names the outline that every report is held to, None lets it be recognised.

    Raises WrongUsage for an unknown profile.
    """
    held_to = profiles.load(profile) if profile else None
    return Tools(checks.load(), artifacts.labels(), artifacts.grades(), held_to, edition=edition())


def outline(report: Report, tools: Tools) -> tuple[Profile, Reading]:
    """The report with its cover and sections, and the profile it is held to; no claims yet."""
    profile = tools.profile or profiles.recognise(report)
    return profile, Reading(report, segment.cover(report), segment.sections(report, profile), ())


def review(report: Report, tools: Tools, index: reuse.Index | None = None) -> Review:
    """The review of ``report``, which is compared with those in ``index`` and with itself."""
    profile, read = outline(report, tools)
    reading = Reading(report, read.cover, read.sections, claims.extract(report, read.sections))
    matches = reuse.find(reading, index, tools.labels)
    grades = quality.grade(reading, tools.grades)
    findings = checks.run(tools.checks, Evidence(reading, profile, matches, grades))
    made_with = {
        "code": __version__,
        "edition": tools.edition,
        "profile": profile.name,
        "grades": tools.grades.version,
        "index": f"{len(index)} reports" if index is not None else "none",
    }
    return Review(reading, findings, matches, grades, triage(report, findings, tools.precision), made_with)

"""The pipeline on one screen: a report in, a review out. Pure: no files, no database, no flow engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline import __version__, checks, claims, profiles, segment
from pipeline.edition import edition
from pipeline.records import Evidence, Grades, Profile, Reading, Report, Review
from pipeline.triage import triage


@dataclass(frozen=True, slots=True)
class Tools:
    """What a review is made with. ``profile`` None: recognised; ``precision`` per rule, as reviewers confirmed it."""

    checks: tuple[checks.Check, ...]
    profile: Profile | None = None
    precision: Mapping[str, float] = field(default_factory=dict)
    edition: str = ""


def tools(profile: str | None = None) -> Tools:
    """The current tools; ``profile`` names the outline that every report is held to, None lets it be recognised.

    Raises WrongUsage for an unknown profile.
    """
    return Tools(checks.load(), profiles.load(profile) if profile else None, edition=edition())


def review(report: Report, tools: Tools) -> Review:
    profile = tools.profile or profiles.recognise(report)
    sections = segment.sections(report, profile)
    reading = Reading(report, segment.cover(report), sections, claims.extract(report, sections))
    findings = checks.run(tools.checks, Evidence(reading, profile))
    made_with = {"code": __version__, "edition": tools.edition, "profile": profile.name}
    return Review(reading, findings, (), Grades(), triage(report, findings, tools.precision), made_with)

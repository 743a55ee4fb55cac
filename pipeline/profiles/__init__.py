"""Outlines that reports are held to, one TOML file a place and year; recognised by the headings a report has."""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from pipeline.errors import WrongUsage
from pipeline.numbering import mark
from pipeline.records import Outline, Profile, Report, Scoring

GENERIC = "generic"
# The share of an outline's wordings that a report must have to be held to it, and the longest line that may be one.
_SHARE = 0.6
_LONGEST = 60
_BLANK = re.compile(r"[\s\u3000（）()、，。：:“”\"]+|部门|单位")


@cache
def names() -> tuple[str, ...]:
    """Names of all profiles."""
    return tuple(
        sorted(path.name.removesuffix(".toml") for path in files(__name__).iterdir() if path.name.endswith(".toml"))
    )


@cache
def load(name: str) -> Profile:
    """The profile ``name``; raises WrongUsage, naming the valid ones, where there is none."""
    if name not in names():
        raise WrongUsage(f"没有名为“{name}”的提纲。可用的提纲：{'、'.join(names())}")
    data = _data(name)
    outline = tuple(Outline(item["kind"], item["title"], item.get("required", True)) for item in data["outline"])
    scoring = _scoring({**_data(GENERIC)["scoring"], **data.get("scoring", {})})
    return Profile(name, data["title"], outline, scoring, tuple(data.get("marks", ())), data.get("severity", {}))


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))


def _scoring(data: Mapping[str, Any]) -> Scoring:
    low, high = map(Decimal, data["completion"])
    return Scoring(
        tuple((word, Decimal(least)) for word, least in data["bands"].items()),
        Decimal(data["execution"]),
        (low, high),
        tuple((word, Decimal(least), Decimal(most)) for word, (least, most) in data["qualitative"].items()),
    )


def recognise(report: Report) -> Profile:
    """The profile whose outline and tell-tale wordings the report follows best; ``generic`` where none does."""
    lines = {_plain(block.text) for block in report.blocks if 2 <= len(block.text) <= _LONGEST}
    starts = {line[:length] for length in _lengths() for line in lines}
    best, best_share = GENERIC, _SHARE
    for name, wanted in _wanted():
        share = len(wanted & starts) / len(wanted)
        if share > best_share:
            best, best_share = name, share
    return load(best)


@cache
def _wanted() -> tuple[tuple[str, frozenset[str]], ...]:
    """The wordings, in plain form, that tell each profile."""
    found = []
    for name in names():
        if name != GENERIC:
            profile = load(name)
            found.append((name, frozenset(map(_plain, [item.title for item in profile.outline] + list(profile.marks)))))
    return tuple(found)


@cache
def _lengths() -> frozenset[int]:
    return frozenset(len(text) for _, wanted in _wanted() for text in wanted)


# Of short lines only: those that come again in every report of a season.
@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    number = mark(text)
    return _BLANK.sub("", text[number.end :] if number else text)

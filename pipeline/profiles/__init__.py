"""Outlines that reports are held to, one TOML file a place and year; recognised by the headings a report has."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from pipeline.errors import WrongUsage
from pipeline.numbering import mark
from pipeline.records import Outline, Profile, Report

GENERIC = "generic"
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
    data = tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))
    outline = tuple(Outline(item["kind"], item["title"], item.get("required", True)) for item in data["outline"])
    return Profile(name, data["title"], outline, tuple(data.get("marks", ())), data.get("severity", {}))


def recognise(report: Report) -> Profile:
    """The profile whose outline and tell-tale wordings the report follows best; ``generic`` where none does."""
    lines = {_plain(block.text) for block in report.blocks if 2 <= len(block.text) <= 60}
    best, best_share = load(GENERIC), 0.6
    for name in names():
        profile = load(name)
        wanted = [_plain(item.title) for item in profile.outline] + [_plain(text) for text in profile.marks]
        if name == GENERIC or not wanted:
            continue
        share = sum(any(line.startswith(title) for line in lines) for title in wanted) / len(wanted)
        if share > best_share:
            best, best_share = profile, share
    return best


def _plain(text: str) -> str:
    number = mark(text)
    return _BLANK.sub("", text[number.end :] if number else text)

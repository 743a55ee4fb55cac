"""The catalogue: every rule of the folder with its documentation, basis and cases."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from pipeline.records import Evidence, Issue, Severity

_FOLDER = Path(__file__).parent
HEADINGS = ("为什么", "做法", "局限")
_HEADING = re.compile(rf"^({'|'.join(HEADINGS)})\s*$", re.MULTILINE)
# Chinese is written on over the end of a line without a space.
_LINE_BREAK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Other:
    """Another report that the example is compared with, in the same notation."""

    name: str
    report: str
    agency: str
    year: int


@dataclass(frozen=True, slots=True)
class Case:
    """An example report in plain notation and the words that each finding on it must point at.

    A finding is given by the words of its first span, or, as a tuple of several, by those of all its spans.
    ``others`` are the reports that it is compared with.
    """

    name: str
    report: str
    findings: tuple[tuple[str, ...], ...]
    year: int | None = None
    agency: str | None = None
    profile: str | None = None
    severity: Severity | None = None
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A rule. ``summary`` says what must hold; ``why``, ``how`` and ``limits`` are its documentation."""

    rule: str
    name: str
    family: str
    severity: Severity
    basis: str
    suggestion: str
    summary: str
    why: str
    how: str
    limits: str
    cases: tuple[Case, ...]
    function: Callable[[Evidence], Iterator[Issue]]


def modules() -> tuple[str, ...]:
    """Names of the rules' modules."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("[!_]*.py")))


@cache
def load() -> tuple[Check, ...]:
    """All rules, in the order of their ids."""
    return tuple(_read(name) for name in modules())


def _read(name: str) -> Check:
    module = import_module(f"pipeline.checks.{name}")
    data: dict[str, Any] = yaml.load((_FOLDER / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return Check(
        rule=name.replace("_", "-"),
        name=data["name"],
        family=data["family"],
        severity=data["severity"],
        basis=data["basis"],
        suggestion=data["suggestion"],
        **_documentation(module),
        cases=tuple(_case(case) for case in data["cases"]),
        function=module.check,
    )


def _documentation(module: ModuleType) -> dict[str, str]:
    text = (module.__doc__ or "").strip()
    summary, *rest = _HEADING.split(text)
    parts = dict(zip(rest[::2], rest[1::2], strict=True))
    if tuple(parts) != HEADINGS:
        raise ValueError(f"{module.__name__}: the docstring needs the headings {', '.join(HEADINGS)} in this order")
    why, how, limits = (_LINE_BREAK.sub("", parts[heading].strip()) for heading in HEADINGS)
    return {"summary": summary.strip(), "why": why, "how": how, "limits": limits}


def _case(data: dict[str, Any]) -> Case:
    words = tuple((w,) if isinstance(w, str) else tuple(w) for w in data["findings"])
    others = tuple(Other(**other) for other in data.get("others", ()))
    known = {key: data[key] for key in ("year", "agency", "profile", "severity") if key in data}
    unknown = set(data) - {"name", "report", "findings", "others", *known}
    if unknown:
        raise ValueError(f"case {data['name']}: unknown keys {', '.join(sorted(unknown))}")
    return Case(name=data["name"], report=data["report"], findings=words, others=others, **known)

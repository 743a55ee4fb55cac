"""Quantities that go under the usual names of a report's accounts: name, scope, stage and year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline import lexicon
from pipeline.records import Claim, Evidence

Stage = Literal["budget", "actual"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim with its ``label`` of lexicon/labels.toml, the ``scope`` that its words give, and the ``year`` it is of."""

    claim: Claim
    label: str
    scope: str
    stage: Stage
    year: str


# What is no part of a label: blanks, quotation marks, colons, a number in brackets before it.
_MARKS = re.compile(r"[\s“”\"‘’：:]|^[（(]\d+[）)]")


@cache
def _names() -> dict[str, str]:
    return {
        _plain(name): label for label, names in lexicon.load("labels")["labels"].items() for name in (label, *names)
    }


@cache
def _scopes() -> re.Pattern[str]:
    words = sorted(lexicon.load("labels")["scopes"]["words"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def _stage(name: str) -> re.Pattern[str]:
    return re.compile("|".join(lexicon.load("labels")["stages"][name]))


@cache
def _neutral(name: str) -> re.Pattern[str]:
    return re.compile(lexicon.load("labels")["neutral"][name])


@cache
def partial(scope: str) -> bool:
    """Whether what has this scope may be less than what has none."""
    return scope in lexicon.load("labels")["scopes"]["partial"]


def scoped_by_sentence(label: str) -> bool:
    """Whether the scope of what has this label is often left to the sentences before it."""
    return label in lexicon.load("labels")["scopes"]["by_sentence"]


def labelled(evidence: Evidence) -> Iterator[Labelled]:
    """The claims that go under a known name, in reading order."""
    wholes = {claim.group: claim.metric for claim in evidence.reading.claims if claim.role == "whole" and claim.group}
    for claim in evidence.reading.claims:
        if claim.role in ("share", "change", "from", "to", "rate", "target", "weight") or claim.quantity.value is None:
            continue
        quantity = claim.quantity
        if quantity.kind not in ("money", "score") or quantity.qualifier != "none" or not quantity.unit:
            continue
        named = _named(claim.metric)
        if named is None or (named[0] == "自评得分") != (quantity.kind == "score"):
            continue
        label, scope = named
        whole = wholes.get(claim.group or "", "")
        if claim.role == "part" and not scope and (inherited := _scopes().search(whole)):
            scope = inherited.group()
        if not scope and claim.source == "prose" and scoped_by_sentence(label):
            scope = _before(claim, evidence)
        yield Labelled(claim, label, scope, _stage_of(claim, whole), _year(claim, evidence))


def _before(claim: Claim, evidence: Evidence) -> str:
    """The scope named last in the claim's sentence before it."""
    text = evidence.reading.report.blocks[claim.span.block].text
    found = _scopes().findall(text, text.rfind("。", 0, claim.span.start) + 1, claim.span.start)
    return found[-1] if found else ""


def _named(metric: str) -> tuple[str, str] | None:
    """The label and the scope of a metric, None where words are left that say something else."""
    name = _plain(metric)
    found = _scopes().search(name)
    scope = found.group() if found else ""
    for candidate in (name, name.replace(scope, "", 1) if scope else ""):
        bare = _neutral("leading").sub("", candidate)
        for words in (candidate, bare, _neutral("trailing").sub("", bare)):
            if words in _names():
                return _names()[words], scope if candidate != name else ""
    return None


def _plain(name: str) -> str:
    return _MARKS.sub("", name).replace("(", "（").replace(")", "）")


def _stage_of(claim: Claim, whole: str) -> Stage:
    if claim.role in ("budget", "spent"):
        return "budget" if claim.role == "budget" and not _stage("actual").search(claim.metric) else "actual"
    text = claim.metric + whole
    return "budget" if _stage("budget").search(text) and not _stage("actual").search(text) else "actual"


def _year(claim: Claim, evidence: Evidence) -> str:
    year = evidence.reading.cover.year
    if claim.period in (None, "本年"):
        return str(year or "")
    if claim.period == "上年":
        return str(year - 1) if year else "上年"
    return claim.period or ""

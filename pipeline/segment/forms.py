"""Sections in form tables: a label cell names what stands in the cell beside it or below it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from pipeline import lexicon
from pipeline.numbering import mark
from pipeline.records import SectionKind
from pipeline.segment import titles
from pipeline.segment.headings import CORE
from pipeline.table import Place

_LONGEST_LABEL = 28
# Labels come again in every report of a season; so few and short they take 2 MB at most.
_MOST_KEPT, _LONGEST_KEPT = 4096, 100
_VARYING = re.compile(r"部门|单位|项目|本|年度|全年|整体支出|20\d\d年?")


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled part of a form. ``both`` where the label names problems and measures together."""

    kind: SectionKind
    title: str
    first: int
    last: int
    body: int
    both: bool = False


@cache
def _labels() -> dict[str, str]:
    return {_key(word): kind for kind, words in lexicon.load("sections")["labels"].items() for word in words}


def _key(text: str) -> str:
    """A label without what forms word differently: 部门（单位）, 本年度, 整体支出."""
    return _VARYING.sub("", titles.bare(text))


def label(text: str) -> str | None:
    """The kind (or ``both``) that a cell's text labels, or None."""
    return _kept(text) if len(text) <= _LONGEST_KEPT else _label(text)


def _label(text: str) -> str | None:
    number = mark(text)
    plain = titles.bare(text[number.end :] if number else text)
    if not plain or len(plain) > _LONGEST_LABEL:
        return None
    known = _labels().get(_key(plain))
    if known:
        return known
    title = titles.read(plain)
    if title.sure and "偏差" not in plain and "完成" not in plain:
        named = set(title.kinds) - {"overview", "experience"}
        if named and named <= {"problems", "measures"}:
            return "both" if len(named) == 2 else named.pop()
    return None


_kept = lru_cache(maxsize=_MOST_KEPT)(_label)


def fields(table_rows: Sequence[Sequence[Place]]) -> list[Field]:
    """Labelled parts of the forms, in reading order."""
    found: list[Field] = []
    for at, row in enumerate(table_rows):
        kinds = [label(place.text) for place in row]
        if not any(kinds):
            continue
        if len(row) > 1 and all(kinds):
            found += _below(table_rows[at + 1 :], row, cast(list[str], kinds))
            continue
        for i, kind in enumerate(kinds):
            if kind is None:
                continue
            if i + 1 < len(row) and kinds[i + 1] is None:
                end = next((j for j in range(i + 1, len(row)) if kinds[j]), len(row))
                found.append(_field(kind, row[i], row[i + 1 : end]))
            elif len(row) == 1 and at + 1 < len(table_rows) and _prose(table_rows[at + 1]):
                found.append(_field(kind, row[i], table_rows[at + 1]))
    return found


def _field(kind: str, name: Place, body: Sequence[Place]) -> Field:
    both = kind == "both"
    return Field(
        "problems" if both else cast(SectionKind, kind),
        name.text,
        name.first,
        body[-1].last,
        body[0].first,
        both,
    )


def _below(following: Sequence[Sequence[Place]], header: Sequence[Place], kinds: list[str]) -> Iterator[Field]:
    """A header row of labels: what stands below each, as long as the rows have the header's shape."""
    for row in following:
        if len(row) != len(header) or any(label(place.text) for place in row):
            return
        for kind, name, place in zip(kinds, header, row, strict=True):
            yield Field(
                "problems" if kind == "both" else cast(SectionKind, kind),
                name.text, place.first, place.last, place.first, kind == "both",
            )  # fmt: skip


def _prose(row: Sequence[Place]) -> bool:
    return len(row) == 1 and len(titles.bare(row[0].text)) >= 10 and label(row[0].text) is None


__all__ = ["CORE", "Field", "Place", "fields", "label"]

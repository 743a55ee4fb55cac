"""Wholes and their parts all over a report, each judged by its sum: what the rules on sums start from."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from pipeline.checks._account import Account
from pipeline.checks._division import Division, unit
from pipeline.checks._divisions import divisions
from pipeline.checks._lines import Line
from pipeline.checks._listed import listed
from pipeline.checks._passages import Key, passages
from pipeline.checks._sentence_accounts import of_list, of_sentences
from pipeline.checks._table_accounts import of_tables
from pipeline.checks._tabulated import lines
from pipeline.checks._triples import of_triples
from pipeline.records import Claim, Evidence

__all__ = ["Account", "accounts", "parts_of"]

_SEMICOLON = re.compile(r"[；;]")


def accounts(evidence: Evidence) -> tuple[Account, ...]:
    """The accounts of a report: of its sentences, its numbered lists and its tables."""
    return _accounts(Key(evidence))


@lru_cache(maxsize=1)
def _accounts(key: Key) -> tuple[Account, ...]:
    numbered = listed(key.evidence, passages(key.evidence))
    return (
        *of_sentences(_divisions(key)),
        *(account for division in numbered for account in of_list(division)),
        *of_triples(passages(key.evidence)),
        *of_tables(_lines(key)),
    )


@lru_cache(maxsize=1)
def _divisions(key: Key) -> tuple[Division, ...]:
    return tuple(divisions(key.evidence, passages(key.evidence)))


@lru_cache(maxsize=1)
def _lines(key: Key) -> tuple[Line, ...]:
    return tuple(lines(key.evidence))


def parts_of(evidence: Evidence) -> Iterator[tuple[Claim, Claim, str]]:
    """Each whole with a part and the part's name, wherever the report says 其中 or puts a total in a table."""
    key = Key(evidence)
    for division in _divisions(key):
        near_by = not _SEMICOLON.search(division.lead) or division.wholes[0].metric in division.lead
        if division.of_which and not division.taken_off and near_by:
            largest = max(division.wholes, key=lambda one: one.quantity.value or Decimal(0))
            yield largest, division.items[0][0], division.names[0]
    for line in _lines(key):
        if line.of_which or len(line.readings) == 1:
            for place in line.readings[0]:
                cell = line.cells[place]
                if cell is not None and unit(cell) == unit(line.whole):
                    yield line.whole, cell, line.labels[place]

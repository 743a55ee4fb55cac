"""Days written in a report, and how many months lie between two of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipeline import numerals
from pipeline.checks._text import joined
from pipeline.identity import Same
from pipeline.records import Report, Span

_C = "[〇零○Ｏ一二三四五六七八九十]"
_DAY = re.compile(
    r"(?P<year>20(?<!\d20)\d{2})\s{0,4}(?:年|[.\-/](?=\s{0,2}\d{1,2}\s{0,2}[.\-/]\s{0,2}\d))\s{0,4}(?P<month>\d{1,2})\s{0,4}[月.\-/]\s{0,4}(?P<day>\d{1,2})(?!\d)\s{0,4}[日号]?"
    rf"|(?P<cyear>二[〇零○Ｏ]{_C}{{2}})年(?P<cmonth>{_C}{{1,3}})月(?P<cday>{_C}{{1,3}})日"
)
_NO_YEAR = re.compile(r"(?P<month>\d(?<![\d年\s.\-/]\d)\d?)\s?月\s?(?P<day>\d{1,2})\s?[日号]")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written; ``day`` is None where the calendar has no such day. ``start``/``end``: in the joined text."""

    span: Span
    start: int
    end: int
    day: date | None


def days(report: Report) -> tuple[Day, ...]:
    """The days of a report in reading order; looked for once for all the rules that ask for them."""
    return _days(Same(report))


@lru_cache(maxsize=1)
def _days(same: Same) -> tuple[Day, ...]:
    found = joined(same.report).search(_DAY)
    return tuple(Day(span, day.start(), day.end(), _day(day)) for span, day in found)


def days_of(report: Report, year: int) -> Iterator[Day]:
    """The days that are written without a year (10月1日), taken to be of ``year``."""
    text = joined(report)
    for found in _NO_YEAR.finditer(text.string):
        span = text.span(found.start(), found.end())
        try:
            day = date(year, int(found["month"]), int(found["day"]))
        except ValueError:
            continue
        if span is not None:
            yield Day(span, found.start(), found.end(), day)


def _day(found: re.Match[str]) -> date | None:
    try:
        if found["year"]:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        digits = "".join(str(numerals.DIGITS.get(c, 0)) for c in found["cyear"])
        return date(int(digits), numerals.integer(found["cmonth"]) or 0, numerals.integer(found["cday"]) or 0)
    except ValueError:
        return None


def months(first: date, last: date) -> int:
    """Whole calendar months from ``first`` to ``last``, both days included, rounded to the nearest."""
    return round(((last - first).days + 1) / 30.4375)

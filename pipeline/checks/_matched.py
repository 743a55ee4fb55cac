"""Passages that stand somewhere else too, as the comparison of reports found them, made fit to be shown."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.records import Evidence, Match, Report, SectionKind, Span

_TITLES = re.compile(r"《[^《》]*》(?:\s*[（(][^（）()]{0,30}号[）)])?|[〔\[（(]20\d\d[〕\]）)]\s*\d+\s*号")
_STATUTE = re.compile(r"第[一二三四五六七八九十百零\d]+条")
_BASIS = re.compile(
    r"^\s*(?:根据|按照|依据|为贯彻|为进一步|为全面|为做好|为深入)|主要依据|成立[^，。；]{0,10}(?:自评|评价)[^，。；]{0,8}小组"
)
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_DATE = re.compile(
    r"20\d\d\s*年?(?:度)?(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|(?:\d{1,2}\s*[-—~至]\s*)?\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|[〔\[（(]20\d\d[〕\]）)]\s*\d+\s*号|《[^》]*》"
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_MARK = re.compile(r"^\s*[（(]?\d{1,2}[）).．、]")
_TERM = re.compile(
    r"\s*(?:指|反映|包括)(?:[\u4e00-\u9fff]{2,20}(?:取得|安排|用于|开展|为|的)|：?基本工资)|\s*[（(]?\d*[）).．、]?\s*[\u4e00-\u9fff“”（）]{2,20}[：:][^。；]{0,80}(?:是|指|为)"
)
_SHOWN = 60
# Two matches of one source stand together if at most this many blocks lie between them.
_GAP = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """Matches with one source whose blocks follow one another."""

    matches: tuple[Match, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(match.span for match in self.matches)

    @property
    def source(self) -> str:
        return self.matches[0].source.name

    @property
    def length(self) -> int:
        return sum(match.length for match in self.matches)


def passages(matches: Iterable[Match]) -> Iterator[Passage]:
    """``matches`` by source and place, neighbours joined."""
    run: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.source.report, m.span.block, m.span.start)):
        if run and (match.source.report != run[-1].source.report or match.span.block - run[-1].span.block > _GAP):
            yield Passage(tuple(run))
            run = []
        run.append(match)
    if run:
        yield Passage(tuple(run))


def telling(report: Report, span: Span, least: int) -> bool:
    """Whether a passage says something of its own: no heading, basis or statute, and ``least`` words besides titles."""
    block, text = report.blocks[span.block], report.quote(span)
    if block.level or _STATUTE.search(text) or _BASIS.search(text):
        return False
    return own_words(text) >= least


def defines(report: Report, span: Span) -> bool:
    """Whether the passage belongs to a glossary, which is the same everywhere and every year."""
    return any(_TERM.match(text) for text in (report.blocks[span.block].text, report.quote(span)))


def own_words(text: str) -> int:
    """How many characters of ``text`` are left when figures, titles and what all units write are taken out."""
    return len(_HAN.findall(_standing().sub("", _TITLES.sub("", text))))


@cache
def _standing() -> re.Pattern[str]:
    data = lexicon.load("standing")
    return re.compile("|".join((*data["openings"], *data["guidance"], *data["accounts"])))


def figures(text: str) -> list[str]:
    """Figures of a passage but for its mark, years, dates, numbers of documents, nothing at all and what its ends cut."""
    plain = _DATE.sub("", _MARK.sub("", text))
    found = [figure for figure in _FIGURE.finditer(plain) if figure.start() and figure.end() < len(plain)]
    return [figure.group() for figure in found if figure.group().strip("0.")]


def kinds(evidence: Evidence) -> list[SectionKind]:
    """Kind of every block: that of its innermost section."""
    found: list[SectionKind] = ["other"] * len(evidence.reading.report.blocks)
    for section in sorted(evidence.reading.sections, key=lambda s: s.last - s.first, reverse=True):
        found[section.first : section.last] = [section.kind] * (section.last - section.first)
    return found


def shown(text: str) -> str:
    """``text`` in one line, cut for a message."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN] + "……"

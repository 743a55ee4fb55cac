"""Automatic numbers, counted and written as Word shows them."""

import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.ingest.number_formats import written
from pipeline.ingest.word_names import FALLBACK, child, number, on, value, w
from pipeline.ingest.word_styles import Numbered, Styles

_PLACE = re.compile(r"%([1-9])")
# Word keeps numbers within 15 bits, and the text of a level within a line.
_LARGEST_START = 32_767
_LONGEST_TEXT = 255
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    legal: bool
    restart: int | None
    style: str | None


@dataclass(slots=True)
class _List:
    """A ``w:num``: levels with its own overrides, and the abstract list whose counters it shares."""

    abstract: int
    levels: dict[int, _Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Story:
    """Counters of one story: the body, a text box, the footnotes and the endnotes each count for themselves."""

    counters: dict[tuple[int, int], int] = field(default_factory=dict)
    started: set[tuple[int, int]] = field(default_factory=set)


class Numbering:
    """The lists of a document. Without a numbering part nothing is numbered."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[int, _List] = {}
        if root is None:
            return
        abstracts: dict[int, dict[int, _Level]] = {}
        links: dict[int, str] = {}
        linked: dict[str, int] = {}
        for abstract in root.iterchildren(w("abstractNum")):
            key = number(abstract.get(w("abstractNumId")))
            if key is None:
                continue
            abstracts[key] = _levels(abstract)
            if link := value(abstract, "numStyleLink"):
                links[key] = link
            if link := value(abstract, "styleLink"):
                linked.setdefault(link, key)
        nums = {number(num.get(w("numId"))): num for num in root.iterchildren(w("num"))}
        for key, num in nums.items():
            abstract_key = number(value(num, "abstractNumId"))
            if key is None or abstract_key not in abstracts:
                continue
            if abstract_key in links and not abstracts[abstract_key]:
                abstract_key = self._linked(links[abstract_key], linked, nums)
                if abstract_key not in abstracts:
                    continue
            levels, starts = _overridden(num, abstracts[abstract_key])
            self._lists[key] = _List(abstract_key, levels, starts)

    def _linked(self, style: str, linked: dict[str, int], nums: dict[int | None, etree._Element]) -> int | None:
        """The abstract list that a numbering style stands for."""
        if style in linked:
            return linked[style]
        found = self._styles.numbered(style)
        num = None if found is None else nums.get(found[1].num)
        return None if num is None else number(value(num, "abstractNumId"))

    def next(self, direct: Numbered | None, style: str | None, story: Story) -> str:
        """Counts a paragraph and gives its number with what stands between it and the text; "" where it has none."""
        place = self._place(direct, style) if self._lists else None
        if place is None:
            return ""
        found, at = place
        self._count(found, at, story)
        level = found.levels[at]
        if level.form == "bullet":
            return ""
        return self._written(found, at, story)

    def _place(self, direct: Numbered | None, style: str | None) -> tuple[_List, int] | None:
        """The list and level of a paragraph; its own numbering property wins over its style's."""
        num = None if direct is None else direct.num
        at = None if direct is None else direct.level
        if num is None:
            styled = self._styles.numbered(style)
            if styled is None:
                return None
            name, numbered = styled
            num = numbered.num
            if at is None and num in self._lists:
                # A list names the style of each of its levels; that is how heading styles share one list.
                at = next((i for i, level in self._lists[num].levels.items() if level.style == name), numbered.level)
        found = None if num is None else self._lists.get(num)
        at = at or 0
        return (found, at) if found is not None and at in found.levels else None

    def _count(self, found: _List, at: int, story: Story) -> None:
        counters, key = story.counters, (found.abstract, at)
        first = found.starts.get(at, found.levels[at].start)
        if key not in counters:
            # Levels above that no paragraph has used stand at their start.
            for above in range(at):
                if above in found.levels:
                    counters.setdefault((found.abstract, above), found.starts.get(above, found.levels[above].start))
        mark = (id(found), at)
        if key not in counters or (at in found.starts and mark not in story.started):
            counters[key] = first
        else:
            counters[key] += 1
        story.started.add(mark)
        for deeper, level in found.levels.items():
            # Without lvlRestart any higher level restarts; 0 never; else that level (from 1) and those above it.
            if deeper > at and (level.restart is None or at < level.restart):
                counters.pop((found.abstract, deeper), None)

    def _written(self, found: _List, at: int, story: Story) -> str:
        level = found.levels[at]

        def place(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            shown = found.levels.get(index)
            if shown is None or shown.form == "bullet":
                return ""
            count = story.counters.get((found.abstract, index), shown.start)
            # Legal style writes the inherited levels in digits; the level itself keeps its format.
            return written(count, "decimal" if level.legal and index < at else shown.form)

        text = _PLACE.sub(place, level.text).strip()
        return f"{text} " if text.endswith(".") or text[-1:].isdecimal() else text


def _levels(parent: etree._Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for level in parent.iterchildren(w("lvl")):
        at = number(level.get(w("ilvl")))
        if at is not None and 0 <= at < _LEVELS:
            levels[at] = _level(level)
    return levels


def _level(level: etree._Element) -> _Level:
    form = child(level, "numFmt")
    if form is None:
        # Formats newer than the standard come with a standard one to fall back on.
        form = level.find(f".//{FALLBACK}/{w('numFmt')}")
    return _Level(
        start=_start(value(level, "start"), 0),
        form=(None if form is None else form.get(w("val"))) or "decimal",
        text=(value(level, "lvlText") or "")[:_LONGEST_TEXT],
        legal=on(child(level, "isLgl")),
        restart=number(value(level, "lvlRestart")),
        style=value(level, "pStyle"),
    )


def _start(text: str | None, otherwise: int) -> int:
    found = number(text)
    return otherwise if found is None else max(0, min(found, _LARGEST_START))


def _overridden(num: etree._Element, levels: dict[int, _Level]) -> tuple[dict[int, _Level], dict[int, int]]:
    levels, starts = dict(levels), {}
    for override in num.iterchildren(w("lvlOverride")):
        at = number(override.get(w("ilvl")))
        if at is None or not 0 <= at < _LEVELS:
            continue
        for level in override.iterchildren(w("lvl")):
            levels[at] = _level(level)
        start = value(override, "startOverride")
        if start is not None:
            starts[at] = _start(start, 1)
    return levels, starts

"""A passage of problems or measures taken apart into its items."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.numbering import mark

_SENTENCE = re.compile(r"(?<=[。；;！!？?\n])|(?<=[：:])(?=\s*(?:一[是要、]|[（(]?[一1１][）)、.．]|①|首先|第一))")
_ORDINAL = re.compile(r"\s*(?:(?P<first>首先|第一)|其次|再次|再者|然后|最后|此外|第[二三四五六七八九十])[，,、：:]?")
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_PLAIN_STYLE = "1."
_HIDDEN = re.compile(r"\s*(\d{1,2})[.．、]\d")
_LONGEST_HEAD = 24
_LEAST_ITEM = 4


@dataclass(frozen=True, slots=True)
class Item:
    """Half-open offsets in the passage; the numbering mark is part of the item."""

    start: int
    end: int


def items(text: str) -> tuple[Item, ...]:
    """The items of ``text``, in order: by the outermost numbering that has two marks or more, else by paragraphs, else by
    semicolons where there are three parts or more, else the whole. A line that leads in (存在以下问题：) or is a heading
    alone is no item."""
    pieces = list(_pieces(text))
    styles = Counter(style for _, _, style in pieces if style)
    top = next((style for _, _, style in pieces if style and styles[style] > 1), None)
    if top is not None:
        starts = [start for start, _, style in pieces if style == top]
        return _tidy(text, zip(starts, [*starts[1:], len(text)], strict=True))
    lines = [(start, end) for start, end in _lines(text) if not _is_head(text[start:end])]
    if len(lines) > 1:
        return _tidy(text, lines)
    start, end = lines[0] if lines else (0, len(text))
    parts = list(_split(text, start, end, "；;"))
    return _tidy(text, parts if len(parts) > 2 else [(start, end)])


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Sentences with the style of the numbering that they begin with."""
    at, last = 0, 0
    for part in _SENTENCE.split(text):
        number = mark(part)
        if number and number.style == _PLAIN_STYLE:
            last = number.number
        elif number is None and (hidden := _HIDDEN.match(part)) and int(hidden.group(1)) == last + 1:
            # 2.2个桥梁项目延期: the second item begins with a number, not with 2.2.
            last += 1
            yield at, at + len(part), _PLAIN_STYLE
            at += len(part)
            continue
        ordinal = _ORDINAL.match(part)
        style = number.style if number and part.strip() != number.text.strip() else "首先" if ordinal else ""
        yield at, at + len(part), style
        at += len(part)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    yield from _split(text, 0, len(text), "\n")


def _split(text: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    at = start
    for place in range(start, end):
        if text[place] in marks:
            yield at, place + 1
            at = place + 1
    if at < end:
        yield at, end


def _is_head(line: str) -> bool:
    line = line.strip()
    return line.endswith(("：", ":")) or (len(line) <= _LONGEST_HEAD and not re.search(r"[，。；,;]", line))


def _tidy(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Item, ...]:
    found = []
    for start, end in spans:
        part = text[start:end]
        start += len(part) - len(part.lstrip())
        end -= len(part) - len(part.rstrip())
        if len(_WORDS.findall(text[start:end])) >= _LEAST_ITEM:
            found.append(Item(start, end))
    if found:
        return tuple(found)
    inner = text.strip()
    return (Item(text.find(inner), text.find(inner) + len(inner)),) if inner else ()

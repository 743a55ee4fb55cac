"""The numbered parts of a cell: 指标1：… 指标2：…, ①…；②…, 1.… 2.…, 数量指标：… 质量指标：…."""

import re
from dataclasses import dataclass, replace

from pipeline import numerals
from pipeline.indicators.words import named
from pipeline.numbering import Mark, mark

_WORDED = re.compile(
    r"\s*(?P<word>指\s*标|目\s*标|任\s*务|项\s*目|内\s*容)\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?:[：:、.．]|(?=[^\d]))\s*"
)
# 指标：…, and the code of a catalogue (A111…).
_BARE_WORD = re.compile(
    r"\s*(?:(?:三级)?指\s*标\s*(?:名\s*称)?\s*[：:]|[A-ZＡ-Ｚ]\d{1,4}\s*[.、：:-]?(?=[\u4e00-\u9fff]))\s*"
)
_LABEL = re.compile(r"(?:^|(?<=[\n；;。]))\s*(?P<label>[^：:；;。，,\n]{2,16})[：:]")
# What begins so begins with no mark and no word that is counted.
_UNMARKED = re.compile(
    r"\s*(?:[^\s（(〔【\[①-⑳⑴-⒛㉑-㉟\d０-９一二三四五六七八九十百第A-HＡ-ＨⅠ-Ⅻ三指目任项内]|\d[\d.]*[%％]?\s*\Z)"
)
# A list in a cell counts no further.
_LONGEST_LIST = 30
# Longer texts are prose, where no kinds of indicators stand before colons.
_LONGEST_FIELD = 600


@dataclass(frozen=True, slots=True)
class Item:
    """``text[start:end]`` of a cell; ``key`` is its number or its kind, None where the cell is not numbered.

    ``style`` tells lists that number alike; ``label`` is where a kind (数量指标) stands before it.
    """

    key: int | str | None
    start: int
    end: int
    style: str = ""
    label: tuple[int, int] | None = None


def items(text: str) -> list[Item]:
    """The parts of a cell's text in order, marks and the borders between them left out; one where it is not divided."""
    found = _items(text)
    return [replace(one, end=_trimmed(text, one.start, one.end)) for one in found] if len(found) > 1 else found


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip("；;，,、 \u3000\n"))


def _items(text: str) -> list[Item]:
    labelled = []
    if len(text) <= _LONGEST_FIELD and ("：" in text or ":" in text):
        labelled = [found for found in _LABEL.finditer(text) if any(named(found["label"]))]
    if len(labelled) >= 2 and not text[: labelled[0].start("label")].strip():
        ends = [found.start() for found in labelled[1:]] + [len(text)]
        return [
            Item("".join(found["label"].split()), found.end(), end, "label", found.span("label"))
            for found, end in zip(labelled, ends, strict=True)
        ]
    if not labelled and _UNMARKED.match(text):
        return [Item(None, 0, len(text))]
    start, label = 0, None
    if labelled and not text[: labelled[0].start("label")].strip():
        start, label = labelled[0].end(), labelled[0].span("label")
    bare = _BARE_WORD.match(text, start)
    if bare:
        start = bare.end()
    return [
        Item(one.key, one.start, one.end, one.style, label)
        for one in _worded(text, start) or _marked(text, start) or [Item(None, start, len(text))]
    ]


def _worded(text: str, start: int) -> list[Item]:
    """指标1：… 指标2：…."""
    first = _WORDED.match(text, start)
    if first is None:
        return []
    word = "".join(first["word"].split())
    found = [one for one in _WORDED.finditer(text, start) if "".join(one["word"].split()) == word]
    in_order = found[:1]
    for one in found[1:]:
        if _number(one["number"]) == _number(in_order[-1]["number"]) + 1:
            in_order.append(one)
    ends = [one.start() for one in in_order[1:]] + [len(text)]
    return [Item(_number(one["number"]), one.end(), end, word) for one, end in zip(in_order, ends, strict=True)]


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else numerals.integer(written) or 0


def _marked(text: str, start: int) -> list[Item]:
    """1.… 2.…, ①…②…, （一）…（二）…: from the first mark on, each next number of the same style."""
    first = mark(text, start)
    if first is None or first.style in ("1.1", "A.", "Ⅰ") or first.style.startswith("第"):
        return []
    found: list[Item] = []
    number, begin = first.number, first.end
    while len(found) < _LONGEST_LIST:
        following = _next(text, begin, first, number + 1)
        if following is None:
            break
        found.append(Item(number, begin, following[0], first.style))
        number, begin = number + 1, following[1]
    return [*found, Item(number, begin, len(text), first.style)]


def _next(text: str, at: int, first: Mark, number: int) -> tuple[int, int] | None:
    chinese = numerals.counting(number)
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    forms = {
        "①": re.escape(chr(0x2460 + number - 1)) if number <= 20 else "(?!)",
        "1.": rf"(?<![\d.．])(?:{number}|{wide})\s*[、.．](?!\s*\d)",
        "（1）": rf"[（(]\s*(?:{number}|{wide})\s*[）)]",
        "1）": rf"(?<![\d.．（(])(?:{number}|{wide})\s*[）)]",
        "（一）": rf"[（(]\s*{chinese}\s*[）)]",
        "一、": rf"(?:^|(?<=[\n。；;\s])){chinese}\s*[、.．]",
        "一是": rf"{chinese}(?:是|要|方面)",
    }
    form = forms.get(first.style)
    found = re.compile(form).search(text, at) if form else None
    return None if found is None else (found.start(), found.end())


def pieces(text: str, count: int) -> list[tuple[int, int]]:
    """``count`` pieces that lines, else semicolons, else commas set apart; empty where none of them gives that many."""
    for border in ("\n", "；;\n", "，,、；;\n"):
        spans = [found.span() for found in re.finditer(f"[^{border}]+", text) if found.group().strip()]
        if len(spans) == count:
            return [(start, _trimmed(text, start, end)) for start, end in spans]
    return []

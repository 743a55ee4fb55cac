"""同一级、同一组的序号应当从前往后逐个排列，不缺号、不重号、不错序。

为什么
    一、三、二、三、五、六这样的序号，说明章节是从几处拼来的，或者删改后没有重排，中间可能少了一部分内容。

做法
    按序号的样式（一、（一）1.（1）①等）把段落排成一组一组的序列：序号为一的另起一组，接着数的归入最近的一组，上一级往下数时
    下一级的各组结束。表格各栏目自成一体，表格的大标题与文字部分分开排。一组序列里有缺号、重号、错序的，合并为一条，
    逐处标出前后标题。前文说了“四项机制”而后面的序号没有排到四的，算缺号。段落内的“一是、二是、三是”只看缺号和重号。

局限
    第一项没有序号的、只有一项的不提示；缺的号在中间的文字里能找到（没有另起一段，或写成别的样式）的，不算缺号；
    连着出现两个“一”的视为两组；目录、表格的序号列和正文中的（1）（2）不查。
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline import numerals
from pipeline.checks._announced import announced, rest
from pipeline.checks._sequences import Fault, Item, Sequence, faults, lists
from pipeline.checks._table import rows
from pipeline.checks._text import numbered, whole
from pipeline.numbering import mark
from pipeline.records import Block, Evidence, Issue, Report, Span

_LONGEST_QUOTE = 40
_CONTENTS_LINE = re.compile(r"(?:[.…·．_]{3,}|\t)\s*[-—]?\s*\d{1,3}\s*[-—]?\s*$")
_ATTACHMENT = re.compile(r"\s*附\s*(?:件|表|录)")
_SAYING = re.compile(r"(?:^|(?<=[。；，：:、;,”）)\s]))[一二三四五六七八九十]{1,3}(?=是(?!否))")
_NAMES = {"gap": "缺", "repeat": "重复", "order": "错序"}


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    for scope in _scopes(report):
        for sequence in list(lists(scope)):
            found = [fault for fault in faults(sequence) if not _explained(report, fault)]
            if found and not _interleaved(found):
                yield _issue(report, sequence, found, _untitled(evidence))
            elif not found:
                yield from _short(report, sequence)
    for block in report.blocks:
        if "二是" in block.text or "三是" in block.text:
            yield from _sayings(block)


def _scopes(report: Report) -> Iterator[list[Item]]:
    """Marks that may make lists together: of the body up to an attachment, of the form's parts, of one cell each."""
    body: list[Item] = []
    for block in report.blocks:
        if block.cell is not None:
            continue
        if _ATTACHMENT.match(block.text):
            yield body
            body = []
        elif item := _item(block):
            body.append(item)
    yield body
    parts: list[Item] = []
    for row in rows(report):
        filled = [place for place in row if place.text]
        for place in filled:
            items = [item for block in place.blocks if (item := _item(block))]
            heads = len(filled) == 1 and items and items[0].block == place.first
            if heads and items[0].mark.end < len(place.text):
                parts.append(items.pop(0))
            if len(items) > 1:
                yield items
    yield parts


def _item(block: Block) -> Item | None:
    found = numbered(block.text)
    # A number alone, as it stands in a classification (19 其他交通工具购置), is a code.
    if found is None or found.style == "一是" or found.text.isdecimal() or _CONTENTS_LINE.search(block.text):
        return None
    return Item(block.index, found)


def _interleaved(found: list[Fault]) -> bool:
    """Two lists side by side, as a conversion of columns leaves them: 二、二、三、三、"""
    again = [fault.item.mark.number for fault in found if fault.kind == "repeat"]
    return any(b == a + 1 for a, b in pairwise(again))


def _explained(report: Report, fault: Fault) -> bool:
    """Whether the numbers of a gap stand in the text between, inside a paragraph or in another style of mark."""
    if fault.kind != "gap":
        return False
    between = [block.text for block in report.blocks[fault.before.block : fault.item.block]]
    # The mark before the gap is not part of the text between.
    between[0] = between[0][fault.before.mark.end :]
    text = "\n".join(between)
    return any(_written(number, fault.item.mark.text).search(text) for number in fault.missing)


def _written(number: int, like: str) -> re.Pattern[str]:
    """``number`` written as ``like`` is, wherever it stands, or more loosely at the head of a paragraph.

    A list in brackets may have it without them; not the reverse, for bracketed numbers are of a lower level.
    """
    if _is_chinese(like):
        word, loose = numerals.counting(number), "[，,：:]"
        exact = rf"(?<![一二三四五六七八九十第]){word}\s*[、．.]"
    else:
        word, loose = str(number), r"[、．.，,：:\u4e00-\u9fff“]"
        # Conversions glue a number to the figure before it: 384.52．综合财力情况.
        exact = rf"{number}\s*[、．.](?![0-9０-９])"
    bracketed = rf"|{word}\s*[）)〕】\]]" if re.search(r"[）)〕】\]]", like) else ""
    return re.compile(rf"{exact}{bracketed}|^\s*{word}\s*{loose}", re.MULTILINE)


def _is_chinese(text: str) -> bool:
    return any(c in numerals.DIGITS or c in numerals.UNITS for c in text)


def _issue(report: Report, sequence: Sequence, found: list[Fault], untitled: list[Span]) -> Issue:
    spans: dict[Span, None] = {}
    said: dict[str, list[str]] = {}
    for fault in found:
        for item in (fault.before, fault.item):
            spans[_heading(report, item)] = None
        told = _told(fault)
        bare = [span for span in untitled if fault.before.block < span.block < fault.item.block]
        if len(fault.missing) == 1 and len(bare) == 1:
            spans[bare[0]] = None
            told += f"（其间“{report.quote(bare[0])}”没有序号）"
        said.setdefault(_NAMES[fault.kind], []).append(told)
    order = "、".join(item.mark.text.rstrip("、．.") for item in sequence.items)
    faulty = "，".join(f"{name}{'、'.join(words)}" for name, words in said.items())
    return Issue(f"这一组序号依次为{order}：{faulty}。", tuple(sorted(spans, key=lambda s: (s.block, s.start))))


def _short(report: Report, sequence: Sequence) -> Iterator[Issue]:
    """A list that stops before the number of items that the sentence before it names."""
    said = announced(report, sequence)
    last = sequence.items[-1].mark
    if said is None or _written(last.number + 1, last.text).search(rest(report, sequence)):
        return
    there = f"只到“{last.text.rstrip('、．.')}”"
    words = report.quote(said.span)
    spans = (said.span, *(_heading(report, item) for item in sequence.items))
    yield Issue(f"前文说“{words}”，后面的序号{there}。", spans, expected=str(said.number), actual=str(last.number))


def _told(fault: Fault) -> str:
    text = fault.item.mark.text
    if fault.kind != "gap":
        return f"“{text.rstrip('、．.')}”"
    return "、".join(f"“{numerals.counting(n) if _is_chinese(text) else n}”" for n in fault.missing)


def _heading(report: Report, item: Item) -> Span:
    """The item's heading, or the first words of its paragraph."""
    text = report.blocks[item.block].text
    end = min(len(text.rstrip()), item.mark.start + _LONGEST_QUOTE)
    stop = re.compile(r"[。；;]").search(text, item.mark.end, end)
    return Span(item.block, item.mark.start, stop.start() if stop else end)


def _untitled(evidence: Evidence) -> list[Span]:
    """Headings of sections that have no number."""
    report = evidence.reading.report
    found = []
    for section in evidence.reading.sections:
        span = whole(report, section.first)
        block = report.blocks[section.first]
        if span and block.cell is None and numbered(block.text) is None and span.end - span.start <= _LONGEST_QUOTE:
            found.append(span)
    return found


def _sayings(block: Block) -> Iterator[Issue]:
    """一是 二是 三是 inside one paragraph."""
    marks = [mark(block.text, word.start()) for word in _SAYING.finditer(block.text)]
    for sequence in list(lists(Item(block.index, found) for found in marks if found)):
        if sequence.numbers[0] != 1:
            continue
        found = [fault for fault in faults(sequence) if fault.kind != "order" and not _said_otherwise(block, fault)]
        if found:
            items = [item.mark for fault in found for item in (fault.before, fault.item)]
            spans = dict.fromkeys(Span(block.index, item.start, item.end) for item in items)
            faulty = "，".join(f"{_NAMES[fault.kind]}{_saying(fault)}" for fault in found)
            order = "、".join(item.mark.text for item in sequence.items)
            yield Issue(f"段内序号依次为{order}：{faulty}。", tuple(sorted(spans, key=lambda s: s.start)))


def _saying(fault: Fault) -> str:
    numbers = fault.missing or (fault.item.mark.number,)
    return "、".join(f"“{numerals.counting(number)}是”" for number in numbers)


def _said_otherwise(block: Block, fault: Fault) -> bool:
    between = block.text[fault.before.mark.end : fault.item.mark.start]
    return any(numerals.counting(number) in between for number in fault.missing)

"""说了有几项，后面就应当列出几项。

为什么
    “内设6个科室，分别是……”只列了五个，“五办”只写了四办，“存在以下三个问题”只有两条，多半是删改时漏了，或者照抄后没有改数。

做法
    一是看句中的数量和紧接着的列举（分别是、包括、括号里、冒号后），按顿号数项数；二是看“以下几个问题”“‘五办’举措”一类的
    领起语，数后面的“一是、二是”或者下一级序号。列举里有“和、及”的，项数按最少和最多两种算法，都对不上才提示。

局限
    带“等”字的列举本来就不全，只在列出的比说的还多时按较低等级提示；一项里本身含有顿号的名称可能多算。
"""

import re
from collections.abc import Iterator

from pipeline import numerals
from pipeline.checks._lists import count
from pipeline.checks._sequences import rank
from pipeline.checks._text import numbered
from pipeline.records import Block, Evidence, Issue, Report, Span

_N = r"(?P<number>[两二三四五六七八九十]{1,3}|\d{1,2})"
_LISTED = re.compile(
    _N + r"(?:个|项|家|名|种|类|大|所|条|处|支|座|件|套)(?P<noun>[\u4e00-\u9fff]{1,10}?)"
    r"(?:[，,：:]\s?)?(?:(?:分别[是为]|即|包括|包含)[：:]?\s?|[（(]\s?|[：:]\s?)(?P<list>[^。；;：:\n]{4,240})"
)
_CLOSED = re.compile(r"[（(]\s?\Z")
_END = re.compile(r"[，,。；;：:\n]|[）)]|(?:等(?!级|候|值|待))|(?<!公)共(?!同)|合计|均|均为|负责|承担")
_ANNOUNCED = re.compile(
    r"(?:以下|如下|下列)(?:几|"
    + _N.replace("?P<number>", "?P<number>")
    + r")(?:个|项|条|点|大|方面|种)(?:方面)?(?:的)?(?P<noun>[\u4e00-\u9fff]{0,8})"
)
_SLOGAN = re.compile(r"[“\"](?P<number>[两二三四五六七八九])(?P<noun>[\u4e00-\u9fff])[”\"]")
_COUNTED = re.compile(r"(?P<number>[一两二三四五六七八九十]{1,2})(?P<noun>[办所站局科股室中心队院校])")
_SHORT_NAME = re.compile(r"[“\"](?P<name>(?:[一两二三四五六七八九十]{1,2}[办所站局科股室队院校]){1,4})[”\"]")
# 内设八科一室，分别为办公室、…
_SHORT_LISTED = re.compile(
    r"(?<![第一二三四五六七八九十])(?P<name>(?:[一两二三四五六七八九十]{1,2}[办所站局科股室队院校]){2,4})[，,：:]?\s?(?:分别[为是]|即|包括|包含|[：:（(])[：:]?\s?(?P<list>[^。；;\n]{4,240})"
)
_AND = re.compile(r"以及|[和及与]")
_LIST_BEFORE = re.compile(r"(?P<list>[\u4e00-\u9fff（）]{2,16}(?:[、和及与][\u4e00-\u9fff（）]{2,16}){1,14})等?\Z")
_LONGEST_LIST = 240
_IS = re.compile(r"(?:^|[。；;：:，,、\s）)])(?P<number>[一二三四五六七八九十]{1,2})是")
_ASIDE = re.compile(r"[（(][^（）()\n]*[）)]")
_CLOSE = re.compile(r"[）)]")
_PARTIAL = re.compile(r"[，。；]|^(?:含|其中|如|主要|不含|另)")
_NOT_A_COUNT = re.compile(r"[第前近约余多超.、0-9十百千〇零]\Z")
_MOST = 20
_SHORT = 40


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    for block in report.blocks:
        if len(block.text) < 6:
            continue
        if "、" in block.text:
            yield from _inline(block)
            yield from _short_listed(block)
        yield from _abbreviated(block)
        if block.cell is None:
            yield from _headed(report, block)


def _inline(block: Block) -> Iterator[Issue]:
    for found in _LISTED.finditer(block.text):
        number = _number(found["number"])
        if not 2 <= number <= _MOST or _NOT_A_COUNT.search(block.text, max(0, found.start() - 2), found.start()):
            continue
        start = found.start("list")
        # What stands in brackets inside an item is not looked at.
        text = _ASIDE.sub(lambda aside: "甲" * len(aside.group()), block.text)
        bracket = _CLOSED.search(block.text, max(0, start - 2), start)
        stop = _CLOSE.search(block.text, start) if bracket else _END.search(text, start)
        if stop is None or (found["noun"].startswith(("召开", "报告", "精神")) and "大" in found.group()):
            continue
        end = stop.start()
        listed = block.text[start:end]
        if "、" not in listed or re.search(r"\d", listed) or (bracket and _PARTIAL.search(listed)):
            continue
        least, most = count(listed)
        open_ = "等" in listed or stop.group().startswith("等")
        if least <= number <= most or (open_ and number > least):
            continue
        yield Issue(
            f"说有{found['number']}个（项），列出的是{least}个：{listed[:60]}",
            (Span(block.index, found.start(), found.end("noun")), Span(block.index, start, end)),
            severity="low" if open_ else None,
            expected=str(number),
            actual=str(least),
        )


def _abbreviated(block: Block) -> Iterator[Issue]:
    """A list before the short name that counts it by last characters (党政办、经发办、财政所“两办一所”)."""
    if "“" not in block.text and '"' not in block.text:
        return
    for name in _SHORT_NAME.finditer(block.text):
        found = _LIST_BEFORE.search(block.text, max(0, name.start() - _LONGEST_LIST), name.start())
        if found is None:
            continue
        listed = re.split("[、]|[和及与]", found["list"])
        for part in _COUNTED.finditer(name["name"]):
            number = _number(part["number"])
            named = [item for item in listed if item.rstrip().endswith(part["noun"])]
            if named and len(named) != number:
                yield Issue(
                    f"说有{part.group()}，列出的“{part['noun']}”是{len(named)}个：{'、'.join(named)}",
                    (Span(block.index, *name.span()), Span(block.index, *found.span("list"))),
                    expected=str(number),
                    actual=str(len(named)),
                )


def _short_listed(block: Block) -> Iterator[Issue]:
    """A short name that counts by last characters before the list of what it counts (内设八科一室，分别为…)."""
    for found in _SHORT_LISTED.finditer(block.text):
        parts = list(_COUNTED.finditer(found["name"]))
        stop = _END.search(block.text, found.start("list"))
        end = stop.start() if stop else found.end("list")
        listed = block.text[found.start("list") : end]
        if "、" not in listed or re.search(r"\d", listed) or "等" in listed or (stop and stop.group().startswith("等")):
            continue
        number = sum(_number(part["number"]) for part in parts)
        nouns = tuple(part["noun"] for part in parts)
        items = [item for item in listed.split("、") if item.strip()]
        # 和 divides two of them only where either has such a name (人民参与和促进法治科 is one).
        most = sum(max(1, sum(piece.rstrip().endswith(nouns) for piece in _AND.split(item))) for item in items)
        least = len(items)
        if least <= number <= most:
            continue
        yield Issue(
            f"说有{found['name']}（共{number}个），列出的是{least}个：{listed[:60]}",
            (Span(block.index, *found.span("name")), Span(block.index, found.start("list"), end)),
            expected=str(number),
            actual=str(least),
        )


def _headed(report: Report, block: Block) -> Iterator[Issue]:
    """A lead-in that announces items which follow as 一是 二是 in the same or the next paragraph."""
    for pattern in (_ANNOUNCED, _SLOGAN):
        for found in pattern.finditer(block.text):
            number = _number(found["number"] or "")
            if not 2 <= number <= _MOST or (
                pattern is _SLOGAN and (numbered(block.text) is None or len(block.text) > _SHORT)
            ):
                continue
            listed = _items(report, block, found.end())
            if len(listed) < 2 or len(listed) == number:
                continue
            if pattern is _SLOGAN and not _names(report, listed, found["noun"]):
                continue
            yield Issue(
                f"说有{found.group().strip('“”')}，后面列出的是{len(listed)}项",
                (Span(block.index, found.start(), found.end()), *listed),
                expected=str(number),
                actual=str(len(listed)),
            )


def _items(report: Report, block: Block, at: int) -> list[Span]:
    """The run of 一是 二是 … behind ``at`` in the block, else in the next one, else in the blocks after it."""
    own = _marks(block, at)
    if own:
        return own
    level = numbered(block.text)
    found: list[Span] = []
    for other in report.blocks[block.index + 1 : block.index + 1 + _MOST]:
        mark = numbered(other.text)
        if other.cell is not None or (mark and mark.style != "一是" and (level is None or rank(mark) <= rank(level))):
            break
        found += _marks(other, 0, len(found) + 1)
    return found


def _marks(block: Block, at: int, first: int = 1) -> list[Span]:
    spans, wanted = [], first
    for found in _IS.finditer(block.text, at):
        if numerals.integer(found["number"]) == wanted:
            spans.append(Span(block.index, found.start("number"), found.end()))
            wanted += 1
    return spans


def _names(report: Report, items: list[Span], noun: str) -> bool:
    """Whether every item says the noun again near its head (减证办, 网上办 for 五办)."""
    return all(noun in report.blocks[item.block].text[item.end : item.end + _MOST] for item in items)


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return 2 if text == "两" else numerals.integer(text) or 0

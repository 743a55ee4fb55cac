"""正文说“详见附表”的，文件里应当有这张附表。

为什么
    “具体见附件3”而文件里没有附件3，复核人无从核对，报告的要素也不齐全。

做法
    找出“详见附表X”“见附件X”一类的引用，再看文件里有没有以这个名称开头的标题或表题。没有编号的引用，只要其后有任何
    附件标题或表格即可。附件目录里列了名称而没有内容的，按较低等级提示。

局限
    引用的是别的文件的附件（“按照通知附件2”）不算；附表另册报送的，本文件里看不到；附件标题没有编号、而引用之后另有表格
    的，视为已附。
"""

import re
from collections.abc import Iterator

from pipeline import numerals
from pipeline.checks._text import joined
from pipeline.records import Block, Evidence, Issue, Report, Span

_NUMBER = r"[0-9０-９]{1,2}(?:\s*[-－—.]\s*[0-9０-９]{1,2}){0,3}|[一二三四五六七八九十]{1,3}"
_NAME = re.compile(r"附\s*[件表录]")
_BEFORE, _BEHIND = 40, 20
_CITED = re.compile(
    r"(?P<other>(?:通知|文件|办法|方案|规定|意见|》|号\s*[）)〕\]]?)\s*(?:中|的|之)?\s*)?"
    r"(?:详\s*细?\s*(?:情况|内容|数据)?\s*(?:请?参?见|情?见)|具体(?:情况|内容|指标|数据|评分)?\s*(?:请?参?见)|参见|(?<![意可看听会预罕少常未明再碰遇主偏听])见|附后的?)"
    r"\s*(?:本报告|后附|后面|文后|所附|文末|下|后)?(?:的)?\s*[《“\"（(]?\s*(?P<name>附\s*(?:表|件|录))\s*(?P<number>"
    + _NUMBER
    + r")?"
)
_HEAD = re.compile(r"^[\s\u3000（(【]*附\s*(?:表|件|录)\s*(?P<number>" + _NUMBER + r")?\s*(?P<rest>.*)$")
_CONTENTS_LINE = re.compile(r"(?:[.…·．_]{3,}|\t)\s*[-—]?\s*\d{1,3}\s*[-—]?\s*$")
_LISTED = re.compile(r"(?:^|[：:；;\s])\s*(?P<number>\d{1,2})\s*[.．、]\s*\S")


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    said: dict[str, list[Span]] = {}
    text = joined(report)
    for name in _NAME.finditer(text.string):
        for found in _CITED.finditer(text.string, max(0, name.start() - _BEFORE), name.end() + _BEHIND):
            span = text.span(found.start("name"), found.end())
            if span and found.start("name") == name.start() and not found["other"]:
                said.setdefault(_key(found["number"]), []).append(span)
    if not said:
        return
    heads = _heads(report)
    for number, spans in said.items():
        if not _there(report, heads, number, spans[0]):
            yield _issue(report, number, spans)


def _key(number: str | None) -> str:
    """附件一, 附件1 and 附件１ are one."""
    if number is None:
        return ""
    plain = re.sub(r"\s", "", number).translate(str.maketrans("０１２３４５６７８９－—.", "0123456789---"))
    value = numerals.integer(plain)
    return plain if value is None else str(value)


def _heads(report: Report) -> dict[str, list[int]]:
    """Numbers of the attachments whose headings the report has, with their blocks; "" for one without a number."""
    found: dict[str, list[int]] = {}
    for block in report.blocks:
        head = _HEAD.match(block.text)
        if head and len(block.text.strip()) <= 60 and not _CONTENTS_LINE.search(block.text):
            found.setdefault(_key(head["number"]), []).append(block.index)
    return found


def _there(report: Report, heads: dict[str, list[int]], number: str, cited: Span) -> bool:
    after = report.blocks[cited.block + 1 :]
    table = _large_table(after)
    if not number:
        return table or any(block > cited.block for blocks in heads.values() for block in blocks)
    # 附表1-2 is part of 附表1; 附件1 on the cover numbers the report itself in the notice that asked for it.
    family = [block for key in heads if key.split("-")[0] == number.split("-")[0] for block in heads[key]]
    if any(block > min(3, cited.block) and _has_body(report, block) for block in family):
        return True
    numbered = any(key and any(block > cited.block for block in blocks) for key, blocks in heads.items())
    return table and not numbered


def _large_table(blocks: tuple[Block, ...]) -> bool:
    rows = {(block.cell.table, block.cell.row) for block in blocks if block.cell}
    return len(rows) >= 3


def _has_body(report: Report, block: int) -> bool:
    """Whether the attachment's heading is followed by something of its own, not by the next name of a list."""
    following = [b for b in report.blocks[block + 1 : block + 6] if b.text.strip()]
    return (
        bool(following)
        and not _HEAD.match(following[0].text)
        and not re.match(r"\s*\d{1,2}\s*[.．、]", following[0].text)
    )


def _issue(report: Report, number: str, spans: list[Span]) -> Issue:
    words = re.sub(r"\s", "", report.quote(spans[0]))
    listed = _listed(report, number)
    if listed:
        return Issue(f"正文引用“{words}”，文末只列了附件名称，文件里没有它的内容。", (*spans, listed), severity="low")
    return Issue(f"正文引用“{words}”，但文件里没有这一附件或附表。", tuple(spans), expected=words)


def _listed(report: Report, number: str) -> Span | None:
    """The place in a closing list of attachments (附件：1.… 2.…) that names it."""
    inside = False
    for block in report.blocks:
        head = _HEAD.match(block.text)
        inside = bool(head) or (inside and _LISTED.match(block.text) is not None)
        if not inside or not block.text.strip():
            continue
        if head and (_key(head["number"]) == number or (not number and block.index > 3)):
            return Span(block.index, 0, len(block.text))
        if any(found["number"] == number for found in _LISTED.finditer(block.text)):
            return Span(block.index, 0, len(block.text))
    return None

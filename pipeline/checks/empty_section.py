"""每个标题下都应当有内容，不能只有标题，或者只写“无”“略”。

为什么
    存在的问题和改进措施是自评报告的落脚点，写“无”等于没有自评；其他标题空着，说明提纲没有写完。

做法
    逐个章节去掉标题后看余下的文字（下级标题下的内容也算上级的内容）：什么也没有，或只有“无”“略”“暂无”“没有问题”之类的，
    提示为空章节。表格中职能职责、存在问题等栏目的内容格为空，同样提示。问题和措施为较高等级，其余为较低等级。

局限
    政府性基金、国有资本经营、重大事项、未完成原因等写“无”是正常的，不提示；目录中的标题不算；内容为图片的看不出来；
    得分、签字、备注等格空着不算。
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from pipeline import lexicon
from pipeline.checks._sequences import rank
from pipeline.checks._table import rows
from pipeline.checks._text import numbered, whole
from pipeline.numbering import Mark
from pipeline.records import Evidence, Issue, Report, Section, Span

_NOTHING = re.compile(
    r"(?:(?:本|我)?(?:部门|单位|局|年度|项目|次自评)?(?:目前|暂时)?(?:暂|均)?(?:无|没有|未发现|不存在|未有)(?:明显|突出|较大|重大|相关|有关|其他|任何|此项|该项|具体)?"
    r"(?:的)?(?:存在)?(?:问题|不足|建议|措施|意见|内容|情况|事项)?|略|暂缺|省略|见上|空|[/／\-—－]+|N/?A)"
)
_PUNCTUATION = re.compile(r"[\s\u3000（）()【】\[\]。.，,、；;：:!！]+")
_IN_TITLE = re.compile(r"[（(]\s*(?:略|无|暂无|空)\s*[）)]\s*[。：:]?\s*$")
_MAY_BE_NOTHING = re.compile(
    r"基金|国有资本|重大|出国|购置|债|所属|下属|二级|未完成|未达|偏差|偏离|扣分|违规|违纪|审计|调整|结转|结余|奖|不可抗力|变动|变化|超支|涉密|委托|捐赠"
)
_FOOT = 120
_COLUMNS = re.compile(r"\S[ \u3000\t]{4,}\S")
_SENTENCE = re.compile(r"[。；;]|[：:]\S")
_LINE, _RUN = 40, 3
_FORM_PART = re.compile(r"得分|分值|签字|签名|盖章|公章|备注|其他$|其它$|附件|附表")


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    sections = evidence.reading.sections
    full, contents = _full(report), _contents(report)
    signed = {i for s in sections if s.title == "落款" for i in range(s.first, s.last)}
    seen: set[int] = set()
    for section in sections:
        body = _body(report, section, signed)
        core = section.kind in ("problems", "measures")
        if section.kind == "attachment" or body is None or not _is_empty(section.title, body, core):
            continue
        span = _shown(report, section)
        listed = _bare(section.title) in full or _goes_on(report, section) or section.first in contents
        if span is None or (not body and listed):
            continue
        seen.add(section.first)
        title = _IN_TITLE.sub("", section.title).strip()
        said = f"只写了“{body}”" if body else "下面没有内容"
        yield Issue(f"“{title}”{said}。", (span,), severity="high" if core else "low")
    known = {section.first for section in sections}
    yield from _styled(report, known | contents, full)
    yield from _fields(report, seen)


def _is_empty(title: str, body: str, core: bool) -> bool:
    if _FORM_PART.search(title) or (body and not _NOTHING.fullmatch(body)):
        return False
    return core or not body or not _MAY_BE_NOTHING.search(title)


def _full(report: Report) -> set[str]:
    """Wordings of lines that are followed by a text: a heading that comes again with its text was in the contents."""
    written = [block for block in report.blocks if block.text.strip()]
    lines = [line for line, after in pairwise(written) if not (numbered(after.text) or after.level)]
    return {_bare(line.text) for line in lines if len(line.text) <= _LINE}


def _goes_on(report: Report, section: Section) -> bool:
    """Whether a list of the heading's own begins behind it, or the heading is a row of a flattened table."""
    head = report.blocks[section.first]
    own = numbered(head.text)
    following = next((b for b in report.blocks[section.first + 1 :] if b.text.strip()), None)
    after = numbered(following.text) if following else None
    if own and after and (after.number == 1 or rank(after) > rank(own)):
        return True
    return bool(_COLUMNS.search(head.text.strip()))


def _contents(report: Report) -> set[int]:
    """Short numbered lines in a row whose numbering begins anew later: a table of contents, or rows of a table."""
    lines: list[tuple[int, Mark]] = []
    found: set[int] = set()
    restarts = {}
    for block in report.blocks:
        number = numbered(block.text)
        if number and number.number == 1:
            restarts[number.style] = block.index
    for block in report.blocks:
        text = block.text.strip()
        number = numbered(block.text) if len(text) <= _LINE else None
        if number and not _SENTENCE.search(text):
            lines.append((block.index, number))
            continue
        if text:
            if len(lines) >= _RUN:
                found |= {i for i, line in lines if restarts.get(line.style, -1) > i}
            lines = []
    return found


# Of short texts only: labels and headings that come again in every report of a season.
@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    number = numbered(text)
    return _PUNCTUATION.sub("", text[number.end :] if number else text)


def _body(report: Report, section: Section, signed: set[int]) -> str | None:
    """The first words under a section's heading, without punctuation; None where it does not begin with its heading."""
    head = report.blocks[section.first].text
    title = _IN_TITLE.sub("", section.title).strip()
    at = head.find(title)
    if at < 0 or not title:
        return None
    pieces = [_PUNCTUATION.sub("", head[at + len(title) :][:_FOOT])]
    for i in range(section.first + 1, section.last):
        if i not in signed and (piece := _PUNCTUATION.sub("", report.blocks[i].text[:_FOOT])):
            pieces.append(piece)
            if sum(map(len, pieces)) >= _FOOT:
                return "".join(pieces)
    pieces = [piece for piece in pieces if piece]
    # Behind the 无 of the last section only the foot of the form follows: who filled it in, the unit's name, the date.
    if pieces and _NOTHING.fullmatch(pieces[0]) and section.last == len(report.blocks):
        return pieces[0]
    return "".join(pieces)


def _shown(report: Report, section: Section) -> Span | None:
    """The heading with the 无 behind it, or the label cell."""
    head = whole(report, section.first)
    return head if head is None or head.end - head.start <= 60 else Span(head.block, head.start, head.start + 60)


def _styled(report: Report, known: set[int], full: set[str]) -> Iterator[Issue]:
    """Styled headings of a wording that opens no section, with nothing before the next one of their level or above."""
    written = [block for block in report.blocks if block.text.strip()]
    for block, following in pairwise(written):
        alone = block.level and following.level and following.level <= block.level and block.cell is None
        if not alone or block.index in known or block.index < 2 or not numbered(block.text):
            continue
        title = _bare(block.text)
        if len(title) > 30:
            continue
        if title not in full and not _FORM_PART.search(title) and numbered(following.text):
            span = whole(report, block.index)
            if span:
                yield Issue(f"“{block.text.strip()}”下面没有内容。", (span,), severity="low")


@cache
def _labels() -> dict[str, bool]:
    """Labels of form cells; whether they ask for problems or measures."""
    kinds = lexicon.load("sections")["labels"]
    return {_bare(word): kind in ("problems", "measures", "both") for kind, words in kinds.items() for word in words}


def _fields(report: Report, seen: set[int]) -> Iterator[Issue]:
    """Label cells of a form with an empty cell, or a 无, beside them."""
    labels = _labels()
    for row in rows(report):
        names = [_bare(place.text[:_FOOT]) for place in row]
        if labels.keys().isdisjoint(names):
            continue
        for at, place in enumerate(row[:-1]):
            if place.first in seen or names[at] not in labels or names[at + 1] in labels:
                continue
            end = next((i for i in range(at + 1, len(row)) if names[i] in labels), len(row))
            body = "".join(names[at + 1 : end])
            if _is_empty(names[at], body, labels[names[at]]) and not (body and _MAY_BE_NOTHING.search(names[at])):
                said = f"一栏只写了“{body}”" if body else "一栏空着"
                core = labels[names[at]]
                span = whole(report, place.first)
                if span:
                    yield Issue(f"“{names[at]}”{said}。", (span,), severity="high" if core else "low")

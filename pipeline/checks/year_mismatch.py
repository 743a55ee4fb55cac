"""陈述本年事实的句子，年份应当是报告的年度。

为什么
    “2022年度无政府性基金收支”写在2021年度的报告里，多半是从别的年度照抄而来，其中的数字也就不可信。

做法
    报告年度取自封面。看句首的年份：后面紧接收入、支出、决算、无基金一类事实的，与报告年度比较。文号、书名、标准依据、
    历史沿革和立项背景、计划打算、与上年比较的句子不算；同一段中既有本年又有其他年份的，视为比较，不算；
    全文多次陈述的其他年份不是笔误，也不算。

局限
    多年期项目、跨年度合同的历年情况属于正常陈述，段中列有几个年份的不提示；报告年度认不出的不提示。
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from pipeline.checks._text import joined
from pipeline.records import Block, Evidence, Issue, Span

_FACT = re.compile(
    r"(?:年|年度)\s*(?:度)?[，,：:\s]{0,2}(?:[\u4e00-\u9fff（）()]{0,18}?)"
    r"(?:无政府性基金|无国有资本|没有政府性基金|收入(?:总计|合计|总额|决算|为|\d)|支出(?:总计|合计|总额|决算|为|\d|情况)|预算收入|预算支出|决算(?:收入|支出|数|总)"
    r"|财政拨款|一般公共预算|政府性基金|国有资本经营|基本支出|项目支出|[“\"]?三公[”\"]?经费|人员经费|公用经费|部门整体支出|整体支出|绩效自评|自评得分|年初预算|全年预算"
    r"|(?:绩效|工作|任务)*(?:目标|任务)(?:任务|指标)?(?:已经?|均|全部|全面|基本|如期|圆满|按期|顺利|都|得到|了|予以)*(?:实现|完成|达成|达标)|实际(?:到位|收到|收入|支出|使用|拨付|支付|完成)|(?:财政|专项|项目|预算)?(?:到位资金|资金到位|资金使用|拨付资金|支出资金)"
    r"|在职人员|实有人数|固定资产|本单位|本部门|我局|我单位|我镇|我乡|我院|我校|我中心|全[县市区镇乡年街][^，。；]{0,8}(?:完成|实现|新建|改造|开展|发放|办理|培训)|累计完成|共完成)"
)
_YEAR = re.compile(
    r"(?P<year>20(?<![〔\[（(\d〈《-]20)\d{2})\s{0,2}年(?:度)?(?!\s{0,2}\d{1,2}\s{0,2}月)(?!\s{0,2}[至到—~、－-])"
)
# Words that tie a year to something else than the facts of this report.
_OTHER = re.compile(
    r"比|较|与|同期|上年|去年|结转|增长|下降|增加|减少|提高|计划|拟|将|预计|力争|下一步|下年|明年|规划|打算|争取|成立|组建|设立|以来|起|建成|印发|下发|通知|文件|办法|规定|意见|方案"
    r"|根据|依据|按照|合同|协议|签订|跨年|历年|连续|截至|截止|末|底|初(?!预算|安排|批复)|编制|申报|批复|下达|启动|开工|竣工|历史|曾"
)
# What was before goes on with what is now: 2020年到位300万元。本年到位600万元.
_SO_FAR = re.compile(r"[；;。]\s*(?:本年|当年|今年)度?[^，。；]{0,4}(?:到位|下达|拨付|安排|完成|支出|收入)")
# A year of a balance or of a period says nothing about what the report is of.
_ASIDE = re.compile(r"[末底初]|[^，。；\d]{0,3}[至到—~、－-]")
_THROUGH = "至到—~、－-"
_SKIPPED = ("measures", "attachment")
_BACKGROUND = re.compile(r"背景|立项|沿革|历史|由来|缘由")
_LONGEST = 400
_LEAD = 14
_QUOTED = 40
_STOP = re.compile(r"[。；\n]")
# A slip stands alone: a document that speaks of another year again and again means to.
_MOST = 2
_TIMES = 3
_ALIKE = 4


def check(evidence: Evidence) -> Iterator[Issue]:
    year, report = evidence.reading.cover.year, evidence.reading.report
    if year is None:
        return
    text = joined(report).string
    written = Counter(int(found["year"]) for found in _YEAR.finditer(text) if not _aside(text, found))
    if re.search(rf"{year}\s{{0,4}}年", text) is None:
        return
    skipped = {
        block
        for section in evidence.reading.sections
        if section.kind in _SKIPPED or _BACKGROUND.search(section.title)
        for block in range(section.first, section.last)
    }
    facts = [
        fact
        for block in report.blocks
        if "年" in block.text and block.index not in skipped
        for fact in _facts(block, year)
    ]
    stated = Counter(other for other, _, _ in facts)
    said = _said(text)
    for other, spans, sentence in facts:
        rare = written[other] == 1 or written[other] * _TIMES <= written[year]
        if stated[other] <= _MOST and rare and len(said[_words(sentence)]) < 2:
            yield Issue(f"报告的年度是{year}年，这里却说“{sentence}”", spans, expected=f"{year}年", actual=f"{other}年")


def _aside(text: str, found: re.Match[str]) -> bool:
    return (
        text[max(0, found.start() - 1) : found.start()] in tuple(_THROUGH)
        or _ASIDE.match(text, found.end()) is not None
    )


def _said(text: str) -> dict[str, set[str]]:
    """The years of which the same is said in the same words: an account of several years, no slip. Titles say nothing."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in _YEAR.finditer(text):
        stop = _STOP.search(text, one.end())
        if stop is not None and stop.group() != "\n":
            found[_words(text[one.start() : one.end() + _LEAD])].add(one["year"])
    return found


def _words(sentence: str) -> str:
    """The first words of a statement behind its year."""
    return re.sub(r"^.*?20\d{2}\s{0,2}年度?|[\s，,：:]", "", sentence)[:_ALIKE]


def _facts(block: Block, year: int) -> Iterator[tuple[int, tuple[Span, ...], str]]:
    """Statements of fact for another year in a block that speaks of one year only: the year, where, what is said."""
    found = next(iter(_YEAR.finditer(block.text)), None)
    if found is None or {int(one["year"]) for one in _YEAR.finditer(block.text)} & {year} or _several(block.text):
        return
    start = max(block.text.rfind(mark, 0, found.start()) for mark in "。；：:\n") + 1
    stop = _STOP.search(block.text, found.end())
    end = stop.start() if stop else len(block.text)
    lead, sentence = block.text[start : found.start()], block.text[start:end]
    if len(lead.strip()) > _LEAD or "，" in lead or len(sentence) > _LONGEST or _OTHER.search(sentence):
        return
    if _SO_FAR.match(block.text, end):
        return
    if _FACT.match(block.text, block.text.index("年", found.start())):
        words = found.group().rstrip()
        behind = block.text[found.end() : min(end, found.end() + _QUOTED)].rstrip()
        spans = [Span(block.index, found.start(), found.start() + len(words))]
        spans += [Span(block.index, found.end(), found.end() + len(behind))] if behind.strip() else []
        yield int(found["year"]), tuple(spans), sentence.strip()[:_QUOTED]


def _several(text: str) -> bool:
    return len({found["year"] for found in _YEAR.finditer(text)}) > 1

"""自评报告应当用本单位自己的口吻写。

为什么
    单位自评写“该单位”“被评价单位”，说明文字是从第三方评价报告、上级的检查材料或者别的地方搬来的，或者自评实际
    由他人代写；四川等地明确单位自评不得委托第三方。

做法
    找“该单位”“该部门”“被评价单位”“项目单位（作主语）”等说法，以及“该局”“该乡”一类与本单位同类的称呼。前文（同一段内）
    已经说到别的单位、企业、学校、村的，指的是那一个，不算；评分标准、指标解释、计算公式和引号、书名号里的不算；
    封面写明是第三方或者部门、财政评价报告的，全文不查。

局限
    隔段指代的“该公司”不查；正文里只写第三人称单位全名而不用“该”字的看不出来。
"""

import re
from collections.abc import Iterator

from pipeline.checks._text import joined
from pipeline.records import Block, Evidence, Issue, Report, Span

_WORDS = re.compile(
    r"(?P<general>(?:该|被评价|受评|被评|被考评)(?:预算|项目|主管|实施)?(?:单位|部门)|被评价(?:机构|方))"
    r"|(?<![应本活])该(?P<kind>局|委|办|院|校|馆|所|站|队|中心|学校|医院|街道|镇|乡|园区|管委会)(?![\u4e00-\u9fff]{0,2}[长])"
)
# Where the whole document speaks of others on purpose.
_OTHERS_REPORT = re.compile(r"第三方|财政(?:重点)?(?:绩效)?评价|部门评价报告|再评价|复核报告|抽查")
# Standards, formulas and tables of points are quoted from the notice, not written by the unit.
_STANDARD = re.compile(
    r"[×÷＝]|=|得\s*\d|扣\s*\d|扣分|满分|权重|计分|评分标准|评价要点|指标解释|指标说明|计算公式|考[核评]标准|\d\s*分\s*[；;，,。]|是否|用以反映|反映和考核"
)
_NAMED = re.compile(
    r"公司|企业|商户|工厂|合作社|协会|商会|集团|银行|[\u4e00-\u9fff]村|社区|(?<![本我该])(?:学校|小学|中学|幼儿园|医院|卫生院|敬老院|福利院|法院|检察院|学院)|机构"
    r"|(?<![该我本价各])单位|(?<![我本该])(?:局(?![面部限])|中心(?=[\u4e00-\u9fff])|委员会|办公室|街道|[\u4e00-\u9fff]{2}(?:镇|乡)(?![村镇]))"
)
_QUOTED = re.compile(r"“[^”]{0,60}$|《[^》]{0,60}$|「[^」]{0,60}$")
_STOP = re.compile(r"[。；！？\n]")
_CELL = 60
_HEAD = 15


def check(evidence: Evidence) -> Iterator[Issue]:
    report = evidence.reading.report
    if _OTHERS_REPORT.search("".join(block.text for block in report.blocks[:_HEAD] if len(block.text) <= _CELL)):
        return
    agency = re.sub(r"[（(].*?[）)]|本级$|机关$|\s", "", evidence.reading.cover.agency)
    found = [
        span
        for span, words in joined(report).search(_WORDS)
        if _own(report, span, agency)
        if words["general"] or _same_kind(agency, words["kind"])
    ]
    if found:
        said = "、".join(f"“{words}”" for words in dict.fromkeys(report.quote(span) for span in found))
        yield Issue(
            f"单位自评用了第三方的口吻：{said}。",
            tuple(found),
            expected="我单位、本单位",
            actual=report.quote(found[0]),
        )


def _same_kind(agency: str, kind: str) -> bool:
    """Whether 该局 may be the reporting unit: one that is called a 局."""
    return agency.endswith(kind) or (
        kind in ("镇", "乡", "街道") and agency.endswith((f"{kind}人民政府", "街道办事处"))
    )


def _own(report: Report, span: Span, agency: str) -> bool:
    block = report.blocks[span.block]
    before = block.text[: span.start]
    if _QUOTED.search(before) or _STANDARD.search(_sentence(block, span)):
        return False
    if block.cell is not None and len(block.text) < _CELL:
        return False
    return not _NAMED.search(before.replace(agency, "") if agency else before)


def _sentence(block: Block, span: Span) -> str:
    start = max((stop.end() for stop in _STOP.finditer(block.text, 0, span.start)), default=0)
    end = _STOP.search(block.text, span.end)
    return block.text[start : end.start() if end else None]

"""Who reports on what, for which year: from the cover page, the title and the signature."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from pipeline.numbering import mark
from pipeline.records import Block, Cover, CoverKind, Report

_HEAD = 40
_YEAR = re.compile(r"(20\d\d)\s*(?:[—\-~～至]\s*20\d\d)?\s*年\s*度?")
_CHINESE_YEAR = re.compile(r"二\s*[〇○零0O]\s*([一二三])\s*([〇○零一二三四五六七八九])\s*年")
_SPACED_YEAR = re.compile(r"20\s*([0-4])\s*(\d)\s*年")
_TITLE = re.compile(r"(?:绩效|自评|评价).{0,24}(?:报告|自评表|评价表|总结|材料)|(?:报告|自评表)\s*$")
_REPORT_LINE = re.compile(
    r"^\s*(?:绩\s*效\s*)?(?:自\s*评\s*|评\s*价\s*)*报\s*告(?:书)?\s*$|^绩效(?:评价|自评)\S{0,6}报告$"
)
_LABELLED = re.compile(
    r"^(?:(?:填报|预算|项目主管|主管|项目|评价|编制|申报|报告|实施|项目实施|自评)?(?:部门|单位)(?:（(?:单位|部门)）)?)\s*(?:名称|全称)?\s*"
    r"(?:（(?:公章|盖章|章)）)?\s*[：:]?\s*(.*)$"
)
_UNIT = (
    r"(?:人民政府办公室|人民政府|人民检察院|人民法院|检察院|法院|委员会办公室|委员会|街道办事处|办事处|管理处|管理局|管理所|管理站|分局|支队|大队|总队|"
    r"公安局|[\u4e00-\u9fff]{1,12}局|办公室|中心|联合会|总工会|党校|学院|大学|中学|小学|幼儿园|学校|医院|卫生院|保健院|档案馆|图书馆|文化馆|博物馆|纪念馆|"
    r"服务站|工作站|联社|协会|商会|[\u4e00-\u9fff]{1,12}(?:[委办厅站所院队馆会社]|部(?![门分])))(?!长)"
)
_AGENCY = re.compile(rf"[\u4e00-\u9fff（）()·]{{0,24}}{_UNIT}(?:（本级）|\(本级\)|本级|机关)?")
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,12}(?:镇|乡|街道)(?=\s*(?:20\d\d|部门|整体|人民政府|$))")
_DATE_LINE = re.compile(r"^\s*20\d\d\s*年\s*\d{1,2}\s*月\s*\d{0,2}\s*[日号]?\s*$")
_YEAR_LABEL = re.compile(r"(?:评价|自评|报告|项目|预算|绩效)?年度[：:]\s*(20\d\d)")
# The day of signing and the number of a document are not the year that is reported.
_OTHER_YEARS = re.compile(
    r"20\d\d年\d{1,2}月(?:\d{1,2}日)?|[〔\[（(【]20\d\d[〕\]）)】]|20\d\d[.\-/]\d{1,2}[.\-/]\d{1,2}"
)
_SENTENCE = re.compile(r"[，。；：:]|是|为|会议|同志|代表|根据|关于")
_FILE_NAMES = (".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx")
_NEXT_LABEL = re.compile(
    r"(?:填报|报告|评价|编制|自评)?(?:日期|时间)[：:]|填报人|填表人|联系人|联系电话|负责人|单位代码|预算代码|单位[：:]"
)
_STAMP = re.compile(r"[（(]?(?:公章|盖章|章)[）)]?$")
_PART = re.compile(r"^第[一二三四五六七八九十]部分?")
_NOT_A_UNIT = re.compile(r"财政局[（(]?制|财政局\s*$|制\s*[）)]$|我|本|该|对|为|的")


def cover(report: Report) -> Cover:
    """Agency, title, year and kind; empty or None where the report does not say."""
    head = list(report.blocks[:_HEAD])
    title = _title(head)
    agency = _agency(report, head, title)
    return Cover(agency, title, _year(report, title), _kind(title, report))


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _text(block: Block) -> str:
    return _squeeze(block.text)


def _title(head: list[Block]) -> str:
    for i, block in enumerate(head):
        text = _squeeze(block.text)
        if block.cell is not None and len(text) > 40:
            return ""
        if mark(text) is not None:
            if i > 0:
                break
            continue
        if len(text) > 60 or text.endswith(("。", "；", "：", ":")) or text.endswith(_FILE_NAMES):
            if i > 3:
                break
            continue
        if _REPORT_LINE.match(text):
            # A title in two lines: the line above is its first half.
            above = next((line for line in map(_text, reversed(head[:i])) if line), "")
            return above + text if len(above) <= 45 and not above.startswith("附") else text
        if _TITLE.search(text) and not text.startswith("附"):
            above = _text(head[i - 1]) if i else ""
            if (
                re.match(r"(?:项目)?(?:支出)?绩效(?:自评|评价)\S{0,4}报告", text)
                and 4 < len(above) <= 40
                and not above.startswith("附")
            ):
                return above + text
            halved = _YEAR.search(above) and not _YEAR.search(text) and len(above) <= 40 and not above.endswith("局")
            return above + text if halved else text
    return ""


def _agency(report: Report, head: list[Block], title: str) -> str:
    signed = [_clean(name) for name in _signed(report)]
    for name in map(_clean, (*_labelled(head), *_from_title(head, title), *signed)):
        if 2 < len(name) <= 40:
            # The signature often has the place that the title leaves out.
            return next((full for full in signed if full.endswith(name)), name)
    return ""


def _clean(name: str) -> str:
    return _PART.sub("", name.strip("：:（）() 　_")).replace("(", "（").replace(")", "）")


def _labelled(head: list[Block]) -> Iterator[str]:
    for i, block in enumerate(head):
        text = _squeeze(block.text).replace("_", "").replace("(", "（").replace(")", "）")
        found = _LABELLED.match(text)
        if not found or mark(text):
            continue
        value = _NEXT_LABEL.split(found.group(1))[0]
        if not value and block.cell is not None and i + 1 < len(head) and head[i + 1].cell is not None:
            value = _squeeze(head[i + 1].text)
        agency = _AGENCY.match(value) or _TOWN.match(value)
        if agency and len(value) <= 40:
            yield _STAMP.sub("", value)
            return


def _from_title(head: list[Block], title: str) -> Iterator[str]:
    lines = [_squeeze(block.text) for block in head[:12] if block.cell is None]
    for text in [title, *lines]:
        if len(text) > 60 or (text != title and _SENTENCE.search(text)):
            continue
        before = re.split(r"20\d\d", text)[0]
        if before != text and (_TOWN.fullmatch(before) or _AGENCY.fullmatch(before)):
            yield before
            return
        plain = re.sub(r"^(?:关于|附件\d*[：:]?)", "", re.sub(r"20\d\d年(?:度)?", "", text))
        for pattern in (_TOWN, _AGENCY):
            found = pattern.match(plain)
            if found and not _NOT_A_UNIT.search(found.group()) and len(found.group()) > 2:
                yield found.group()


def _signed(report: Report) -> Iterator[str]:
    blocks = [block for block in report.blocks[-15:] if block.cell is None]
    for before, after in pairwise(blocks):
        text = _squeeze(before.text)
        if _DATE_LINE.match(after.text) and (_AGENCY.fullmatch(text) or _TOWN.fullmatch(text)):
            yield text


def _year(report: Report, title: str) -> int | None:
    for text in (title, *(_squeeze(block.text) for block in report.blocks[:12] if len(block.text) < 60)):
        labelled = _YEAR_LABEL.match(text)
        if labelled:
            return int(labelled.group(1))
        year = _read_year(_OTHER_YEARS.sub("", text))
        if year is not None and not _NEXT_LABEL.match(text):
            return year
    years: Counter[int] = Counter()
    for block in report.blocks:
        years.update(int(y) for y in re.findall(r"(20\d\d)\s*年度", block.text))
    often = years.most_common(1)
    return often[0][0] if often and often[0][1] > 1 else None


def _read_year(text: str) -> int | None:
    found = _YEAR.search(text) or _SPACED_YEAR.search(text)
    if found:
        return int(found.group(1)) if len(found.group(1)) == 4 else 2000 + int(found.group(1) + found.group(2))
    chinese = _CHINESE_YEAR.search(text)
    if chinese:
        return (
            2000
            + "〇一二三四五六七八九".index(chinese.group(1)) * 10
            + "〇一二三四五六七八九".index(chinese.group(2).replace("○", "〇").replace("零", "〇"))
        )
    return None


def _kind(title: str, report: Report) -> CoverKind:
    text = title or "".join(_squeeze(block.text) for block in report.blocks[:10])
    if re.search(r"部门整体|单位整体|整体支出|整体绩效|部门（单位）整体|部门预算", text):
        return "department"
    if re.search(r"项目|专项|资金|工程|补助|奖补|经费", text):
        return "project"
    body = "".join(block.text for block in report.blocks[:60])
    whole, project = body.count("整体支出"), body.count("项目支出绩效")
    if whole == project:
        return "unknown"
    return "department" if whole > project else "project"

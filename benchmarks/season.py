"""A season of generated Word reports: about 9,000 characters each, with form tables, no two alike.

They have the proportions of published county reports: a form with a few figures and long texts, a table of funds, and for
the rest prose under headings; 15 to 18 quantities in a thousand characters. Sentences are drawn from ``corpora/samples``,
figures and units are drawn anew; one seed gives one season.
"""

import io
import random
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.table import Table

from pipeline import ingest

SAMPLES = Path(__file__).parent.parent / "corpora" / "samples"
# Of what varies; the printed labels add some 400.
CHARACTERS = 8_600
# The samples have three times the figures of published reports: so large a share of sentences keeps its figures.
FIGURED = 0.12
_PLACE = re.compile(r"@(\d+)@")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SENTENCE = re.compile(r"[^。；]{12,}[。；]")
_CLAUSE = re.compile(r"[^，]*\d[^，]*，|，[^，]*\d[^，。；]*(?=[。；])")
_HEADINGS = ("职能职责", "预算收支情况", "项目组织实施情况", "绩效目标完成情况", "存在的主要问题", "改进措施和有关建议")
_FUNDS = ("财政拨款", "基本支出", "人员经费", "公用经费", "项目支出", "结转结余")
_INDICATORS = ("数量指标", "质量指标", "时效指标", "成本指标", "社会效益指标", "满意度指标")


@dataclass
class _Form:
    """A package with places ``@n@`` for what varies, and the kind of text that each place takes."""

    document: Document = field(default_factory=docx.Document)
    kinds: list[str] = field(default_factory=list)

    def place(self, kind: str) -> str:
        self.kinds.append(kind)
        return f"@{len(self.kinds) - 1}@"

    def table(self, rows: int, columns: int) -> Table:
        return self.document.add_table(rows=rows, cols=columns, style="Table Grid")

    def row(self, table: Table, row: int, texts: list[str]) -> None:
        """Writes a row; the last text takes the rest of its columns."""
        cells = table.rows[row].cells
        if len(texts) < len(cells):
            cells[len(texts) - 1].merge(cells[-1])
        for cell, text in zip(cells, texts, strict=False):
            cell.text = text

    def data(self) -> bytes:
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()


def _form() -> _Form:
    form = _Form()
    form.document.add_paragraph(form.place("title"))
    table = form.table(20, 6)
    form.row(table, 0, ["一、部门基本情况"])
    form.row(table, 1, ["联系人", "王某", "填报日期", "", "职能职责概述", form.place("sentences")])
    form.row(table, 2, ["二、部门整体支出情况（万元）"])
    form.row(table, 3, ["科目", "年初预算数", "全年预算数", "全年执行数", "执行率", "说明"])
    for at, name in enumerate(_FUNDS[:4]):
        form.row(table, 4 + at, [name, *(form.place("number") for _ in range(3)), form.place("rate"), ""])
    form.row(table, 8, ["三、年度总体目标"])
    for at in range(3):
        form.row(table, 9 + at, [f"目标{at + 1}", form.place("sentences")])
    form.row(table, 12, ["四、绩效指标完成情况"])
    form.row(table, 13, ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "未完成原因分析"])
    for at, name in enumerate(_INDICATORS):
        form.row(table, 14 + at, ["", name, form.place("label"), form.place("count"), form.place("count"), "无"])
    table.cell(14, 0).merge(table.cell(17, 0)).text = "产出指标"
    table.cell(18, 0).merge(table.cell(19, 0)).text = "效益指标"
    for number, heading in enumerate(_HEADINGS):
        form.document.add_paragraph(f"{'一二三四五六'[number]}、{heading}")
        for part in range(3):
            form.document.add_paragraph(f"（{'一二三'[part]}）{form.place('label')}情况")
            for _ in range(2):
                form.document.add_paragraph(form.place("sentences"))
        if number == 1:
            funds = form.table(1 + len(_FUNDS), 4)
            form.row(funds, 0, ["项目", "预算数（万元）", "决算数（万元）", "完成率"])
            for at, name in enumerate(_FUNDS):
                form.row(funds, 1 + at, [name, form.place("number"), form.place("number"), form.place("rate")])
    return form


def _sentences() -> tuple[list[str], list[str]]:
    """Sentences of the samples, those without figures and those with; what is left without its clauses of figures is
    one of the former."""
    plain, figured = [], []
    for path in sorted(SAMPLES.glob("*.docx")):
        for block in ingest.read(path).blocks:
            for sentence in _SENTENCE.findall(block.text) if block.cell is None else ():
                if _NUMBER.search(sentence):
                    figured.append(sentence)
                rest = _CLAUSE.sub("", sentence)
                if _SENTENCE.fullmatch(rest) and not _NUMBER.search(rest):
                    plain.append(rest)
    return plain, figured


def write(folder: Path, count: int, seed: int = 2023) -> None:
    """Write ``count`` reports to ``folder``."""
    rng = random.Random(seed)  # noqa: S311 - figures for a benchmark
    plain, figured = _sentences()
    form = _form()
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(form.data())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    body = parts["word/document.xml"].decode()
    prose = [at for at, kind in enumerate(form.kinds) if kind == "sentences"]

    def sentence() -> str:
        drawn = rng.choice(figured if rng.random() < FIGURED else plain)
        # Years stay years.
        return _NUMBER.sub(lambda found: found[0] if len(found[0]) == 4 else str(rng.randint(2, 999)), drawn)

    def fill(kind: str) -> str:
        match kind:
            case "number":
                return f"{rng.uniform(1, 5000):.2f}"
            case "rate":
                return f"{rng.uniform(60, 100):.2f}%"
            case "count":
                return f"{rng.randint(2, 999)}个"
            case "label":
                return rng.choice(_FUNDS)
        return sentence()

    for i in range(count):
        texts = [fill(kind) for kind in form.kinds]
        texts[0] = f"青岚县第{i + 1}事务中心2023年度部门整体支出绩效自评报告"
        room = CHARACTERS - sum(map(len, texts))
        while room > 0:
            texts[rng.choice(prose)] += (more := sentence())
            room -= len(more)
        filled = _PLACE.split(body)
        filled[1::2] = [escape(texts[int(place)]) for place in filled[1::2]]
        with zipfile.ZipFile(folder / f"{i:06}.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for name, data in parts.items():
                target.writestr(name, "".join(filled) if name == "word/document.xml" else data)

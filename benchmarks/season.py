"""A season of generated Word reports: about 9,000 characters each, with form tables, no two alike.

Sentences are drawn from ``corpora/samples``, figures and units are drawn anew; one seed gives one season.
"""

import io
import random
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import docx

from pipeline import ingest

SAMPLES = Path(__file__).parent.parent / "corpora" / "samples"
CHARACTERS = 9_000
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_HEADINGS = ("职能职责", "预算收支情况", "项目组织实施情况", "绩效目标完成情况", "存在的主要问题", "改进措施和有关建议")


def _sentences() -> list[str]:
    texts = []
    for path in sorted(SAMPLES.glob("*.docx")):
        texts += [b.text for b in ingest.read(path).blocks if b.cell is None and len(b.text) > 40]
    return texts


def _template() -> tuple[bytes, list[str]]:
    """A package with places ``@n@`` for its paragraphs and cells, and what kind of text each place takes."""
    document = docx.Document()
    kinds: list[str] = []

    def place(kind: str) -> str:
        kinds.append(kind)
        return f"@{len(kinds) - 1}@"

    document.add_paragraph(place("title"))
    form = document.add_table(rows=12, cols=6, style="Table Grid")
    for r in range(12):
        if r % 4 == 0:
            form.cell(r, 0).merge(form.cell(r, 5)).text = place("label")
            continue
        for c in range(6):
            form.cell(r, c).text = place("label" if c == 0 else "number")
    for number, heading in enumerate(_HEADINGS):
        document.add_paragraph(f"{'一二三四五六'[number]}、{heading}")
        for _ in range(10):
            document.add_paragraph(place("sentence"))
        if number == 3:
            table = document.add_table(rows=10, cols=5, style="Table Grid")
            for r in range(10):
                for c in range(5):
                    table.cell(r, c).text = place("label" if c < 2 or r == 0 else "number")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue(), kinds


def write(folder: Path, count: int, seed: int = 2023) -> None:
    """Write ``count`` reports to ``folder``."""
    rng = random.Random(seed)  # noqa: S311 - figures for a benchmark
    sentences = _sentences()
    package, kinds = _template()
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    body = parts["word/document.xml"].decode()

    def fill(kind: str, i: int) -> str:
        if kind == "title":
            return f"青岚县第{i + 1}事务中心2023年度部门整体支出绩效自评报告"
        if kind == "number":
            return f"{rng.uniform(1, 5000):.2f}"
        if kind == "label":
            return rng.choice(
                ("收入合计", "财政拨款", "基本支出", "项目支出", "公用经费", "人员经费", "结转结余", "完成率")
            )
        return _NUMBER.sub(
            lambda found: found.group() if len(found.group()) == 4 else str(rng.randint(2, 999)), rng.choice(sentences)
        )

    for i in range(count):
        texts = [fill(kind, i) for kind in kinds]
        room = CHARACTERS - sum(map(len, texts))
        for at in rng.sample([n for n, kind in enumerate(kinds) if kind == "sentence"], 30):
            if room > 0:
                more = fill("sentence", i)
                texts[at] += more
                room -= len(more)
        filled = re.sub(r"@(\d+)@", lambda found: escape(texts[int(found.group(1))]), body)
        with zipfile.ZipFile(folder / f"{i:06}.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for name, data in parts.items():
                target.writestr(name, filled if name == "word/document.xml" else data)

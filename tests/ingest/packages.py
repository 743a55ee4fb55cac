"""Word packages put together from raw XML, so that tests can hold what Word itself would not write."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from pipeline.ingest import read_bytes
from pipeline.records import Block

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATED = ("styles", "numbering", "footnotes", "endnotes")


def root(name: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{name} {NAMESPACES}>{content}</w:{name}>'


def content_types(main: str = MAIN_TYPE) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def parts(body: str, **related: str) -> dict[str, str]:
    """The parts of a sound package; ``related`` holds the content of ``styles``, ``numbering`` … parts."""
    made = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": root("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": relations(*((kind, f"{kind}.xml") for kind in RELATED if kind in related)),
    }
    for kind, content in related.items():
        made[f"word/{kind}.xml"] = root(kind, content)
    return made


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, **related: str) -> bytes:
    return zipped(parts(body, **related))


def p(content: str = "", *, style: str = "", properties: str = "") -> str:
    """A paragraph; ``content`` without markup becomes a run."""
    if content and not content.startswith("<"):
        content = r(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    held = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{held}{content}</w:p>"


def r(text: str, properties: str = "") -> str:
    held = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{held}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str = "<w:p/>", properties: str = "") -> str:
    if not content.startswith("<"):
        content = p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def blocks(body: str, **related: str) -> tuple[Block, ...]:
    return read_bytes(docx(body, **related), "报告.docx").blocks


def texts(body: str, **related: str) -> list[str]:
    return [block.text for block in blocks(body, **related)]


def grid(body: str, **related: str) -> list[tuple[str, tuple[int, int, int, int, int] | None]]:
    """Text and (table, row, column, rows, columns) of each block."""
    found = []
    for block in blocks(body, **related):
        c = block.cell
        found.append((block.text, None if c is None else (c.table, c.row, c.column, c.rows, c.columns)))
    return found

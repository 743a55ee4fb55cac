"""Files made to exhaust or confuse a reader: a report or a refusal comes back, within bounded memory and time."""

import random
import struct
import subprocess
import sys
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from packages import NAMESPACES, docx, p, parts, r, root, tbl, tc, tr, zipped

from pipeline.errors import UnreadableReport
from pipeline.ingest import read_bytes

BODY = p("一、概况") + p("全年支出120万元。") + tbl(tr(tc("甲"), tc("乙")))
MEGABYTE = 1024 * 1024


def document(content: bytes | str) -> bytes:
    return zipped({**parts(BODY), "word/document.xml": content})  # type: ignore[dict-item]


def code(data: bytes) -> str:
    started = time.perf_counter()
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(data, "坏.docx")
    assert time.perf_counter() - started < 5
    return caught.value.code


def bomb() -> bytes:
    """Some 400 kB that inflate to 100 MB of paragraphs."""
    paragraph = p(r("绩效自评")).encode()
    body = paragraph * (100 * MEGABYTE // len(paragraph))
    return document(f"<w:document {NAMESPACES}><w:body>".encode() + body + b"</w:body></w:document>")


def lying(data: bytes, size: int) -> bytes:
    """The package ``data`` with another inflated size of its main part written in its directory."""
    at = data.rindex(b"word/document.xml", 0, data.rindex(b"word/_rels")) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    return data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]


def test_a_bomb_is_refused_within_a_gigabyte(tmp_path: Path) -> None:
    data = bomb()
    assert len(data) < MEGABYTE
    honest, liar = tmp_path / "弹.docx", tmp_path / "谎.docx"
    honest.write_bytes(data)
    liar.write_bytes(lying(data, 30 * MEGABYTE))
    script = (
        "import re, sys; from pathlib import Path; from pipeline.errors import UnreadableReport\n"
        "from pipeline.ingest import read\n"
        "for path in sys.argv[1:]:\n"
        "    try: read(Path(path))\n"
        "    except UnreadableReport as error: print(error.code)\n"
        "print(re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    tiny = tmp_path / "碎.docx"
    tiny.write_bytes(crumbs(b"<w:p/>x", 4_000_000))
    attributes = tmp_path / "属.docx"
    attributes.write_bytes(crumbs(b'<w:p a="" b="" c="" d=""/>', 1_100_000))
    allowed = tmp_path / "许.docx"
    allowed.write_bytes(crumbs(b"<w:p/>x", 1_100_000))
    run = subprocess.run(
        [sys.executable, "-c", script, *map(str, (honest, liar, tiny, attributes, allowed))],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    *codes, peak = run.stdout.split()
    assert codes == ["too-large", "damaged", "too-large", "too-large", "empty"]
    assert int(peak) * 1024 < 1000 * MEGABYTE


def crumbs(crumb: bytes, count: int) -> bytes:
    """A package whose body is ``count`` times ``crumb``, stored plainly so that no ratio gives it away."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        head = f"<w:document {NAMESPACES}><w:body>".encode()
        archive.writestr("word/document.xml", head + crumb * count + b"</w:body></w:document>")
    return out.getvalue()


def test_deep_nesting_is_damaged() -> None:
    for tag in ("w:p", "w:sdt", "w:ins", "w:txbxContent", "m:e", "mc:AlternateContent"):
        body = f"<{tag}>" * 5000 + f"</{tag}>" * 5000
        assert code(docx(body)) == "damaged"


@pytest.mark.parametrize(
    ("around", "innermost"),
    [
        ("<w:ins>", p("底")),
        ("<w:sdt><w:sdtContent>", p("底")),
        ("<w:tbl><w:tr><w:tc>", p("底")),
        ("<w:p><w:r><w:pict><w:txbxContent>", p("底")),
        ("<w:r><w:ruby><w:rubyBase>", r("底")),
    ],
)
def test_nesting_as_deep_as_the_parser_allows_is_read(around: str, innermost: str) -> None:
    times = 245 // around.count("<")
    closing = "".join(f"</{tag}>" for tag in reversed(around.strip("<>").split("><")))
    body = around * times + innermost + closing * times
    read = read_bytes(docx((p(body) if "ruby" in body else body) + p("后")), "深.docx").blocks
    assert [block.text for block in read if block.text] == ["底", "后"]


def test_entities_are_refused() -> None:
    lol = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    laughs = (
        f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "哈">{lol}]>'
        + root("document", f"<w:body>{p('&l9;')}</w:body>").partition("?>")[2]
    )
    assert code(document(laughs)) == "damaged"
    outside = laughs.replace('<!ENTITY l0 "哈">', '<!ENTITY l0 SYSTEM "file:///etc/passwd">')
    assert code(document(outside)) == "damaged"
    assert code(document(outside.encode("utf-16"))) == "damaged"


def test_another_encoding_does_not_smuggle_elements_past_the_count() -> None:
    hidden = p("a").encode().replace(b"<", b"+ADw-").replace(b">", b"+AD4-")
    content = root("document", "<w:body></w:body>").replace("UTF-8", "UTF-7").encode()
    assert code(document(content.replace(b"</w:body>", hidden + b"</w:body>"))) == "empty"


def test_a_file_cut_short_anywhere_is_damaged() -> None:
    data = docx(BODY)
    for length in range(4, len(data) - 22, 7):
        assert code(data[:length]) == "damaged"


def test_flipped_bits_give_a_report_or_a_refusal() -> None:
    chance = random.Random(20230412)  # noqa: S311
    whole = docx(BODY, styles="<w:style w:styleId='a'/>", numbering="<w:num w:numId='1'/>")
    plain = "一、概况\n全年支出120万元。\n\t甲\n\t乙\n".encode()
    outcomes = {"read": 0, "refused": 0}
    for _ in range(3000):
        data = bytearray(plain if chance.random() < 0.2 else whole)
        for _ in range(chance.choice((1, 1, 2, 8))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        try:
            read_bytes(bytes(data), "位.docx")
            outcomes["read"] += 1
        except UnreadableReport:
            outcomes["refused"] += 1
    assert min(outcomes.values()) > 100


def test_mangled_xml_gives_a_report_or_a_refusal() -> None:
    chance = random.Random(7)  # noqa: S311
    content = parts(BODY + p(f"<w:r><w:fldChar w:fldCharType='begin'/></w:r>{r('甲')}", style="a"))["word/document.xml"]
    tags = [
        "w:p",
        "w:r",
        "w:t",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:pPr",
        "w:rPr",
        "w:tcPr",
        "w:br",
        "w:sdt",
        "w:ruby",
        "w:drawing",
    ]
    for _ in range(1500):
        old, new = chance.sample(tags, 2)
        mangled = content.replace(f"{old}>", f"{new}>", chance.choice((2, 4, 100)))
        try:
            read_bytes(document(mangled), "乱.docx")
        except UnreadableReport as error:
            assert error.code in {"damaged", "empty", "pictures-only"}  # noqa: PT017


def test_directories_that_lie() -> None:
    data = docx(BODY)
    assert code(lying(data, 2**32 - 2)) == "too-large"
    assert code(lying(data, 10)) == "damaged"
    at = data.rindex(b"word/document.xml", 0, data.rindex(b"word/_rels")) - 46
    locked = data[: at + 8] + b"\x01\x08" + data[at + 10 :]
    assert code(locked) == "encrypted"
    assert code(data[: at + 10] + struct.pack("<H", 12) + data[at + 12 :]) == "damaged"


def test_a_directory_of_countless_entries_is_not_even_opened() -> None:
    entry = b"PK\x01\x02" + b"\0" * 42
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, 46 * 500_000, 0, 0)
    assert code(b"PK\x03\x04" + entry * 500_000 + end) == "too-large"


def test_texts_that_would_swell() -> None:
    note = f"<w:footnote w:id='1'>{p('注' * 5000)}</w:footnote>"
    reference = "<w:r><w:footnoteReference w:id='1'/></w:r>"
    assert len(read_bytes(docx(p(reference * 2000), footnotes=note), "注.docx").blocks) == 1
    long = f'<w:lvl w:ilvl="0"><w:lvlText w:val="{"%1" * 50_000}"/></w:lvl>'
    numbering = f"<w:abstractNum w:abstractNumId='0'>{long}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    item = p("甲", properties="<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>")
    assert code(docx(item * 9000, numbering=numbering)) == "too-large"
    assert code(docx(p("绩效自评" * 260_000))) == "too-large"
    assert code(("绩效自评\n" * 260_000).encode()) == "too-large"
    assert code(b"a" * 5_000_000) == "too-large"


def test_countless_open_fields_and_long_chains_of_styles_take_no_time() -> None:
    begin = "<w:r><w:fldChar w:fldCharType='begin'/><w:fldChar w:fldCharType='separate'/></w:r>"
    assert len(read_bytes(docx((p(begin + r("甲"))) * 20_000), "域.docx").blocks) == 20_000
    styles = "".join(f"<w:style w:styleId='s{i}'><w:basedOn w:val='s{i + 1}'/></w:style>" for i in range(20_000))
    body = "".join(p("甲", style=f"s{i}") for i in range(5000))
    assert len(read_bytes(docx(body, styles=styles), "样.docx").blocks) == 5000

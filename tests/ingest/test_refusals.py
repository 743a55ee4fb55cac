"""Files that are no readable report are refused by a code and a sentence that says what to do; others are read."""

import os
from hashlib import sha256
from pathlib import Path

import pytest
from packages import MAIN_TYPE, W, content_types, docx, p, parts, relations, root, tbl, tc, tr, zipped

from pipeline.errors import UnreadableReport
from pipeline.ingest import LARGEST_FILE, no_access, read, read_bytes, too_large

BODY = p("一、概况") + p("全年支出120万元。")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016


def ole(*streams: str) -> bytes:
    return OLE + b"".join(stream.encode("utf-16-le").ljust(128, b"\0") for stream in ("Root Entry", *streams))


def foreign(main: str, mimetype: str = "") -> bytes:
    files = {"[Content_Types].xml": "<Types/>", "_rels/.rels": relations(("officeDocument", main)), main: "<x/>"}
    return zipped({"mimetype": mimetype, "content.xml": "<x/>"} if mimetype else files)


def without(name: str) -> dict[str, str]:
    return {key: content for key, content in parts(BODY).items() if key != name}


PICTURE = p("<w:r><w:drawing/></w:r>")
REFUSED: dict[str, tuple[bytes, str]] = {
    "旧版.doc": (ole("WordDocument", "1Table", "Workbook"), "legacy-doc"),
    "旧版.wps": (ole("WordDocument"), "legacy-doc"),
    "加密.docx": (ole("EncryptionInfo", "EncryptedPackage"), "encrypted"),
    "旧表.xls": (ole("Workbook"), "spreadsheet"),
    "老表.xls": (ole("Book"), "spreadsheet"),
    "旧片.ppt": (ole("PowerPoint Document"), "presentation"),
    "邮件.msg": (ole("__properties_version1.0"), "unknown-type"),
    "扫描.docx": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
    "前有杂物.pdf": (b"\n\n%PDF-1.4\n", "pdf"),
    "报告.rtf": (b"{\\rtf1\\ansi ...}", "rtf"),
    "网页.doc": ("<html><body>报告</body></html>".encode(), "html"),
    "片段.doc": ("\ufeff<!-- 导出 -->\n<table><tr><td>报告</td></tr></table>".encode(), "html"),
    "网页十六位.doc": ("<!DOCTYPE html><html>报告</html>".encode("utf-16"), "html"),
    "单个网页.doc": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "html"),
    "平面.xml": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "unknown-type"),
    "表.docx": (foreign("xl/workbook.xml"), "spreadsheet"),
    "二进制表.xlsb": (foreign("xl/workbook.bin"), "spreadsheet"),
    "片.pptx": (foreign("ppt/presentation.xml"), "presentation"),
    "文.odt": (foreign("", "application/vnd.oasis.opendocument.text"), "unknown-type"),
    "版式.ofd": (zipped({"OFD.xml": "<x/>"}), "unknown-type"),
    "包.zip": (zipped({"甲.docx": docx(BODY)}), "unknown-type"),
    "包.rar": (b"Rar!\x1a\x07\x01\x00", "unknown-type"),
    "图.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "unknown-type"),
    "程序.docx": (bytes(range(256)) * 8, "unknown-type"),
    "乱.txt": (b"\x01\x02\x03\x04abc\x05\x06" * 50, "unknown-type"),
    "空.docx": (b"", "empty"),
    "空白.txt": ("\ufeff \r\n　\r\n".encode(), "empty"),
    "空文.docx": (docx(p() + tbl(tr(tc()))), "empty"),
    "图片.docx": (docx(PICTURE + tbl(tr(tc(PICTURE)))), "pictures-only"),
    "空包.docx": (zipped({}), "damaged"),
    "无正文部件.docx": (zipped(without("word/document.xml")), "damaged"),
    "别的根.docx": (zipped({**parts(BODY), "word/document.xml": root("styles", "")}), "damaged"),
    "无体.docx": (zipped({**parts(BODY), "word/document.xml": root("document", "")}), "damaged"),
    "坏XML.docx": (zipped({**parts(BODY), "word/document.xml": root("document", "<w:body><w:p></w:body>")}), "damaged"),
    "坏样式.docx": (zipped({**parts(BODY), "word/styles.xml": "不是 XML"}), "damaged"),
    "半个.docx": (docx(BODY)[:400], "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_and_why(name: str) -> None:
    data, code = REFUSED[name]
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(data, name)
    assert caught.value.code == code
    assert str(caught.value).startswith(f"《{name}》")
    assert "请" in str(caught.value)
    assert str(caught.value).endswith("。")
    assert "{" not in str(caught.value)


STRICT = (
    (W, "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


def strict(content: str) -> str:
    for usual, name in STRICT:
        content = content.replace(usual, name)
    return content


def typed(main: str) -> dict[str, str]:
    return {**parts(BODY), "[Content_Types].xml": content_types(main)}


MOVED = {name: content for name, content in without("word/document.xml").items() if "document.xml.rels" not in name}
READ: dict[str, dict[str, str]] = {
    "Strict": {name: strict(content) for name, content in parts(BODY).items()},
    "有宏.docm": typed("application/vnd.ms-word.document.macroEnabled.main+xml"),
    "模板.dotx": typed(MAIN_TYPE.replace("document.main", "template.main")),
    "宏模板.dotm": typed("application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    "无类型": without("[Content_Types].xml"),
    "无包关系": without("_rels/.rels"),
    "无文关系": without("word/_rels/document.xml.rels"),
    "空指向": {**parts(BODY), "_rels/.rels": relations(("officeDocument", "NULL"))},
    "文内空指向": {**parts(BODY), "word/_rels/document.xml.rels": relations(("styles", "NULL"), ("image", "NULL"))},
    "绝对路径": {**parts(BODY), "_rels/.rels": relations(("officeDocument", "/word/document.xml"))},
    "别处": {
        **MOVED,
        "_rels/.rels": relations(("officeDocument", "文/main.xml")),
        "文/main.xml": parts(BODY)["word/document.xml"],
    },
    "第二份": {**MOVED, "word/document2.xml": parts(BODY)["word/document.xml"]},
    "反斜杠": {name.replace("/", "\\"): content for name, content in parts(BODY).items()},
    "大小写": {
        name.replace("word/document.xml", "Word/Document.XML"): content for name, content in parts(BODY).items()
    },
}


@pytest.mark.parametrize("name", READ)
def test_packages_that_other_readers_stumble_over_are_read(name: str) -> None:
    assert [b.text for b in read_bytes(zipped(READ[name]), name).blocks] == ["一、概况", "全年支出120万元。"]


def test_a_document_in_utf16_is_read() -> None:
    files: dict[str, str | bytes] = dict(parts(BODY))
    files["word/document.xml"] = parts(BODY)["word/document.xml"].replace("UTF-8", "UTF-16").encode("utf-16")
    assert len(read_bytes(zipped(files), "a.docx").blocks) == 2


def test_the_suffix_decides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "报告.doc"
    path.write_bytes(docx(BODY))
    report = read(path)
    assert report.name == "报告.doc"
    assert report.id == sha256(path.read_bytes()).hexdigest()


def test_files_that_the_system_does_not_hand_out(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.docx")
    (tmp_path / "断.docx").symlink_to(tmp_path / "无.docx")
    for path, word in (
        (tmp_path / "没有.docx", "已不存在"),
        (tmp_path / "断.docx", "已不存在"),
        (tmp_path, "是文件夹"),
        (tmp_path / "管道.docx", "不是普通文件"),
    ):
        with pytest.raises(UnreadableReport, match=word) as caught:
            read(path)
        assert caught.value.code == "no-access"
    assert "没有读取权限" in str(no_access(Path("甲.docx"), PermissionError(13, "denied")))
    assert "读取时出错" in str(no_access(Path("甲.docx"), OSError(5, "Input/output error")))


def test_a_file_beyond_the_limit_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "大.docx"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(UnreadableReport) as caught:
        read(path)
    assert caught.value.code == too_large("x").code == "too-large"
    assert "100 MB" in str(caught.value)


def test_names_unpacked_from_a_chinese_windows_are_mended() -> None:
    name = "自评报告.docx".encode("gb18030").decode("utf-8", "surrogateescape")
    assert read_bytes(docx(BODY), name).name == "自评报告.docx"
    with pytest.raises(UnreadableReport, match="《自评报告"):
        read_bytes(b"", name)

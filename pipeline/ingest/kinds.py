"""What a file is, told by its bytes and never by its suffix."""

import codecs
import re
from typing import Literal

from pipeline.ingest.refusals import refusal

_HEAD = 4096
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams as an OLE file's directory writes them; a Word file may embed a workbook, so Word comes first.
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "legacy-doc"),
    ("PowerPoint Document", "presentation"),
    ("Workbook", "spreadsheet"),
    ("Book", "spreadsheet"),
)
_SIGNATURES = (
    (rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP", "是图片"),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b", "是压缩包，请解压后逐个提交其中的报告；它本身"),
)
_HTML = re.compile(
    rb"(?:<\?xml[^>]*>|<!--(?:(?!-->).)*-->|\s)*<(?:!doctype\s+html|html|head|body|meta|table|div)\b", re.I | re.S
)
_MHTML = re.compile(rb"^mime-version:", re.I | re.M)
_WORD_XML = re.compile(rb"progid=\"Word\.Document\"|<w:wordDocument[\s>]|<pkg:package[\s>]")


def kind(data: bytes, name: str) -> Literal["word", "text"]:
    """How ``data`` is to be read. Raises UnreadableReport for what is neither a zip package nor text."""
    if data.startswith(_ZIP):
        return "word"
    if data.startswith(_OLE):
        for stream, code in _STREAMS:
            if stream.encode("utf-16-le") + b"\0\0" in data:
                raise refusal(code, name)
        raise refusal("unknown-type", name, "不是 Word 文件")
    head = data[:_HEAD]
    for signature, detail in _SIGNATURES:
        if re.match(signature, head, re.S):
            raise refusal("unknown-type", name, detail)
    if b"%PDF-" in head[:1024]:
        raise refusal("pdf", name)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    head = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if head.startswith(b"{\\rtf"):
        raise refusal("rtf", name)
    if _WORD_XML.search(head):
        raise refusal("unknown-type", name, "是 XML 格式的 Word 文件，请另存为 .docx；它本身")
    if _HTML.match(head) or _MHTML.search(head[:1024]):
        raise refusal("html", name)
    return "text"

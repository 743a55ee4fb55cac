"""What a file is, told by its bytes and never by its suffix."""

import re
from typing import Literal

Kind = Literal["word", "text"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams as an OLE file's directory writes them; a Word file may embed a workbook, so Word comes first.
_OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "legacy-doc"),
    ("PowerPoint Document", "presentation"),
    ("Workbook", "spreadsheet"),
    ("Book", "spreadsheet"),
)
_SIGNATURES = (
    (b"\x89PNG", "是图片"),
    (b"\xff\xd8\xff", "是图片"),
    (b"GIF8", "是图片"),
    (b"BM", "是图片"),
    (b"II*\x00", "是图片"),
    (b"MM\x00*", "是图片"),
    (b"Rar!", "是压缩包"),
    (b"7z\xbc\xaf", "是压缩包"),
    (b"\x1f\x8b", "是压缩包"),
)
_MARKUP = re.compile(
    rb"\s*(?:<!doctype\s+html|<html[\s>]|<\?xml[^>]*>\s*(?:<!doctype\s+html|<html[\s>])|mime-version:|from:[^\n]*\n(?:[^\n]+\n)*?mime-version:)",
    re.I,
)
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=\"Word\.Document\"|<w:wordDocument[\s>]|<pkg:package[\s>]")


def refused(data: bytes) -> tuple[str, str] | None:
    """Code and detail of a file that is surely no report we can read, or None where it may be one."""
    head = data[:4096]
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"%PDF-" in head[:1024]:
        return "pdf", ""
    if head.startswith(_OLE):
        for stream, code in _OLE_STREAMS:
            if stream.encode("utf-16-le") + b"\0\0" in data:
                return code, ""
        return "unknown-type", "不是 Word 文件"
    if text.startswith(b"{\\rtf"):
        return "rtf", ""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = text = data[:8192].decode("utf-16", "ignore").encode()
    if _MARKUP.match(text):
        return "html", ""
    if _WORD_XML.search(head):
        return "unknown-type", "是 XML 格式的 Word 文件"
    for signature, detail in _SIGNATURES:
        if head.startswith(signature) and (signature != b"BM" or b"\0" in head[:32]):
            return "unknown-type", detail
    return None


def kind(data: bytes) -> Kind:
    """How a file that is not refused is read: as a zip package or as text."""
    return "word" if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")) else "text"

"""A Word package opened safely: its parts as XML, whatever the file claims.

The package is read by its relationships, or by the usual names of parts where those are missing or lead nowhere, so
that templates, documents with macros, Strict documents and packages with gaps are read by the same path.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from typing import NoReturn, TypeVar

from lxml import etree

from pipeline.ingest.refusals import refusal

# Parts of real reports are below 1 MB; a thousand pages make some 20 MB.
_LARGEST_PART = 32 * 1024 * 1024
# Text of Word packs 10 to 40 times; drawings full of blanks more. Small parts may do as they like.
_HIGHEST_RATIO = 200
_FREE_RATIO = 4 * 1024 * 1024
_MOST_ENTRIES = 20_000
# Measured with lxml 6.1 (libxml2 2.14) on 64-bit: an element 122 bytes, the text after it 127 more, an attribute 234.
_BYTES_PER_TAG, _BYTES_PER_ATTRIBUTE = 250, 235
# Of all parts together: seventy times a form report of ten pages.
_MOST_MEMORY = 300 * 1024 * 1024

# Styles, lists and relationships come from a template and are the same in many reports of a season. What is made of
# the largest parts takes ten times their bytes: 90 MB in all at most, where every one is made to be as bad as it can.
_MOST_KEPT, _LARGEST_KEPT = 16, 512 * 1024

_CENTRAL_ENTRY = b"PK\x01\x02"
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    struct.error,
)
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
_DOCUMENT = re.compile(r"word/document\d*\.xml")
_FOREIGN = (
    (re.compile(r"xl/workbook\."), "spreadsheet", ""),
    (re.compile(r"ppt/presentation\."), "presentation", ""),
    (re.compile(r"ofd\.xml$"), "unknown-type", "是 OFD 版式文件"),
    (re.compile(r"mimetype$"), "unknown-type", "不是 Word 文件"),
)

Made = TypeVar("Made")


class Package:
    """The parts of the package in ``data``. Every method raises UnreadableReport for what the file does wrong."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._memory = 0
        # The directory is held in memory, half a kilobyte an entry: counted before it is read.
        if data.count(_CENTRAL_ENTRY) > _MOST_ENTRIES:
            raise refusal("too-large", name, "内含文件过多")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _ZIP_FAULTS:
            self._damaged("压缩结构不完整")
        self._entries = {_part_name(entry.filename): entry for entry in self._zip.infolist() if not entry.is_dir()}
        self.main = self._main()
        folder, base = posixpath.split(self.main)
        self.main_entry = self._entries[self.main].filename
        self._related = self._relations(posixpath.join(folder, "_rels", f"{base}.rels"))

    def document(self) -> etree._Element:
        """The root of the document's main part."""
        return self._xml(self._bytes(self.main))

    def part(self, kind: str) -> etree._Element | None:
        """The root of the part that the document relates to as ``kind`` (``footnotes``, ``endnotes``), or None."""
        path = self._path(kind)
        return None if path is None else self._xml(self._bytes(path))

    def made(self, make: Callable[..., Made], *kinds: str) -> Made:
        """What ``make`` makes of the roots of parts, None for one that is missing.

        It is kept for the documents with the same parts: it may not change, and should not hold the XML.
        """
        return self._made(make, *map(self._path, kinds))

    def _made(self, make: Callable[..., Made], *paths: str | None) -> Made:
        parts = [None if path is None else self._bytes(path) for path in paths]
        if sum(len(part or b"") for part in parts) > _LARGEST_KEPT:
            return make(*(None if part is None else self._xml(part) for part in parts))
        try:
            made: Made = _kept(make, *parts)
        except etree.XMLSyntaxError:
            self._damaged("内部 XML 有误")
        return made

    def _path(self, kind: str) -> str | None:
        folder = posixpath.dirname(self.main)
        for target in (self._related.get(kind), f"{kind}.xml"):
            path = None if target is None else _resolve(folder, target)
            if path in self._entries:
                return path
        return None

    def _main(self) -> str:
        target = self._relations("_rels/.rels").get("officedocument")
        path = None if target is None else _resolve("", target)
        if path in self._entries and not path.startswith(("xl/", "ppt/")):
            return path
        for path in self._entries:
            if _DOCUMENT.fullmatch(path):
                return path
        for path in self._entries:
            for pattern, code, detail in _FOREIGN:
                if pattern.match(path):
                    raise refusal(code, self._name, detail)
        if self._entries and not any(p.startswith(("word/", "[content_types]")) for p in self._entries):
            raise refusal("unknown-type", self._name, "是压缩包，请解压后逐个提交其中的报告；它本身")
        return self._damaged("找不到正文")

    def _relations(self, path: str) -> dict[str, str]:
        """Targets of the relationships in ``path`` by the last word of their type, in lower case."""
        if path not in self._entries:
            return {}
        return self._made(_targets, path)

    def _xml(self, data: bytes) -> etree._Element:
        try:
            return _parsed(data)
        except etree.XMLSyntaxError:
            self._damaged("内部 XML 有误")

    def _bytes(self, path: str) -> bytes:
        """A part as UTF-8, in the usual namespaces, without declarations, within what memory there is for its XML."""
        data = self._inflated(path)
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            data = data.decode("utf-16", "replace").encode()
        # From here on it is UTF-8 for the checks and for the parser, whatever the XML declares; Word writes no other.
        if b"<!DOCTYPE" in data:
            # Packages may hold no such declaration (ECMA-376 part 2); it is where entity bombs come from.
            self._damaged("含有不允许的声明")
        self._memory += data.count(b"<") * _BYTES_PER_TAG + data.count(b"=") * _BYTES_PER_ATTRIBUTE + len(data)
        if self._memory > _MOST_MEMORY:
            raise refusal("too-large", self._name, "正文内容过多")
        if b"purl.oclc.org" in data:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        return data

    def _inflated(self, path: str) -> bytes:
        entry = self._entries[path]
        if entry.flag_bits & 1:
            raise refusal("encrypted", self._name)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Other methods cannot be read with a limit, and Word does not use them.
            self._damaged("压缩方式不合规")
        size = entry.file_size
        if size > _LARGEST_PART or size > max(_FREE_RATIO, entry.compress_size * _HIGHEST_RATIO):
            raise refusal("too-large", self._name, "解压后内容过多")
        try:
            with self._zip.open(entry) as file:
                data = file.read(_LARGEST_PART + 1)
        except _ZIP_FAULTS:
            self._damaged("压缩内容有误")
        if len(data) != size:
            self._damaged("压缩内容有误")
        return data

    def _damaged(self, detail: str) -> NoReturn:
        raise refusal("damaged", self._name, detail)


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip
    return etree.fromstring(data, parser)


@lru_cache(maxsize=_MOST_KEPT)
def _kept(make: Callable[..., Made], *parts: bytes | None) -> Made:
    return make(*(None if part is None else _parsed(part) for part in parts))


def _targets(relationships: etree._Element) -> dict[str, str]:
    targets: dict[str, str] = {}
    for relation in relationships:
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            targets.setdefault(kind.rpartition("/")[2].lower(), target)
    return targets


def _part_name(name: str) -> str:
    # Part names know no case (ECMA-376 part 2); some packers write backslashes.
    return name.replace("\\", "/").lstrip("/").lower()


def _resolve(folder: str, target: str) -> str:
    return _part_name(posixpath.normpath(posixpath.join("/", folder, target)))

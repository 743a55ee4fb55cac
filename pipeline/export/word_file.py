"""A Word file of which some parts are written anew; all others are copied as they lie there, packed, byte by byte."""

import posixpath
import re
import struct
import zipfile
import zlib
from copy import copy
from io import BytesIO

from lxml import etree

from pipeline.errors import WrongUsage

_LARGEST = 32 * 1024 * 1024
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_SIZES_FOLLOW = 0x08
_TYPES = "[Content_Types].xml"
_TYPES_NAME = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS_NAME = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)
# The same for every file, so that one and the same input gives one and the same output.
_MOMENT = (1980, 1, 1, 0, 0, 0)


class WordFile:
    """``main`` is the name of the document's main part. Raises WrongUsage for what cannot be written back."""

    def __init__(self, data: bytes, main: str) -> None:
        self._data = data
        self._main = main
        self._made: dict[str, bytes] = {}
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _FAULTS as error:
            raise _damaged() from error
        # Names know no case; of two alike the last one counts.
        self._entries = {_key(entry.filename): entry for entry in self._zip.infolist()}

    def document(self) -> etree._Element:
        """The root of the main part, as ``root``."""
        root = self.root(self._main)
        if root is None:
            raise _damaged()
        return root

    def root(self, part: str) -> etree._Element | None:
        """The root of a part, which may be changed and given to ``put``; None where there is no such part."""
        entry = self._entries.get(_key(part))
        if entry is None:
            return None
        try:
            with self._zip.open(entry) as file:
                data = file.read(_LARGEST + 1)
            if data.startswith((b"\xff\xfe", b"\xfe\xff")):
                data = data.decode("utf-16", "replace").encode()
            if len(data) > _LARGEST or b"<!DOCTYPE" in data:
                raise _damaged()
            parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False)
            return etree.fromstring(data, parser)
        except (*_FAULTS, etree.XMLSyntaxError) as error:
            raise _damaged() from error

    def put(self, part: str, root: etree._Element) -> None:
        """Writes a part, new or in place of the one there."""
        entry = self._entries.get(_key(part))
        tree = root.getroottree()
        alone = True if entry is None else tree.docinfo.standalone
        data = etree.tostring(root, encoding="UTF-8")
        declared = "" if alone is None else f' standalone="{"yes" if alone else "no"}"'
        head = f'<?xml version="1.0" encoding="UTF-8"{declared}?>\n'.encode()
        self._made[entry.filename if entry else part] = head + data

    def related(self, kind: str, type_: str, content_type: str) -> str:
        """The name of the part that the document relates to as ``kind``; the relation is made if there is none.

        ``type_`` is the full type of a new relation.
        """
        folder, base = posixpath.split(self._main)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        relations = self.root(path)
        if relations is None:
            relations = etree.Element(f"{_RELATIONS_NAME}Relationships")
        for relation in relations.iterchildren("*"):
            if relation.get("Type", "").rpartition("/")[2].lower() == kind and relation.get("TargetMode") != "External":
                part = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                self._declare(part, content_type)
                return part
        part = self._free(posixpath.join(folder, kind))
        taken = {relation.get("Id", "").lower() for relation in relations.iterchildren("*")}
        number = next(n for n in range(1, len(taken) + 2) if f"rid{n}" not in taken)
        attributes = {"Id": f"rId{number}", "Type": type_, "Target": posixpath.relpath(part, folder or ".")}
        etree.SubElement(relations, f"{_RELATIONS_NAME}Relationship", attributes)
        self.put(path, relations)
        self._declare(part, content_type)
        return part

    def _free(self, stem: str) -> str:
        names = (f"{stem}{n or ''}.xml" for n in range(len(self._entries) + 1))
        return next(name for name in names if _key(name) not in self._entries)

    def _declare(self, part: str, content_type: str) -> None:
        types = self.root(_TYPES)
        if types is None:
            raise _damaged()
        name = f"/{part}"
        if all(_key(held.get("PartName", "")) != _key(name) for held in types.iterchildren(f"{_TYPES_NAME}Override")):
            etree.SubElement(types, f"{_TYPES_NAME}Override", {"PartName": name, "ContentType": content_type})
            self.put(_TYPES, types)

    def written(self) -> bytes:
        """The file with what was put into it."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
            for entry in self._zip.infolist():
                if entry.filename not in self._made:
                    self._copy(entry, written)
                elif self._entries[_key(entry.filename)] is entry:
                    held = zipfile.ZipInfo(entry.filename, entry.date_time)
                    held.external_attr, held.compress_type = entry.external_attr, zipfile.ZIP_DEFLATED
                    written.writestr(held, self._made.pop(entry.filename))
            for name, data in self._made.items():
                held = zipfile.ZipInfo(name, _MOMENT)
                held.compress_type = zipfile.ZIP_DEFLATED
                written.writestr(held, data)
        return out.getvalue()

    def _copy(self, entry: zipfile.ZipInfo, out: zipfile.ZipFile) -> None:
        """Copies an entry without unpacking it: whatever it claims to hold costs nothing."""
        try:
            signature, name, extra = _LOCAL_HEADER.unpack_from(self._data, entry.header_offset)
        except struct.error as error:
            raise _damaged() from error
        start = entry.header_offset + _LOCAL_HEADER.size + name + extra
        packed = self._data[start : start + entry.compress_size]
        if signature != b"PK\x03\x04" or len(packed) != entry.compress_size or out.fp is None:
            raise _damaged()
        held = copy(entry)
        held.flag_bits &= ~_SIZES_FOLLOW
        held.header_offset = out.start_dir
        out.fp.seek(out.start_dir)
        out.fp.write(held.FileHeader(zip64=False) + packed)
        out.start_dir = out.fp.tell()
        out.filelist.append(held)
        out.NameToInfo[held.filename] = held


def _key(name: str) -> str:
    return re.sub(r"^/+", "", name.replace("\\", "/")).lower()


def _damaged() -> WrongUsage:
    return WrongUsage(
        "这个 Word 文件的内部结构不完整，不能写入批注。请用 Word 打开并另存为 .docx 后重新提交，或改用复核意见。"
    )

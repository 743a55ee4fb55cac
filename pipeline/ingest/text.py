"""Plain text as blocks: one line, one block; tables flattened by tabs are read back."""

import codecs
import re

from pipeline.ingest import flattened
from pipeline.ingest.draft import LARGEST_TEXT, TOO_MUCH_TEXT, Draft
from pipeline.ingest.refusals import refusal
from pipeline.records import Block

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Bytes: no text within the limit of characters is longer in any of the encodings.
_LARGEST = 4 * LARGEST_TEXT
# Of the characters, how many may be broken before the file is taken for something else than text.
_MOST_BROKEN = 0.01


def read(data: bytes, name: str) -> tuple[Block, ...]:
    """The blocks of the text file in ``data``. Raises UnreadableReport."""
    if len(data) > _LARGEST:
        raise refusal("too-large", name, TOO_MUCH_TEXT)
    lines = [_CONTROL.sub("", line) for line in decoded(data, name).splitlines()]
    draft = Draft(name)
    if flattened.is_flattened(lines):
        flattened.read(lines, draft)
    else:
        for line in lines:
            if line.strip():
                draft.add(line.strip())
    if not draft.has_text():
        raise refusal("empty", name)
    return draft.blocks()


def decoded(data: bytes, name: str) -> str:
    """Text in UTF-8, in UTF-16 with its mark, or in GB18030 (with GBK and GB2312)."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        readings = [data.decode("utf-16", "replace")]
    elif b"\0" in data:
        raise refusal("unknown-type", name, "不是文本，也不是 Word 文件")
    else:
        data = data.removeprefix(codecs.BOM_UTF8)
        readings = [data.decode("utf-8", "replace")]
        if "\ufffd" in readings[0]:
            readings.append(data.decode("gb18030", "replace"))
    # The reading with the fewest broken places, if they are few: one bad byte must not turn the rest to nonsense.
    broken, text = min(((_broken(reading), reading) for reading in readings), key=lambda pair: pair[0])
    if broken > _MOST_BROKEN * len(text):
        raise refusal("unknown-type", name, "不是文本，也不是 Word 文件")
    return text


def _broken(text: str) -> int:
    return text.count("\ufffd") + sum(1 for _ in _CONTROL.finditer(text))

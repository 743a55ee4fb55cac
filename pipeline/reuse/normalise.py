"""What is compared of a text: Han characters, letters and digits, full width folded, capitals lowered.

White space, punctuation and list marks are dropped, since copying and scanning change them first. Each kept character is
a 16-bit unit: its code point, or for the rare ones beyond U+FFFF one of the 2,048 surrogates, which nothing else uses.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Units = NDArray[np.uint16]
Positions = NDArray[np.uint32]

# Blocks joined to one text are parted by this, which no block may hold.
BORDER = "\x00"
_LAST = 0x33480
_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xAC00, 0xD7A4))
_HAN_BEYOND = (0x20000, _LAST)
# Converters write them for the Han characters that they look like.
_RADICALS = frozenset(map(chr, range(0x2F00, 0x2FD6)))
_SURROGATES = 0xD800
_ZERO, _NINE = ord("0"), ord("9")
_COUNT = "[一二三四五六七八九十百]{1,4}"
# Looser than the marks of an outline: what is dropped on both sides is only not compared.
_MARK = re.compile(
    rf"\x00(?:\s*(?:第{_COUNT}(?:部分|[章节编篇项])[、：:，,\s]?|[（(〔\[]\s*(?:{_COUNT}|[0-9０-９]{{1,2}})\s*[）)〕\]][、．.]?"
    rf"|{_COUNT}\s*[、．.]|[0-9０-９]{{1,3}}\s*[）)]|[0-9０-９]{{1,2}}(?:[.．][0-9０-９]{{1,2}}){{1,3}}(?=[\s\u4e00-\u9fff])(?!\s*[万亿千百个元倍成])"
    r"|[0-9０-９]{1,3}\s*[、．.](?![0-9０-９])|[A-HＡ-Ｈ]\s*[、．.](?![A-Za-z0-9])|[Ⅰ-Ⅻ]\s*[、．.]?))"
)


@dataclass(frozen=True, slots=True)
class Normal:
    """The kept characters of a text and where each stands in it, in code points; the two are of one length."""

    units: Units
    at: Positions


def normalise(text: str, *, fold_numerals: bool = False) -> Normal:
    """``text`` as it is compared; blocks in it are parted by ``BORDER``.

    ``fold_numerals``: every run of digits becomes one 0, at the place of its first digit.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    units = _table().take(codes, mode="clip")
    # Every mark stands behind a border, so the search is for one character.
    for found in _MARK.finditer(BORDER + text):
        units[found.start() : found.end() - 1] = 0
    if fold_numerals:
        units = _folded(units, codes == ord(BORDER))
    kept = units != 0
    return Normal(units[kept], np.flatnonzero(kept).astype(np.uint32))


def letters(text: str) -> str:
    """``text`` as it is compared, as a string; for short texts."""
    return "".join(map(chr, normalise(text).units.tolist()))


def _folded(units: Units, border: NDArray[np.bool_]) -> Units:
    """``units`` with one 0 for each run of digits; no run goes over a border."""
    place = np.flatnonzero((units != 0) | border)
    digit = (units[place] >= _ZERO) & (units[place] <= _NINE)
    units[place[digit]] = _ZERO
    goes_on = digit[1:] & digit[:-1]
    units[place[1:][goes_on]] = 0
    return units


@cache
def _table() -> Units:
    """The unit of each code point, 0 for those that are dropped; the last entry stands for all beyond."""
    table = np.zeros(_LAST + 1, np.uint16)
    for first, behind in _HAN:
        table[first:behind] = np.arange(first, behind, dtype=np.uint16)
    table[_HAN_BEYOND[0] : _HAN_BEYOND[1]] = _beyond(np.arange(*_HAN_BEYOND, dtype=np.uint32))
    for code in range(0x20000):
        if table[code] or 0xD800 <= code < 0xE000 or not _kept(chr(code)):
            continue
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        unit = ord(folded) if len(folded) == 1 and _kept(folded) else code
        table[code] = unit if unit <= 0xFFFF else _beyond(np.array([unit], np.uint32))[0]
    return table


def _kept(character: str) -> bool:
    """Letters, decimal digits and letter-like numbers (〇, Ⅱ); circled and bracketed numbers are list marks."""
    category = unicodedata.category(character)
    return category[0] == "L" or category in ("Nd", "Nl") or character in _RADICALS


def _beyond(codes: NDArray[np.uint32]) -> Units:
    return (_SURROGATES + (codes * np.uint32(2654435761) >> np.uint32(21))).astype(np.uint16)

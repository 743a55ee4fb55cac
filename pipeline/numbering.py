"""Marks that number headings and list items: 一、 （一） 1. （1） ① 第一章 一是."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline import numerals

# No list counts to 万.
_C = "[" + "".join({**numerals.DIGITS, **numerals.UNITS, **numerals.TENS}) + "]{1,4}"
_STYLES: tuple[tuple[str, str], ...] = (
    ("第一章", rf"第\s*(?P<n0>{_C}|\d{{1,2}})\s*(?P<whole>部\s*分|章|节|编|篇)\s*[、：:，,]?"),
    ("（一）", rf"[（(〔【\[]\s*(?P<n1>{_C})\s*[）)〕】\]]\s*[、．.]?"),
    ("一、", rf"(?P<n2>{_C})\s*[、．.]"),
    ("一是", r"(?P<n3>[一二三四五六七八九十]{1,3})(?:是(?!否)|要(?=[^求点素件])|方面)"),
    ("（1）", r"[（(〔【\[]\s*(?P<n4>[0-9０-９]{1,2})\s*[）)〕】\]]\s*[、．.]?|(?P<n5>[⑴-⒇])"),
    ("1）", r"(?P<n6>[0-9０-９]{1,2})\s*[）)]\s*[、．.]?"),
    (
        "1.1",
        r"(?P<n7>[0-9０-９]{1,2}(?:[.．][0-9０-９]{1,2}){1,3})[、．.]?(?=\s*[\u4e00-\u9fff（“\"])(?!\s*[万亿千百个元倍成余多])",
    ),
    (
        "1.",
        r"(?P<n8>[0-9０-９]{1,3})\s*(?:[、．.](?![0-9０-９]))|(?P<n9>[⒈-⒛])|(?P<n13>[0-9]{1,2})[ \u3000]+(?=[\u4e00-\u9fff]{2,16}$)",
    ),
    ("①", r"(?P<n10>[①-⑳㉑-㉟])[、．.]?"),
    ("A.", r"(?P<n11>[A-HＡ-Ｈ])\s*[、．.](?![A-Za-z0-9])"),
    ("Ⅰ", r"(?P<n12>[Ⅰ-Ⅻ])\s*[、．.]?"),
)
# What a mark begins with; most lines begin with something else.
_FIRST_CHARACTERS = frozenset("".join(map(chr, (*range(0x2460, 0x249C), *range(0x3251, 0x3260), *range(0x2160, 0x216C))))) | {
    *numerals.DIGITS, *numerals.UNITS, *numerals.TENS, *"第（(〔【[0123456789０１２３４５６７８９ABCDEFGHＡＢＣＤＥＦＧＨ"
}  # fmt: skip
_MARK = re.compile(r"\s*(?:" + "|".join(f"(?P<s{i}>{pattern})" for i, (_, pattern) in enumerate(_STYLES)) + r")\s*")
# Every stage asks for the marks of the same lines; those that are kept are so few and short that they take 8 MB at most.
_MOST_KEPT, _LONGEST_KEPT = 4096, 500
_FIRSTS = ((0x2474, 0x2487), (0x2488, 0x249B), (0x2460, 0x2473), (0x2160, 0x216B))


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbering mark at the head of a text: its style, number, and where it starts and ends there.

    ``parts`` are the numbers of every level of a decimal mark (1.2.3), else the number alone.
    """

    style: str
    number: int
    start: int
    end: int
    text: str
    parts: tuple[int, ...]


def mark(text: str, at: int = 0) -> Mark | None:
    """The numbering mark that stands at ``at``, white space before it allowed, or None."""
    first = text[at : at + 1]
    if first not in _FIRST_CHARACTERS and not first.isspace():
        return None
    return _kept(text, at) if len(text) <= _LONGEST_KEPT else _read(text, at)


def _read(text: str, at: int) -> Mark | None:
    found = _MARK.match(text, at)
    if found is None:
        return None
    style = next(name for i, (name, _) in enumerate(_STYLES) if found.group(f"s{i}") is not None)
    written = next(value for key, value in found.groupdict().items() if key[0] == "n" and value is not None)
    parts = _numbers(written)
    if parts is None:
        return None
    if found.group("whole"):
        style = "第一" + "".join(found.group("whole").split())
    whole = found.group().strip()
    start = found.start() + len(found.group()) - len(found.group().lstrip())
    return Mark(style, parts[-1], start, found.end(), whole, parts)


_kept = lru_cache(maxsize=_MOST_KEPT)(_read)


def _numbers(written: str) -> tuple[int, ...] | None:
    if len(written) == 1:
        code = ord(written)
        for first, last in _FIRSTS:
            if first <= code <= last:
                return (code - first + 1,)
        if 0x3251 <= code <= 0x325F:
            return (code - 0x3251 + 21,)
        if written in "ABCDEFGHＡＢＣＤＥＦＧＨ":
            return ("ABCDEFGHＡＢＣＤＥＦＧＨ".index(written) % 8 + 1,)
    if written[0] in numerals.DIGITS or written[0] in numerals.UNITS or written[0] in numerals.TENS:
        number = numerals.integer(written)
        return None if number is None else (number,)
    return tuple(int(part) for part in re.split("[.．]", written) if part)

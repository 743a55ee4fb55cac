"""Names of units and documents: which of them are two names of one thing."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from pipeline import lexicon

_PLACE = re.compile(r"(?:[\u4e00-\u9fff]{2,5}?(?:自治州|自治县|省|市|州|盟|县|区|旗|镇|乡|街道))+(?=[\u4e00-\u9fff])")
_NOTES = re.compile(r"\s+|[（(][^（）()]{0,12}[）)]|(?:本级|机关)$")
_MINOR = set("和与及的之等暨")
# A level, an order or a particle more makes another document, or the same one written loosely.
_LEVELS = _MINOR | set("省市州县区乡镇村部国内外新旧上下大小总分第一二三四五六七八九十号年级")
_DOCUMENT = re.compile(
    r"《(?P<title>[^《》\n]{6,80})》\s*(?:[（(]\s*(?P<number>[\u4e00-\u9fff]{1,10}\s*[〔\[［【（(]\s*20\d\d\s*[〕\]］】）)]\s*第?\s*\d{1,4}\s*号))?"
)
_BRACKETS = str.maketrans("[［【（()）】］]", "〔" * 5 + "〕" * 5)
_LONGEST_BLOCK = 3
_LEAST_DOCUMENT = 8
_LEAST_RATIO = 0.75


def plain(name: str) -> str:
    """``name`` without white space, what stands in brackets, and 本级."""
    return _NOTES.sub("", name)


def parts(name: str) -> tuple[str, str]:
    """Place and name proper of a unit: 青岚县|教育局."""
    for names in offices():
        for known in names:
            if name.endswith(known):
                return name[: -len(known)], known
    found = _PLACE.match(name)
    return (found.group(), name[found.end() :]) if found else ("", name)


@cache
def offices() -> tuple[tuple[str, ...], ...]:
    """Every name that an office has had, the longest first, its short forms beside it."""
    names = [tuple(group) for family in lexicon.load("agencies")["families"] for group in family]
    return tuple(sorted(names, key=lambda group: -len(group[0])))


@cache
def former(proper: str) -> tuple[str, ...]:
    """Other names, in full and short, of the office that is called ``proper``."""
    for family in lexicon.load("agencies")["families"]:
        if any(proper in group for group in family):
            return tuple(name for group in family if proper not in group for name in group)
    return ()


def differ(one: str, other: str) -> bool:
    """Whether two names, both given to the reporting unit, are not forms of one name.

    A place left out and an abbreviation are forms of one name; a word left out of the middle or put in, another place
    and a changed character are not. Units that have nothing in common are two units, not two names.
    """
    one, other = plain(one), plain(other)
    if one.startswith(other) or other.startswith(one) or one.endswith(other) or other.endswith(one):
        return False
    (place, proper), (elsewhere, named) = parts(one), parts(other)
    if proper == named:
        return not (_within(place, elsewhere) or _within(elsewhere, place))
    if named in former(proper):
        return True
    if place and elsewhere and not (_within(place, elsewhere) or _within(elsewhere, place)):
        return False
    return _one_block(proper, named) or _one_block(named, proper) or _one_character(proper, named)


def _within(short: str, long: str) -> bool:
    characters = iter(long)
    return all(c in characters for c in short)


def _one_block(short: str, long: str) -> bool:
    """Whether ``long`` is ``short`` with one run of characters put in before its last one (行政审批局, 行政审批服务局)."""
    extra = len(long) - len(short)
    if not 0 < extra <= _LONGEST_BLOCK or len(short) < 3 or short[-1] != long[-1]:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    block = long[at : at + extra]
    return long[:at] + long[at + extra :] == short and not set(block) <= _MINOR


def _one_character(one: str, other: str) -> bool:
    unlike = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return len(one) == len(other) >= 3 and len(unlike) == 1 and one[-1] == other[-1]


def same_document(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two titles with their document numbers ("" where none is given) name one document differently."""
    (title, number), (again, also) = one, other
    if title == again or title in again or again in title:
        return False
    if number and number == also:
        return SequenceMatcher(None, title, again).ratio() >= _LEAST_RATIO
    short, long = sorted((title, again), key=len)
    return len(short) >= _LEAST_DOCUMENT and len(long) - len(short) == 1 and _one_put_in(short, long)


def _one_put_in(short: str, long: str) -> bool:
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return long[:at] + long[at + 1 :] == short and "\u4e00" <= long[at] <= "\u9fff" and long[at] not in _LEVELS


def documents(text: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """Titles in 《》 with the number behind them, white space taken away."""
    for found in _DOCUMENT.finditer(text):
        title = re.sub(r"[\s“”\"〈〉<>（）()]+", "", found["title"])
        yield found, title, re.sub(r"\s+", "", found["number"] or "").translate(_BRACKETS)

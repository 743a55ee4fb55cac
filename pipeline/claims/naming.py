"""What a quantity in prose is a quantity of, in the report's words."""

import re
from collections.abc import Sequence
from functools import cache

from pipeline import lexicon
from pipeline.numbering import mark

_BORDER = frozenset('，,。；;：:！？!?\n、（）()《》\t“”"')
_LIST_BORDER = frozenset((*"，,。；;：:！？!?\n\t", "\r\n"))
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_LONGEST_LEFT = 24
_LONGEST_RIGHT = 12


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon.load("metrics")[name])


def left(words: Sequence[str], last: int, start: int) -> str:
    """The ``words`` that name the quantity at ``start``, none before ``last``; empty where none do."""
    first = start
    size = 0
    while first > last and words[first - 1] not in _LIST_BORDER and size < _LONGEST_LEFT:
        first -= 1
        size += len(words[first])
    return _trimmed(words[first:start])


def right(words: Sequence[str], end: int) -> str:
    """The ``words`` behind the quantity that ends at ``end`` that say what is counted (26个职能部门); empty where none do."""
    stop, at, size = _words("stop"), end, 0
    while at < len(words) and size < _LONGEST_RIGHT:
        word = words[at]
        if word in _BORDER or word in stop or word[0].isdigit() or word.isspace():
            break
        size += len(word)
        at += 1
    return "".join(words[end:at]) if size > 1 else ""


def is_generic(name: str) -> bool:
    """Whether a name does not say whose quantity it is (实际支出, 增长)."""
    return name in _words("generic")


def _trimmed(words: Sequence[str]) -> str:
    while (
        words and (words[-1] in _words("trailing") or not _WORD.search(words[-1])) and words[-1] not in ("）", ")", "”")
    ):
        words = words[:-1]
    numbered = mark("".join(words))
    skip = numbered.end if numbered else 0
    while words and skip > 0:
        skip -= len(words[0])
        words = words[1:]
    while (
        words
        and (words[0] in _words("leading") or not _WORD.search(words[0]))
        and words[0] not in ("“", "（", "(", "《")
    ):
        words = words[1:]
    return "".join(words).strip()

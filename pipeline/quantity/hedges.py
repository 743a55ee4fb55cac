"""Hedges before and after a number (lexicon/hedges.toml), and the words of change that stand before it."""

from functools import cache
from typing import Literal

from pipeline import lexicon
from pipeline.quantity.endings import Endings
from pipeline.records import ClaimKind, Qualifier

_MAGNITUDES = frozenset("百千万亿半")


@cache
def _before() -> tuple[Endings, dict[str, Qualifier], dict[str, str]]:
    book = lexicon.load("hedges")
    words = {word: name for name, entries in book["before"].items() for word in entries}
    return Endings(words), words, book["before_not_after"]


@cache
def _after() -> dict[str, list[tuple[str, Qualifier]]]:
    """The hedges that follow by their first characters, longest first."""
    words = {word: name for name, entries in lexicon.load("hedges")["after"].items() for word in entries}
    table: dict[str, list[tuple[str, Qualifier]]] = {}
    for word in sorted(words, key=len, reverse=True):
        table.setdefault(word[0], []).append((word, words[word]))
    return table


@cache
def _change() -> tuple[Endings, dict[str, Literal["up", "down"] | None], Endings, Endings, Endings]:
    book = lexicon.load("hedges")["change"]
    directions: dict[str, Literal["up", "down"] | None] = dict.fromkeys(book["amount"])
    directions.update(dict.fromkeys(book["up"], "up"))
    directions.update(dict.fromkeys(book["down"], "down"))
    return Endings(directions), directions, Endings(book["object"]), Endings(book["name"]), Endings(book["link"])


def before(text: str, at: int) -> tuple[int, Qualifier] | None:
    """Where the hedge that ends at ``at`` starts, and what it says."""
    endings, qualifiers, not_after = _before()
    for word in endings.ending(text[at - 1 : at]):
        if not text.endswith(word, 0, at):
            continue
        start = at - len(word)
        if start and text[start - 1] in not_after.get(word, ""):
            continue
        if word == "过" and text[at : at + 1] not in _MAGNITUDES:
            continue
        return start, qualifiers[word]
    return None


def after(text: str, at: int, kind: ClaimKind) -> tuple[int, Qualifier] | None:
    """Where the hedge that starts at ``at`` ends, and what it says."""
    book = lexicon.load("hedges")
    for word, qualifier in _after().get(text[at : at + 1], ()):
        if not text.startswith(word, at):
            continue
        following = text[at + len(word) : at + len(word) + 1]
        if following and following in book["after_not_before"].get(word, ""):
            continue
        if word in book["after_only"] and kind not in book["after_only"][word]:
            continue
        return at + len(word), qualifier
    return None


def change(text: str, at: int) -> tuple[int, Literal["up", "down"] | None] | None:
    """Where the word of change that ends at ``at`` (减少, 减少了, 压缩时限) starts, and its direction (None: 增幅)."""
    words, directions, objects, _, _ = _change()
    word = words.before(text, at)
    if word is None:
        between = objects.before(text, at)
        if between is None:
            return None
        at -= len(between)
        word = words.before(text, at)
        if word is None:
            return None
    start = at - len(word)
    return None if _is_other(text, start, word) else (start, directions[word])


def is_change(text: str, at: int) -> bool:
    """Whether a number at ``at`` is announced as a change (增速为, 下降幅度达)."""
    words, _, _, names, links = _change()
    for ending in (links, names):
        if (word := ending.before(text, at)) is not None:
            at -= len(word)
    word = words.before(text, at)
    return word is not None and not _is_other(text, at - len(word), word)


def _is_other(text: str, start: int, word: str) -> bool:
    """Whether the character before makes the word of change part of another: 新增."""
    return start > 0 and text[start - 1] in lexicon.load("hedges")["change"]["not_after"].get(word, "")

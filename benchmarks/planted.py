"""Reports with planted copies, for measuring reuse: which characters were copied is known.

Words follow each other as in ``corpora/samples``, with a jump to any word now and then, so that the formulas of
officialese collide as they do in published reports. Into about 8,600 characters a report are planted: one of 40 forms,
stock phrases, and passages of earlier reports; every twentieth report is a unit's second one and carries over a part
of its first with other figures. Of a copied passage 0, 5, 15 or 30 per cent of the characters are edited: in one half of
the passages one by one, the worst case, in the other three in a row. One seed gives one corpus.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jieba
import numpy as np

from pipeline import ingest
from pipeline.reuse import Document
from pipeline.reuse.normalise import BORDER

SAMPLES = Path(__file__).parent.parent / "corpora" / "samples"
RATES = (0.0, 0.05, 0.15, 0.3)
CARRIED = -1.0
CHARACTERS = 8_600
_JUMP = 0.3
_FORMS, _PHRASES = 40, 3_000
_RECENT = 400
_FIGURE = re.compile(r"\d+")

# Words, a byte for each that says whether they are planted, and the rate of edits of what was copied.
_Paragraph = tuple[str, bytes, float | None]


@dataclass(frozen=True, slots=True)
class Planted:
    """A passage of a block of a report that was copied from an earlier one, and the share of it edited.

    ``rate`` is CARRIED for what the unit took over from its own report of the year before.
    """

    report: int
    block: int
    start: int
    end: int
    rate: float


@dataclass(frozen=True, slots=True)
class Corpus:
    """``marks`` has a byte for each character of each text: 1 where it was planted, of whatever sort."""

    documents: list[Document]
    marks: list[bytes]
    copies: list[Planted]


class _Words:
    """Chains of words, made many at a time."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        jieba.setLogLevel("ERROR")
        text = "".join(block.text for path in sorted(SAMPLES.iterdir()) for block in ingest.read(path).blocks)
        words = [word for word in jieba.lcut(text) if word.strip()]
        self._all = sorted(set(words))
        number = {word: at for at, word in enumerate(self._all)}
        chain = np.array([number[word] for word in words])
        self._chain = chain
        order = np.argsort(chain[:-1], kind="stable")
        self._next = chain[1:][order]
        self._first = np.searchsorted(chain[:-1][order], np.arange(len(self._all)))
        self._count = np.maximum(np.bincount(chain[:-1], minlength=len(self._all)), 1)

    def lines(self, count: int, characters: int) -> Iterator[str]:
        """``count`` lines of about so many characters each."""
        steps = max(3, int(characters / 1.75))
        at = self._rng.choice(self._chain, count)
        columns = [at]
        for _ in range(steps):
            drawn = self._next[
                np.minimum(
                    self._first[at] + self._rng.integers(0, 1 << 30, count) % self._count[at], len(self._next) - 1
                )
            ]
            jumps = self._rng.random(count) < _JUMP
            at = np.where(jumps, self._rng.choice(self._chain, count), drawn)
            columns.append(at)
        for row in np.stack(columns, 1).tolist():
            line = "".join(map(self._all.__getitem__, row))
            yield _FIGURE.sub(lambda found: _figure(len(found[0]), self._rng), line)


def _figure(digits: int, rng: np.random.Generator) -> str:
    return str(int(rng.integers(2, 10 ** min(digits, 9) + 2)))


def edited(text: str, rate: float, rng: np.random.Generator, spare: str) -> str:
    """``text`` with that share of its characters changed, added or left out."""
    if not rate:
        return text
    characters: list[str] = list(text)
    size = int(rng.choice((1, 3)))
    for place in rng.choice(max(1, len(text) // size), round(rate * len(text) / size), replace=False).tolist():
        start = place * size
        other = "".join(spare[at] for at in rng.integers(0, len(spare), size).tolist())
        match rng.integers(0, 3):
            case 0:
                characters[start : start + size] = [*other]
            case 1:
                characters[start] = other + characters[start]
            case _:
                characters[start : start + size] = [""] * size
    return "".join(characters)


def corpus(count: int, seed: int = 2013) -> Corpus:
    """``count`` reports, each with what it copied from those before it."""
    rng = np.random.default_rng(seed)
    words = _Words(rng)
    common = _Common(words, rng)
    made = Corpus([], [], [])
    for number in range(count):
        paragraphs: list[_Paragraph] = []
        agency, year = f"青岚县第{number}事务中心", 2022
        if number % 20 == 19:
            earlier = made.documents[number - int(rng.integers(1, 15))]
            agency, year = earlier.agency, 2023
            paragraphs += _carried(earlier, rng)
        paragraphs += _copied(made.documents, common, rng)
        form = common.form(rng)
        paragraphs += common.paragraphs(CHARACTERS - sum(len(text) for text, _, _ in paragraphs + form), rng)
        order = [*range(len(paragraphs), len(paragraphs) + len(form)), *rng.permutation(len(paragraphs)).tolist()]
        paragraphs += form
        for block, at in enumerate(order):
            text, mark, rate = paragraphs[at]
            if rate is not None:
                start = mark.find(1)
                made.copies.append(Planted(number, block, start, len(text), rate))
        texts = [paragraphs[at][0] for at in order]
        key = hashlib.sha256(f"{seed}/{number}".encode()).hexdigest()
        made.documents.append(Document(key, f"{number:06}.docx", agency, year, BORDER.join(texts), bytes(len(texts))))
        made.marks.append(b"\0".join(paragraphs[at][1] for at in order))
    return made


def _carried(earlier: Document, rng: np.random.Generator) -> list[_Paragraph]:
    """From three to seven tenths of a report's paragraphs, with other figures."""
    share = rng.uniform(0.3, 0.7)
    kept = [text for text in earlier.blocks if rng.random() < share]
    texts = [_FIGURE.sub(lambda found: _figure(len(found[0]), rng), text) for text in kept]
    return [(text, b"\1" * len(text), CARRIED) for text in texts if len(text) >= 30]


def _copied(documents: list[Document], common: "_Common", rng: np.random.Generator) -> list[_Paragraph]:
    """A passage of some earlier report for each rate of edits, with words of one's own before it."""
    found: list[_Paragraph] = []
    for rate in RATES if documents else ():
        blocks = documents[-int(rng.integers(1, min(len(documents), _RECENT) + 1))].blocks
        source = max((blocks[int(at)] for at in rng.integers(0, len(blocks), 4)), key=len)
        size = int(rng.integers(30, 600))
        first = int(rng.integers(0, max(1, len(source) - size)))
        passage = source[first : first + size]
        if len(passage) >= 30:
            copied = edited(passage, rate, rng, common.spare)
            before = common.line(rng)
            found.append((before + copied, bytes(len(before)) + b"\1" * len(copied), rate))
    return found


class _Common:
    """What all reports draw on: lines of their own, forms, phrases."""

    def __init__(self, words: _Words, rng: np.random.Generator) -> None:
        self._words = words
        self._forms = [list(words.lines(30, 12)) for _ in range(_FORMS)]
        self._phrases = [next(words.lines(1, int(size))) for size in rng.integers(10, 60, _PHRASES)]
        weights = 1 / (1 + np.arange(_PHRASES)) ** 0.8
        self._weights = np.cumsum(weights / weights.sum())
        self._lines: list[str] = []
        self.spare = "".join(sorted(set("".join(self._phrases))))

    def line(self, rng: np.random.Generator) -> str:
        """A sentence that nobody else has, but for chance."""
        if not self._lines:
            self._lines = list(self._words.lines(20_000, 40))
        return self._lines.pop()

    def form(self, rng: np.random.Generator) -> list[_Paragraph]:
        """The lines of a form, some of which many reports have."""
        form = self._forms[int(np.searchsorted(self._weights[:_FORMS] / self._weights[_FORMS - 1], rng.random()))]
        return [(line, b"\1" * len(line), None) for line in form]

    def paragraphs(self, characters: int, rng: np.random.Generator) -> list[_Paragraph]:
        """Paragraphs of sentences of which every fifth is a stock phrase."""
        found: list[_Paragraph] = []
        while characters > 0:
            text, mark = "", b""
            for _ in range(int(rng.choice((1, 2, 3, 6, 15), p=(0.3, 0.3, 0.2, 0.15, 0.05)))):
                if rng.random() < 0.2:
                    more = self._phrases[int(np.searchsorted(self._weights, rng.random()))]
                    mark += b"\1" * len(more)
                else:
                    more = self.line(rng)
                    mark += bytes(len(more))
                text += more
            found.append((text, mark, None))
            characters -= len(text)
        return found

"""Chinese text as spaCy reads it: jieba's words with our own dictionary, sentence by sentence, and quantities as spans.

The words are those of ``rjieba``, which cuts as jieba does and twenty times as fast. No trained model is needed or loaded.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import rjieba
from spacy.lang.zh import Chinese
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline import lexicon
from pipeline.quantity import Mention, mentions
from pipeline.records import ClaimKind

QUANTITIES = "quantities"
# Kept with the document: asking every token for its text takes longer than all the rest.
WORDS = "words"
_FREQUENCY = 20_000
# A sentence ends with 。！？ or with its line: the parts of a list that semicolons divide stay together.
_END = re.compile(r"[。！？!?\n]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that states quantities; it begins at ``start`` in its text.

    ``quantities`` are in order, each with the places in ``words`` of the first word that holds it and of the one behind;
    the offsets of a mention are exact, and those of the text. ``words`` are those of all such sentences.
    """

    start: int
    words: list[str]
    quantities: list[tuple[Mention, int, int]]


@cache
def _jieba() -> rjieba.Jieba:
    # An instance of its own: the dictionary that the process shares stays as it is.
    jieba = rjieba.Jieba()
    for word in lexicon.load("words")["words"]:
        jieba.add_word(word, _FREQUENCY, "n")
    return jieba


def is_word(text: str) -> bool:
    """Whether the dictionary has ``text`` as a word."""
    return bool(_jieba().has_word(text))


def words(text: str) -> list[str]:
    """jieba's words of ``text``, in order."""
    return list(_jieba().cut(text))


class Words:
    """A spaCy tokenizer that keeps every character: the texts of the tokens joined are the text."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._jieba = _jieba()

    def __call__(self, text: str) -> Doc:
        words = self._jieba.cut(text)
        return Doc(self._vocab, words=words, spaces=[False] * len(words), user_data={WORDS: words})


@Language.component(QUANTITIES)
def _quantities(doc: Doc) -> Doc:
    """Puts the words that hold each of the quantities (start, end, kind) of ``doc.user_data`` into ``doc.spans``."""
    places = doc.user_data[QUANTITIES]
    spans = (doc.char_span(start, end, label=kind, alignment_mode="expand") for start, end, kind in places)
    doc.spans[QUANTITIES] = [span for span in spans if span is not None]
    return doc


@cache
def pipeline() -> Language:
    """The spaCy pipeline; made once a process."""
    nlp = Chinese()
    nlp.tokenizer = Words(nlp.vocab)
    nlp.add_pipe(QUANTITIES)
    # The limit is for what a parser would need.
    nlp.max_length = sys.maxsize
    return nlp


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of ``text`` that state quantities. The others, more than half of a report, are not cut into words."""
    ends = [*(found.end() for found in _END.finditer(text)), len(text)]
    stated = []
    for at, group in groupby(mentions(text), key=lambda one: bisect_right(ends, one.start)):
        members = list(group)
        stated.append((ends[at - 1] if at else 0, max(ends[at], members[-1].end), members))
    nlp = pipeline()
    doc = nlp.make_doc("".join(text[start:end] for start, end, _ in stated))
    doc.user_data[QUANTITIES] = list(_moved(stated))
    spans = iter(nlp(doc).spans[QUANTITIES])
    words: list[str] = doc.user_data[WORDS]
    for start, _, members in stated:
        held = [(one, span.start, span.end) for one, span in zip(members, spans, strict=False)]
        yield Sentence(start, words, held)


def _moved(stated: Iterable[tuple[int, int, list[Mention]]]) -> Iterator[tuple[int, int, ClaimKind]]:
    """Where the quantities are when their sentences stand side by side."""
    at = 0
    for start, end, members in stated:
        for one in members:
            yield one.start - start + at, one.end - start + at, one.quantity.kind
        at += end - start

"""Chinese text as spaCy reads it: jieba's words with our own dictionary, sentence borders, and quantities as spans.

The words are those of ``rjieba``, which cuts as jieba does and twenty times as fast. No trained model is needed or loaded.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import rjieba
from spacy.lang.zh import Chinese
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from pipeline import lexicon
from pipeline.quantity import Mention, mentions

QUANTITIES = "quantities"
# Kept with the document: asking every token for its text takes longer than all the rest.
TEXT, WORDS = "text", "words"
_FREQUENCY = 20_000
_ENDS = frozenset((*"。！？!?\n", "\r\n"))


class Words:
    """A spaCy tokenizer that keeps every character: the texts of the tokens joined are the text."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        # An instance of its own: the dictionary that the process shares stays as it is.
        self._jieba = rjieba.Jieba()
        for word in lexicon.load("words")["words"]:
            self._jieba.add_word(word, _FREQUENCY, "n")

    def __call__(self, text: str) -> Doc:
        words = self._jieba.cut(text)
        doc = Doc(self._vocab, words=words, spaces=[False] * len(words), user_data={TEXT: text, WORDS: words})
        # A sentence ends with 。！？ or with its line: the parts of a list that semicolons divide stay together.
        borders: Any = doc.to_array(["SENT_START"]) - 1  # -1 is no, 0 were unknown
        borders[:1] = 1
        borders[[at for at, word in enumerate(words[:-1], 1) if word in _ENDS]] = 1
        return doc.from_array(["SENT_START"], borders)


@Language.component(QUANTITIES)
def _quantities(doc: Doc) -> Doc:
    """Puts the text's quantities into ``doc.spans`` (label: the kind) and their readings into ``doc.user_data``."""
    found = mentions(doc.user_data[TEXT])
    spans = (doc.char_span(one.start, one.end, label=one.quantity.kind, alignment_mode="expand") for one in found)
    doc.spans[QUANTITIES] = [span for span in spans if span is not None]
    doc.user_data[QUANTITIES] = found
    return doc


@cache
def pipeline() -> Language:
    """The spaCy pipeline; made once a process."""
    nlp = Chinese()
    nlp.tokenizer = Words(nlp.vocab)
    nlp.add_pipe(QUANTITIES)
    return nlp


def read(text: str) -> Doc:
    """``text`` in words and sentences with its quantities."""
    nlp = pipeline()
    nlp.max_length = max(nlp.max_length, len(text) + 1)
    return nlp(text)


def words(doc: Doc) -> list[str]:
    """The texts of the tokens of a ``read`` text."""
    found: list[str] = doc.user_data[WORDS]
    return found


def quantities(doc: Doc) -> Iterator[tuple[Span, Mention]]:
    """The quantities of a ``read`` text in order: the words that hold each, and its reading, whose offsets are exact."""
    yield from zip(doc.spans[QUANTITIES], doc.user_data[QUANTITIES], strict=True)

"""Words that are looked for where they must end: just before a number."""

from collections.abc import Iterable


class Endings:
    """A set of words by their last characters; of several that end at one place the longest is found."""

    __slots__ = ("_by_last",)

    def __init__(self, words: Iterable[str]) -> None:
        self._by_last: dict[str, list[str]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            self._by_last.setdefault(word[-1], []).append(word)

    def ending(self, character: str) -> list[str]:
        """The words that end with ``character``, longest first."""
        return self._by_last.get(character, [])

    def before(self, text: str, at: int) -> str | None:
        """The longest word that ends at ``at``."""
        if at:
            for word in self._by_last.get(text[at - 1], ()):
                if text.endswith(word, 0, at):
                    return word
        return None

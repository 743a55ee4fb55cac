"""A section while it is still being settled."""

from dataclasses import dataclass

from pipeline.records import SectionKind


@dataclass(slots=True)
class Draft:
    """Blocks ``first``..``last - 1``; the text under the heading begins at ``body``.

    ``both``: the heading names problems and measures together. ``weak``: a kind its wording would allow.
    """

    kind: SectionKind
    title: str
    first: int
    last: int
    body: int
    both: bool = False
    weak: SectionKind | None = None
    kinds: tuple[SectionKind, ...] = ()

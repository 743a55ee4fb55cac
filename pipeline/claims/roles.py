"""The part that a quantity plays, by the name it goes under (lexicon/metrics.toml)."""

import re
from functools import cache, lru_cache

from pipeline import lexicon
from pipeline.records import ClaimKind, Role

_MONEY: tuple[Role, ...] = ("budget", "spent")
_BY_KIND: dict[ClaimKind, tuple[Role, ...]] = {
    "money": ("budget", "spent", "target", "actual"),
    "score": ("weight", "score"),
    "percent": ("rate", "share", "target", "actual"),
}
_OTHERS: tuple[Role, ...] = ("target", "actual")
# Columns have the same names in every report of a season; so few and short they take 2 MB at most.
_MOST_KEPT, _LONGEST_KEPT = 4096, 100


@cache
def _pattern(role: Role) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, lexicon.load("metrics")["role"][role])))


def of_name(name: str, kind: ClaimKind) -> Role:
    """The role whose word stands last in ``name``; ``value`` where none does, ``score`` for a score."""
    return _kept(name, kind) if len(name) <= _LONGEST_KEPT else _of_name(name, kind)


def _of_name(name: str, kind: ClaimKind) -> Role:
    best: tuple[int, Role] = (-1, "score" if kind == "score" else "value")
    for role in _BY_KIND.get(kind, _OTHERS):
        for found in _pattern(role).finditer(name):
            best = max(best, (found.end(), role))
    return best[1]


_kept = lru_cache(maxsize=_MOST_KEPT)(_of_name)

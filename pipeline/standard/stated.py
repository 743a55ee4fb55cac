"""Standards that give points for outcomes in words: 完成得满分，基本完成得2分；优秀得5分，良好得3分，其他不得分."""

from collections.abc import Sequence
from decimal import Decimal

from pipeline.standard.awards import Fixed
from pipeline.standard.outcomes import is_grade, outcome, stem
from pipeline.standard.reader import Draft
from pipeline.standard.scale import Standard
from pipeline.standard.wording import Irregular, Token

_NAMING = frozenset({"state", "grade", "intime", "ontime"})


class _Outcomes(Draft):
    """Names of outcomes are kept in ``said`` until their points come."""

    def __init__(self, full: Decimal | None) -> None:
        super().__init__(full, None, loose=True)
        self.found: list[tuple[str, Fixed]] = []
        self.named: list[str] = []

    def _name(self, token: Token) -> None:
        name = outcome(token.said.get("grade") or token.text)
        if name is None:
            raise Irregular(token.text)
        self.named.append(name)
        self.said.append(token.text)

    _state = _grade = _intime = _ontime = _name

    def _bound(self, token: Token) -> None:
        raise Irregular(token.text)

    _range = _both = _step = _share = _formula = _base = _bound

    def _give(self, points: Decimal | None, token: Token) -> None:
        if points is None or points < 0:
            raise Irregular(token.text)
        fixed = Fixed(points, "或".join(self.said))
        if self.named:
            self.found += [(name, fixed) for name in self.named]
        elif self.other and self.otherwise is None:
            self.otherwise = fixed
        else:
            raise Irregular(token.text)
        self.named = []
        self._forget()


def standard(tokens: Sequence[Token], text: str, full: Decimal | None) -> Standard:
    draft = _Outcomes(full)
    draft.read(tokens)
    if draft.named:
        raise Irregular("an outcome without points")
    names = [name for name, _ in draft.found]
    grades = [is_grade(name) for name in names]
    if len(set(names)) < len(names) or (len({stem(name) for name in names}) > 1 and not all(grades)):
        raise Irregular("outcomes of several things")
    best = max(fixed.points for _, fixed in draft.found)
    if draft.full is None:
        draft.full = best
    if best != draft.full or (len(names) == 1 and draft.otherwise is None):
        raise Irregular("the best outcome does not get full marks")
    subject = max(draft.subjects, key=len, default="")
    return Standard(text, draft.full, "", subject, "", (), tuple(draft.found), draft.otherwise)


def speaks_of_words(tokens: Sequence[Token]) -> bool:
    """Whether every condition is one of words."""
    return any(token.name in _NAMING for token in tokens) and not any(
        token.name in ("bound", "range", "both", "step", "share", "formula", "base", "late", "anylate")
        for token in tokens
    )

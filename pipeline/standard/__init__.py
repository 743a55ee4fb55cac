"""Printed scoring standards (评分标准): read where they are regular, and applied to results."""

from decimal import Decimal

from pipeline.standard import faults, numbers, stated
from pipeline.standard.delays import Delays, in_time
from pipeline.standard.reader import Draft
from pipeline.standard.scale import Standard
from pipeline.standard.wording import Irregular, levelled, tokens

__all__ = ["Standard", "against", "parse"]
_LONGEST = 600


def parse(text: str, full: Decimal | None, target: Decimal | None = None, at_most: bool = False) -> Standard | None:
    """The standard that ``text`` prints, of ``full`` points; None where it is not regular.

    ``full`` None: what the standard itself says is best. ``target`` is the indicator's target in the standard's unit, for
    standards that speak of it without naming it (每低于目标值1个百分点); ``at_most``: it is the highest result allowed.
    Anything that the standard says and is not understood makes it irregular: nothing is guessed.
    """
    if len(text) > _LONGEST:
        return None
    try:
        return _parsed(text, full, target, at_most)
    except Irregular:
        return None


def against(standard: Standard, target: Decimal, at_most: bool = False) -> Standard | None:
    """``standard`` with the target that it speaks of; None where the two do not fit."""
    return parse(standard.text, standard.full, target, at_most)


def _parsed(text: str, full: Decimal | None, target: Decimal | None, at_most: bool) -> Standard:
    said = list(tokens(levelled(text)))
    names = {token.name for token in said}
    steps = [token for token in said if token.name == "step"]
    if any("fault" in token.said for token in steps):
        return faults.standard(said, text, full)
    if names & {"late", "anylate"} or any("late" in token.said for token in steps):
        draft: Draft = Delays(full, None, loose=True)
        draft.read(said)
        return in_time(numbers.standard(draft, text))
    if stated.speaks_of_words(said):
        return stated.standard(said, text, full)
    draft = Draft(full, target, loose=False, at_most=at_most)
    draft.read(said)
    if not (draft.fixed or draft.moving or draft.at_target):
        raise Irregular(text)
    return numbers.standard(draft, text)

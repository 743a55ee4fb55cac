"""Standards of being in time: 按时完成得2分，逾期一个月内得1分，超过一个月不得分."""

from dataclasses import replace
from decimal import Decimal

from pipeline.standard.awards import Award, Steps
from pipeline.standard.ranges import Range
from pipeline.standard.reader import Draft, Stepwise, as_printed
from pipeline.standard.scale import Piece, Standard
from pipeline.standard.wording import IN, LEFT_OUT, OUT, SAID, USUAL, Irregular, Token, number

_ZERO = Decimal(0)


class Delays(Draft):
    """The results are days, months … of delay; 0 and less is in time."""

    def _intime(self, token: Token) -> None:
        self._add(Range(None, _ZERO), token.text)

    def _ontime(self, token: Token) -> None:
        self._add(Range(_ZERO, None, LEFT_OUT, SAID), token.text)

    def _anylate(self, token: Token) -> None:
        # A number may follow (逾期1—3个月) and says more.
        self._ontime(token)

    def _late(self, token: Token) -> None:
        said = token.said
        self._unit(said["lateunit"])
        value = number(said["late_n"])
        post, mark = said.get("latepost", ""), said.get("latemark", "") + said.get("latemark2", "")
        if "latelow" in said or post == "以上":
            sure = SAID if IN in mark else LEFT_OUT if "latelow" in said or OUT in mark else USUAL
            self._add(Range(value, None, sure, SAID), token.text)
        elif post or "不超过" in token.text:
            self._add(Range(_ZERO, value, LEFT_OUT, LEFT_OUT if OUT in mark else SAID if mark else USUAL), token.text)
        else:
            raise Irregular(token.text)

    def _step(self, token: Token) -> None:
        said = token.said
        if "late" not in said and not self.ranges:
            raise Irregular(token.text)
        self._unit(said["stepunit"])
        step = token.number("step") or Decimal(1)
        self.base = _ZERO
        # Whatever the range of delay, days are counted from the time that was due.
        words = as_printed(token.text)
        moved = Stepwise("up", step, token.number("take"), token.number("takeshare"), "0", words)
        self.moving.append((self._where(token), moved))
        self._forget()


def in_time(standard: Standard) -> Standard:
    """``standard`` with its pieces said of a delay."""
    return replace(
        standard, counts="delay", pieces=tuple(Piece(one.range, _said(one.award)) for one in standard.pieces)
    )


def _said(award: Award) -> Award:
    if isinstance(award, Steps):
        return replace(award, counted=True)
    return replace(award, words="按时完成") if award.words.startswith("不超过0") else award

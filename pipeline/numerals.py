"""Chinese numerals: read (一百二十三, 二〇二一, 壹佰贰拾, 两, 廿) and written (counting style)."""

import re

DIGITS = {
    c: i
    for i, row in enumerate(("〇零○Ｏ", "一壹", "二贰两貳", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in row
}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MAGNITUDES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
TENS = {"廿": 20, "卅": 30}

NUMERAL = "[" + "".join({**DIGITS, **UNITS, **MAGNITUDES, **TENS}) + "]+"
_NUMERAL = re.compile(NUMERAL)
_COUNTING = "零一二三四五六七八九"


def integer(text: str) -> int | None:
    """The integer that a Chinese numeral writes, or None where it is not one (十百, 三五).

    A last digit that follows a unit without 零 is of the next lower place: 两千四百五 is 2450, 三万五 is 35000.
    """
    if not text or not _NUMERAL.fullmatch(text):
        return None
    if all(c in DIGITS for c in text):
        # Read digit by digit (二〇二一); two plain digits side by side (三五) are a vague numeral, not a number.
        return int("".join(str(DIGITS[c]) for c in text)) if len(text) != 2 or DIGITS[text[0]] == 0 else None
    total = section = 0
    digit: int | None = None
    last_unit = 10**13
    for c in text:
        if c in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[c]
        elif c in TENS:
            section += TENS[c]
            digit = None
        elif c in UNITS:
            unit = UNITS[c]
            if unit >= last_unit:
                return None
            # 一千零十: the zero only fills a place.
            section += (digit or 1) * unit
            last_unit, digit = unit, None
        else:
            more = _times(total, section + (digit or 0), MAGNITUDES[c])
            if more is None:
                return None
            total, section, digit, last_unit = more, 0, None, 10**13
    return total + section + (digit or 0) * _last_place(text)


def _times(total: int, section: int, magnitude: int) -> int | None:
    """``total`` after a magnitude word behind ``section``: 一万 + 五千亿 is 15000 亿, 一亿 + 五千万 is 1.5 亿."""
    if section == 0 or total < magnitude:
        return (total + section) * magnitude or None
    # What stands before must end in a higher magnitude.
    return None if total % (magnitude * 10_000) else total + section * magnitude


def _last_place(text: str) -> int:
    """What a last digit counts: 1, or 100 in 两千四."""
    if len(text) < 2 or text[-1] not in DIGITS:
        return 1
    before = {**UNITS, **MAGNITUDES}.get(text[-2], 10)
    return before // 10


def counting(number: int) -> str:
    """``number`` (0..9999) in counting style: 10 → 十, 21 → 二十一, 105 → 一百零五."""
    if not 0 <= number < 10_000:
        raise ValueError(f"counting numerals run from 0 to 9999, not {number}")
    if number < 10:
        return _COUNTING[number]
    text = ""
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += _COUNTING[digit] + word
        elif text and number % unit and not text.endswith("零"):
            text += "零"
    return text.removeprefix("一") if 10 <= number < 20 else text

"""Numbers of automatic lists as Word writes them in each number format (ECMA-376 part 1, 17.18.59)."""

from collections.abc import Callable

from pipeline.numerals import counting

_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_TRADITIONAL = str.maketrans("零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
_LEGAL_JAPANESE = str.maketrans("一二三十", "壱弐参拾")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _counting(number: int) -> str:
    return counting(number) if number < 10_000 else str(number)


def _legal(table: dict[int, int]) -> Callable[[int], str]:
    def write(number: int) -> str:
        text = _counting(number)
        return (f"一{text}" if text.startswith("十") else text).translate(table)

    return write


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _roman(number: int) -> str:
    if number > 32_767:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    # After Z come AA, BB … (not AB).
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number <= 780 else str(number)


def _row(signs: str, beyond: Callable[[int], str] = str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else beyond(number)


def _signs(first: int, count: int) -> str:
    return "".join(map(chr, range(first, first + count)))


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "chineseLegalSimplified": _legal(_LEGAL),
    "ideographLegalTraditional": _legal(_LEGAL_TRADITIONAL),
    "japaneseLegal": _legal(_LEGAL_JAPANESE),
    "decimalEnclosedCircle": _row(_signs(0x2460, 20)),
    "decimalEnclosedCircleChinese": _row(_signs(0x2460, 20)),
    "decimalEnclosedParen": _row(_signs(0x2474, 20)),
    "decimalEnclosedFullstop": _row(_signs(0x2488, 20)),
    "ideographEnclosedCircle": _row(_signs(0x3280, 10), _counting),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "ideographTraditional": _row(_STEMS),
    "ideographZodiac": _row(_BRANCHES),
    "ideographZodiacTraditional": lambda number: _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12],
    "none": lambda number: "",
}


def written(number: int, form: str) -> str:
    """``number`` in the number format ``form``; formats that Chinese documents do not use come out in digits."""
    if number < 1 and form != "none":
        return f"{number:02d}" if form == "decimalZero" else str(number)
    return _FORMATS.get(form, str)(number)

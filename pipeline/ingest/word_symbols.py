"""Characters of symbol fonts as Unicode: the boxes and ticks that officials set in Wingdings."""

_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "◆", 0x77: "◆",
    0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xFB: "×", 0xFC: "√",
    0xFD: "☒", 0xFE: "☑",
    **{0x81 + i: chr(0x2460 + i) for i in range(10)}, **{0x8C + i: chr(0x2776 + i) for i in range(10)},
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x96: "●", 0x98: "●", 0xA3: "□", 0xA2: "■",
}  # fmt: skip
_SYMBOL = {
    0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0x61: "α", 0x62: "β", 0x64: "δ", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x73: "σ",
    0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD6: "√",
    0xE5: "∑",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
# Symbol fonts are addressed by their bytes, plainly or moved into the private use area.
_PRIVATE = 0xF000


def symbol(font: str | None, code: int) -> str:
    """The character ``code`` of ``font``; "" where it is in a symbol font and not known."""
    known = _FONTS.get((font or "").lower())
    if known is not None:
        return known.get(code & 0xFF, "")
    if _PRIVATE <= code <= _PRIVATE + 0xFF:
        # No font said: Wingdings is what such characters are nearly always from.
        return _WINGDINGS.get(code & 0xFF, "") if font is None else ""
    return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def is_symbol_font(font: str | None) -> bool:
    return font is not None and font.lower() in _FONTS


def spelled(text: str, font: str | None) -> str:
    """``text`` that was typed in a symbol font, or that holds private characters of one, as Unicode."""
    return "".join(symbol(font, ord(c)) or c for c in text)

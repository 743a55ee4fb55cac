"""Characters of symbol fonts as Unicode: the boxes and ticks that officials set in Wingdings."""

import re

from lxml import etree

from pipeline.ingest.word_names import w

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
_PRIVATE_USE = re.compile("[\uf000-\uf0ff]")
_RFONTS = w("rFonts")
_KINDS = (w("ascii"), w("hAnsi"))


def clean(text: str) -> str:
    """Text as XML has it, on one line: line ends within it are only the layout of the XML."""
    return text.replace("\r", " ").replace("\n", " ") if "\n" in text or "\r" in text else text


def run_text(element: etree._Element, properties: etree._Element | None) -> str:
    """The text of a ``w:t``; signs typed in a symbol font (þ in Wingdings is ☑) as what they look like.

    ``properties`` are those of its run. Such signs stand alone or by two, or are private characters.
    """
    text = element.text or ""
    private = _PRIVATE_USE.search(text)
    if len(text) <= 2 or private:
        fonts = None if properties is None else properties.find(_RFONTS)
        font = None if fonts is None else fonts.get(w("ascii"))
        known = font is not None and font.lower() in _FONTS
        if known or private:
            return "".join(_symbol(font if known else None, ord(c)) or c for c in text)
    return clean(text)


def in_symbol_font(properties: etree._Element | None) -> bool:
    """Whether a run with these properties is set in a symbol font: what it says then hangs on how it is cut."""
    fonts = None if properties is None else properties.find(_RFONTS)
    return fonts is not None and any((fonts.get(kind) or "").lower() in _FONTS for kind in _KINDS)


def sign(element: etree._Element) -> str:
    """The character of a ``w:sym``; "" where it is not known."""
    try:
        return _symbol(element.get(w("font")), int(element.get(w("char"), ""), 16))
    except ValueError:
        return ""


def _symbol(font: str | None, code: int) -> str:
    known = _FONTS.get((font or "").lower())
    if known is not None:
        return known.get(code & 0xFF, "")
    if _PRIVATE <= code <= _PRIVATE + 0xFF:
        # Where no font is said, Wingdings is what such characters are nearly always from.
        return _WINGDINGS.get(code & 0xFF, "") if font is None else ""
    return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""

"""Full-width and look-alike characters to plain ones, one for one, so that offsets stay those of the text."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# The full-width comma stays: between digits it is nearly always punctuation. Full-width brackets stay as written.
for _kept in "，（）；！？":
    del _WIDE[ord(_kept)]
_PLAIN = str.maketrans(
    {
        **{chr(wide): chr(narrow) for wide, narrow in _WIDE.items()},
        "\u3000": " ",
        "\xa0": " ",
        "∶": ":",
        "−": "-",
        "–": "-",
        "—": "-",
        "―": "-",
        "‐": "-",
        "‑": "-",
        "─": "-",
        "〜": "~",
        "∼": "~",
        "˜": "~",
        "￥": "¥",
        "○": "〇",
        "Ｏ": "〇",
        "﹪": "%",
        "⁄": "/",
        "㎡": "㎡",
        "﹣": "-",
    }
)


def plain(text: str) -> str:
    """``text`` with the same length and plain digits, per cent signs, dashes and colons."""
    return text.translate(_PLAIN)

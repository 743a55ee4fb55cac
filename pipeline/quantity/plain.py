"""Full-width, look-alike and traditional characters to plain ones, one for one, so that offsets stay those of the text."""

import re

# The full-width comma stays: between digits it is nearly always punctuation. Full-width brackets stay as written.
_KEPT = "，（）；！？"
_PLAIN = {
    **{chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F) if chr(wide) not in _KEPT},
    **dict.fromkeys("\u3000\xa0\u2002\u2003\u2009\u202f", " "),
    **dict.fromkeys("−–—―‐‑─﹣", "-"),
    **dict.fromkeys("〜∼˜", "~"),
    **dict.fromkeys("○Ｏ", "〇"),
    "∶": ":",
    "﹕": ":",
    "￥": "¥",
    "﹪": "%",
    "⁄": "/",
    # Forms of old seals and of 大写 that recognition gives in the traditional script.
    **dict(zip("萬億兩貳參叄陸點幾負個餘圓對雙塊", "万亿两贰叁叁陆点几负个余圆对双块", strict=True)),
}
_ODD = re.compile(f"[{''.join(_PLAIN)}]")


def plain(text: str) -> str:
    """``text`` with the same length and plain digits, numerals, per cent signs, dashes and colons."""
    return text if text.isascii() else _ODD.sub(lambda odd: _PLAIN[odd[0]], text)

"""What is done to a text by itself, line by line: nothing is stored."""

import json

from pipeline import claims, codec
from pipeline.errors import WrongUsage


def claims_of(line: str, where: str) -> str:
    """One line of ``jishen claims``: ``{"id", "text"}`` in, ``{"id", "claims"}`` out, both JSON.

    Raises WrongUsage, saying where, for a line that is not such an object.
    """
    try:
        row = json.loads(line)
        key, text = row["id"], row["text"]
    except (ValueError, KeyError, TypeError) as error:
        raise WrongUsage(f'{where}不是 {{"id", "text"}} 形式的 JSON。请改正后重试。') from error
    if not isinstance(text, str):
        raise WrongUsage(f"{where}的 text 不是文字。请改正后重试。")
    return codec.encode_claims(key, text, claims.of_text(text)).decode()

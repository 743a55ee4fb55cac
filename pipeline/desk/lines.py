"""What is done to a text by itself, line by line: nothing is stored."""

import json
from collections.abc import Callable
from typing import Any, cast

from pipeline import artifacts, claims, codec, quality
from pipeline.errors import WrongUsage


def claims_of(line: str, where: str) -> str:
    """One line of ``jishen claims``: ``{"id", "text"}`` in, ``{"id", "claims"}`` out, both JSON.

    Raises WrongUsage, saying where, for a line that is not such an object.
    """
    row = _row(line, where, ("id", "text"))
    return codec.encode_claims(row["id"], row["text"], claims.of_text(row["text"])).decode()


def grader() -> Callable[[str, str], str]:
    """What makes a line of ``jishen grade`` out of one: ``{"id", "side", "text"}`` in, the grade with its probabilities,
    its aspects and what carried it out, both JSON. Raises BrokenModel where the model cannot be used."""
    model = artifacts.grades()

    def grade_of(line: str, where: str) -> str:
        row = _row(line, where, ("id", "side", "text"))
        if row["side"] not in quality.ASPECTS:
            raise WrongUsage(f"{where}的 side 应为 problem（问题）或 measure（措施）。请改正后重试。")
        return codec.encode_grade(row["id"], model.say(cast(quality.Side, row["side"]), row["text"])).decode()

    return grade_of


def _row(line: str, where: str, fields: tuple[str, ...]) -> dict[str, Any]:
    try:
        row: dict[str, Any] = json.loads(line)
        text = [row[field] for field in fields][-1]
    except (ValueError, KeyError, TypeError) as error:
        asked = ", ".join(f'"{field}"' for field in fields)
        raise WrongUsage(f"{where}不是 {{{asked}}} 形式的 JSON。请改正后重试。") from error
    if not isinstance(text, str):
        raise WrongUsage(f"{where}的 text 不是文字。请改正后重试。")
    return row

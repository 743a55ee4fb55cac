"""A quantity where it stands in a text, and what only looks like one."""

from dataclasses import dataclass
from typing import Literal

from pipeline.records import Quantity


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[start:end]`` writes ``quantity``, hedges and words of change included.

    ``core`` is where the number itself starts. ``direction`` is that of a change (增长, 下降); ``change`` says that the
    quantity is one.
    """

    start: int
    end: int
    quantity: Quantity
    core: int = 0
    direction: Literal["up", "down"] | None = None
    change: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """``text[start:end]`` looks like a quantity; ``reason`` says what it is instead."""

    start: int
    end: int
    reason: str

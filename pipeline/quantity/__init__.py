"""Chinese quantities: read from text into decimals, units and the intervals that their writing allows."""

from pipeline.quantity.intervals import Interval, total
from pipeline.quantity.mention import Mention, Rejected
from pipeline.quantity.scan import scan

__all__ = ["Interval", "Mention", "mentions", "rejected", "total"]


def mentions(text: str) -> list[Mention]:
    """The quantities that ``text`` states, in order, none overlapping another."""
    return [one for one in scan(text) if isinstance(one, Mention)]


def rejected(text: str) -> list[tuple[int, int, str]]:
    """What looks like a quantity in ``text`` and is none: start, end, reason (lexicon/lookalikes.toml)."""
    return [(one.start, one.end, one.reason) for one in scan(text) if isinstance(one, Rejected)]

"""A report as a key of a cache: told by identity, which is far cheaper than comparing its text."""

from pipeline.records import Report


class Same:
    """Equal to another where both hold the very same report."""

    __slots__ = ("report",)

    def __init__(self, report: Report) -> None:
        self.report = report

    def __hash__(self) -> int:
        return id(self.report)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.report is other.report

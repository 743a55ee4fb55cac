"""What the comparison keeps of a report: its text in one string, what its blocks are, whose it is and of which year."""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pipeline.records import Reading, Report
from pipeline.reuse.normalise import BORDER, Normal, letters, normalise

# What a block is, as bits.
HEADING, CELL, DUTIES = 1, 2, 4
# How a unit tells itself alone from itself with those under it.
_ALONE = "本级|本部|机关|单位|部门|汇总|合并"
_ALIAS = re.compile(
    rf"[（(\[【〔][^（()）\]】〕]*(?:{_ALONE})[^（()）\]】〕]*[）)\]】〕]|(?<=局)局机关$|(?<=委)委机关$|(?:{_ALONE})$"
)
_PLACELESS = re.compile(r"(?:省|市|县|区|州|旗|镇|乡|街道)[^市县区州旗镇乡]")


@dataclass(frozen=True)
class Document:
    """``text`` holds all blocks, parted by ``BORDER``; ``flags`` says what each is; ``agency`` as on the cover."""

    id: str
    name: str
    agency: str
    year: int | None
    text: str
    flags: bytes

    @cached_property
    def blocks(self) -> list[str]:
        return self.text.split(BORDER)

    @cached_property
    def unit(self) -> str:
        """The agency without what tells the unit alone from the whole department; "" where unknown.

        A name without its place (市财政局) may be any city's.
        """
        return "" if _PLACELESS.match(self.agency) else agency_key(self.agency)

    def normal(self, *, fold_numerals: bool = False) -> Normal:
        return normalise(self.text, fold_numerals=fold_numerals)

    def borders(self, normal: Normal) -> list[int]:
        """Where each block begins in ``normal``."""
        starts = np.cumsum([0] + [len(block) + 1 for block in self.blocks[:-1]])
        found: list[int] = np.searchsorted(normal.at, starts).tolist()
        return found


def agency_key(agency: str) -> str:
    """What two wordings of one agency have in common (某局本级, 某局（局机关））; "" where nothing is left."""
    return letters(_ALIAS.sub("", agency.strip())) or letters(agency)


def document(reading: Reading) -> Document:
    """``reading`` as it is compared."""
    report, cover = reading.report, reading.cover
    flags = [(HEADING if block.level else 0) | (CELL if block.cell else 0) for block in report.blocks]
    for section in reading.sections:
        first = report.blocks[section.first : section.first + 1]
        if first and _bare(section.title) and _bare(first[0].text) == _bare(section.title):
            flags[section.first] |= HEADING
        if section.kind == "duties":
            for index in range(section.first, min(section.last, len(flags))):
                flags[index] |= DUTIES
    title = _bare(cover.title)
    for block in report.blocks[:20]:
        if title and len(block.text) <= 2 * len(cover.title) and title in _bare(block.text):
            flags[block.index] |= HEADING
    return Document(report.id, report.name, cover.agency, cover.year, joined(report), bytes(flags))


def joined(report: Report) -> str:
    """The text of all blocks, parted by ``BORDER``."""
    return BORDER.join(block.text.replace(BORDER, " ") for block in report.blocks)


def _bare(text: str) -> str:
    return "".join(text.split())

"""Text reuse: what a report shares with others, with its unit's earlier ones, and within itself.

``find`` compares one report with an ``Index`` of those seen before; ``compare`` all reports of a batch with each other.
Every run of 20 characters (Han, letters, digits) that two reports share is found, or holds a phrase that stands in more
than 50 places.
"""

from pipeline.reuse.background import Background, background
from pipeline.reuse.compare import Pair, compare
from pipeline.reuse.document import Document, document
from pipeline.reuse.find import find
from pipeline.reuse.index import Index
from pipeline.reuse.label import Labels
from pipeline.reuse.segment import UnusableIndex

__all__ = [
    "Background", "Document", "Index", "Labels", "Pair", "UnusableIndex", "background", "compare", "document", "find",
]  # fmt: skip

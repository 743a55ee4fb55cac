"""The words that pages and exports have for codes."""

from pipeline.desk.deciding import REASONS, VERDICTS
from pipeline.desk.working import STATES
from pipeline.export.words import BAND, COVER, MATCH, SECTION, SEVERITY

__all__ = ["BAND", "COVER", "MATCH", "REASONS", "SECTION", "SEVERITY", "STATES", "VERDICTS"]

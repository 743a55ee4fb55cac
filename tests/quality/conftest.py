import json
from pathlib import Path
from typing import Any

import pytest

from pipeline import artifacts, quality

LABELLED = Path(__file__).parents[2] / "corpora" / "labelled" / "quality"


@pytest.fixture(scope="session")
def model() -> quality.Model:
    """The model that the product uses."""
    return artifacts.grades()


@pytest.fixture(scope="session")
def labelled() -> list[dict[str, Any]]:
    return [
        json.loads(line) for path in sorted(LABELLED.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]

"""A store with people and reviewed reports, on both databases."""

from collections.abc import Iterator

import pytest

from pipeline.records import Person
from pipeline.store import Store
from tests.databases import cluster, postgres_url, url
from tests.office import Office

__all__ = ["cluster", "postgres_url", "url"]


@pytest.fixture
def office(url: str) -> Iterator[Office]:
    with Store.open(url) as store:
        yield Office(store)


@pytest.fixture
def wang(office: Office) -> Person:
    return office.hire("王审核", "reviewer")


@pytest.fixture
def li(office: Office) -> Person:
    return office.hire("李审核", "reviewer")


@pytest.fixture
def lead(office: Office) -> Person:
    return office.hire("赵组长", "lead")

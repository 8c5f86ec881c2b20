import pytest

from tests.command import county as places


@pytest.fixture
def county(db):
    return places.found()


@pytest.fixture
def flood(county):
    return places.incident(county.officer)


@pytest.fixture
def order(county, flood):
    return places.order(county.office, flood, county.posts["water"])


@pytest.fixture
def version(db):
    return places.plan()

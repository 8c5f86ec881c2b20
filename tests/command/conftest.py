import pytest

from liandong.kernel.identity import Node
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


@pytest.fixture
def enter(county, client):
    """Sign somebody of the county in: ``enter("officer")``."""

    def as_(name):
        client.force_login(
            county.accounts[name], backend="django.contrib.auth.backends.ModelBackend"
        )
        return client

    return as_


@pytest.fixture
def demo_node(db):
    """A demonstration's commanders need no second factor."""
    return Node.objects.create(
        division_code="990101", name="示例县", public_key="k", is_demo=True
    )

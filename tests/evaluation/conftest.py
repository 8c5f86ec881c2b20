import pytest

from liandong.kernel.identity import Node
from tests.command import county as places
from tests.evaluation import drills


@pytest.fixture
def county(db):
    return places.found()


@pytest.fixture
def version(county):
    return places.plan()


@pytest.fixture
def drill(county, version):
    """Planned, with a controller, an evaluator and players."""
    return drills.listed(county, version)


@pytest.fixture
def running(county, drill):
    return drills.started(county, drill)


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

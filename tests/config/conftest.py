"""A node founded once, and twins of it for tests that change it."""

import pytest

from liandong.kernel.database import Cluster
from tests.config import nodes


@pytest.fixture(scope="session")
def founded():
    """What ``init`` told; nobody may change its home."""
    folder = nodes.new_folder()
    made = nodes.answer(
        "init", "--division", "370102", "--name", "试验县", home=folder / "home"
    )
    assert made["ok"], made
    yield made
    nodes.remove(folder)


@pytest.fixture
def folder():
    folder = nodes.new_folder()
    yield folder
    nodes.remove(folder)


@pytest.fixture
def home(founded, folder):
    """A node's home, stopped, of one's own."""
    return nodes.twin(founded["home"], folder)


@pytest.fixture
def cluster(home):
    """Its database, running."""
    with Cluster(home) as cluster:
        yield cluster

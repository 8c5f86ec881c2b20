"""A real node behind every browser test: founded once for each pytest process, then served."""

import os

import pytest

from tests.browser.houses import FLOODED, house
from tests.browser.people import ARGUMENTS, SPEAKING, Town, chromium


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    program = chromium()
    if program is None:
        pytest.skip("Chromium is not installed: make chromium")
    return {
        "executable_path": program,
        "args": ARGUMENTS,
        "env": {**os.environ, **SPEAKING},
    }


@pytest.fixture(scope="session")
def county():
    """The county on a quiet morning."""
    with house() as served:
        yield served


@pytest.fixture(scope="session")
def flooded_county():
    """The county in the night of the flood."""
    with house(FLOODED) as served:
        yield served


@pytest.fixture(scope="session")
def quiet_town(browser, county):
    return Town(browser, county)


@pytest.fixture(scope="session")
def flooded_town(browser, flooded_county):
    return Town(browser, flooded_county)


@pytest.fixture
def town(quiet_town):
    with quiet_town.day():
        yield quiet_town


@pytest.fixture
def flood(flooded_town):
    with flooded_town.day():
        yield flooded_town

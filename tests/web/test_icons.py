import re

import pytest

from liandong.web.icons import icon, names
from liandong.web.states import STATES
from tests.architecture.tree import ROOT, SRC

USED = re.compile(r"\{% icon [\"']([^\"'|]+)[\"']")


def test_an_icon_points_into_the_sprite():
    assert 'href="/static/web/build/icons.svg#bell"' in icon("bell")


def test_an_unheard_of_icon_is_an_error_that_says_where_the_list_is():
    with pytest.raises(ValueError, match=r"icons\.txt"):
        icon("no-such-thing")


def test_every_states_icon_is_on_the_list():
    assert {look.icon for look in STATES.values() if look.icon} - names() == set()


@pytest.mark.parametrize("path", sorted(SRC.rglob("templates/**/*.html")), ids=str)
def test_every_icon_of_a_template_is_on_the_list(path):
    assert set(USED.findall(path.read_text())) - names() == set()


def test_every_icon_on_the_list_is_in_the_package():
    drawn = ROOT / "node_modules/@tabler/icons/icons/outline"
    if not drawn.exists():
        pytest.fail("node_modules is missing: run make setup")

    assert {name for name in names() if not (drawn / f"{name}.svg").exists()} == set()

import pytest

from liandong.web import nav
from liandong.web.views.chrome import nav as bar
from tests.web.asking import ask, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_ours(monkeypatch):
    monkeypatch.setattr(nav, "_entries", {})
    nav.entry("流水", "web:journal")


def test_the_bar_is_drawn_as_the_page_that_asks_has_it():
    assert 'href="/journal/" aria-current="page"' in text(
        bar(ask("/nav/", {"at": "/journal/3/"}))
    )


@pytest.mark.parametrize("at", ["", "journal", "//evil", "/\0", "/" + "x" * 3000])
def test_an_odd_address_marks_nothing(at):
    assert "aria-current" not in text(bar(ask("/nav/", {"at": at})))

import pytest

from liandong.web import nav
from tests.people import allowed
from tests.web.asking import ask

JOURNAL, OPERATIONS = "web:journal", "web:operations"


@pytest.fixture(autouse=True)
def only_ours(monkeypatch):
    monkeypatch.setattr(nav, "_entries", {})


def test_only_entries_whose_permission_one_has_are_shown():
    nav.entry("流水", JOURNAL, "x:journal:read")
    nav.entry("运行", OPERATIONS, "x:node:keep")

    shown = nav.shown(ask(actor=allowed("x:journal:read")))

    assert [one.label for one in shown] == ["流水"]


def test_entries_stand_in_their_order():
    nav.entry("后", JOURNAL, order=2)
    nav.entry("先", OPERATIONS, order=1)

    assert [one.label for one in nav.shown(ask())] == ["先", "后"]


def test_the_entry_of_the_page_is_current():
    nav.entry("流水", JOURNAL)
    nav.entry("运行", OPERATIONS)

    shown = nav.shown(ask("/journal/12/"))

    assert {one.label: one.current for one in shown} == {"流水": True, "运行": False}


def test_the_front_page_is_current_only_on_itself(monkeypatch):
    monkeypatch.setattr(nav, "_url", lambda name: "/" if name == "front" else "/journal/")
    nav.entry("首页", "front")
    nav.entry("流水", JOURNAL)

    marked = [
        [one.label for one in nav.shown(ask(path)) if one.current]
        for path in ("/", "/journal/", "/x/")
    ]

    assert marked == [["首页"], ["流水"], []]


def test_the_count_is_asked_of_the_app():
    nav.entry("流水", JOURNAL, count=lambda request: 4, urgent=True)

    (shown,) = nav.shown(ask())

    assert (shown.count, shown.urgent) == (4, True)


def test_a_count_that_cannot_be_had_does_not_take_the_page_with_it(caplog):
    def broken(request):
        raise ZeroDivisionError

    nav.entry("流水", JOURNAL, count=broken)

    assert [one.count for one in nav.shown(ask())] == [0]
    assert "ZeroDivisionError" in caplog.text


def test_menu_entries_are_not_in_the_bar():
    nav.entry("流水", JOURNAL, in_menu=True)

    assert nav.shown(ask()) == []
    assert [one.label for one in nav.shown(ask(), in_menu=True)] == ["流水"]


def test_an_entry_without_a_page_is_left_out():
    nav.entry("没有", "nowhere:page")

    assert nav.shown(ask()) == []


def test_the_bar_listens_to_what_its_counts_depend_on():
    nav.entry("流水", JOURNAL, live=("command.", "monitoring.warning"))
    nav.entry("运行", OPERATIONS, live=("command.",))

    assert nav.prefixes() == "command. monitoring.warning"

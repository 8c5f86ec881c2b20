import pytest
from django.template import Context, Template

from liandong.kernel.problems import Forbidden
from liandong.web.slots import forget, panel, panels
from tests.web.asking import ask

SLOT = "tests.web.slot"
SHOW = "web/components/empty.html"


@pytest.fixture(autouse=True)
def clean_slot():
    yield
    forget(SLOT)


def draw(subject=None):
    context = Context({"request": ask(), "subject": subject})
    return Template("{% load web %}{% slot '" + SLOT + "' subject %}").render(context)


def test_panels_stand_in_their_order():
    @panel(SLOT, order=20)
    def second(request, subject):
        return SHOW, {"title": "二"}

    @panel(SLOT, order=10)
    def first(request, subject):
        return SHOW, {"title": "一"}

    drawn = draw()

    assert drawn.index("<h3>一</h3>") < drawn.index("<h3>二</h3>")


def test_a_panel_registered_twice_is_shown_once():
    def once(request, subject):
        return SHOW, {"title": "一"}

    panel(SLOT)(once)
    panel(SLOT)(once)

    assert len(panels(SLOT)) == 1


def test_a_panel_is_given_the_pages_subject():
    panel(SLOT)(lambda request, subject: (SHOW, {"title": subject}))

    assert "<h3>城关站</h3>" in draw("城关站")


def test_a_panel_with_nothing_to_show_shows_nothing():
    panel(SLOT)(lambda request, subject: None)

    assert draw() == ""


def test_a_panel_its_reader_may_not_see_is_left_out():
    @panel(SLOT)
    def refused(request, subject):
        raise Forbidden("不能看")

    assert draw() == ""


def test_a_broken_panel_says_so_and_leaves_the_others(caplog):
    @panel(SLOT, order=1)
    def broken(request, subject):
        raise ZeroDivisionError

    panel(SLOT, order=2)(lambda request, subject: (SHOW, {"title": "好的"}))

    drawn = draw()

    assert "这一栏暂时读不出来" in drawn
    assert "<h3>好的</h3>" in drawn
    assert "ZeroDivisionError" in caplog.text


def test_what_a_panel_was_given_is_escaped():
    panel(SLOT)(lambda request, subject: (SHOW, {"title": subject}))

    assert "<script>" not in draw("<script>alert(1)</script>")

from datetime import timedelta

import pytest

from liandong.kernel import clock

pytestmark = pytest.mark.django_db
NOTHING = "现在没有要办的事"


def desk(browser):
    return browser.get("/command/desk/").content.decode()


def test_what_is_long_overdue_stands_folded_and_is_not_called_nothing(enter, county, order):
    unit = enter("water")

    fresh = desk(unit)
    clock.set_clock("actual", clock.now("actual") + timedelta(days=2), rate=0)
    stale = desk(unit)

    assert "超时一天以上" not in fresh
    assert "超时一天以上的 1 项" in stale
    assert "封闭漫水桥" in stale
    assert NOTHING not in fresh + stale


def test_an_empty_desk_says_so(enter, county):
    assert NOTHING in desk(enter("water"))


def test_the_incidents_of_the_desk_come_again_by_themselves(enter, county, flood):
    page = enter("officer").get("/command/desk/incidents/").content.decode()

    assert "清溪河洪水" in page
    assert 'data-key="f2"' in page
    assert 'data-live="command.incident command.response"' in page

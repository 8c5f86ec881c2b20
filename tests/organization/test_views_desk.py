import pytest

from liandong.web import slots
from tests.factories import organization as make
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty(monkeypatch):
    monkeypatch.setattr(slots, "_slots", type(slots._slots)(dict))


def test_an_empty_desk_says_so(empty):
    text = entered(make.account(at=make.post(title="值班员"))).get("/").content.decode()

    assert "现在没有要办的事" in text
    assert "columns-two" in text


def test_panels_of_the_apps_above_fill_the_desk(empty):
    for slot in ("ring", "now", "middle", "side", "strip"):
        slots.panel(f"organization.desk.{slot}")(
            lambda request, obj: ("web/components/empty.html", {"title": "来自上方"})
        )

    text = entered(make.account()).get("/").content.decode()

    assert text.count("来自上方") == 5
    # Sections may be there and empty: the style sheet shows the empty card while nothing else is.
    assert text.count('<section class="card fallback">') == 1
    assert "columns-desk" in text


def test_a_stranger_sees_no_desk(client):
    assert client.get("/").status_code == 302

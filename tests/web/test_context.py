import pytest
from django.template.loader import render_to_string

from liandong.kernel import clock
from liandong.kernel.realms import Realm
from liandong.web.context import chrome, live_url
from tests.people import duty_officer
from tests.web.asking import ask

pytestmark = pytest.mark.django_db


def page(request):
    return render_to_string("web/base.html", {}, request=request)


def test_a_page_carries_its_place_in_the_journal():
    assert 'data-position="1:7"' in page(ask(actor=duty_officer()))


def test_a_stranger_gets_no_stream():
    html = page(ask(signed_in=False))

    assert "data-position" not in html
    assert "data-live-url" not in html


def test_a_demonstration_says_so():
    assert "虚构示范县" in page(ask())


def test_a_real_county_has_no_ribbon():
    request = ask()
    request.node.is_demo = False

    assert "虚构" not in page(request)


def test_a_drill_is_framed_and_named_and_runs_on_its_own_clock(at):
    told = at("2026-07-14T05:36:10", realm="drill-1")

    html = page(ask(actor=duty_officer(realm="drill-1")))

    assert 'class="drill-frame"' in html
    assert "<title>演练" in html
    assert f'data-now="{int(told.timestamp() * 1000)}"' in html
    assert 'data-rate="0"' in html


def test_a_drill_says_on_every_page_and_print_whom_its_mail_reaches_and_when_it_is_over(at):
    said = []
    for reachable, closed in (([], None), (["a@x.cn"], None), (["a@x.cn"], clock.real())):
        at("2026-07-14T05:36:10", realm="drill-1")
        Realm.objects.update(reachable=reachable, closed_at=closed)
        html = page(ask(actor=duty_officer(realm="drill-1")))
        assert 'class="drill-mark"' in html
        said += [one for one in ("不外发", "只发名单内 1 个邮箱", "已结束") if one in html]

    assert said == ["不外发", "只发名单内 1 个邮箱", "已结束"]


def test_reality_has_no_frame():
    html = page(ask(actor=duty_officer()))

    assert "drill-frame" not in html
    assert "drill-mark" not in html
    assert 'data-rate="1"' in html


@pytest.mark.parametrize(
    ("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><x', "")]
)
def test_the_theme_is_one_of_two_or_the_systems(cookie, theme):
    assert chrome(ask(cookies={"theme": cookie}))["theme"] == theme


def test_the_stream_is_on_this_host_at_its_own_port(settings):
    settings.LIVE_PORT = 9001

    assert live_url(ask()) == "http://testserver:9001/live"


def test_the_page_is_found_behind_a_port_too(settings):
    settings.LIVE_PORT = 9001
    settings.ALLOWED_HOSTS = ["*"]
    request = ask()
    request.META["HTTP_HOST"] = "10.0.0.5:8000"

    assert live_url(request) == "http://10.0.0.5:9001/live"


def test_a_front_server_may_say_where_the_stream_is(settings):
    settings.LIVE_URL = "/live"

    assert live_url(ask()) == "/live"


def test_a_part_of_a_page_pays_for_nothing_it_does_not_show(django_assert_num_queries):
    with django_assert_num_queries(0):
        chrome(ask())


def test_the_clock_of_the_page_is_the_countys(at):
    at("2026-07-14T04:07:00")
    clock.forget()

    assert ">04:07</span>" in page(ask())

from datetime import timedelta

import pytest

from liandong.kernel import certificates, clock
from liandong.kernel.upkeep.permissions import Permission
from liandong.web.panels import https_item
from tests.people import allowed
from tests.web.asking import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path, settings):
    settings.LIANDONG_HOME = tmp_path
    settings.SECURE, settings.CERTIFICATE = False, ""
    return tmp_path


def make(home, *, ago=timedelta()):
    now = clock.real() - ago
    return certificates.make(home, county="试验县", names=["10.0.0.9"], now=now)


def served(home, settings):
    settings.SECURE, settings.CERTIFICATE = True, str(certificates.files(home)[0])


def item(*permissions):
    _template, context = https_item(ask(actor=allowed(*permissions)), None)
    return context["item"]


def test_plain_http_is_not_called_done_and_the_way_is_shown(home):
    shown = item(Permission.RETRY_DELIVERY)

    assert shown.state == "missing"
    assert "liandong certificate make" in shown.lacks[0]


def test_others_are_told_whose_business_it_is(home):
    shown = item()

    assert (shown.lacks, [str(link.by) for link in shown.links]) == ((), ["系统管理员"])


def test_a_certificate_that_is_not_served_is_not_called_done(home):
    make(home)

    shown = item(Permission.RETRY_DELIVERY)

    assert shown.state == "partly"
    assert "重新启动 liandong serve" in shown.lacks[0]


def test_what_is_served_is_told_with_its_names_and_end(home, settings):
    made = make(home)
    served(home, settings)

    shown = item(Permission.RETRY_DELIVERY)

    left = (made.until - clock.real()).days
    assert (shown.state, shown.lacks) == ("done", ())
    assert (
        shown.said
        == f"已启用：本节点签发，用于 10.0.0.9，到 {made.until:%Y-%m-%d}，还有 {left} 天"
    )
    assert [link.url for link in shown.links] == ["/trust/"]


def test_one_that_ends_soon_is_to_be_renewed(home, settings):
    make(home, ago=timedelta(days=380))
    served(home, settings)

    shown = item(Permission.RETRY_DELIVERY)

    assert (shown.state, shown.lacks) == ("partly", ("重新启动 liandong serve，会自动更换。",))


def test_a_certificate_nobody_can_read_here_is_not_guessed_at(home, settings):
    settings.SECURE, settings.CERTIFICATE = True, str(home / "gone.pem")

    shown = item(Permission.RETRY_DELIVERY)

    assert (shown.state, shown.said) == ("done", "已启用；本机读不到证书，请自行留意到期日")

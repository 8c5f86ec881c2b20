import pytest
from django.urls import reverse

from liandong.command.actions import set_report_clock
from liandong.command.models import ReportClock
from tests.people import office

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(db):
    return set_report_clock(
        office(), kind="first", channel="phone", to="市应急管理局", minutes=30
    )


def url(name, *args):
    return reverse(f"command:{name}", args=args)


def test_a_clock_is_changed_in_place_and_the_old_one_kept(enter, clock):
    client = enter("office")
    shown = client.get(url("change_clock", clock.pk)).content.decode()

    answer = client.post(
        url("change_clock", clock.pk),
        {
            "kind": "first",
            "channel": "system",
            "to": "省应急管理厅",
            "severity": "2",
            "anchor": "discovered",
            "minutes": "20",
            "expected_version": clock.version,
            "idempotency_key": "k",
        },
    )

    assert 'value="30"' in shown
    assert answer.status_code == 303, answer.content.decode()[-2000:]
    new = ReportClock.objects.get(in_force=True)
    assert (new.channel, new.to, new.severity, new.anchor) == (
        "system",
        "省应急管理厅",
        2,
        "discovered",
    )
    assert "较大及以上" in client.get(url("clocks")).content.decode()


def test_a_clock_is_withdrawn_with_a_reason(enter, clock):
    client = enter("office")
    sent = {"expected_version": clock.version, "idempotency_key": "k"}

    refused = client.post(url("withdraw_clock", clock.pk), sent)
    answer = client.post(url("withdraw_clock", clock.pk), sent | {"reason": "文件已废止"})

    assert (refused.status_code, answer.status_code) == (422, 303)
    assert not ReportClock.objects.filter(in_force=True).exists()
    assert client.get(url("change_clock", clock.pk)).status_code == 404


def test_what_a_kind_cannot_have_is_asked_about_at_its_field(enter, clock):
    answer = enter("office").post(
        url("set_clock"),
        {"kind": "follow_up", "channel": "phone", "to": "市", "idempotency_key": "k"},
    )

    assert answer.status_code == 422
    assert "请填写时限或间隔" in answer.content.decode()

import pytest
from django.urls import reverse

from liandong.command.actions import add_report
from liandong.command.models import Report, ReportClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(county, flood):
    return add_report(
        county.officer, incident=flood, kind="first", channel="phone", to="市应急管理局"
    )


def url(name, *args):
    return reverse(f"command:{name}", args=args)


def test_a_report_is_drafted_shown_and_sent(enter, report):
    client = enter("officer")

    client.post(
        url("report", report.pk),
        {
            "element_time": "04:07",
            "element_trend_unknown": "on",
            "dead": "0",
            "missing_unknown": "on",
            "expected_version": 1,
            "idempotency_key": "k1",
        },
    )
    shown = client.get(url("report", report.pk)).content.decode()
    answer = client.post(
        url("send", report.pk),
        {"signed_by": "何川", "expected_version": 2, "idempotency_key": "k2"},
    )

    report.refresh_from_db()
    assert (report.dead, report.missing, report.elements["trend"]) == (0, None, None)
    assert "发展趋势：未问到" in shown
    assert answer.status_code == 303, answer.content.decode()[-2000:]
    assert (report.state, report.signed_by) == ("sent", "何川")


def test_figures_that_fell_ask_for_an_explanation_below_the_field(enter, county, flood, report):
    Report.objects.update(state="sent", dead=5, text="x", sent_at=flood.opened_at)
    second = add_report(
        county.officer, incident=flood, kind="follow_up", channel="written", to="市应急管理局"
    )

    answer = enter("officer").post(
        url("report", second.pk), {"dead": "4", "expected_version": 1, "idempotency_key": "k"}
    )

    assert answer.status_code == 422
    assert "请写核减说明" in answer.content.decode()


def test_sending_is_offered_while_review_is_asked_for(enter, county, report):
    client = enter("officer")
    client.post(url("report", report.pk), {"expected_version": 1, "idempotency_key": "k1"})

    client.post(
        url("review", report.pk),
        {"reviewer": county.posts["chief"].pk, "expected_version": 2, "idempotency_key": "k2"},
    )

    text = client.get(url("report", report.pk)).content.decode()
    assert "已送审：" in text
    assert url("send", report.pk) in text


def test_a_unit_sees_no_report(enter, report, order):
    assert enter("water").get(url("report", report.pk)).status_code == 404


def test_the_office_sets_clocks_and_the_desk_does_not(enter):
    answer = enter("office").post(
        url("set_clock"),
        {
            "kind": "first",
            "channel": "phone",
            "to": "市",
            "minutes": 20,
            "idempotency_key": "k",
        },
    )

    assert answer.status_code == 303
    assert ReportClock.objects.get().status == "assumed"
    assert "接报起 20 分钟" in enter("office").get(url("clocks")).content.decode()
    assert enter("officer").get(url("clocks")).status_code == 403


def test_more_dead_than_there_are_people_are_asked_about_and_nothing_typed_is_lost(
    enter, report
):
    answer = enter("officer").post(
        url("report", report.pk),
        {"dead": "99999999999", "text": "原文", "expected_version": 1, "idempotency_key": "k"},
    )

    assert answer.status_code == 422
    assert "原文" in answer.content.decode()

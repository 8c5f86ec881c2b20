from datetime import timedelta

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


def test_a_late_report_is_marked_and_its_reason_asked_for(enter, report, at):
    now = at("2030-01-01T08:00")
    client = enter("officer")
    client.post(url("report", report.pk), {"expected_version": 1, "idempotency_key": "k1"})
    Report.objects.filter(pk=report.pk).update(due_at=now - timedelta(minutes=7))
    client.post(
        url("send", report.pk),
        {"signed_by": "何川", "expected_version": 2, "idempotency_key": "k2"},
    )

    shown = client.get(url("report", report.pk)).content.decode()
    desk = client.get("/").content.decode()
    answer = client.post(
        url("explain_lateness", report.pk),
        {"reason": "电话占线", "expected_version": 3, "idempotency_key": "k3"},
    )

    assert "迟报 7 分钟" in shown
    assert "首报迟报 7 分钟，请补原因" in desk
    assert answer.status_code == 303
    assert "电话占线" in client.get(url("report", report.pk)).content.decode()


def test_a_sent_report_is_put_right_by_another_beside_it(enter, report):
    client = enter("officer")
    client.post(
        url("report", report.pk),
        {"dead": "5", "expected_version": 1, "idempotency_key": "k1"},
    )
    client.post(
        url("send", report.pk),
        {"signed_by": "何川", "expected_version": 2, "idempotency_key": "k2"},
    )

    answer = client.post(
        url("correct_report", report.pk),
        {"reason": "一人系病亡", "expected_version": 3, "idempotency_key": "k3"},
    )

    correction = Report.objects.get(kind="correction")
    page = client.get(url("report", correction.pk)).content.decode()
    assert answer.headers["Location"] == url("report", correction.pk)
    assert "更正一（首报）" in page
    assert "一人系病亡" in page
    assert "更正一（首报）" in client.get(url("report", report.pk)).content.decode()

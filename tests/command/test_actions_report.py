from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from liandong.command.actions import (
    add_report,
    call_follow_up,
    correct_report,
    draft_report,
    explain_late_report,
    miss_report,
    request_review,
    send_report,
    set_report_clock,
)
from liandong.command.models import Report
from liandong.command.queries import last_sent
from liandong.command.rules.casualties import Figures
from liandong.command.states import DecisionKind
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.timers import Timer
from tests.command import county as places
from tests.people import office

pytestmark = pytest.mark.django_db

ELEMENTS = {"time": "7月14日04时", "place": "清溪河", "measures": "巡堤", "trend": None}


@pytest.fixture
def report(county, flood):
    return add_report(
        county.officer, incident=flood, kind="first", channel="phone", to="市应急管理局"
    )


def drafted(county, report, *, figures=None, **more):
    figures = figures or Figures()
    return draft_report(
        county.officer,
        report=report,
        expected_version=report.version,
        figures=figures,
        **({"elements": ELEMENTS} | more),
    )


def sent(county, report, **more):
    report = drafted(county, report, **more)
    return send_report(
        county.officer, report=report, signed_by="何川", expected_version=report.version
    )


def follow_up(county, flood):
    return add_report(
        county.officer, incident=flood, kind="follow_up", channel="written", to="市应急管理局"
    )


def test_what_nobody_could_tell_is_marked(county, report):
    draft = drafted(county, report)

    said = Entry.objects.get(name="command.report_drafted").payload.text
    assert draft.state == "drafted"
    assert "发展趋势：未问到" in draft.text
    assert (
        '"not_known":"信息来源、事件性质、影响范围及损害程度、伤亡和失联、发展趋势、建议或请求"'
        in said
    )


def test_what_was_composed_and_left_as_it_was_is_composed_anew(county, report):
    first = drafted(county, report).text
    page = first.replace("\n", "\r\n") + "\r\n"

    again = drafted(county, report, elements=ELEMENTS | {"place": "柳湾村"}, text=page)

    assert "柳湾村" in again.text
    own = drafted(county, report, text="我们自己写的\r\n第二行")
    assert own.text == "我们自己写的\n第二行"
    assert drafted(county, report, text=own.text).text == own.text


def test_a_follow_up_says_only_what_changed(county, flood, report):
    sent(county, report)

    draft = drafted(county, follow_up(county, flood), elements=ELEMENTS | {"trend": "水位上涨"})

    assert draft.text.splitlines() == ["清溪河洪水续报一", "发展趋势：水位上涨"]


def test_review_does_not_hold_a_report_back(county, report, at):
    now = at("2030-01-01T08:00")
    draft = drafted(county, report)
    asked = request_review(
        county.officer, report=draft, reviewer=county.posts["chief"], expected_version=2
    )

    gone = send_report(county.officer, report=asked, signed_by="何川", expected_version=3)

    assert (gone.state, gone.sent_at, gone.review_by) == ("sent", now, county.posts["chief"])
    assert '"signed_by":"何川"' in Entry.objects.get(name="command.report_sent").payload.text


def test_a_report_is_not_sent_unwritten_unsigned_or_twice(county, report):
    with pytest.raises(Invalid):
        send_report(county.officer, report=report, signed_by="何川", expected_version=1)
    draft = drafted(county, report)
    with pytest.raises(Invalid):
        send_report(county.officer, report=draft, signed_by=" ", expected_version=2)
    gone = send_report(county.officer, report=draft, signed_by="何川", expected_version=2)
    with pytest.raises(IllegalMove):
        send_report(county.officer, report=gone, signed_by="何川", expected_version=3)
    with pytest.raises(IllegalMove):
        drafted(county, gone)


def test_fewer_dead_than_before_asks_for_an_explanation(county, flood, report):
    first = sent(county, report, figures=Figures(dead=5))
    second = follow_up(county, flood)

    with pytest.raises(Invalid) as refusal:
        drafted(county, second, figures=Figures(dead=4))
    again = sent(county, second, figures=Figures(dead=4), reduction_note="一人系病亡")

    first.refresh_from_db()
    assert refusal.value.title == "人数比上次报告减少（死亡由 5 变为 4），没有写核减说明。"
    assert (first.dead, again.dead, again.reduction_note) == (5, 4, "一人系病亡")


def test_the_missing_who_were_found_dead_need_no_explanation(county, flood, report):
    sent(county, report, figures=Figures(dead=1, missing=2))

    draft = drafted(county, follow_up(county, flood), figures=Figures(dead=3, missing=0))

    assert (draft.dead, draft.missing) == (3, 0)


def test_an_element_no_report_has_is_refused(county, report):
    with pytest.raises(Invalid):
        drafted(county, report, elements={"weather": "晴"})


def test_reports_are_refused_to_units_to_older_versions_and_across_realms(county, report):
    call = {"report": report, "elements": {}, "figures": Figures(), "expected_version": 1}

    with pytest.raises(Forbidden):
        draft_report(county.water, **call)
    with pytest.raises(Stale):
        draft_report(county.officer, **call | {"expected_version": 4})
    with pytest.raises(Missing):
        draft_report(replace(county.officer, realm="drill-1"), **call)


def test_a_missed_report_is_still_owed_and_keeps_its_version(county, report):
    draft = drafted(county, report)

    missed = miss_report(places.timer_actor(), report=draft)
    late = send_report(
        county.officer, report=missed, signed_by="何川", expected_version=draft.version
    )

    assert late.state == "sent"
    assert Entry.objects.filter(name="command.report_deadline_passed").count() == 1


def test_a_report_sent_in_time_is_not_missed(county, report):
    gone = sent(county, report)

    miss_report(places.timer_actor(), report=gone)

    assert Report.objects.get(channel="phone").state == "sent"


def test_follow_ups_come_as_often_as_the_plan_says(county, flood, version, at):
    now = at("2030-01-01T08:00")
    response = places.decide(county.office, flood, version).response
    first = Report.objects.get(kind="follow_up")
    later = at("2030-01-01T20:00")

    call_follow_up(places.timer_actor(), response=response)

    second = Report.objects.get(kind="follow_up", ordinal=2)
    assert (first.due_at, first.counted) == (now + timedelta(hours=12), "预案Ⅳ级 每 12 小时")
    assert (second.due_at, second.title) == (later + timedelta(hours=12), "续报二")


def test_a_higher_level_wants_the_next_follow_up_sooner(county, flood, version, at):
    at("2030-01-01T08:00")
    places.decide(county.office, flood, version)
    now = at("2030-01-01T09:00")

    places.decide(county.deputy, flood, version, kind=DecisionKind.RAISE, level="III")

    report = Report.objects.get(kind="follow_up")
    assert (report.due_at, report.ordinal) == (now + timedelta(hours=6), 1)
    assert set(
        Timer.objects.filter(
            kind__in=["command.follow_up_due", "command.report_due"]
        ).values_list("due_at", flat=True)
    ) == {now + timedelta(hours=6)}


def test_no_follow_up_is_called_for_when_the_response_has_ended(county, flood, version):
    response = places.decide(county.office, flood, version).response
    response.state = "ended"

    call_follow_up(places.timer_actor(), response=response)

    assert Report.objects.filter(kind="follow_up").count() == 1


def test_a_clock_of_the_county_counts_where_it_is_the_shorter(county, flood, version, at):
    now = at("2030-01-01T08:00")
    set_report_clock(
        office(), kind="follow_up", channel="written", to="市应急管理局", every_minutes=120
    )

    places.decide(county.office, flood, version)

    report = Report.objects.get(kind="follow_up")
    assert (report.due_at, report.to) == (now + timedelta(hours=2), "市应急管理局")


@pytest.mark.parametrize(
    ("anchor", "minutes", "due"),
    [("leader_informed", 60, "11:00"), ("received", 120, "13:00"), ("occurred", 30, "10:00")],
)
def test_a_clock_counts_from_its_own_anchor(anchor, minutes, due, county, at):
    told = at("2026-07-14T11:30")
    set_report_clock(
        office(),
        hazard="12A",
        kind="first",
        channel="written",
        to="市应急管理局",
        anchor=anchor,
        minutes=minutes,
    )

    places.incident(
        county.officer,
        hazard="12A01",
        leader_informed_at=told - timedelta(minutes=90),
        received_at=told - timedelta(minutes=30),
        occurred_at=told - timedelta(minutes=120),
    )

    assert f"{localtime(Report.objects.get().due_at):%H:%M}" == due


def test_two_counties_have_two_clocks(county, at):
    at("2026-07-14T10:00")
    due = {}

    for name, phone, written in (("甲", 15, 35), ("乙", 20, 40)):
        for channel, minutes in (("phone", phone), ("written", written)):
            set_report_clock(
                office(), kind="first", channel=channel, to="市应急管理局", minutes=minutes
            )
        incident = places.incident(county.officer, title=name)
        rows = Report.objects.filter(incident=incident).order_by("due_at")
        due[name] = [(row.due_at - row.counted_from).seconds // 60 for row in rows]

    assert due == {"甲": [15, 35], "乙": [20, 40]}


def test_a_report_did_not_go_up_in_the_future(county, report, at):
    now = at("2030-01-01T08:00")
    report = drafted(county, report)

    with pytest.raises(Invalid, match="晚于现在"):
        send_report(
            county.officer,
            report=report,
            signed_by="何川",
            expected_version=report.version,
            told=now + timedelta(minutes=1),
        )


def test_a_higher_level_wants_another_follow_up_when_the_last_was_sent_early(
    county, flood, version, at
):
    now = at("2030-01-01T08:00")
    places.decide(county.office, flood, version)
    early = Report.objects.get(kind="follow_up")
    sent(county, early)

    places.decide(county.deputy, flood, version, kind=DecisionKind.RAISE, level="III")

    follow = Report.objects.filter(kind="follow_up").exclude(pk=early.pk).get()
    assert follow.due_at == now + timedelta(hours=6)


def test_what_was_told_by_telephone_is_owed_in_writing_still(county, report):
    sent(county, report)

    written = Report.objects.get(channel="written")
    assert (written.state, written.kind, written.to) == ("due", "first", "市应急管理局")
    assert written.counted == "电话报告后补书面"


def test_a_written_report_a_clock_asks_for_already_is_owed_once(county, at):
    at("2030-01-01T08:00")
    for channel, minutes in (("phone", 30), ("written", 60)):
        set_report_clock(
            office(), kind="first", channel=channel, to="市应急管理局", minutes=minutes
        )
    incident = places.incident(county.officer)

    sent(county, Report.objects.get(incident=incident, channel="phone"))

    assert Report.objects.filter(channel="written").count() == 1


def test_a_late_report_goes_up_and_its_reason_may_follow(county, report, at):
    now = at("2030-01-01T08:00")
    Report.objects.update(due_at=now - timedelta(minutes=9, seconds=30))
    report.refresh_from_db()

    gone = sent(county, report)
    lacked = gone.lacks_late_reason
    told = explain_late_report(
        county.officer, report=gone, reason="电话占线", expected_version=gone.version
    )

    said = Entry.objects.get(name="command.report_sent").payload.text
    assert (gone.late_minutes, lacked, told.late_reason) == (10, True, "电话占线")
    assert '"late_minutes":10' in said
    with pytest.raises(IllegalMove):
        explain_late_report(
            county.officer, report=told, reason="再说", expected_version=told.version
        )


def test_explaining_refuses_no_reason_units_older_versions_and_other_realms(county, report, at):
    now = at("2030-01-01T08:00")
    Report.objects.update(due_at=now - timedelta(minutes=9))
    report.refresh_from_db()
    gone = sent(county, report)
    call = {"report": gone, "reason": "电话占线", "expected_version": gone.version}

    with pytest.raises(Invalid):
        explain_late_report(county.officer, **call | {"reason": " "})
    with pytest.raises(Forbidden):
        explain_late_report(county.water, **call)
    with pytest.raises(Stale):
        explain_late_report(county.officer, **call | {"expected_version": 1})
    with pytest.raises(Missing):
        explain_late_report(replace(county.officer, realm="drill-1"), **call)


def test_the_same_key_explains_once(county, report, at):
    now = at("2030-01-01T08:00")
    Report.objects.update(due_at=now - timedelta(minutes=9))
    report.refresh_from_db()
    gone = sent(county, report)
    call = {"report": gone, "reason": "电话占线", "expected_version": gone.version}

    explain_late_report(county.officer, **call, idempotency_key="k")
    explain_late_report(county.officer, **call, idempotency_key="k")

    assert Entry.objects.filter(name="command.report_lateness_explained").count() == 1


def test_a_correction_stands_beside_what_it_corrects(county, report):
    first = sent(county, report, figures=Figures(dead=5))

    begun = correct_report(
        county.officer, report=first, reason="一人系病亡", expected_version=first.version
    )
    draft = drafted(
        county, begun, figures=Figures(dead=4), elements=ELEMENTS | {"place": "清溪河下游"}
    )
    gone = send_report(
        county.officer, report=draft, signed_by="何川", expected_version=draft.version
    )

    text = [
        "清溪河洪水更正一（首报）",
        "更正原因：一人系病亡",
        "地点：原报“清溪河”，更正为“清溪河下游”",
        "死亡：原报 5 人，更正为 4 人",
    ]
    first.refresh_from_db()
    assert (first.dead, first.state, gone.text.splitlines()) == (5, "sent", text)
    assert (gone.corrects, gone.kind, gone.reduction_note) == (
        first,
        "correction",
        "一人系病亡",
    )


def test_correcting_an_earlier_report_does_not_override_a_later_one(county, flood, report):
    first = sent(county, report, figures=Figures(dead=5))
    sent(county, follow_up(county, flood), figures=Figures(dead=6))
    begun = correct_report(
        county.officer, report=first, reason="一人系病亡", expected_version=first.version
    )

    sent(county, begun, figures=Figures(dead=4))

    assert last_sent(flood).dead == 6


def test_correcting_refuses_what_was_not_sent_corrections_and_a_second_one_meanwhile(
    county, flood, report
):
    other = follow_up(county, flood)
    call = {"reason": "有误"}
    with pytest.raises(IllegalMove):
        correct_report(county.officer, report=other, expected_version=1, **call)
    first = sent(county, report)
    call |= {"report": first, "expected_version": first.version}
    with pytest.raises(Invalid):
        correct_report(county.officer, **call | {"reason": " "})
    with pytest.raises(Forbidden):
        correct_report(county.water, **call)
    with pytest.raises(Stale):
        correct_report(county.officer, **call | {"expected_version": 9})
    with pytest.raises(Missing):
        correct_report(replace(county.officer, realm="drill-1"), **call)
    begun = correct_report(county.officer, **call, idempotency_key="k")
    assert correct_report(county.officer, **call, idempotency_key="k") == begun
    with pytest.raises(IllegalMove):
        correct_report(county.officer, **call | {"expected_version": first.version})
    with pytest.raises(IllegalMove):
        correct_report(county.officer, report=begun, reason="有误", expected_version=1)


def test_a_correction_is_not_added_from_nowhere(county, flood):
    with pytest.raises(Invalid):
        add_report(county.officer, incident=flood, kind="correction", channel="phone", to="市")


def test_nothing_new_is_a_nil_report(county, flood, report):
    sent(county, report, figures=Figures(dead=1))

    draft = drafted(county, follow_up(county, flood), figures=Figures(dead=1))

    assert draft.is_nil
    assert draft.text.splitlines() == ["清溪河洪水续报一", "零报告：较上次报告无变化。"]


def test_a_follow_up_says_how_figures_moved(county, flood, report):
    sent(county, report, figures=Figures(dead=1, missing=3))

    draft = drafted(
        county,
        follow_up(county, flood),
        figures=Figures(dead=2, missing=1, missing_died=1, missing_found=1, relocated=63),
    )

    moved = "死亡由 1 人增至 2 人；失联由 3 人减至 1 人；转移 63 人（此前未问到）；失联转死亡 1 人；失联已找到 1 人"
    assert draft.text.splitlines() == ["清溪河洪水续报一", f"人数：{moved}"]
    assert not draft.is_nil


def test_each_superior_is_told_what_is_new_to_it(county, flood, report):
    sent(county, report)
    other = add_report(
        county.officer, incident=flood, kind="follow_up", channel="written", to="省应急厅"
    )

    draft = drafted(county, other)

    assert not draft.is_nil
    assert "地点：清溪河" in draft.text


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        (Figures(dead=-1), "死亡不能是 -1 人。"),
        (Figures(dead=1, missing=1), "失联减少 2 人，只说明了 0 人的下落。"),
        (Figures(missing=2, missing_struck=1), "失联核减 1 人，没有写核减说明。"),
        (
            Figures(dead=1, missing=1, missing_died=2),
            "失联转死亡 2 人，死亡只增加了 0 人。",
        ),
    ],
)
def test_figures_that_do_not_add_up_are_refused(figures, told, county, flood, report):
    sent(county, report, figures=Figures(dead=1, missing=3))
    second = follow_up(county, flood)

    with pytest.raises(Invalid) as refusal:
        drafted(county, second, figures=figures)

    second.refresh_from_db()
    assert (refusal.value.title, second.state) == (told, "due")


def test_the_last_report_tells_its_span_and_refuses_an_end_before_its_start(county, flood, at):
    now = at("2030-01-02T08:00")
    last = add_report(
        county.officer, incident=flood, kind="final", channel="written", to="市应急管理局"
    )
    start = now - timedelta(hours=20)

    with pytest.raises(Invalid, match="报告截止时间早于报告起始时间"):
        drafted(county, last, from_at=now, until_at=start)
    draft = drafted(
        county, last, from_at=start, until_at=now, figures=Figures(dead=2, missing=0)
    )

    assert draft.text.splitlines()[1] == ("起止：2030年1月1日 12:00:00至2030年1月2日 08:00:00")
    assert draft.text.splitlines()[-1] == "最终人数：死亡 2 人；失联 0 人"

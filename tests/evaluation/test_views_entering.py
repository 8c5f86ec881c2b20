from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liandong.command.actions import raise_signal
from liandong.evaluation.actions import convert_drill, end_drill
from liandong.kernel.actors import ACTUAL
from liandong.kernel.journal.models import Entry
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.monitoring.actions import draft_warning
from liandong.monitoring.permissions import Permission as Monitoring
from tests.command import county as places
from tests.evaluation.drills import inside
from tests.people import allowed


def url(name, *args):
    return reverse(f"evaluation:{name}", args=args)


def test_whoever_is_on_the_list_is_led_in_and_out_again(enter, county, running):
    client = enter("water")
    outside = client.get("/").content.decode()

    gone = client.post(url("enter", running.pk))
    within = client.get("/").content.decode()
    left = client.post(url("leave"))

    assert "演练“清溪河防汛演练”正在进行" in outside
    assert (gone["Location"], left["Location"]) == (url("drill", running.pk), "/")
    assert "回到实战" in within
    assert "drill-mark" in within
    assert "drill-mark" not in client.get("/").content.decode()


def test_nobody_else_goes_in_nor_anybody_before_the_start(enter, county, drill, demo_node):
    player = enter("water")
    early = player.post(url("enter", drill.pk))
    assert early.status_code == 409
    other = enter("deputy")
    assert other.post(url("enter", drill.pk)).status_code == 409
    assert other.session.get("realm", ACTUAL) == ACTUAL
    assert "正在进行" not in other.get("/").content.decode()


def test_what_is_open_when_the_drill_ends_is_refused_and_says_where_to_go(
    enter, county, running
):
    client = enter("officer")
    client.post(url("enter", running.pk))
    places.incident(inside(county.officer, running))
    end_drill(
        inside(county.office, running),
        drill=running,
        words="完",
        expected_version=running.version,
    )

    late = client.post(
        "/command/incidents/new/",
        {"name": "迟到的", "hazard": "11A", "source": "电话"},
    )

    assert late.status_code == 409
    assert "演练已经结束" in late.content.decode()
    assert "已结束</span></span>" in client.get(url("drill", running.pk)).content.decode()
    shown = client.get("/command/incidents/").content.decode()
    assert "清溪河洪水" in shown, "what was done is still read"


def bar_of(client):
    return client.get(url("bar")).content.decode()


def test_within_a_drill_a_real_call_shows_on_every_page_and_rings(enter, county, running):
    client = enter("officer")
    client.post(url("enter", running.pk))
    raise_signal(inside(county.officer, running), channel="phone", caller="演练的", words="")
    quiet = bar_of(client)

    raise_signal(county.officer, channel="phone", caller="河口镇", words="真的涨水了")

    shown = client.get("/command/incidents/").content.decode()
    assert "实战：" not in quiet
    assert "来电或信号未接 1 条" in shown
    assert "真的涨水了" in shown
    assert "data-ring data-real" in shown
    assert client.post(url("leave"))["Location"] == "/"


def test_whoever_takes_no_calls_is_told_of_urgent_messages_alone(enter, county, running):
    client = enter("water")
    client.post(url("enter", running.pk))
    raise_signal(county.officer, channel="phone", caller="河口镇", words="")
    before = bar_of(client)

    for urgent in (False, True):
        send_message(
            allowed(Messaging.SEND_MESSAGE),
            to_post=county.posts["water"],
            title="请速到" if urgent else "请阅",
            text="…",
            subject_kind="x",
            subject_id="x",
            audience=["duty"],
            urgent=urgent,
        )

    assert "实战：" not in before
    shown = bar_of(client)
    assert "紧急消息未读 1 条" in shown
    assert ("请速到" in shown, "请阅" in shown) == (True, False)


def test_in_a_rehearsal_too_what_is_real_is_heard(enter, county, demo_node):
    client = enter("officer")
    client.post("/command/rehearsal/enter/")

    raise_signal(county.officer, channel="phone", caller="河口镇", words="")

    assert "来电或信号未接 1 条" in bar_of(client)


def test_a_drill_that_turned_real_says_so_in_every_page_open_in_it(enter, county, running):
    client = enter("water")
    client.post(url("enter", running.pk))

    convert_drill(
        county.leader,
        drill=running,
        title="清溪河洪水",
        hazard="11A",
        source="电话",
        expected_version=running.version,
    )

    shown = bar_of(client)
    assert "演练已转为实战：清溪河洪水" in shown
    assert "回到实战" in shown
    told = Entry.objects.get(name="evaluation.drill_converted")
    assert f"account:{county.accounts['water'].pk}" in told.audience


def test_the_bar_costs_the_same_for_one_that_waits_and_for_three(enter, county, running):
    client = enter("officer")
    client.post(url("enter", running.pk))

    def cost():
        with CaptureQueriesContext(connection) as asked:
            bar_of(client)
        return len(asked)

    raise_signal(county.officer, channel="phone", caller="甲", words="")
    one = cost()
    for name in "乙丙":
        raise_signal(county.officer, channel="phone", caller=name, words="")

    assert cost() == one


def test_whoever_may_issue_a_warning_is_told_of_one_that_was_proposed_for_real(
    enter, county, running
):
    client = enter("leader")
    client.post(url("enter", running.pk))
    before = bar_of(client)

    draft_warning(allowed(Monitoring.DRAFT_WARNING), hazard="11A", category="洪水", level="橙")

    assert "预警待签发" not in before
    assert "预警待签发 1 条" in bar_of(client)

from django.urls import reverse

from liandong.evaluation.actions import end_drill
from liandong.kernel.actors import ACTUAL
from tests.command import county as places
from tests.evaluation.drills import inside


def url(name, *args):
    return reverse(f"evaluation:{name}", args=args)


def test_whoever_is_on_the_list_is_led_in_and_out_again(enter, county, running):
    client = enter("water")
    outside = client.get("/").content.decode()

    gone = client.post(url("enter", running.pk))
    within = client.get("/").content.decode()
    left = client.post(url("leave"))

    assert "演练“清溪河防汛演练”正在进行" in outside
    assert (gone["Location"], left["Location"]) == (url("drill", running.pk), url("drills"))
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
    shown = client.get("/command/incidents/").content.decode()
    assert "清溪河洪水" in shown, "what was done is still read"

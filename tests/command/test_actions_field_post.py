from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from liandong.command import actions
from liandong.command.actions import (
    appoint_field_commander,
    close_field_post,
    expand_field_post,
    note_field_adjustment,
    open_field_post,
    set_field_group,
)
from liandong.command.models import FieldPost, Incident
from liandong.command.queries import visible_field_posts, visible_incidents
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.messaging.models import Message
from tests.command import county as places

pytestmark = pytest.mark.django_db

WITH_GROUPS = (
    places.PLAN
    + """\
field_post:
  groups:
    - coordination
    - {key: rescue, leads: riverside, members: [weather]}
"""
)


@pytest.fixture
def post(county, flood):
    return opened(county, flood)


def opened(county, incident, **more):
    said = {"commander": county.posts["deputy"], "place": "河口镇政府"} | more
    return open_field_post(county.chief, incident=incident, **said)


def told(name):
    return Entry.objects.filter(name=name).latest("at").payload.text


def groups_of(field_post):
    return {group.key: group for group in field_post.groups.all()}


def test_open_field_post_takes_the_groups_of_the_plans_in_force(county, flood):
    places.decide(county.office, flood, places.plan(WITH_GROUPS))

    made = opened(county, flood, lon=Decimal("112.5"), lat=Decimal("27.6"))

    groups = groups_of(made)
    assert (made.name, made.state) == ("清溪河洪水现场指挥部", "open")
    assert {key: group.name for key, group in groups.items()} == {
        "coordination": "综合协调组",
        "rescue": "抢险救援组",
    }
    assert groups["rescue"].leader == county.posts["riverside"]
    assert [one["name"] for one in groups["rescue"].members] == ["县气象局"]
    assert groups["coordination"].leader is None
    entry = Entry.objects.get(name="command.field_post_opened")
    assert '"groups":"综合协调组、抢险救援组"' in entry.payload.text
    assert (entry.incident, entry.subject_id) == (str(flood.pk), str(made.pk))


def test_those_in_command_on_the_spot_are_told_and_see_it_with_the_incident(county, flood):
    places.decide(county.office, flood, places.plan(WITH_GROUPS))

    made = opened(county, flood)

    written = Message.objects.filter(subject_kind="command.field_post")
    assert {one.to_post for one in written} == {
        county.posts["deputy"],
        county.posts["riverside"],
    }
    for name in ("riverside", "weather", "officer"):
        assert list(visible_field_posts(getattr(county, name))) == [made]
        assert list(visible_incidents(getattr(county, name))) == [flood]
    assert list(visible_field_posts(county.bystander)) == []


def test_without_a_response_there_are_no_groups_yet(post):
    assert groups_of(post) == {}


def test_open_field_post_refuses(county, flood):
    call = {"incident": flood, "commander": county.posts["deputy"], "place": "镇政府"}

    with pytest.raises(Forbidden):
        open_field_post(county.officer, **call)
    with pytest.raises(Invalid, match="地点"):
        open_field_post(county.chief, **call | {"place": " "})
    with pytest.raises(Invalid, match="无人任职"):
        open_field_post(county.chief, **call | {"commander": places.empty_post(county)})
    with pytest.raises(Invalid, match="我国"):
        open_field_post(county.chief, **call, lon=Decimal(2), lat=Decimal(48))
    with pytest.raises(Invalid, match="只填了"):
        open_field_post(county.chief, **call, lon=Decimal(112))
    with pytest.raises(Missing):
        open_field_post(replace(county.chief, realm="drill-1"), **call)
    open_field_post(county.chief, **call)
    with pytest.raises(IllegalMove, match="已经设立"):
        open_field_post(county.chief, **call)
    Incident.objects.update(state="closed")
    with pytest.raises(IllegalMove, match="已经结束"):
        open_field_post(county.chief, **call)


def test_a_double_click_opens_one_field_post(county, flood):
    first = opened(county, flood, idempotency_key="k")
    again = opened(county, flood, idempotency_key="k")

    assert (first, FieldPost.objects.count()) == (again, 1)


def test_appoint_field_commander_hands_command_on(county, post):
    now = appoint_field_commander(
        county.office,
        field_post=post,
        commander=county.posts["riverside"],
        reason="郑平到前线",
        expected_version=1,
    )

    assert (now.commander, now.version) == (county.posts["riverside"], 2)
    assert '"after":"河口镇 联络员"' in told("command.field_commander_appointed")
    assert Message.objects.filter(to_post=county.posts["riverside"]).count() == 1
    assert list(visible_field_posts(county.riverside)) == [now]


def test_appoint_field_commander_refuses(county, post):
    call = {
        "field_post": post,
        "commander": county.posts["water"],
        "reason": "换班",
        "expected_version": 1,
    }

    with pytest.raises(Forbidden):
        appoint_field_commander(county.officer, **call)
    with pytest.raises(Invalid):
        appoint_field_commander(county.chief, **call | {"reason": ""})
    with pytest.raises(Invalid, match="无人任职"):
        appoint_field_commander(county.chief, **call | {"commander": places.empty_post(county)})
    with pytest.raises(IllegalMove, match="现在就是"):
        appoint_field_commander(county.chief, **call | {"commander": county.posts["deputy"]})
    with pytest.raises(Stale):
        appoint_field_commander(county.chief, **call | {"expected_version": 2})
    with pytest.raises(Missing):
        appoint_field_commander(replace(county.chief, realm="drill-1"), **call)


def test_the_same_click_hands_command_on_once(county, post):
    call = {
        "field_post": post,
        "commander": county.posts["water"],
        "reason": "换班",
        "expected_version": 1,
        "idempotency_key": "k",
    }

    appoint_field_commander(county.chief, **call)
    appoint_field_commander(county.chief, **call)

    assert Entry.objects.filter(name="command.field_commander_appointed").count() == 1


def group(county, post, actor, **more):
    said = {
        "group": "medical",
        "leader": county.posts["water"],
        "members": [county.bodies["weather"]],
        "expected_version": post.version,
    }
    return set_field_group(actor, field_post=post, **(said | more))


def test_set_field_group_by_whoever_commands_on_the_spot(county, flood):
    post = opened(county, flood, commander=county.posts["riverside"])

    group(county, post, county.riverside)
    again = group(county, post, county.riverside, leader=county.posts["weather"], members=[])

    made = groups_of(again)
    assert (made["medical"].name, made["medical"].leader) == (
        "医疗救护组",
        county.posts["weather"],
    )
    assert (len(made), made["medical"].members, again.version) == (1, [], 3)
    assert '"group":"医疗救护组"' in told("command.field_group_set")
    assert list(visible_field_posts(county.weather)) == [again]


def test_set_field_group_refuses(county, post):
    with pytest.raises(Forbidden, match="现场指挥长"):
        group(county, post, county.officer)
    with pytest.raises(Forbidden):
        group(county, post, county.bystander)
    with pytest.raises(Invalid, match="没有“boats”"):
        group(county, post, county.deputy, group="boats")
    with pytest.raises(Invalid, match="无人任职"):
        group(county, post, county.deputy, leader=places.empty_post(county))
    with pytest.raises(Stale):
        group(county, post, county.deputy, expected_version=4)
    with pytest.raises(Missing):
        group(county, post, replace(county.deputy, realm="drill-1"))


def test_the_same_click_sets_a_group_once(county, post):
    call = {"idempotency_key": "k", "expected_version": 1}

    group(county, post, county.deputy, **call)
    group(county, post, county.deputy, **call)

    assert Entry.objects.filter(name="command.field_group_set").count() == 1


def note(actor, post, **more):
    said = {"text": "南线改为依托林道设防", "reason": "风向转北"}
    return note_field_adjustment(actor, field_post=post, **(said | more))


def test_note_field_adjustment_by_commander_leader_and_desk(county, post):
    group(county, post, county.deputy)
    spoken = clock.now(ACTUAL) - timedelta(minutes=9)

    note(county.deputy, post)
    note(county.water, post)
    note(county.officer, post, told=spoken)

    entries = Entry.objects.filter(name="command.field_adjustment_noted").order_by("at")
    assert [one.happened_at for one in entries][2] == spoken
    assert '"text":"南线改为依托林道设防"' in entries[0].payload.text
    post.refresh_from_db()
    assert post.version == 2, "telling changes no row"


def test_note_field_adjustment_refuses(county, post):
    with pytest.raises(Forbidden, match="组长"):
        note(county.water, post)
    with pytest.raises(Invalid):
        note(county.deputy, post, text=" ")
    with pytest.raises(Invalid):
        note(county.deputy, post, reason="")
    with pytest.raises(Invalid, match="晚于现在"):
        note(county.officer, post, told=clock.now(ACTUAL) + timedelta(hours=1))
    with pytest.raises(Missing):
        note(replace(county.deputy, realm="drill-1"), post)


def test_the_same_click_notes_an_adjustment_once(county, post):
    note(county.deputy, post, idempotency_key="k")
    note(county.deputy, post, idempotency_key="k")

    assert Entry.objects.filter(name="command.field_adjustment_noted").count() == 1


def close(actor, post, **more):
    said = {"reason": "火场移交属地看守", "expected_version": post.version}
    return close_field_post(actor, field_post=post, **(said | more))


def test_close_field_post_withdraws_it(county, post):
    closed = close(county.chief, post)

    assert (closed.state, closed.closed_reason) == ("closed", "火场移交属地看守")
    assert closed.closed_at is not None
    assert '"reason":"火场移交属地看守"' in told("command.field_post_closed")
    with pytest.raises(IllegalMove, match="不能转为"):
        close(county.chief, closed)
    with pytest.raises(IllegalMove, match="已经撤销"):
        note(county.deputy, closed)
    with pytest.raises(IllegalMove, match="已经撤销"):
        group(county, closed, county.deputy)
    with pytest.raises(IllegalMove, match="已经撤销"):
        appoint_field_commander(
            county.chief,
            field_post=closed,
            commander=county.posts["water"],
            reason="换班",
            expected_version=2,
        )


def test_close_field_post_waits_for_those_under_its_command(county, flood, order, post):
    places.order(county.office, flood, county.posts["bystander"])
    group(county, post, county.deputy)
    post.refresh_from_db()

    with pytest.raises(IllegalMove, match="还有 1 条指令没有办完：1号令（县水利局）"):
        close(county.chief, post)
    actions.recall_order(county.office, order=order, reason="改任务", expected_version=1)

    assert close(county.chief, post).state == "closed"


def test_close_field_post_refuses(county, post):
    with pytest.raises(Forbidden):
        close(county.officer, post)
    with pytest.raises(Invalid):
        close(county.chief, post, reason=" ")
    with pytest.raises(Stale):
        close(county.chief, post, expected_version=7)
    with pytest.raises(Missing):
        close(replace(county.chief, realm="drill-1"), post)


def test_the_same_click_withdraws_once(county, post):
    close(county.chief, post, idempotency_key="k", expected_version=1)
    close(county.chief, post, idempotency_key="k", expected_version=1)

    assert Entry.objects.filter(name="command.field_post_closed").count() == 1


def test_an_incident_closes_only_after_its_field_headquarters(county, flood, post):
    flood.refresh_from_db()
    call = {"incident": flood, "reason": "水退", "expected_version": flood.version}

    with pytest.raises(IllegalMove, match="还没有撤销"):
        actions.close_incident(county.office, **call)
    close(county.chief, post)

    assert actions.close_incident(county.office, **call).state == "closed"


def test_after_it_was_withdrawn_another_may_be_set_up(county, flood, post):
    close(county.chief, post)

    assert opened(county, flood).pk != post.pk


def sent(county, flood, **more):
    return opened(county, flood, kind="commissioner", **more)


def expand(actor, post, **more):
    said = {"reason": "火势扩大", "expected_version": post.version} | more
    return expand_field_post(actor, field_post=post, **said)


def test_a_commissioner_is_sent_alone_and_grows_into_a_headquarters(county, flood):
    places.decide(county.office, flood, places.plan(WITH_GROUPS))
    post = sent(county, flood)
    alone = (post.name, groups_of(post))

    grown = expand(county.chief, post)

    assert alone == ("清溪河洪水现场特派员", {})
    assert (grown.name, grown.is_commissioner) == ("清溪河洪水现场指挥部", False)
    assert set(groups_of(FieldPost.objects.get())) == {"coordination", "rescue"}
    assert grown.commander == county.posts["deputy"]
    assert '"before":"清溪河洪水现场特派员"' in told("command.field_post_expanded")
    assert county.posts["riverside"] in {
        one.to_post for one in Message.objects.filter(subject_kind="command.field_post")
    }


def test_a_name_of_its_own_stays_when_it_grows(county, flood):
    assert expand(county.chief, sent(county, flood, name="东岭前指")).name == "东岭前指"


def test_expand_field_post_refuses(county, flood):
    post = sent(county, flood)

    with pytest.raises(Forbidden):
        expand(county.officer, post)
    with pytest.raises(Invalid):
        expand(county.chief, post, reason=" ")
    with pytest.raises(Stale):
        expand(county.chief, post, expected_version=9)
    with pytest.raises(Missing):
        expand(replace(county.chief, realm="drill-1"), post)
    post.refresh_from_db()
    call = {"expected_version": post.version, "idempotency_key": "k"}
    expand(county.chief, post, **call)
    expand(county.chief, post, **call)
    assert Entry.objects.filter(name="command.field_post_expanded").count() == 1
    post = FieldPost.objects.get()
    with pytest.raises(IllegalMove, match="已经是"):
        expand(county.chief, post)
    with pytest.raises(IllegalMove, match="已经撤销"):
        expand(county.chief, close(county.chief, post))

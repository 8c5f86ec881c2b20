from dataclasses import replace

import pytest

from liandong.command.actions import (
    appoint_field_commander,
    give_field_command,
    set_field_group,
    take_field_command,
)
from liandong.command.models import FieldHandover
from liandong.command.queries import visible_field_posts
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.messaging.models import Message
from tests.command import county as places
from tests.command.spot import field_post, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(county):
    return field_post(county)


def given(county, post, **more):
    said = {"to_post": county.posts["weather"], "unsolved": "南线还有两处烟点"}
    actor = more.pop("actor", county.deputy)
    return give_field_command(actor, field_post=post, **(said | more))


def taken(actor, handover, **more):
    return take_field_command(actor, handover=handover, **({"expected_version": 1} | more))


def test_command_changes_hands_with_the_second_signature(county, post):
    signed_in(county.riverside, post)
    places.order(county.office, post.incident, county.posts["water"], text="开隔离带")

    handover = given(county, post)
    post.refresh_from_db()
    between = post.commander
    taken(county.weather, handover)

    post.refresh_from_db()
    handover.refresh_from_db()
    assert (between, post.commander) == (county.posts["deputy"], county.posts["weather"])
    assert (handover.sheet["people"], handover.sheet["resting"]) == (3, 0)
    ((number, to),) = ((one["number"], one["to"]) for one in handover.sheet["orders"])
    assert (number, "县水利局" in to) == (1, True)
    assert "开隔离带" not in str(handover.sheet)
    assert "赵云" in handover.taken_by
    assert list(visible_field_posts(county.weather)) == [post]
    assert Message.objects.filter(to_post=county.posts["weather"]).count() == 1
    names = Entry.objects.filter(name__startswith="command.field_command_")
    assert [one.name for one in names.order_by("at")] == [
        "command.field_command_given",
        "command.field_command_taken",
    ]


def test_handing_over_refuses(county, post):
    with pytest.raises(Forbidden, match="本人交出"):
        given(county, post, actor=county.officer)
    with pytest.raises(Invalid):
        given(county, post, unsolved=" ")
    with pytest.raises(Invalid, match="无人任职"):
        given(county, post, to_post=places.empty_post(county))
    with pytest.raises(IllegalMove, match="现在就是"):
        given(county, post, to_post=county.posts["deputy"])
    with pytest.raises(Forbidden):
        given(county, post, actor=replace(county.deputy, grants=frozenset()))
    with pytest.raises(Missing):
        given(county, post, actor=replace(county.deputy, realm="drill-1"))
    handover = given(county, post)
    with pytest.raises(IllegalMove, match="正等接班"):
        given(county, post)
    with pytest.raises(Forbidden, match="接班由"):
        taken(county.water, handover)
    with pytest.raises(Stale):
        taken(county.weather, handover, expected_version=9)
    with pytest.raises(Missing):
        taken(replace(county.weather, realm="drill-1"), handover)
    taken(county.weather, handover)
    with pytest.raises(IllegalMove, match="已经办完"):
        taken(county.weather, handover)


def test_what_headquarters_changed_meanwhile_lapses_and_the_new_commander_hands_over(
    county, post
):
    handover = given(county, post)
    post.refresh_from_db()
    appoint_field_commander(
        county.chief,
        field_post=post,
        commander=county.posts["water"],
        reason="另派",
        expected_version=post.version,
    )

    handover.refresh_from_db()
    assert (handover.is_waiting, handover.taken_at) == (False, None)
    with pytest.raises(IllegalMove):
        taken(county.weather, handover, expected_version=handover.version)
    post.refresh_from_db()
    again = given(county, post, actor=county.water)
    taken(county.weather, again)
    post.refresh_from_db()
    assert post.commander == county.posts["weather"]


def test_whoever_is_to_take_over_still_sees_it_when_groups_change(county, post):
    given(county, post)
    post.refresh_from_db()
    set_field_group(
        county.deputy,
        field_post=post,
        group="rescue",
        leader=county.posts["water"],
        expected_version=post.version,
    )

    assert list(visible_field_posts(county.weather)) == [post]


def test_the_same_click_gives_and_takes_once(county, post):
    handover = given(county, post, idempotency_key="k")
    given(county, post, idempotency_key="k")
    taken(county.weather, handover, idempotency_key="t")
    taken(county.weather, handover, idempotency_key="t")

    assert FieldHandover.objects.count() == 1
    assert Entry.objects.filter(name="command.field_command_taken").count() == 1

from dataclasses import replace

import pytest

from liandong.kernel.divisions import Division
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, Invalid
from liandong.organization import actions, queries
from liandong.organization.models import Body, Duty, Post, PostRole
from liandong.organization.permissions import Permission
from liandong.organization.states import BodyKind, Phase
from tests.factories import organization as make
from tests.organization.journal import told
from tests.people import allowed

pytestmark = pytest.mark.django_db
PLACE = Division(county="江安县", city="宜宾市", province="四川省")
BUILDING = (Permission.CREATE_BODY, Permission.CREATE_POST, Permission.SET_DUTY)


def lay_out(*, actor=None, place=PLACE, **more):
    return actions.lay_out_county(actor or allowed(*BUILDING), place=place, **more)


def grant(**more):
    return actions.grant_usual_roles(allowed(Permission.SET_ROLES), place=PLACE, **more)


def test_lay_out_county_sets_up_what_every_county_has():
    committee = lay_out()

    kinds = {kind: len(queries.bodies_by_kind(kind)) for kind in BodyKind}
    assert committee.name == "江安县突发事件应急委员会"
    assert (kinds[BodyKind.UNIT], kinds[BodyKind.PARTNER]) == (36, 4)
    assert kinds[BodyKind.SPECIAL_HEADQUARTERS] == kinds[BodyKind.HEADQUARTERS_OFFICE] == 19
    assert told("organization.county_laid_out") == [
        {
            "subject_id": str(committee.pk),
            "bodies": Body.objects.count(),
            "posts": Post.objects.count(),
            "duties": 80,
        }
    ]


def test_lay_out_county_names_everything_after_the_county():
    lay_out()

    assert queries.body_by_key("environment").name == "宜宾市生态环境局江安分局"
    assert queries.body_by_key("city-emergency").short_name == "市应急局"
    assert not [body.name for body in Body.objects.all() if "{" in body.name + body.short_name]


def test_lay_out_county_makes_ladders_that_lead_to_the_top():
    lay_out()

    ladder = queries.ladder(queries.post_by_key("emergency.duty-officer"))
    assert [post.key for post in ladder] == ["emergency.duty-leader", "emergency.head"]


def test_lay_out_county_again_changes_nothing_the_county_changed():
    lay_out()
    water = queries.body_by_key("water")
    actions.rename_body(
        make.maker(),
        body=water,
        name="江安县水利水务局",
        short_name="县水务局",
        expected_version=1,
    )
    cell = queries.duty_of(water, "*", Phase.RESPONSE)
    actions.set_duty(
        make.maker(),
        body=water,
        hazard="*",
        phase=Phase.RESPONSE,
        text="守堤",
        expected_version=1,
    )
    before = (Body.objects.count(), Post.objects.count(), Duty.objects.count())

    lay_out()

    cell.refresh_from_db()
    assert (Body.objects.count(), Post.objects.count(), Duty.objects.count()) == before
    assert (queries.body_by_key("water").name, cell.text) == ("江安县水利水务局", "守堤")
    assert [fact["bodies"] for fact in told("organization.county_laid_out")] == [81, 0]


def test_lay_out_county_puts_back_only_what_is_missing():
    make.body("water", name="江安县水务局")

    lay_out()

    assert queries.body_by_key("water").name == "江安县水务局"
    assert [post.key for post in queries.posts_of_body(queries.body_by_key("water"))] == [
        "water.head",
        "water.deputy",
        "water.liaison",
    ]


def test_lay_out_county_needs_permission():
    with pytest.raises(Forbidden):
        lay_out(actor=allowed(Permission.CREATE_POST))


def test_lay_out_county_is_whole_or_not_at_all():
    with pytest.raises(Forbidden):
        lay_out(actor=allowed(Permission.CREATE_BODY))

    assert Body.objects.count() == 0


def test_lay_out_county_wants_a_name():
    with pytest.raises(Invalid):
        lay_out(place=Division(county="", city="", province=""))


def test_lay_out_county_is_not_for_drills():
    with pytest.raises(Forbidden):
        lay_out(actor=allowed(*BUILDING, realm="drill-1"))


def test_lay_out_county_twice_with_one_key_is_once():
    actor = allowed(*BUILDING)

    lay_out(actor=actor, idempotency_key="k")
    lay_out(actor=actor, idempotency_key="k")

    assert len(told("organization.county_laid_out")) == 1


def test_lay_out_posts_of_a_township():
    town = make.body("township-1", name="铁清镇", kind=BodyKind.TOWNSHIP)

    actions.lay_out_posts(allowed(Permission.CREATE_POST), body=town)
    actions.lay_out_posts(allowed(Permission.CREATE_POST), body=town)

    assert [post.title for post in queries.posts_of_body(town)] == [
        "乡镇长",
        "分管负责人",
        "值班员",
    ]
    assert len(told("organization.post_created")) == 3


def test_lay_out_posts_needs_permission_and_is_not_for_drills():
    town = make.body(kind=BodyKind.TOWNSHIP)

    with pytest.raises(Forbidden):
        actions.lay_out_posts(allowed(Permission.CREATE_BODY), body=town)
    with pytest.raises(Forbidden):
        actions.lay_out_posts(allowed(Permission.CREATE_POST, realm="drill-1"), body=town)


def test_grant_usual_roles_gives_units_no_more_than_their_own():
    lay_out()

    grant()

    water = queries.body_by_key("water")
    roles = {one.post.key: one for one in PostRole.objects.select_related("post")}
    assert roles["water.liaison"].body == str(water.pk)
    assert (roles["flood-hq.commander"].role, roles["flood-hq.commander"].body) == (
        Role.COMMANDER,
        "*",
    )
    assert queries.posts_without_usual_roles(PLACE) == []


def test_grant_usual_roles_leaves_what_was_settled():
    lay_out()
    post = queries.post_by_key("water.liaison")
    make.trusted(post, Role.EXPERT)

    grant()
    grant()

    assert [one.role for one in queries.roles_of_post(post)] == [Role.EXPERT]
    assert [len(fact["posts"]) for fact in told("organization.usual_roles_granted")][1] == 0


def test_grant_usual_roles_passes_over_ones_own_chair():
    lay_out()
    own = queries.post_by_key("water.liaison")
    who = make.person(at=own)

    sitter = replace(allowed(Permission.SET_ROLES), person=str(who.pk))
    actions.grant_usual_roles(sitter, place=PLACE)

    assert queries.roles_of_post(own) == []


def test_grant_usual_roles_needs_permission_and_is_not_for_drills():
    lay_out()

    with pytest.raises(Forbidden):
        actions.grant_usual_roles(allowed(*BUILDING), place=PLACE)
    with pytest.raises(Forbidden):
        actions.grant_usual_roles(allowed(Permission.SET_ROLES, realm="drill-1"), place=PLACE)


def test_grant_usual_roles_twice_with_one_key_is_once():
    lay_out()

    grant(idempotency_key="k")
    grant(idempotency_key="k")

    assert len(told("organization.usual_roles_granted")) == 1

"""Who an account is now: its chairs decide."""

from datetime import timedelta

import pytest

from liandong.kernel.actors import ACTUAL, Grant
from liandong.kernel.permissions import Role, permissions_of, permitted
from liandong.organization import actions, queries
from liandong.organization.actions import RoleScope
from liandong.organization.permissions import OWN, Permission
from liandong.organization.states import BodyKind
from tests.factories import organization as make

pytestmark = pytest.mark.django_db
SEES_ALL = {"public", "county"}


def own(account):
    return {"public", "county", f"account:{account.pk}"}


def test_an_account_without_a_post_sees_the_county_and_may_look_after_itself():
    account = make.account()

    actor = queries.actor_for(account)

    assert actor.scopes == own(account)
    assert {grant.permission for grant in actor.grants} == set(OWN)
    assert (actor.kind, actor.post, actor.person) == ("person", "", str(account.person_id))


def test_a_post_gives_its_roles_and_scopes():
    bureau = make.body(name="县应急管理局", short_name="县应急局")
    desk = make.post(at=bureau, title="值班员", roles=[Role.DUTY_OFFICER])
    account = make.account(name="王平", at=desk)

    actor = queries.actor_for(account)

    assert actor.scopes == own(account) | {f"post:{desk.pk}", f"body:{bureau.pk}", "duty"}
    assert (actor.post, actor.body) == (str(desk.pk), str(bureau.pk))
    assert actor.label == "县应急局 值班员 王平"
    assert {g.permission for g in actor.grants} == permissions_of(Role.DUTY_OFFICER) | set(OWN)


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.DUTY_OFFICER, "duty"),
        (Role.DUTY_LEADER, "duty"),
        (Role.COMMANDER, "duty"),
        (Role.HEADQUARTERS_OFFICE, "duty"),
        (Role.AUDIT_ADMIN, "audit"),
        (Role.SECURITY_ADMIN, "security"),
    ],
)
def test_some_roles_see_further(role, scope):
    account = make.holder(role)

    actor = queries.actor_for(account)

    assert actor.scopes & {"duty", "audit", "security"} == {scope}


def test_a_unit_liaison_does_not_see_the_duty_desk():
    account = make.holder(Role.UNIT_LIAISON)

    assert queries.actor_for(account).scopes & {"duty", "audit", "security"} == set()


def test_a_role_reaches_as_far_as_it_was_given():
    bureau = make.body()
    role = RoleScope(Role.HEADQUARTERS_OFFICE, body=str(bureau.pk), hazard="11A")
    account = make.account(at=make.post(at=bureau, roles=[role]))

    actor = queries.actor_for(account)

    grant = Grant(permission=Permission.CREATE_PERSON, body=str(bureau.pk), hazard="11A")
    assert grant in actor.grants
    assert actor.may(Permission.CREATE_PERSON, body=str(bureau.pk), hazard="11A01")
    assert not actor.may(Permission.CREATE_PERSON, body="another")
    assert not actor.may(Permission.CREATE_PERSON, hazard="12B")


def test_a_person_moves_and_the_rights_follow_the_post_held_now():
    first = make.post(roles=[Role.SYSTEM_ADMIN])
    second = make.post(roles=[Role.DUTY_OFFICER])
    account = make.account(at=first)
    before = queries.actor_for(account)
    [chair] = queries.positions_of(account.person)

    actions.end_appointment(make.maker(), appointment=chair, expected_version=chair.version)
    make.appointed(account.person, second)

    actor = queries.actor_for(account)
    assert before.may(Permission.CREATE_BODY)
    assert not actor.may(Permission.CREATE_BODY)
    assert actor.post == str(second.pk)
    assert f"post:{first.pk}" not in actor.scopes


def test_who_holds_several_chairs_is_seated_in_the_one_that_counts():
    came_by, wanted = make.post(title="局长"), make.post(title="副指挥长")
    account = make.account(name="郑平", at=came_by)
    make.appointed(account.person, wanted)
    actor = queries.actor_for(account, post=came_by)

    seated = queries.seated_at(actor, [wanted])

    assert (seated.post, seated.body) == (str(wanted.pk), str(wanted.body_id))
    assert seated.label.endswith("副指挥长 郑平")
    assert (seated.account, seated.scopes, seated.grants) == (
        actor.account,
        actor.scopes,
        actor.grants,
    )


def test_who_holds_none_of_the_chairs_stays_seated():
    account = make.account(at=make.post())
    own = make.post()
    account = make.account(at=own)
    actor = queries.actor_for(account)

    assert queries.seated_at(actor, [make.post()]) == actor
    assert queries.seated_at(actor, [own]) is actor


def test_a_deputy_draws_on_the_post_and_says_so():
    desk = make.post(title="值班员", roles=[Role.DUTY_OFFICER])
    account = make.account(name="赵磊", at=desk, is_deputy=True)

    actor = queries.actor_for(account)

    assert (actor.post, actor.acting_for) == (str(desk.pk), str(desk.pk))
    assert actor.label == "县水利局 值班员（B角） 赵磊"
    assert "duty" in actor.scopes


def test_the_chosen_post_signs_and_all_posts_count():
    leader = make.post(title="局长", roles=[Role.UNIT_LIAISON], rank=1)
    desk = make.post(title="值班员", roles=[Role.DUTY_OFFICER], rank=5)
    account = make.account(at=leader)
    make.appointed(account.person, desk)

    by_rank = queries.actor_for(account)
    chosen = queries.actor_for(account, post=desk)

    assert by_rank.post == str(leader.pk)
    assert chosen.post == str(desk.pk)
    assert chosen.scopes == by_rank.scopes
    assert chosen.grants == by_rank.grants


def test_a_post_that_is_not_held_cannot_be_chosen():
    stranger = make.post()
    desk = make.post(roles=[Role.DUTY_OFFICER])
    account = make.account(at=desk)

    actor = queries.actor_for(account, post=str(stranger.pk))

    assert actor.post == str(desk.pk)


def test_an_appointment_counts_from_its_day_on():
    desk = make.post(roles=[Role.DUTY_OFFICER])
    account = make.account(at=desk, from_at=make.now() + timedelta(days=1))

    actor = queries.actor_for(account)

    assert (actor.post, actor.scopes) == ("", own(account))


def test_an_office_sees_what_its_headquarters_sees():
    headquarters = make.body(name="防汛抗旱指挥部", kind=BodyKind.SPECIAL_HEADQUARTERS)
    office = make.body(name="防办", kind=BodyKind.HEADQUARTERS_OFFICE, parent=headquarters)
    account = make.account(at=make.post(at=office))

    actor = queries.actor_for(account)

    assert {f"body:{office.pk}", f"body:{headquarters.pk}"} < actor.scopes
    assert actor.body == str(office.pk)


def test_a_locked_account_is_nobody():
    account = make.holder(Role.DUTY_OFFICER)
    actions.lock_account(
        make.maker(), account=account, reason="离职", expected_version=account.version
    )

    actor = queries.actor_for(account)

    assert (actor.grants, actor.scopes) == (frozenset(), frozenset({"public"}))


def test_a_device_is_a_device(monkeypatch):
    monkeypatch.setattr("liandong.kernel.permissions._permitted", {Role.DEVICE: set()})
    permitted(Role.DEVICE, "monitoring:reading:record")
    bureau = make.body()
    account = make.device(body=bureau)

    actor = queries.actor_for(account)

    assert (actor.kind, actor.device, actor.body) == ("device", str(account.pk), str(bureau.pk))
    assert actor.grants == {Grant(permission="monitoring:reading:record")}
    assert actor.scopes == {"public", f"account:{account.pk}"}
    assert actor.label == "城关雨量计"


def test_the_realm_of_a_drill_is_kept():
    account = make.holder(Role.DUTY_OFFICER)

    assert queries.actor_for(account, realm="drill-1").realm == "drill-1"
    assert queries.actor_for(account).realm == ACTUAL


@pytest.mark.parametrize("posts", [1, 5])
def test_one_statement_is_enough(posts, django_assert_num_queries):
    account = make.account()
    for _number in range(posts):
        make.appointed(account.person, make.post(roles=[Role.DUTY_OFFICER, Role.EXPERT]))
    account.refresh_from_db()
    make.now()

    with django_assert_num_queries(0):  # besides its own, which Django does not see
        queries.actor_for(account)

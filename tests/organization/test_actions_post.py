import pytest

from liandong.kernel.actors import Grant
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.actions import RoleScope
from liandong.organization.models import Post
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.organization.journal import audience, told
from tests.people import allowed

pytestmark = pytest.mark.django_db


def create(body, *, actor=None, key="director", **more):
    return actions.create_post(
        actor or allowed(Permission.CREATE_POST), body=body, key=key, title="局长", **more
    )


def test_create_post_names_it_after_its_body():
    body, above = make.body("water-bureau"), make.post()

    post = create(body, superior=above)

    assert (post.key, post.superior, post.version) == ("water-bureau.director", above, 1)
    assert told("organization.post_created")[-1] == {
        "subject_id": str(post.pk),
        "key": "water-bureau.director",
        "body_id": str(body.pk),
        "title": "局长",
        "superior_id": str(above.pk),
    }


def test_create_post_needs_permission():
    with pytest.raises(Forbidden):
        create(make.body(), actor=allowed(Permission.CREATE_BODY))


def test_create_post_reaches_only_the_bodies_of_the_grant():
    mine, other = make.body(), make.body()
    actor = allowed()
    grant = Grant(permission=Permission.CREATE_POST, body=str(mine.pk))
    actor = type(actor)(label="某人", grants=frozenset({grant}))

    create(mine, actor=actor)
    with pytest.raises(Forbidden):
        create(other, actor=actor)


def test_create_post_refuses_a_key_in_use():
    body = make.body()
    create(body)

    with pytest.raises(Invalid) as refused:
        create(body)

    assert list(refused.value.fields) == ["key"]


def test_create_post_twice_with_one_key_is_once():
    body, actor = make.body(), allowed(Permission.CREATE_POST)

    create(body, actor=actor, idempotency_key="k")
    create(body, actor=actor, idempotency_key="k")

    assert Post.objects.count() == 1


def test_create_post_is_not_for_drills():
    with pytest.raises(Forbidden):
        create(make.body(), actor=allowed(Permission.CREATE_POST, realm="drill-1"))


def set_roles(post, *roles, actor=None, version=None, **more):
    return actions.set_roles(
        actor or allowed(Permission.SET_ROLES),
        post=post,
        roles=[RoleScope(role) for role in roles],
        expected_version=version or post.version,
        **more,
    )


def test_set_roles_settles_them():
    post = make.post(title="值班员", roles=[Role.EXPERT])

    set_roles(post, Role.DUTY_OFFICER, Role.DUTY_OFFICER)

    assert [one.role for one in queries.roles_of_post(post)] == [Role.DUTY_OFFICER]
    assert told("organization.roles_set")[-1] == {
        "subject_id": str(post.pk),
        "title": "值班员",
        "before": ["expert/*/*"],
        "roles": ["duty_officer/*/*"],
    }
    assert audience("organization.roles_set") == {"audit", "security"}


def test_set_roles_cuts_the_streams_of_those_it_concerns():
    account = make.holder(Role.EXPERT)
    [chair] = queries.positions_of(account.person)
    before = len(told("organization.rights_changed"))

    set_roles(chair.post, Role.DUTY_OFFICER)

    assert told("organization.rights_changed")[before:] == [
        {"subject_id": str(account.pk), "username": account.username}
    ]


def test_set_roles_needs_permission():
    with pytest.raises(Forbidden):
        set_roles(make.post(), Role.EXPERT, actor=allowed(Permission.CREATE_POST))


@pytest.mark.parametrize("role", ["emperor", Role.DEVICE, Role.PEER_NODE, Role.PUBLIC])
def test_set_roles_refuses_a_role_that_no_post_has(role):
    post = make.post()

    with pytest.raises(Invalid):
        set_roles(post, role)

    assert queries.roles_of_post(post) == []


def test_set_roles_refuses_two_administrators_at_one_post():
    with pytest.raises(Forbidden) as refused:
        set_roles(make.post(), Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)

    assert "三" in refused.value.title


def test_set_roles_refuses_two_administrators_in_one_hand():
    account = make.audit_admin()
    desk = make.post()
    make.appointed(account.person, desk)

    with pytest.raises(Forbidden):
        set_roles(desk, Role.SYSTEM_ADMIN)

    assert queries.roles_of_post(desk) == []


def test_set_roles_may_change_one_administrator_into_another():
    account = make.audit_admin()
    [chair] = queries.positions_of(account.person)

    set_roles(chair.post, Role.SYSTEM_ADMIN)

    assert queries.roles_of_person(account.person) == {Role.SYSTEM_ADMIN}


def test_nobody_sets_the_roles_of_their_own_post():
    account = make.security_admin()
    [chair] = queries.positions_of(account.person)

    with pytest.raises(Forbidden):
        set_roles(chair.post, Role.COMMANDER, actor=queries.actor_for(account))


def test_set_roles_refuses_who_saw_an_older_version():
    post = make.post()
    set_roles(post, Role.EXPERT, version=1)

    with pytest.raises(Stale):
        set_roles(post, Role.DUTY_OFFICER, version=1)

    assert [one.role for one in queries.roles_of_post(post)] == [Role.EXPERT]


def test_set_roles_twice_with_one_key_is_once():
    post, actor = make.post(), allowed(Permission.SET_ROLES)

    set_roles(post, Role.EXPERT, actor=actor, version=1, idempotency_key="k")
    set_roles(post, Role.EXPERT, actor=actor, version=1, idempotency_key="k")

    assert len(told("organization.roles_set")) == 1


def test_set_roles_is_not_for_drills():
    with pytest.raises(Forbidden):
        set_roles(
            make.post(), Role.EXPERT, actor=allowed(Permission.SET_ROLES, realm="drill-1")
        )


@pytest.mark.parametrize("reach", [{"body": "some-body"}, {"hazard": "11A"}])
def test_an_administrator_of_a_part_of_the_county_is_refused(reach):
    post = make.post()

    with pytest.raises(Invalid, match="管理员的权限不能只限"):
        actions.set_roles(
            allowed(Permission.SET_ROLES),
            post=post,
            roles=[RoleScope(Role.SECURITY_ADMIN, **reach)],
            expected_version=post.version,
        )

    assert queries.roles_of_post(post) == []

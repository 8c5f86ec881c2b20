import pytest

from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.models import Account, Attendance, Secret
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.organization.journal import everything, told
from tests.people import allowed

pytestmark = pytest.mark.django_db
CODE, TOKEN = "kuvo-2731-bape", "t" * 43


def duty_post():
    return make.post(title="值班员", roles=[Role.DUTY_OFFICER])


def register(post=None, *, actor=None, **more):
    return actions.register_desk(
        actor or allowed(Permission.REGISTER_DEVICE),
        post=post or duty_post(),
        code=Secret(CODE),
        **{"username": "desk-1", "title": "一号机", **more},
    )


def renew(desk, *, actor=None, version=None, **more):
    return actions.renew_desk_code(
        actor or allowed(Permission.ROTATE_TOKEN),
        account=desk,
        code=Secret("neue-2731-bape"),
        expected_version=version or desk.version,
        **more,
    )


def enroll(desk, code=CODE, *, actor=None, **more):
    return actions.enroll_desk(
        actor or allowed(Permission.ENROLL_DESK),
        account=desk,
        code=Secret(code),
        token=Secret(TOKEN),
        browser="Windows 电脑 · Edge",
        address="10.1.2.3",
        **more,
    )


def join(desk, account, *, actor=None, **more):
    actor = actor or queries.actor_for(account, device=str(desk.pk))
    return actions.join_shift(actor, desk=desk, person=account.person, by="pin", **more)


def leave(row, *, actor=None, **more):
    actor = actor or queries.actor_for(row.desk)
    return actions.leave_shift(actor, attendance=row, **more)


def test_a_machine_is_registered_and_its_code_kept_by_nobody():
    post = duty_post()

    desk = register(post)

    assert (desk.desk_post, desk.body, desk.check_password(CODE)) == (post, post.body, True)
    assert CODE not in everything()
    assert [fact["title"] for fact in told("organization.desk_registered")] == ["一号机"]


def test_no_machine_shows_an_administrators_chair():
    with pytest.raises(Forbidden):
        register(make.post(roles=[Role.AUDIT_ADMIN]))


def test_the_code_lets_in_once():
    desk = register()

    enroll(desk)

    assert queries.desk_by_token(TOKEN) == desk
    with pytest.raises(Invalid):
        enroll(desk)
    [fact] = told("organization.desk_enrolled")
    assert (fact["browser"], fact["address"]) == ("Windows 电脑 · Edge", "10.1.2.3")
    assert TOKEN not in everything()


def test_a_wrong_code_lets_nobody_in():
    with pytest.raises(Invalid):
        enroll(register(), "kuvo-2731-bapf")


def test_a_locked_machine_is_not_let_in():
    desk = register()
    actions.lock_account(
        make.maker(), account=desk, reason="失窃", expected_version=desk.version
    )

    with pytest.raises(Invalid):
        enroll(desk)


def test_another_code_shuts_the_machine_out():
    desk = enroll(register())
    session = desk.get_session_auth_hash()

    renew(desk)

    assert queries.desk_by_token(TOKEN) is None
    assert Account.objects.get(pk=desk.pk).get_session_auth_hash() != session
    assert len(told("organization.desk_code_renewed")) == 1


def test_only_machines_have_codes():
    account = make.account()

    with pytest.raises(IllegalMove):
        renew(account)
    with pytest.raises(IllegalMove):
        enroll(account)
    with pytest.raises(IllegalMove):
        join(account, account)


def test_who_saw_an_older_version_renews_nothing():
    desk = register()

    with pytest.raises(Stale):
        renew(desk, version=9)


def test_somebody_comes_on_duty_and_leaves():
    desk, account = register(), make.account(name="王平")

    row = join(desk, account)
    present = [one.person for one in queries.on_duty(desk)]
    leave(row)

    assert present == [account.person]
    assert list(queries.on_duty(desk)) == []
    assert [fact["person_name"] for fact in told("organization.shift_joined")] == ["王平"]
    assert [fact["person_name"] for fact in told("organization.shift_left")] == ["王平"]


def test_nobody_signs_on_for_another_or_twice():
    desk, account, other = register(), make.account(), make.account()
    join(desk, account)

    with pytest.raises(IllegalMove):
        join(desk, account)
    with pytest.raises(Forbidden):
        join(desk, other, actor=queries.actor_for(account))


def test_nobody_is_signed_off_twice_or_from_elsewhere():
    desk, elsewhere = register(), register(username="desk-2")
    row = join(desk, make.account())

    with pytest.raises(Forbidden):
        leave(row, actor=queries.actor_for(elsewhere))
    leave(row)
    with pytest.raises(IllegalMove):
        leave(row)


def test_each_deed_needs_its_permission():
    desk, account = register(), make.account()
    row = join(desk, account)
    nobody = allowed(Permission.READ_ACCOUNTS)

    for deed in (
        lambda: register(actor=nobody, username="desk-2"),
        lambda: renew(desk, actor=nobody),
        lambda: enroll(desk, actor=nobody),
        lambda: join(desk, account, actor=nobody),
        lambda: leave(row, actor=nobody),
    ):
        with pytest.raises(Forbidden):
            deed()


def test_each_deed_is_once_for_one_key():
    actor, post = allowed(Permission.REGISTER_DEVICE), duty_post()
    desk, _again = (register(post, actor=actor, idempotency_key="k") for _time in range(2))
    renewer = allowed(Permission.ROTATE_TOKEN)
    for _time in range(2):
        renew(desk, actor=renewer, version=1, idempotency_key="k")
    desk.refresh_from_db()
    door, account = allowed(Permission.ENROLL_DESK), make.account()
    for _time in range(2):
        enroll(desk, "neue-2731-bape", actor=door, idempotency_key="k")
    own = queries.actor_for(account)
    row, _again = (join(desk, account, actor=own, idempotency_key="k") for _time in range(2))
    machine = queries.actor_for(desk)
    for _time in range(2):
        leave(row, actor=machine, idempotency_key="k")

    names = (
        "desk_registered",
        "desk_code_renewed",
        "desk_enrolled",
        "shift_joined",
        "shift_left",
    )
    assert [len(told(f"organization.{name}")) for name in names] == [1, 1, 1, 1, 1]
    assert Attendance.objects.count() == 1


def test_machines_are_not_registered_in_drills():
    with pytest.raises(Forbidden):
        register(actor=allowed(Permission.REGISTER_DEVICE, realm="drill-1"))

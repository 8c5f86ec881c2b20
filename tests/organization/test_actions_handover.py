import pytest

from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.models import Account, Handover
from liandong.organization.permissions import Permission
from liandong.organization.queries import actor_for
from liandong.organization.queries import handover as asked
from tests.factories import organization as make
from tests.organization.journal import told
from tests.organization.test_actions_phone_record import close, take
from tests.people import allowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """王伟, who goes, and 李敏, who comes."""
    return tuple(
        actor_for(make.holder(Role.DUTY_OFFICER, name=name)) for name in ("王伟", "李敏")
    )


def begin(actor, **more):
    return actions.begin_handover(actor, **{"to": None, **more})


def hand_on(actor, handover, *, places=None, note="已告知", version=None, **more):
    left = queries.still_to_hand_on(actor, handover)
    return actions.hand_on_items(
        actor,
        handover=handover,
        places=[one.place for one in left] if places is None else places,
        note=note,
        expected_version=version or handover.version,
        **more,
    )


def give(actor, handover, *, version=None, **more):
    return actions.give_shift(
        actor, handover=handover, expected_version=version or handover.version, **more
    )


def take_over(actor, handover, *, version=None, **more):
    return actions.take_shift(
        actor, handover=handover, expected_version=version or handover.version, **more
    )


def test_a_shift_is_handed_over_and_signed_by_both(two, work):
    goes, comes = two
    take(actor=goes)
    handover = begin(goes)

    hand_on(goes, handover)
    give(goes, handover, weather="夜间有暴雨", equipment="二号传真机故障", notes="")
    work()
    take_over(comes, handover)

    assert (queries.handover_open(), list(queries.handovers())) == (None, [handover])
    [fact] = told("organization.handover_taken")
    assert (fact["from_name"], fact["to_name"], fact["items"]) == ("王伟", "李敏", 1)
    assert handover.head.count(":") == 2
    [given] = told("organization.handover_given")
    assert (given["weather"], given["equipment"]) == ("夜间有暴雨", "二号传真机故障")


def test_nobody_signs_while_something_open_was_not_handed_on(two):
    goes, _comes = two
    take(actor=goes, what="柳湾桥头积水")
    handover = begin(goes)

    with pytest.raises(IllegalMove) as refused:
        give(goes, handover)

    assert "还有 1 项未办结的事没有移交" in refused.value.title
    assert "柳湾桥头积水" in refused.value.title


def test_what_is_done_meanwhile_needs_no_handing_on(two):
    goes, _comes = two
    row = take(actor=goes)
    handover = begin(goes)

    close(row, actor=goes)

    give(goes, handover)


def test_what_comes_up_after_the_first_signature_is_handed_on_too(two):
    goes, comes = two
    handover = begin(goes)
    give(goes, handover)
    take(actor=goes)

    with pytest.raises(IllegalMove):
        take_over(comes, handover)
    hand_on(goes, handover)
    take_over(comes, handover)


def test_what_waits_for_the_one_who_comes_holds_nobody_up(two, monkeypatch):
    """A call the leader has answered is the leader's to write down, whoever takes the shift."""
    goes, comes = two

    def answered(actor):
        yield queries.OpenItem(key=actor.person, title="接听后待登记")

    monkeypatch.setitem(asked._sources, "test.answered", (1, answered))
    handover = begin(goes)
    hand_on(goes, handover)
    give(goes, handover)

    assert queries.still_to_hand_on(comes, handover) == []
    take_over(comes, handover)


def test_with_the_account_of_who_went_shut_whoever_comes_is_asked(two):
    goes, comes = two
    handover = begin(goes)
    give(goes, handover)
    Account.objects.filter(pk=goes.account).update(is_active=False)
    take(actor=comes)

    with pytest.raises(IllegalMove):
        take_over(comes, handover)


def test_the_one_who_goes_signs_first_and_not_for_the_other(two):
    goes, comes = two
    handover = begin(goes)

    with pytest.raises(IllegalMove):
        take_over(comes, handover)
    with pytest.raises(Forbidden):
        give(comes, handover)
    give(goes, handover)
    with pytest.raises(Forbidden):
        take_over(goes, handover)
    with pytest.raises(IllegalMove):
        give(goes, handover)


def test_only_whom_it_was_meant_for_takes_it(two):
    goes, comes = two
    other = make.holder(Role.DUTY_OFFICER, name="赵磊")
    handover = begin(goes, to=other.person)
    give(goes, handover)

    with pytest.raises(Forbidden) as refused:
        take_over(comes, handover)

    assert "赵磊" in refused.value.title


def test_one_handover_goes_on_at_a_time(two):
    goes, comes = two
    handover = begin(goes)
    with pytest.raises(IllegalMove):
        begin(comes)
    with pytest.raises(Invalid):
        actions.cancel_handover(goes, handover=handover, reason=" ", expected_version=1)

    actions.cancel_handover(goes, handover=handover, reason="推迟", expected_version=1)

    begin(comes)
    with pytest.raises(IllegalMove):
        give(goes, handover)


def test_nothing_chosen_and_oneself_are_refused(two):
    goes, _comes = two
    with pytest.raises(Invalid):
        begin(goes, to=queries.person_of(goes))
    handover = begin(goes)

    with pytest.raises(Invalid):
        hand_on(goes, handover, places=[])


def test_handing_over_needs_permission_a_person_and_no_drill(two):
    goes, _comes = two
    handover = begin(goes)

    with pytest.raises(Forbidden):
        begin(allowed(Permission.HAND_OVER))
    for deed in (
        begin,
        lambda one: hand_on(one, handover),
        lambda one: give(one, handover),
        lambda one: take_over(one, handover),
    ):
        with pytest.raises(Forbidden):
            deed(allowed(Permission.LAY_ROSTER))


def test_whoever_saw_an_older_version_is_told(two):
    goes, _comes = two
    take(actor=goes)
    handover = begin(goes)

    with pytest.raises(Stale):
        hand_on(goes, handover, version=9)


def test_one_key_begins_once(two):
    goes, _comes = two

    assert begin(goes, idempotency_key="k") == begin(goes, idempotency_key="k")
    assert Handover.objects.count() == 1

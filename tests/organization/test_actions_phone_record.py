from datetime import timedelta

import pytest

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.permissions import Permission
from tests.organization.journal import told
from tests.people import allowed, duty_officer, visitor

pytestmark = pytest.mark.django_db


def take(*, actor=None, caller="河口镇值班室", what="柳湾桥头积水", **more):
    return actions.take_phone_record(actor or duty_officer(), caller=caller, what=what, **more)


def follow(row, *, actor=None, version=None, note="已告带班领导", **more):
    return actions.follow_phone_record(
        actor or duty_officer(),
        record=row,
        note=note,
        expected_version=version or row.version,
        **more,
    )


def close(row, *, actor=None, version=None, outcome="积水已退", **more):
    return actions.close_phone_record(
        actor or duty_officer(),
        record=row,
        outcome=outcome,
        expected_version=version or row.version,
        **more,
    )


def link(row, *, actor=None, version=None, **more):
    return actions.link_phone_record(
        actor or duty_officer(),
        record=row,
        subject_kind="command.signal",
        subject_id="1",
        subject_name="电话：河口镇值班室",
        subject_url="/command/signals/1/",
        expected_version=version or row.version,
        **more,
    )


def test_a_call_is_put_down_with_its_eight_fields(at):
    at("2026-07-14T09:12")

    row = take(
        number="0715-1234567",
        occurred="约 9 时",
        place="柳湾桥头",
        losses="无伤亡",
        measures="已设警戒，请派抽水车",
    )

    assert str(row) == "电话0714-01"
    [fact] = told("organization.phone_record_taken")
    assert (fact["place"], fact["losses"], fact["measures"]) == (
        "柳湾桥头",
        "无伤亡",
        "已设警戒，请派抽水车",
    )
    assert list(queries.open_phone_records(duty_officer())) == [row]
    assert list(queries.visible_phone_records(visitor())) == []


def test_calls_are_numbered_by_day_and_realm():
    take(), take(actor=duty_officer(realm="drill-1"))

    assert [one.ordinal for one in (take(), take(actor=duty_officer(realm="drill-1")))] == [
        2,
        2,
    ]


def test_a_call_is_followed_and_closed():
    row = take()

    follow(row)
    close(row)

    assert (row.state, row.outcome) == ("closed", "积水已退")
    assert list(queries.open_phone_records(duty_officer())) == []
    assert [fact["note"] for fact in told("organization.phone_record_followed")] == [
        "已告带班领导"
    ]
    for deed in (follow, close, link):
        with pytest.raises(IllegalMove):
            deed(row)


def test_a_call_that_was_answered_at_once_is_closed_at_once():
    assert take(closed=True).state == "closed"


def test_what_was_made_of_a_call_closes_it():
    row = link(take())

    assert (row.state, row.outcome, row.subject_url) == (
        "closed",
        "已转为电话：河口镇值班室",
        "/command/signals/1/",
    )


def test_blanks_and_the_future_are_said_at_their_field():
    for more, field in (
        ({"caller": " "}, "caller"),
        ({"what": " "}, "what"),
        ({"called_at": clock.now(ACTUAL) + timedelta(hours=1)}, "called_at"),
    ):
        with pytest.raises(Invalid) as refused:
            take(**more)
        assert list(refused.value.fields) == [field]
    row = take()
    with pytest.raises(Invalid):
        follow(row, note=" ")
    with pytest.raises(Invalid):
        close(row, outcome=" ")


def test_the_book_needs_permission():
    row = take()
    nobody = allowed(Permission.LAY_ROSTER)

    for deed in (
        lambda: take(actor=nobody),
        *(lambda d=d: d(row, actor=nobody) for d in (follow, close, link)),
    ):
        with pytest.raises(Forbidden):
            deed()


def test_whoever_saw_an_older_version_is_told():
    row = take()

    for deed in (follow, close, link):
        with pytest.raises(Stale):
            deed(row, version=9)


def test_one_key_is_one_record():
    actor = duty_officer()

    assert take(actor=actor, idempotency_key="k") == take(actor=actor, idempotency_key="k")

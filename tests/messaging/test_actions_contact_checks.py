from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.messaging import queries
from liandong.messaging.actions import (
    add_contact_point,
    check_contact_point,
    retire_contact_point,
)
from liandong.messaging.models import ContactCheck
from tests.messaging.people import person, post
from tests.organization.journal import told
from tests.people import duty_officer, visitor

pytestmark = pytest.mark.django_db


def add(who, address="13800000001", channel="mobile"):
    return add_contact_point(duty_officer(), owner=who, channel=channel, address=address)


def check(point, result="reached", *, actor=None, version=None, **more):
    return check_contact_point(
        actor or duty_officer(),
        contact_point=point,
        result=result,
        expected_version=version or point.version,
        **more,
    )


def test_who_answered_and_when_stays_on_record(at):
    now = at("2026-07-14T08:30")
    who = person("甲")
    point = add(who)

    check(point, answered_by="本人", note="新换的手机")

    [one] = queries.checks_of(who)
    assert (one.get_result_display(), one.answered_by, one.at) == ("接通", "本人", now)
    assert point.verified_at == now
    [fact] = told("messaging.contact_point_checked")
    assert (fact["works"], fact["result"], fact["answered_by"]) == (True, "reached", "本人")


def test_a_wrong_number_is_shown_but_not_used_until_somebody_is_reached():
    who = person("甲")
    point = add(who, "jia@example.gov.cn", "email")

    check(point, "wrong")
    wrong = (list(queries.addresses("email", [who])), queries.wrong_numbers([who.pk], []))
    check(point)

    assert wrong == ([], [point])
    assert list(queries.addresses("email", [who])) == [point]


@pytest.mark.parametrize("result", ["no_answer", "switched_off"])
def test_one_that_was_not_answered_is_neither_verified_nor_wrong(result):
    point = check(add(person("甲")), result)

    assert (point.verified_at, point.is_stale, ContactCheck.objects.count()) == (None, False, 1)


def test_what_is_wrong_or_was_not_verified_for_long_is_to_be_checked():
    since = clock.now(ACTUAL) - timedelta(days=90)
    seat = post()
    wrong, never, fresh = (
        add(person(name, at=seat, deputy=name != "甲"), f"1380000000{n}")
        for n, name in enumerate("甲乙丙")
    )
    add(person("离任"), "13800000009")
    check(wrong, "wrong"), check(fresh)

    assert list(queries.contacts_to_check(since)) == [wrong, never]


def test_no_result_a_retired_number_and_an_older_version_are_refused():
    point = add(person("甲"))
    with pytest.raises(Invalid):
        check(point, "perhaps")
    with pytest.raises(Stale):
        check(point, version=9)
    retire_contact_point(duty_officer(), contact_point=point, expected_version=1)

    with pytest.raises(IllegalMove):
        check(point)


def test_checking_is_for_those_who_may_change_it_and_not_for_drills():
    point = add(person("甲"))

    for actor in (visitor(), duty_officer(realm="drill-1")):
        with pytest.raises(Forbidden):
            check(point, actor=actor)


def test_one_key_checks_once():
    point, actor = add(person("甲")), duty_officer()

    check(point, actor=actor, version=1, idempotency_key="k")
    check(point, actor=actor, version=1, idempotency_key="k")

    assert ContactCheck.objects.count() == 1


def test_the_list_costs_the_same_with_more_numbers(client):
    from liandong.kernel.permissions import Role
    from tests.factories import organization as make
    from tests.organization.browser import entered

    officer = entered(make.holder(Role.DUTY_OFFICER, name="王伟"))
    seat = make.post()
    add(make.person("甲", at=seat))

    def counted():
        officer.get("/messages/contacts/")
        with CaptureQueriesContext(connection) as found:
            text = officer.get("/messages/contacts/").content.decode()
        return len(found), text

    before, text = counted()
    add(make.person("乙", at=seat, is_deputy=True), "13800000002")
    after, _text = counted()

    assert (before, "从未核实" in text) == (after, True)
    assert "没有核实的号码 2 个" in officer.get("/").content.decode()

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liandong.command.actions import (
    assign_resource,
    close_incident,
    recall_order,
    release_resource,
    release_resources_in,
    release_resources_of,
)
from liandong.command.models import Assignment
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.organization.models import Person
from tests.command import county as places
from tests.people import visitor

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def engineer(county):
    return Person.objects.get(name="李明")


def assign(county, incident, person, actor=None, **more):
    return assign_resource(actor or county.office, incident=incident, person=person, **more)


def release(county, row, actor=None, **more):
    said = {"reason": "已归队", "expected_version": row.version} | more
    return release_resource(actor or county.office, assignment=row, **said)


def test_assign_resource_gives_it_to_an_order_until_it_is_released(
    county, flood, order, engineer, at
):
    now = at("2026-07-14T04:07")

    row = assign(county, flood, engineer, order=order)

    assert (row.name, row.during, row.is_out) == (
        "李明",
        DateTimeTZRange(now, None),
        True,
    )
    entry = Entry.objects.get(name="command.resource_assigned")
    assert f'"order_id":"{order.pk}"' in entry.payload.text
    assert '"to":"县水利局 · 1号令"' in entry.payload.text


def test_nothing_is_in_two_places_and_who_has_it_is_named(county, flood, order, engineer):
    until = clock.now("actual") + HOUR
    assign(county, flood, engineer, order=order, until_at=until)
    other = places.incident(county.officer, title="另一场洪水")

    with pytest.raises(Invalid) as refusal:
        assign(county, other, engineer)

    assert refusal.value.title.startswith("“李明”已经派给县水利局 · 1号令，到")
    assert Assignment.objects.count() == 1
    later = assign(county, other, engineer, from_at=until)
    assert later.during.lower == until


def test_the_database_itself_refuses_two_at_once(county, flood, engineer):
    row = assign(county, flood, engineer)
    twin = Assignment.objects.get(pk=row.pk)
    twin.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.bulk_create([Assignment(**_values(twin))])


def _values(row):
    names = ("realm", "audience", "incident", "person", "key", "name", "during")
    return {name: getattr(row, name) for name in names} | {
        "assigned_by": row.assigned_by,
        "assigned_at": row.assigned_at,
    }


def test_a_drill_takes_nothing_from_the_flood(county, flood, engineer):
    assign(county, flood, engineer)
    drill = replace(county.office, realm="drill-1")
    practice = places.incident(replace(county.officer, realm="drill-1"))

    row = assign(county, practice, engineer, actor=drill)

    assert row.realm == "drill-1"
    with pytest.raises(Missing):
        assign(county, flood, engineer, actor=drill)
    with pytest.raises(Missing):
        release(county, row)


def test_assign_resource_is_refused(county, flood, order, engineer):
    now = clock.now("actual")
    for nobody in (county.water, visitor()):
        with pytest.raises(Forbidden):
            assign(county, flood, engineer, actor=nobody)
    with pytest.raises(Invalid):
        assign(county, flood, None)
    for wrong in (now - HOUR, now + timedelta(days=90)):
        with pytest.raises(Invalid):
            assign(county, flood, engineer, until_at=wrong)
    other = places.incident(county.officer, title="另一场洪水")
    with pytest.raises(IllegalMove):
        assign(county, other, engineer, order=order)
    recall_order(county.office, order=order, reason="x", expected_version=1)
    with pytest.raises(IllegalMove):
        assign(county, flood, engineer, order=order)
    close_incident(county.leader, incident=other, reason="x", expected_version=other.version)
    with pytest.raises(IllegalMove):
        assign(county, other, engineer)

    assert not Assignment.objects.exists()


def test_a_double_click_assigns_once(county, flood, engineer):
    first = assign(county, flood, engineer, idempotency_key="k")

    assert assign(county, flood, engineer, idempotency_key="k") == first


def test_release_resource_keeps_the_time_it_took_and_frees_it(county, flood, engineer, at):
    start = at("2026-07-14T04:00")
    row = assign(county, flood, engineer)
    end = at("2026-07-14T06:00")

    release(county, row, idempotency_key="k")
    release(county, row, idempotency_key="k", expected_version=1)

    row.refresh_from_db()
    assert (row.state, row.during.lower, row.during.upper) == ("released", start, end)
    assert Entry.objects.filter(name="command.resource_released").count() == 1
    assign(county, flood, engineer)


def test_release_resource_is_refused(county, flood, engineer):
    row = assign(county, flood, engineer)
    with pytest.raises(Invalid):
        release(county, row, reason=" ")
    with pytest.raises(Forbidden):
        release(county, row, actor=county.water)
    with pytest.raises(Stale):
        release(county, row, expected_version=7)
    row = release(county, row)
    with pytest.raises(IllegalMove):
        release(county, row)


def test_what_an_order_had_is_free_when_it_is_over(county, flood, order, engineer, work):
    assign(county, flood, engineer, order=order)

    recall_order(county.office, order=order, reason="雨停", expected_version=order.version)
    work()

    assert Assignment.objects.get().state == "released"


SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 6), st.booleans()), min_size=1, max_size=8
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(SPANS)
def test_whatever_is_asked_for_nobody_is_in_two_places(county, flood, spans):
    base = clock.now("actual") + HOUR
    person = Person.objects.create(name="抢险员", sort_key="x")

    for start, length, frees in spans:
        begin = base + start * HOUR
        try:
            row = assign(county, flood, person, from_at=begin, until_at=begin + length * HOUR)
        except Invalid:
            continue
        if frees:
            release(county, row)

    out = [
        row.during
        for row in Assignment.objects.filter(person=person, state="assigned").order_by("during")
    ]
    assert all(one.upper <= two.lower for one, two in itertools.pairwise(out))


def test_whatever_an_order_or_an_incident_had_is_freed_at_once(county, flood, order, engineer):
    chief = Person.objects.get(name="郑平")
    assign(county, flood, engineer, order=order)
    assign(county, flood, chief)

    release_resources_of(county.office, order=order, reason="任务完成")
    first = list(Assignment.objects.filter(state="assigned").values_list("name", flat=True))
    release_resources_in(county.office, incident=flood, reason="事件结束")

    assert first == ["郑平"]
    assert not Assignment.objects.filter(state="assigned").exists()
    for act, row in ((release_resources_of, order), (release_resources_in, flood)):
        name = "order" if act is release_resources_of else "incident"
        with pytest.raises(Forbidden):
            act(county.water, **{name: row}, reason="x")
        with pytest.raises(Missing):
            act(replace(county.office, realm="drill-1"), **{name: row}, reason="x")

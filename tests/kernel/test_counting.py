"""What an actor sees, counted by statements that are put into SQL once."""

from dataclasses import replace
from uuid import uuid4

import pytest

from liandong.command import queries as command
from liandong.command.states import IncidentState
from liandong.kernel.actors import EVERYTHING
from liandong.kernel.counting import any_for, count_for
from liandong.messaging import queries as messaging
from liandong.messaging.actions import send_message
from tests.command import county
from tests.messaging.people import person, post
from tests.people import duty_officer, visitor

pytestmark = pytest.mark.django_db


def visible_incidents(actor):
    return command.visible_incidents(actor)


def incident(**more):
    return county.incident(duty_officer(), **more)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"scopes": frozenset({EVERYTHING})},
        {"scopes": frozenset()},
        {"scopes": frozenset({"public", "body:1", "body:2"})},
        {"realm": "drill-1"},
    ],
)
def test_a_count_is_that_of_the_rows_the_actor_sees(change):
    incident()
    incident(title="林火")
    actor = replace(duty_officer(), **change)

    assert count_for(actor, visible_incidents) == visible_incidents(actor).count()
    assert any_for(actor, visible_incidents) == visible_incidents(actor).exists()


def test_the_next_actor_is_not_given_the_answer_of_the_last():
    incident()

    assert count_for(duty_officer(), visible_incidents) == 1
    assert count_for(visitor(), visible_incidents) == 0


def test_what_changes_is_counted_anew():
    row = incident()
    seen = duty_officer()
    before = count_for(seen, command.visible_open_incidents)

    type(row).objects.filter(pk=row.pk).update(state=IncidentState.CLOSED)

    assert (before, count_for(seen, command.visible_open_incidents)) == (1, 0)


def test_person_and_post_stand_where_their_own_belong():
    station = post()
    reader, other = person("甲", at=station), person("乙", at=post())
    send_message(
        duty_officer(), to_post=station, title="到岗", text="请到岗", subject_kind="x",
        subject_id="1", audience=["duty"],
    )  # fmt: skip
    actors = [
        visitor(person=str(reader.pk), post=str(station.pk)),
        visitor(person=str(other.pk), post=str(station.pk)),
        visitor(person=str(other.pk), post=str(uuid4())),
        visitor(person=str(reader.pk), post=""),
        visitor(person="", post=""),
    ]

    counts = [count_for(one, messaging.unread_for) for one in actors]

    assert counts == [messaging.unread_for(one).count() for one in actors]
    assert counts[0] == 1
    assert counts[-1] == 0

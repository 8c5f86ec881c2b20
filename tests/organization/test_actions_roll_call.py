import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.problems import Forbidden, Invalid, Stale
from liandong.messaging.actions import add_contact_point
from liandong.messaging.states import Channel
from liandong.organization import actions, queries
from liandong.organization.permissions import Permission
from liandong.organization.states import BodyKind
from tests.factories import organization as make
from tests.organization.journal import told
from tests.people import allowed, duty_officer

pytestmark = pytest.mark.django_db


def township(name="河口镇", *, who="镇值班员"):
    body = make.body(name=name, kind=BodyKind.TOWNSHIP)
    make.person(who, at=make.post(at=body, title="值班员", is_liaison=True))
    return body


def begin(*bodies, actor=None, **more):
    return actions.begin_roll_call(actor or duty_officer(), bodies=bodies, **more)


def answer(line, answer="present", *, actor=None, version=None, **more):
    return actions.answer_roll_call(
        actor or duty_officer(),
        line=line,
        answer=answer,
        expected_version=version or line.version,
        **more,
    )


def lines(roll_call):
    return queries.lines_of(roll_call)


def test_who_is_called_comes_from_the_bodys_own_roster():
    body = township()
    on_duty = make.person("当班的")
    actions.lay_body_shifts(
        make.maker(),
        body=body,
        shifts=actions.by_turns("officer", [on_duty], make.now(), days=1),
    )

    [line] = lines(begin(body))

    assert (line.name, line.person) == ("当班的", on_duty)


def test_without_a_roster_the_liaison_is_called_by_their_number():
    body = township()
    person = queries.holders(queries.liaison_of(body))[0]
    add_contact_point(
        duty_officer(), owner=person, channel=Channel.MOBILE, address="13800000001"
    )

    [line] = lines(begin(body))

    assert (line.name, line.number) == ("镇值班员", "13800000001")


def test_who_does_not_answer_waits_until_they_are_reached():
    near, far = township("河口镇"), township("青山乡")
    roll_call = begin(near, far)
    first, second = lines(roll_call)

    answer(first)
    answer(second, "no_answer")
    waiting = list(queries.unreached())
    answer(second, "present", name="副镇长")

    assert (waiting, list(queries.unreached())) == ([second], [])
    second.refresh_from_db()
    assert (second.tries, second.name) == (2, "副镇长")
    facts = told("organization.roll_call_line_answered")
    assert [fact["answer_label"] for fact in facts] == ["在岗", "无人接听", "在岗"]


def test_the_next_mornings_line_replaces_the_one_that_waited():
    body = township()
    begin(body)

    newer = begin(body)

    assert [one.roll_call for one in queries.unreached()] == [newer]


def test_a_roll_call_says_how_many_were_reached():
    roll_call = begin(township("河口镇"), township("青山乡"))
    answer(lines(roll_call)[0])

    [one] = queries.roll_calls()

    assert (one.called, one.reached, one.title) == (2, 1, "晨检点名")


def test_calling_twenty_takes_as_many_statements_as_calling_two():
    def counted(*bodies):
        with CaptureQueriesContext(connection) as found:
            begin(*bodies)
        return len(found)

    few, many = [township() for _n in range(2)], [township() for _n in range(8)]

    assert counted(*few) == counted(*many)


def test_nobody_to_call_no_answer_and_absence_without_a_word_are_refused():
    [line] = lines(begin(township()))

    with pytest.raises(Invalid):
        begin()
    for wrong in ("", "waiting", "asleep", "absent"):
        with pytest.raises(Invalid):
            answer(line, wrong)
    answer(line, "absent", note="去防火检查站，已告带班领导")


def test_a_roll_call_needs_permission_and_is_not_for_drills():
    body = township()
    [line] = lines(begin(body))

    for actor in (allowed(Permission.LAY_ROSTER), duty_officer(realm="drill-1")):
        with pytest.raises(Forbidden):
            begin(body, actor=actor)
        with pytest.raises(Forbidden):
            answer(line, actor=actor)


def test_whoever_saw_an_older_version_is_told():
    [line] = lines(begin(township()))

    with pytest.raises(Stale):
        answer(line, version=7)


def test_one_key_calls_once():
    body, actor = township(), duty_officer()

    first = begin(body, actor=actor, idempotency_key="k")

    assert begin(body, actor=actor, idempotency_key="k") == first

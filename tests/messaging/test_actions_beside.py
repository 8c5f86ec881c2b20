import pytest

from liandong.kernel.actors import system_actor
from liandong.kernel.problems import Forbidden
from liandong.messaging.actions import answer_by_reading, tell_beside, tell_goers
from liandong.messaging.models import Callee, Message
from liandong.messaging.permissions import Permission
from tests.messaging.callees import TOWN, call, listed, seat
from tests.people import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def node(at):
    at("2026-07-14T02:10")
    return system_actor(
        "node", "叫应", "actual", Permission.SEND_MESSAGE, Permission.RECORD_ANSWER
    )


@pytest.mark.parametrize("many", [1, 12])
def test_as_many_statements_for_twelve_as_for_one(node, many, django_assert_num_queries):
    for n in range(many):
        seat(name=f"镇长{n}", area=f"{TOWN}{n:03}")
    made = call(areas=[])

    with django_assert_num_queries(7):
        tell_beside(node, call_out=made, title="雨", text="有雨。")

    assert Message.objects.count() == many


def test_who_has_neither_account_nor_mailbox_is_not_written_to(node):
    listed("村支书")
    seat(name="无账号", account=False)
    made = call()

    tell_beside(node, call_out=made, title="雨", text="有雨。", idempotency_key="k")
    tell_beside(node, call_out=made, title="雨", text="有雨。", idempotency_key="k")

    assert not Message.objects.exists()


def test_reading_is_an_answer_once_and_only_of_who_was_called(node):
    row = listed("甲")
    made = call()

    answer_by_reading(node, call_out=made, person=row.person_id)
    answer_by_reading(node, call_out=made, person=row.person_id)
    answer_by_reading(node, call_out=made, person=made.pk)

    assert Callee.objects.get().way == "in_app"
    with pytest.raises(Forbidden):
        answer_by_reading(visitor(), call_out=made, person=row.person_id)


def test_goers_are_told_once(node, work):
    head = seat("镇长", name="镇长")
    listed("村支书", numbers=[])
    made = call()
    work()

    tell_goers(node, call_out=made)
    tell_goers(node, call_out=made)

    assert (
        Message.objects.filter(to_post=head.post, subject_kind="messaging.callee").count() == 1
    )

import pytest
from django.http import Http404
from django.urls import reverse

from liandong.kernel import clock
from liandong.kernel.heartbeats import beat
from liandong.kernel.journal.models import Delivery, Entry
from liandong.kernel.problems import Forbidden
from liandong.kernel.timers import Timer
from liandong.kernel.upkeep.permissions import Permission
from liandong.web.views.operations import board, retry, ring
from tests.people import allowed, duty_officer
from tests.web.asking import ask, text
from tests.web.journal_rows import note

pytestmark = pytest.mark.django_db(transaction=True)


def keeper():
    may = (Permission.RETRY_DELIVERY, Permission.RETRY_TIMER)
    return allowed(*may, scopes=frozenset({"county", "audit"}))


def failed(**more):
    made = {
        "handler": "command.handlers.on_crossing",
        "subject_kind": "x",
        "subject_id": "1",
        **more,
    }
    return Delivery.objects.create(
        link=note("水位上涨"), attempts=8, dead=True, trouble="ZeroDivisionError()", **made
    )


def test_a_dead_delivery_is_shown_with_its_trouble():
    failed()

    html = text(board(ask(actor=keeper())))

    assert "command.handlers.on_crossing" in html
    assert "ZeroDivisionError()" in html
    assert "已停" in html


def test_a_worker_that_is_not_heard_of_is_said_aloud():
    assert "后台进程没有动静" in text(board(ask(actor=keeper())))


def test_a_worker_that_lives_is_not():
    beat("worker")

    assert "后台进程没有动静" not in text(board(ask(actor=keeper())))


def test_only_who_keeps_the_node_sees_the_page():
    with pytest.raises(Forbidden):
        board(ask(actor=duty_officer()))


def test_a_retry_makes_the_delivery_due_and_tells_the_journal():
    delivery = failed()

    response = retry(
        ask("/", {"idempotency_key": "k-1"}, method="post", actor=keeper()), delivery.pk
    )

    delivery.refresh_from_db()
    assert response.status_code == 303
    assert (delivery.dead, delivery.attempts) == (False, 0)
    assert Entry.objects.filter(name="kernel.delivery_retried").count() == 1


def test_two_clicks_are_one_retry():
    delivery = failed()

    for _ in range(2):
        retry(ask("/", {"idempotency_key": "k-1"}, method="post", actor=keeper()), delivery.pk)

    assert Entry.objects.filter(name="kernel.delivery_retried").count() == 1


def test_only_who_keeps_the_node_may_retry():
    delivery = failed()

    with pytest.raises(Forbidden):
        retry(
            ask("/", {"idempotency_key": "k"}, method="post", actor=duty_officer()), delivery.pk
        )


def test_a_delivery_that_was_paid_is_not_there():
    with pytest.raises(Http404):
        retry(ask("/", {"idempotency_key": "k"}, method="post", actor=keeper()), 99)


def stopped():
    return Timer.objects.create(
        realm="actual",
        kind="command.order_step",
        subject_kind="command.order",
        subject_id="1",
        due_at=clock.real(),
        attempts=8,
        dead=True,
        trouble="OSError()",
    )


def test_a_stopped_timer_is_shown_and_rings_again_when_asked():
    timer = stopped()

    html = text(board(ask(actor=keeper())))
    ring(ask("/", {"idempotency_key": "k"}, method="post", actor=keeper()), timer.pk)

    timer.refresh_from_db()
    assert "OSError()" in html
    assert reverse("web:ring", args=[timer.pk]) in html
    assert (timer.dead, timer.attempts, timer.retry_at) == (False, 0, None)
    assert Entry.objects.filter(name="kernel.timer_retried").count() == 1


def test_only_who_keeps_the_node_may_let_a_timer_ring_again():
    with pytest.raises(Forbidden):
        ring(
            ask("/", {"idempotency_key": "k"}, method="post", actor=duty_officer()),
            stopped().pk,
        )

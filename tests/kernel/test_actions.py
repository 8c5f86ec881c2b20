import threading

import pytest
from django.db import connection

from liandong.kernel.actions import action, happened
from liandong.kernel.journal.models import Call, Entry, Outbox, Payload
from liandong.kernel.problems import Forbidden, Invalid, KeyReused, Stale
from liandong.kernel.realms import Realm
from tests.kernel.gauges import MOVE, GaugeMoved, move, move_as
from tests.people import allowed, visitor

pytestmark = pytest.mark.django_db


def test_an_action_writes_entry_payload_and_place_in_the_queue():
    move(allowed(MOVE), gauges=[("上游", 7)], incident="i-1")

    entry = Entry.objects.get()
    assert (entry.name, entry.subject_kind, entry.subject_id) == (
        "test.gauge_moved",
        "test.gauge",
        "上游",
    )
    assert (entry.incident, entry.audience, entry.realm) == ("i-1", ["county"], "actual")
    assert entry.actor == {"kind": "person", "label": "某人", "post": "某人"}
    assert Payload.objects.get().text == '{"level":7,"subject_id":"上游"}'
    assert Outbox.objects.get().entry_id == entry.pk


def test_nested_actions_journal_under_each_actors_name():
    move_as(allowed(MOVE, label="甲"), other=allowed(MOVE, label="乙"))

    posts = [entry.actor["post"] for entry in Entry.objects.order_by("id")]
    assert posts == ["甲", "乙"]


def test_nothing_is_journalled_when_the_outermost_action_fails():
    with pytest.raises(RuntimeError):
        move_as(allowed(MOVE), other=allowed(MOVE), fail=True)

    assert (Entry.objects.count(), Realm.objects.count()) == (0, 0)


def test_an_action_is_refused_without_the_permission():
    with pytest.raises(Forbidden, match="没有办理这件事的权限"):
        move(visitor(), gauges=[("上游", 1)])

    assert Entry.objects.count() == 0


def test_one_act_does_not_cross_realms():
    with pytest.raises(Forbidden, match="不能跨越演练与实战"):
        move_as(allowed(MOVE), other=allowed(MOVE, realm="drill-1"))

    assert Entry.objects.count() == 0


def test_a_nul_character_is_refused_by_name_before_anything_is_written():
    with pytest.raises(Invalid) as refused:
        move(allowed(MOVE), gauges=[("上游", 1)], incident="a\0b")

    assert (list(refused.value.fields), Entry.objects.count()) == (["incident"], 0)


def test_the_same_key_gives_the_same_row_and_no_second_entry():
    first = move(allowed(MOVE), gauges=[("上游", 1)], idempotency_key="k")
    again = move(allowed(MOVE), gauges=[("上游", 1)], idempotency_key="k")

    assert (again.pk, Entry.objects.count(), Call.objects.count()) == (first.pk, 1, 1)


def test_a_key_is_refused_for_something_else_and_is_nobody_elses():
    move(allowed(MOVE), gauges=[("上游", 1)], idempotency_key="k")

    with pytest.raises(KeyReused, match="内容不同"):
        move(allowed(MOVE), gauges=[("上游", 2)], idempotency_key="k")
    move(allowed(MOVE, label="别人"), gauges=[("上游", 2)], idempotency_key="k")
    assert Entry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_deed():
    def click():
        move(allowed(MOVE), gauges=[("上游", 1)], idempotency_key="k")
        connection.close()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()

    assert (Entry.objects.count(), Call.objects.count()) == (1, 1)


@pytest.mark.parametrize("text", ["a\0b", "a\ud83d"])
def test_text_that_cannot_be_stored_is_refused_however_deep_it_stands(text):
    with pytest.raises(Invalid) as refused:
        move(allowed(MOVE), gauges=[(text, 1)])

    assert (list(refused.value.fields), Entry.objects.count()) == (["gauges"], 0)


def test_a_key_that_is_too_long_is_refused_and_a_long_name_is_not():
    with pytest.raises(Invalid, match="办理编号太长"):
        move(allowed(MOVE), gauges=[("上游", 1)], idempotency_key="k" * 201)

    move(allowed(MOVE, label="长" * 150), gauges=[("上游", 1)], idempotency_key="k" * 200)

    assert (Entry.objects.count(), Call.objects.get().holder) == (1, "长" * 100)


def test_lists_that_only_look_alike_are_not_the_same_thing_asked():
    move(allowed(MOVE), gauges=[("上游", 1)], audience=["a", "b"], idempotency_key="k")

    with pytest.raises(KeyReused):
        move(allowed(MOVE), gauges=[("上游", 1)], audience=["a','b"], idempotency_key="k")


@action(MOVE)
def hold(actor, *, locks, met, idempotency_key=""):
    """Take one lock, meet the other, and want the other's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [locks[0]])
        met.wait()
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [locks[1]])
    happened(GaugeMoved(subject_id=f"{locks}", level=1), audience={"county"})
    return Realm.objects.create(
        name=f"{locks}", real_at="2026-01-01T00:00Z", told_at="2026-01-01T00:00Z"
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_wait_for_each_other_one_is_told_and_the_other_is_done():
    met, ends = threading.Barrier(2), []

    def act(*locks):
        try:
            ends.append(hold(allowed(MOVE), locks=locks, met=met).name)
        except Stale as told:
            ends.append(str(told))
        connection.close()

    both = [threading.Thread(target=act, args=locks) for locks in ((71, 72), (72, 71))]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert sorted("别人正在办理" in end for end in ends) == [False, True]
    assert Entry.objects.count() == Realm.objects.filter(name__startswith="(7").count() == 1

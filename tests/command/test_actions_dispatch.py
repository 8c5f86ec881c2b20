from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from liandong.command.actions import dispatch_order, finish_order, recall_dispatch
from liandong.command.models import Dispatch, Incident, Order, OrderNote
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, KeyReused, Missing
from liandong.kernel.timers import Timer
from liandong.organization.models import Appointment
from tests.command import county as places
from tests.people import visitor

pytestmark = pytest.mark.django_db
THREE = ("water", "riverside", "weather")


def dispatch(county, incident, names=THREE, actor=None, **more):
    said = {"text": "今晚 20 时前清点救生衣", "finish_within": timedelta(hours=2)} | more
    posts = [county.posts[name] for name in names]
    return dispatch_order(actor or county.office, incident=incident, to_posts=posts, **said)


def recall(county, made, actor=None, **more):
    said = {"reason": "改由水利局统一清点"} | more
    return recall_dispatch(actor or county.office, dispatch=made, **said)


def test_each_of_many_gets_an_order_of_its_own(county, flood, at):
    now = at("2026-07-14T04:07")

    made = dispatch(
        county,
        flood,
        place="各乡镇仓库",
        lon=Decimal("112.4"),
        lat=Decimal("27.7"),
        needs_proof=["photo"],
    )

    orders = Order.objects.order_by("number")
    assert [(one.number, one.to_post, one.dispatch) for one in orders] == [
        (at_, county.posts[name], made) for at_, name in enumerate(THREE, 1)
    ]
    assert {(one.place, one.lon, one.finish_by) for one in orders} == {
        ("各乡镇仓库", Decimal("112.4"), now + timedelta(hours=2))
    }
    assert Timer.objects.filter(kind="command.acknowledge_due").count() == 3
    assert Timer.objects.filter(kind="command.finish_due").count() == 3
    told = Entry.objects.filter(name="command.order_issued")
    assert {one.subject_id for one in told} == {str(one.pk) for one in orders}
    entry = Entry.objects.get(name="command.order_dispatched")
    assert (entry.subject_id, sorted(entry.audience)) == (str(made.pk), made.audience)


def test_a_unit_sees_its_own_order_and_not_who_else_got_one(county, flood):
    from liandong.command.queries import visible_dispatches, visible_orders

    made = dispatch(county, flood)

    assert [one.to_post for one in visible_orders(county.water)] == [county.posts["water"]]
    assert list(visible_dispatches(county.water)) == []
    assert list(visible_dispatches(county.officer)) == [made]


def test_what_comes_after_another_order_waits_for_it_with_every_unit(county, flood):
    first = places.order(county.office, flood, county.posts["water"])

    made = dispatch(county, flood, after=first)

    orders = Order.objects.filter(dispatch=made)
    assert {(one.after, one.finish_by, one.finish_within) for one in orders} == {
        (first, None, timedelta(hours=2))
    }


@pytest.mark.parametrize("many", [2, 3])
def test_three_are_ordered_in_as_few_statements_as_two(
    many, county, flood, django_assert_max_num_queries
):
    with django_assert_max_num_queries(34):
        dispatch(county, flood, THREE[:many])


def test_the_military_among_many_is_asked(county, flood):
    places.outside(county)

    dispatch(county, flood, ("water", "garrison"))

    kinds = {one.to_body.key: one.kind for one in Order.objects.select_related("to_body")}
    assert kinds == {"water": "order", "garrison": "request"}


def test_what_would_go_to_an_empty_chair_goes_to_the_next_superior_and_says_so(county, flood):
    empty = places.empty_post(county)
    county.posts["power"] = empty

    dispatch(county, flood, ("water", "power"))

    order = Order.objects.get(to_body=empty.body)
    assert order.to_post == county.posts["chief"]
    assert order.text == "（原应由“供电公司 联络员”办理，该岗位空缺）今晚 20 时前清点救生衣"


def test_nobody_is_ordered_when_there_is_nobody_at_all(county, flood):
    empty = places.empty_post(county)
    county.posts["power"] = empty
    Appointment.objects.all().delete()

    with pytest.raises(Missing):
        dispatch(county, flood, ("water", "power"))

    assert not Order.objects.exists()
    assert not Dispatch.objects.exists()


def test_fewer_than_two_are_no_dispatch(county, flood):
    with pytest.raises(Invalid) as refusal:
        dispatch(county, flood, ("water", "water"))

    assert refusal.value.fields == {"units": "请选两个以上单位"}


def test_a_dispatch_without_words_or_time_is_refused(county, flood):
    for wrong in ({"text": " "}, {"finish_within": timedelta()}, {"needs_proof": ["smell"]}):
        with pytest.raises(Invalid):
            dispatch(county, flood, **wrong)


def test_a_place_abroad_is_refused(county, flood):
    with pytest.raises(Invalid):
        dispatch(county, flood, lon=Decimal("2.35"), lat=Decimal("48.85"))


def test_dispatch_order_asks_for_the_permission(county, flood):
    for nobody in (county.water, visitor()):
        with pytest.raises(Forbidden):
            dispatch(county, flood, actor=nobody)


def test_dispatch_order_is_refused_in_a_closed_incident(county, flood):
    Incident.objects.update(state="closed")

    with pytest.raises(IllegalMove):
        dispatch(county, flood)


def test_a_double_click_dispatches_once(county, flood):
    first = dispatch(county, flood, idempotency_key="k")
    again = dispatch(county, flood, idempotency_key="k")

    assert again == first
    assert Order.objects.count() == 3
    with pytest.raises(KeyReused):
        dispatch(county, flood, ("water", "weather"), idempotency_key="k")


def test_nothing_is_dispatched_from_a_drill_into_the_flood(county, flood):
    with pytest.raises(Missing):
        dispatch(county, flood, actor=replace(county.office, realm="drill-1"))


def test_recall_dispatch_takes_back_what_is_not_finished(county, flood):
    made = dispatch(county, flood)
    done = places.accepted(
        county.water, Order.objects.get(to_post=county.posts["water"]), back="今晚20时前清点"
    )
    finish_order(county.water, order=done, text="已清点", expected_version=done.version)

    recall(county, made)

    states = {one.to_body.key: one.state for one in Order.objects.select_related("to_body")}
    assert states == {"water": "finished", "riverside": "recalled", "weather": "recalled"}
    assert OrderNote.objects.filter(kind="recalled").count() == 2
    assert not Timer.objects.filter(subject_kind="command.order").exists()
    assert Entry.objects.filter(name="command.order_recalled").count() == 2
    assert Entry.objects.get(name="command.dispatch_recalled").subject_id == str(made.pk)


def test_recall_dispatch_asks_for_a_reason_the_permission_and_something_left(county, flood):
    made = dispatch(county, flood)
    with pytest.raises(Invalid):
        recall(county, made, reason=" ")
    with pytest.raises(Forbidden):
        recall(county, made, actor=county.water)
    with pytest.raises(Missing):
        recall(county, made, actor=replace(county.office, realm="drill-1"))

    recall(county, made, idempotency_key="k")
    recall(county, made, idempotency_key="k")

    with pytest.raises(IllegalMove):
        recall(county, made)

import pytest
from django.urls import reverse

from liandong.command.models import ActionPlan, Order
from liandong.documents import read_docx
from tests.command import county as places
from tests.command.test_actions_action_plan import PARTS, drafted, in_force, submitted, written

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"command:{name}", args=args)


def filled(answer):
    form = answer.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: _typed(value) for name, value in shown.items() if value is not None}


def _typed(value):
    return value.strftime("%Y-%m-%dT%H:%M:%S") if hasattr(value, "strftime") else value


@pytest.fixture
def response(county, flood, version):
    return places.decide(county.office, flood, version).response


def press(client, name, *args, **more):
    page = url(name, *args)
    answer = client.post(page, filled(client.get(page)) | more)
    assert answer.status_code == 303, answer.content.decode()[-2000:]
    return answer


def test_it_is_drafted_written_signed_and_carried_out_by_pressing(
    enter, county, flood, response
):
    office = enter("office")
    press(office, "draft_action_plan", flood.pk)
    plan = ActionPlan.objects.get()
    press(office, "edit_action_plan", plan.pk, **PARTS)
    press(
        office,
        "add_plan_task",
        plan.pk,
        post=str(county.posts["weather"].pk),
        words="逐时预报",
    )
    press(office, "submit_action_plan", plan.pk)
    press(office, "sign_action_plan", plan.pk)
    task = plan.tasks.get(words="逐时预报")
    press(office, "order_plan_task", task.pk)

    plan.refresh_from_db()
    text = office.get(url("action_plan", plan.pk)).content.decode()
    order = Order.objects.get(text="逐时预报")
    assert plan.is_in_force
    for said in ("三声长哨即撤", f"{order}", "执行中"):
        assert said in text
    assert str(plan) in office.get(url("order", order.pk)).content.decode()
    assert str(plan) in office.get(url("room", flood.pk)).content.decode()


def test_the_next_period_tells_what_differs(enter, county, flood, response):
    in_force(county, flood)
    second = written(county, flood)
    second.tasks.filter(words="逐时预报").last().delete()
    ActionPlan.objects.filter(pk=second.pk).update(safety="改走北坡")

    text = enter("office").get(url("action_plan", second.pk)).content.decode()

    compared = text.partition("<article")[0]
    assert "与上一期相比" in compared
    assert "改走北坡" in compared
    assert "逐时预报" not in compared


def test_an_ordinary_order_may_cite_the_plan_in_force_and_its_unit_reads_it(
    enter, county, flood, response
):
    office = enter("office")
    page = url("issue", flood.pk)
    assert "cites_plan" not in office.get(page).content.decode()
    plan = in_force(county, flood)
    said = {"to_post": str(county.posts["riverside"].pk), "text": "加高沙袋"}

    press(office, "issue", flood.pk, **said, cites_plan="on")

    order = Order.objects.get(text="加高沙袋")
    assert order.action_plan == plan
    assert enter("riverside").get(url("action_plan", plan.pk)).status_code == 200


def test_a_unit_ordered_in_the_second_period_reads_that_plan_alone(
    enter, county, flood, response
):
    first = in_force(county, flood)
    second = in_force(county, flood)
    ActionPlan.objects.filter(pk=first.pk).update(audience=["duty"])
    water = str(county.bodies["water"].pk)
    ActionPlan.objects.filter(pk=second.pk).update(audience=["duty", f"body:{water}", water])

    answer = enter("water").get(url("action_plan", second.pk))

    assert answer.status_code == 200
    assert "与上一期相比" not in answer.content.decode()


def test_a_task_is_changed_and_dropped_and_a_plan_returned(enter, county, flood, response):
    plan = written(county, flood)
    office = enter("office")
    task = plan.tasks.get(words="逐时预报")
    press(office, "set_plan_task", task.pk, words="逐时会报")
    assert plan.tasks.filter(words="逐时会报").exists()
    press(office, "drop_plan_task", task.pk)
    assert not plan.tasks.filter(pk=task.pk).exists()


def test_who_signs_may_send_it_back(enter, county, flood, response):
    plan = submitted(county, flood)

    press(enter("office"), "return_action_plan", plan.pk, reason="补撤退路线")

    plan.refresh_from_db()
    assert plan.is_draft
    assert "补撤退路线" in enter("officer").get(url("action_plan", plan.pk)).content.decode()


def test_it_is_written_to_word(enter, county, flood, response):
    plan = in_force(county, flood)

    answer = enter("officer").get(url("action_plan_word", plan.pk))

    paper = read_docx(b"".join(answer.streaming_content), "a.docx")
    text = "\n".join(one.text for one in paper.pieces())
    for said in ("清溪河洪水处置方案", "三声长哨即撤", "逐时预报", county.office.label):
        assert said in text


def test_an_unsigned_paper_says_so(enter, county, flood):
    plan = drafted(county, flood)

    answer = enter("officer").get(url("action_plan_word", plan.pk))

    paper = read_docx(b"".join(answer.streaming_content), "a.docx")
    assert "未签署，不作为执行依据" in "\n".join(one.text for one in paper.pieces())


def test_a_draft_is_not_shown_to_units(enter, county, flood, order):
    plan = drafted(county, flood)

    assert enter("water").get(url("action_plan", plan.pk)).status_code == 404

import pytest
from django.urls import reverse

from liandong.command.actions import propose_level, record_incident_facts
from liandong.command.models import Decision, Proposal, Response
from tests.command import county as places
from tests.command.running import begun, plan

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"command:{name}", args=args)


@pytest.fixture
def proposal(county, flood, version):
    record_incident_facts(
        county.officer, incident=flood, facts={"rainstorm_signal": "橙"}, source="气象局"
    )
    propose_level(county.officer, incident=flood, plan_version=version)
    return Proposal.objects.get()


def filled(answer):
    form = answer.context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


def test_the_form_is_filled_by_the_plan_and_signed_in_one_click(enter, flood, proposal):
    client = enter("office")
    page = f"{url('decide', flood.pk)}?proposal={proposal.pk}"
    shown = client.get(page)
    data = filled(shown)

    answer = client.post(
        page, data | {"expected_until": data["expected_until"].strftime("%Y-%m-%dT%H:%M:%S")}
    )

    assert (data["kind"], data["level"]) == ("activate", "IV")
    assert "加密水情监测" in data["measures"]
    assert answer.status_code == 303, answer.content.decode()[-3000:]
    assert Response.objects.get().level == "IV"


def test_a_decision_that_lacks_an_element_comes_back_with_the_rest(enter, flood, version):
    answer = enter("office").post(
        url("decide", flood.pk),
        {
            "kind": "activate",
            "level": "IV",
            "matters": "防汛响应",
            "measures": "巡堤查险",
            "expected_until": "",
            "expected_version": 1,
            "idempotency_key": "k",
        },
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "不能缺少预计期限" in text
    assert "巡堤查险" in text
    assert not Decision.objects.exists()


def test_who_is_not_entitled_learns_who_is(enter, flood, proposal):
    client = enter("leader")
    page = f"{url('decide', flood.pk)}?proposal={proposal.pk}"
    data = filled(client.get(page))

    answer = client.post(
        page, data | {"expected_until": data["expected_until"].strftime("%Y-%m-%dT%H:%M:%S")}
    )

    assert answer.status_code == 403
    assert "县防指办公室 主任" in answer.content.decode()


def test_the_second_signature_is_given_on_the_decisions_page(enter, county, flood, demo_node):
    version = places.plan(places.SHARED_PLAN)
    pending = places.decide(county.office, flood, version, level="III")
    client = enter("deputy")
    shown = client.get(url("decision", pending.pk))

    answer = client.post(
        url("sign", pending.pk), {"expected_version": pending.version, "idempotency_key": "k"}
    )

    assert "待会签" in shown.content.decode()
    assert answer.status_code == 303
    assert Response.objects.get().level == "III"


def test_no_plan_no_decision_and_a_word_about_it(enter, flood):
    answer = enter("office").get(url("decide", flood.pk))

    assert answer.status_code == 404
    assert "没有适用于这类事件的现行预案" in answer.content.decode()


def test_a_plan_of_another_hazard_is_decided_upon_once_a_plan_asked_for_it(
    county, flood, enter, demo_node
):
    other = plan(
        "id: pump, do: order, to: water, text: 开泵",
        hazard="11D",
        key="slope",
        title="示例县地质灾害预案",
    )
    page = url("decide", flood.pk) + "?plan=slope"
    before = enter("office").get(page).status_code

    begun(
        county,
        flood,
        "id: ask, do: start_plan, plan: slope, to: flood-office.director, text: 启动地灾预案",
        key="main",
    )

    shown = enter("office").get(page).content.decode()
    assert (before, other.title in shown) == (404, True)

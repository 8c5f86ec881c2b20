import re

import pytest

from liandong.kernel.permissions import Role
from liandong.monitoring.actions import draft_warning, issue_warning
from liandong.monitoring.models import Warning
from liandong.organization.actions import RoleScope
from tests.factories import organization as make
from tests.monitoring.conftest import hour
from tests.monitoring.counting import queries_of
from tests.monitoring.people import forecaster

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
WORDS = {
    "category": "暴雨",
    "level": "橙",
    "scope": "城关镇",
    "cautions": "雨强大。",
    "measures": "做好转移准备。",
}


@pytest.fixture
def liaison(client, weather):
    post = make.post(at=weather, roles=[RoleScope(Role.UNIT_LIAISON, body=str(weather.pk))])
    client.force_login(make.account(at=post), BACKEND)
    return client


@pytest.fixture
def draft(weather):
    return draft_warning(
        forecaster(weather), hazard="11B03", **WORDS, starts_at=hour(12), issuing_body=weather
    )


@pytest.fixture
def in_force(draft, weather):
    return issue_warning(forecaster(weather), warning=draft, expected_version=1)


def form_of(page):
    """What the form on a page would send."""
    text = page.content.decode()
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))
    found.pop("csrfmiddlewaretoken", None)
    return found


def address(row, deed=""):
    return f"/monitoring/warnings/{row.pk}/{deed}"


def send(client, row, deed, **values):
    around = {"starts_at": "2012-08-03T12:00:00", "issuing_body": str(row.issuing_body_id)}
    given = {**WORDS, **around, **form_of(client.get(address(row, f"{deed}/"))), **values}
    return client.post(address(row, f"{deed}/"), given)


def test_the_list_shows_warnings(liaison, draft):
    page = liaison.get("/monitoring/warnings/").content.decode()

    assert "暴雨橙色预警" in page
    assert address(draft) in page


def test_the_page_names_the_eight_elements_and_what_lacks(liaison, draft):
    Warning.objects.filter(pk=draft.pk).update(cautions="")

    page = liaison.get(address(draft)).content.decode()

    for name in (
        "类别",
        "级别",
        "起始时间",
        "可能影响范围",
        "警示事项",
        "应采取的措施",
        "发布单位",
        "发布时间",
    ):
        assert f"<dt>{name}</dt>" in page
    assert "缺</span>" in page
    assert "确认并发布" in page


def test_issuing_from_the_page(liaison, draft):
    answer = send(liaison, draft, "issue", level="红")

    draft.refresh_from_db()
    assert (answer.status_code, answer.url) == (303, address(draft))
    assert (draft.state, draft.level, draft.starts_at) == ("issued", "红", hour(12))


def test_issuing_without_an_element_shows_it_and_keeps_what_was_typed(liaison, draft):
    answer = send(liaison, draft, "issue", measures="", cautions="新写的警示")

    page = answer.content.decode()
    draft.refresh_from_db()
    assert (answer.status_code, draft.state) == (422, "draft")
    assert "请填写应采取的措施（第六十四条）" in page
    assert "新写的警示" in page


def test_a_double_click_issues_once(liaison, draft):
    page = form_of(liaison.get(address(draft, "issue/")))
    around = {"starts_at": "2012-08-03T12:00:00", "issuing_body": str(draft.issuing_body_id)}

    answers = [
        liaison.post(address(draft, "issue/"), {**WORDS, **around, **page}) for _n in range(2)
    ]

    draft.refresh_from_db()
    assert [answer.status_code for answer in answers] == [303, 303]
    assert draft.version == 2


def test_the_second_of_two_is_told_and_keeps_what_was_typed(liaison, draft):
    page = form_of(liaison.get(address(draft, "issue/")))
    draft.change(expected_version=1, scope="别处")
    around = {"starts_at": "2012-08-03T12:00:00", "issuing_body": str(draft.issuing_body_id)}

    answer = liaison.post(
        address(draft, "issue/"), {**WORDS, **around, **page, "cautions": "我写的"}
    )

    assert answer.status_code == 409
    assert "我写的" in answer.content.decode()


def test_adjusting_goes_to_the_new_warning(liaison, in_force):
    answer = send(liaison, in_force, "adjust", level="红", reason="雨势增强")

    new = Warning.objects.get(state="issued")
    assert (answer.url, new.level, new.replaces_id) == (address(new), "红", in_force.pk)


def test_lifting_from_the_page(liaison, in_force):
    send(liaison, in_force, "lift", reason="雨停")

    in_force.refresh_from_db()
    assert (in_force.state, in_force.lifting_reason) == ("lifted", "雨停")


def test_discarding_from_the_page(liaison, draft):
    send(liaison, draft, "discard", reason="仪器故障")

    draft.refresh_from_db()
    assert draft.state == "discarded"


def test_a_warning_may_be_drafted_by_hand(liaison, weather):
    page = form_of(liaison.get("/monitoring/warnings/new/"))
    values = {**WORDS, **page, "hazard": "11B03", "areas": "城关镇、河口镇,东岭乡"}

    answer = liaison.post(
        "/monitoring/warnings/new/", {**values, "issuing_body": str(weather.pk)}
    )

    row = Warning.objects.get()
    assert (answer.url, row.state) == (address(row), "draft")
    assert row.areas == ["城关镇", "河口镇", "东岭乡"]


def test_another_bodys_draft_is_not_there(client, draft, water):
    client.force_login(make.account(at=make.post(at=water, roles=[Role.UNIT_LIAISON])), BACKEND)

    assert client.get(address(draft)).status_code == 404


def test_another_bodys_warning_can_be_seen_and_not_touched(client, in_force, water):
    post = make.post(at=water, roles=[RoleScope(Role.UNIT_LIAISON, body=str(water.pk))])
    client.force_login(make.account(at=post), BACKEND)

    page = client.get(address(in_force))

    assert page.status_code == 200
    assert "解除</a>" not in page.content.decode()
    assert client.get(address(in_force, "lift/")).status_code == 403


def test_the_list_costs_the_same_for_one_and_for_three(liaison, draft, weather):
    liaison.get("/monitoring/warnings/")
    one = queries_of(liaison, "/monitoring/warnings/")

    for _n in range(2):
        draft_warning(
            forecaster(weather),
            hazard="11B03",
            **WORDS,
            starts_at=hour(12),
            issuing_body=weather,
        )

    assert queries_of(liaison, "/monitoring/warnings/") == one

import re
from urllib.parse import quote

import pytest

from liandong.kernel.permissions import Role
from liandong.monitoring.actions import (
    draft_warning,
    issue_warning,
    set_issuing_rule,
    set_warning_template,
)
from liandong.monitoring.models import IssuingRule, Warning, WarningTemplate
from liandong.organization.actions import RoleScope
from liandong.organization.queries import account_by_username
from tests.factories import organization as make
from tests.monitoring.conftest import hour
from tests.monitoring.counting import queries_of
from tests.monitoring.people import forecaster
from tests.people import office

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
WORDS = {
    "category": "暴雨",
    "level": "橙",
    "scope": "城关镇",
    "cautions": "雨强大。",
    "measures": "做好转移准备。",
}


def text_of(page):
    return page.content.decode()


def hidden(page):
    found = dict(
        re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text_of(page))
    )
    found.pop("csrfmiddlewaretoken", None)
    return found


def seated(client, post):
    client.force_login(make.account(at=post), BACKEND)
    return client


@pytest.fixture
def chief():
    # Who commands signs in with a second factor; the office sits here instead.
    return make.post(title="指挥长", roles=[Role.HEADQUARTERS_OFFICE])


@pytest.fixture
def clerk(client):
    return seated(client, make.post(title="办公室", roles=[Role.HEADQUARTERS_OFFICE]))


@pytest.fixture
def rule(chief, weather):
    return set_issuing_rule(office(), level="橙", approver=chief, body=weather)


@pytest.fixture
def draft(weather):
    return draft_warning(
        forecaster(weather), hazard="11B03", **WORDS, starts_at=hour(12), issuing_body=weather
    )


@pytest.fixture
def waiting(rule, draft, weather, chief):
    make.account(at=chief, username="mayor")
    return issue_warning(forecaster(weather), warning=draft, expected_version=1)


def test_the_unit_is_told_whose_approval_it_waits_for(client, rule, draft, weather, chief):
    make.person("县长", at=chief)
    liaison = make.post(at=weather, roles=[RoleScope(Role.UNIT_LIAISON, body=str(weather.pk))])
    seated(client, liaison)
    page = f"/monitoring/warnings/{draft.pk}/"
    around = {"starts_at": "2012-08-03T12:00:00", "issuing_body": str(weather.pk)}

    sent = client.post(
        f"{page}issue/",
        {**WORDS, **around, **hidden(client.get(f"{page}issue/"))},
        follow=True,
    )

    assert Warning.objects.get().state == "submitted"
    assert "已提请“指挥长”批准" in text_of(sent)
    assert "等" in text_of(client.get(page))
    assert "确认并发布" not in text_of(client.get(page))


def test_the_chief_finds_it_on_the_desk_and_approves(client, waiting):
    client.force_login(account_by_username("mayor"), BACKEND)

    assert f"/monitoring/warnings/{waiting.pk}/approve/" in text_of(
        client.get("/monitoring/panels/drafts/")
    )
    page = client.get(f"/monitoring/warnings/{waiting.pk}/approve/")
    sent = client.post(f"/monitoring/warnings/{waiting.pk}/approve/", hidden(page))

    assert sent.status_code == 303
    assert Warning.objects.get().state == "issued"
    shown = text_of(client.get(f"/monitoring/warnings/{waiting.pk}/"))
    assert re.search(r"指挥长[^<]* 批准", shown)


def test_the_chief_sends_it_back_with_a_reason(client, waiting):
    client.force_login(account_by_username("mayor"), BACKEND)
    page = client.get(f"/monitoring/warnings/{waiting.pk}/return/")

    client.post(
        f"/monitoring/warnings/{waiting.pk}/return/", {**hidden(page), "reason": "范围过大"}
    )

    assert Warning.objects.get().returned_reason == "范围过大"


def test_a_rule_is_laid_down_and_dropped_by_hand(clerk, chief, weather):
    page = clerk.get("/monitoring/warnings/rules/new/")
    sent = clerk.post(
        "/monitoring/warnings/rules/new/",
        {
            **hidden(page),
            "body": str(weather.pk),
            "hazard": "11B03",
            "level": "橙",
            "minutes": "15",
            "approver": str(chief.pk),
            "cite": "县办〔2026〕3号",
        },
    )

    assert sent.status_code == 303
    row = IssuingRule.objects.get()
    listed = text_of(clerk.get("/monitoring/warnings/rules/"))
    assert "县气象局" in listed
    assert "暴雨" in listed
    drop = f"/monitoring/warnings/rules/{row.pk}/drop/"
    clerk.post(drop, hidden(clerk.get(drop)))
    assert not IssuingRule.objects.exists()
    assert clerk.get(drop).status_code == 404


def test_the_list_of_rules_asks_the_same_of_one_and_of_three(clerk, chief, weather):
    set_issuing_rule(office(), level="红", approver=chief)
    queries_of(clerk, "/monitoring/warnings/rules/")
    one = queries_of(clerk, "/monitoring/warnings/rules/")
    for level in "蓝黄":
        set_issuing_rule(office(), level=level, approver=chief, body=weather)

    assert queries_of(clerk, "/monitoring/warnings/rules/") == one


def test_words_are_changed_and_put_back(clerk):
    page = f"/monitoring/warnings/words/11B03/{quote('橙')}/"
    form = clerk.get(page)
    assert "危险地带人员做好转移准备" in text_of(form)

    clerk.post(
        page, {**hidden(form), "category": "暴雨", "cautions": "当心。", "measures": "上山。"}
    )

    row = WarningTemplate.objects.get()
    assert "上山。" in text_of(clerk.get("/monitoring/warnings/words/"))
    drop = f"/monitoring/warnings/words/own/{row.pk}/drop/"
    clerk.post(drop, hidden(clerk.get(drop)))
    assert "上山。" not in text_of(clerk.get("/monitoring/warnings/words/"))
    assert clerk.get(drop).status_code == 404


@pytest.mark.parametrize("what", ["11B09/蓝", "99X99/橙", "11B03/紫"])
def test_a_level_that_a_hazard_does_not_have_has_no_words(clerk, what):
    assert clerk.get(f"/monitoring/warnings/words/{quote(what)}/").status_code == 404


def test_a_draft_begins_with_the_words_of_hazard_and_level(client):
    set_warning_template(
        office(),
        hazard="11B06",
        level="黄",
        category="大风",
        cautions="刮风。",
        measures="进屋。",
    )
    seated(client, make.post(title="值班员", roles=[Role.DUTY_OFFICER]))

    page = text_of(client.get(f"/monitoring/warnings/new/?hazard=11B06&level={quote('黄')}"))

    assert "进屋。" in page
    assert "进屋。" not in text_of(client.get("/monitoring/warnings/new/?hazard=x&level=y"))

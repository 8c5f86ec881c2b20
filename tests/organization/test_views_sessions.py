import pytest
from django.test import Client

from tests.config.browser import typed
from tests.factories import organization as make
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0"


def at(account, **headers):
    client = Client()
    typed(client, account, headers=headers)
    client.get("/", headers=headers)
    return client


def test_the_list_names_each_browser_in_plain_words():
    account = make.account()
    client = at(account, user_agent=EDGE)
    at(account, user_agent="MicroMessenger (iPhone)")

    text = client.get("/organization/me/").content.decode()

    assert ("Windows 电脑 · Edge" in text, "苹果手机 · 微信" in text) == (True, True)
    assert text.count("本机") == 1


def test_one_of_ones_own_is_ended_and_the_others_go_on():
    account = make.account()
    here, elsewhere = at(account), at(account)

    here.post(f"/organization/me/sessions/{elsewhere.session['session']}/end/")

    assert elsewhere.get("/organization/me/").status_code == 302
    assert here.get("/organization/me/").status_code == 200


def test_another_persons_is_not_there():
    account, other = make.account(), make.account()
    pk = at(other).session["session"]

    answer = entered(account).post(f"/organization/me/sessions/{pk}/end/")

    assert answer.status_code == 404


def test_the_security_administrator_ends_one_of_anybodys():
    account, guard = make.account(), entered(make.security_admin())
    client = at(account)

    answer = guard.post(f"/organization/sessions/{client.session['session']}/end/")

    assert answer.status_code == 303
    assert client.get("/").status_code == 302


def test_the_audit_administrator_sees_and_does_not_end():
    account, auditor = make.account(), entered(make.audit_admin())
    client = at(account)

    page = auditor.get(f"/organization/accounts/{account.pk}/").content.decode()
    answer = auditor.post(f"/organization/sessions/{client.session['session']}/end/")

    assert ("不明设备" in page, "结束此登录" in page) == (True, False)
    assert answer.status_code == 403

import pytest

from liandong.organization import queries
from tests.factories import organization as make
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db


def test_my_page_shows_my_chairs_and_what_was_done(work):
    account = make.account(at=make.post(title="防火办主任"))
    client = entered(account)
    work()

    text = client.get("/organization/me/").content.decode()

    assert ("防火办主任" in text, "现用岗位" in text, "修改口令" in text) == (True, True, True)
    assert f"开设账号：{account.username}" in text


def test_somebody_without_a_post_is_told_where_rights_come_from():
    text = entered(make.account()).get("/organization/me/").content.decode()

    assert "您现在没有任职" in text


def test_another_of_ones_chairs_is_chosen():
    account = make.account(at=make.post(rank=1))
    chair = make.appointed(account.person, make.post(rank=2))
    client = entered(account)

    client.post("/organization/me/post/", {"post": str(chair.post_id)})

    assert client.session["post"] == str(chair.post_id)


@pytest.mark.parametrize("wanted", ["", "nonsense", "00000000-0000-7000-8000-000000000000"])
def test_no_chair_but_ones_own_is_chosen(wanted):
    client = entered(make.account(at=make.post()))

    response = client.post("/organization/me/post/", {"post": wanted})

    assert response.status_code == 404
    assert "post" not in client.session


def test_sessions_are_not_ended_by_a_stale_page():
    account = make.account()
    client = entered(account)

    response = client.post("/organization/me/sessions/end/", {"expected_version": "1"})

    assert response.status_code == 409
    assert client.get("/organization/me/").status_code == 200


def test_the_doors_that_mail_would_open_are_closed(client):
    for path in ("/accounts/email/", "/accounts/password/reset/"):
        response = client.get(path)

        assert response.status_code == 404
        assert "安全管理员" in response.content.decode()


def test_the_menu_offers_other_chairs_to_who_has_them():
    single, double = make.account(at=make.post()), make.account(at=make.post(rank=1))
    make.appointed(double.person, make.post(title="总值班", rank=2))

    assert "签署岗位" not in entered(single).get("/").content.decode()
    assert "总值班" in entered(double).get("/").content.decode()
    assert len(queries.positions_of(double.person)) == 2

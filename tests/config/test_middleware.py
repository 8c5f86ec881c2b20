"""Who acts in a request, and who is turned back at the door."""

import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from liandong.kernel.actors import ACTUAL
from liandong.kernel.identity import Node
from liandong.kernel.journal.reading import position
from liandong.kernel.permissions import Role
from liandong.organization import actions, queries
from liandong.organization.actions import set_second_factor_roles
from liandong.organization.models import Secret
from liandong.organization.permissions import Permission
from liandong.web.requests import STRANGER
from tests.config.browser import LOGIN, bind, signed_in
from tests.factories import organization as make
from tests.people import allowed

pytestmark = pytest.mark.django_db
ME = "/organization/me/"


@pytest.fixture(autouse=True)
def _no_counts_left_over():
    cache.clear()


def test_a_stranger_is_sent_to_the_door(client):
    response = client.get("/organization/people/?name=%E6%9D%8E")

    assert response.status_code == 302
    assert response["Location"].startswith(f"{LOGIN}?next=/organization/people/")
    assert response.wsgi_request.actor is STRANGER


def test_a_form_that_comes_back_too_late_is_told_so(client):
    response = client.post("/organization/people/new/", {"name": "王平"})

    assert response.status_code == 401
    assert "登录已经结束" in response.content.decode()
    assert "填过的内容还在" in response.content.decode()


def test_a_part_of_a_page_that_comes_back_too_late_stays_as_it_is(client):
    response = client.post("/organization/people/new/", headers={"HX-Request": "true"})

    assert response.status_code == 401
    assert response["HX-Retarget"] == "[data-toasts]"
    assert response["HX-Reswap"] == "beforeend"


def test_whoever_signed_in_acts():
    account = make.holder(Role.DUTY_OFFICER)

    request = signed_in(account).get("/").wsgi_request

    assert request.actor == queries.actor_for(account)
    assert request.standing.roles == {Role.DUTY_OFFICER}


def test_a_page_knows_where_the_journal_stood(work):
    client = signed_in(make.account())
    work()

    page = client.get("/").wsgi_request
    part = client.get("/", headers={"HX-Request": "true"}).wsgi_request
    form = client.post("/organization/me/post/").wsgi_request

    assert page.position == position() != "0:0"
    assert (part.position, form.position) == ("", "")


def test_a_page_knows_its_node():
    node = Node.objects.create(division_code="370102", name="清溪县", public_key="x")

    request = signed_in(make.account()).get("/").wsgi_request

    assert request.node == node


def test_the_chosen_post_signs():
    leader, desk = make.post(title="局长", rank=1), make.post(title="值班员", rank=2)
    account = make.account(at=leader)
    make.appointed(account.person, desk)
    client = signed_in(account)

    client.post("/organization/me/post/", {"post": str(desk.pk)})

    assert client.get("/").wsgi_request.actor.post == str(desk.pk)


def test_a_post_given_up_signs_no_longer():
    first, second = make.post(rank=1), make.post(rank=2)
    account = make.account(at=first)
    chair = make.appointed(account.person, second)
    client = signed_in(account)
    client.post("/organization/me/post/", {"post": str(second.pk)})

    actions.end_appointment(make.maker(), appointment=chair, expected_version=chair.version)

    assert client.get("/").wsgi_request.actor.post == str(first.pk)


def test_a_person_who_moves_has_the_rights_of_the_new_post_with_the_next_click():
    old = make.post(roles=[Role.HEADQUARTERS_OFFICE])
    account = make.account(at=old)
    client = signed_in(account)
    assert client.get("/organization/people/new/").status_code == 200
    [chair] = queries.positions_of(account.person)

    actions.end_appointment(make.maker(), appointment=chair, expected_version=chair.version)
    make.appointed(account.person, make.post(roles=[Role.EXPERT]))

    assert client.get("/organization/people/new/").status_code == 403


def locked(account):
    actions.lock_account(
        make.maker(), account=account, reason="离职", expected_version=account.version
    )


def cut(account):
    actions.end_sessions(
        make.maker(), account=account, reason="离职", expected_version=account.version
    )


def reset(account):
    actions.reset_password(
        make.maker(),
        account=account,
        password=Secret("one-time-word-1"),
        expected_version=account.version,
    )


@pytest.mark.parametrize("deed", [locked, cut, reset])
def test_sessions_end_at_once(deed):
    account = make.account()
    client = signed_in(account)
    account.refresh_from_db()

    deed(account)

    response = client.get(ME)
    assert response.status_code == 302
    assert response["Location"].startswith(LOGIN)


def test_sessions_of_others_go_on():
    account, other = make.account(), make.account()
    client = signed_in(other)

    cut(account)

    assert client.get(ME).status_code == 200


def test_one_ends_ones_other_sessions_and_stays():
    account = make.account()
    here, elsewhere = signed_in(account), signed_in(account)
    account.refresh_from_db()

    here.post("/organization/me/sessions/end/", {"expected_version": account.version})

    assert here.get(ME).status_code == 200
    assert elsewhere.get(ME).status_code == 302


def test_the_realm_is_that_of_the_session():
    account = make.holder(Role.DUTY_OFFICER)
    client = signed_in(account)
    assert client.get("/").wsgi_request.actor.realm == ACTUAL

    session = client.session
    session["realm"] = "rehearsal-1"
    session.save()

    assert client.get("/").wsgi_request.actor.realm == "rehearsal-1"


def asked_of(*roles):
    """Let these roles ask for a second factor, too."""
    guard = allowed(Permission.SET_SECOND_FACTOR_ROLES)
    return set_second_factor_roles(guard, roles=roles)


@pytest.mark.parametrize(
    "role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.COMMANDER]
)
def test_some_roles_must_bind_a_second_factor_first(role):
    client = signed_in(make.holder(role))

    assert client.get("/")["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_other_roles_need_not():
    assert signed_in(make.holder(Role.DUTY_OFFICER)).get("/").status_code == 200


def test_a_county_adds_roles_and_takes_none_away():
    asked_of(Role.DUTY_OFFICER)

    officer, chief = make.holder(Role.DUTY_OFFICER), make.holder(Role.COMMANDER)

    assert signed_in(officer).get("/").status_code == 302
    assert signed_in(chief).get("/").status_code == 302
    assert signed_in(make.holder(Role.EXPERT)).get("/").status_code == 200


def test_whoever_has_to_bind_can_do_nothing_else():
    asked_of(Role.DUTY_OFFICER)
    client = signed_in(make.holder(Role.DUTY_OFFICER))

    there = [client.get(path)["Location"] for path in ("/organization/", "/messages/")]

    assert there == [reverse("mfa_activate_totp")] * 2
    assert client.post("/organization/leaves/new/").status_code == 302


def test_a_bound_second_factor_opens_the_pages(django_capture_on_commit_callbacks):
    client = signed_in(make.holder(Role.COMMANDER))

    bind(client, time.time(), django_capture_on_commit_callbacks)

    assert client.get("/").status_code == 200


def test_a_demonstration_asks_for_no_second_factor():
    Node.objects.create(division_code="370102", name="清溪县", public_key="x", is_demo=True)

    assert signed_in(make.holder(Role.COMMANDER)).get("/").status_code == 200


def test_a_part_of_a_page_is_sent_to_the_whole_one():
    asked_of(Role.DUTY_OFFICER)
    client = signed_in(make.holder(Role.DUTY_OFFICER))

    response = client.get("/", headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == reverse("mfa_activate_totp")


def test_who_acts_costs_few_queries(django_assert_max_num_queries):
    account = make.holder(Role.DUTY_OFFICER)
    client = signed_in(account)
    client.get(ME)

    # Session, its place in the list, account, clocks, chairs, roles, place in the journal, node; a count for each entry
    # of the bar. The page itself asks nothing.
    with django_assert_max_num_queries(12):
        client.get("/plans/facts/")


def test_two_browsers_are_two_sessions():
    one, two = make.holder(Role.DUTY_OFFICER), make.holder(Role.EXPERT)
    first, second = signed_in(one), signed_in(two)

    assert isinstance(first, Client)
    assert first.get("/").wsgi_request.actor.account == str(one.pk)
    assert second.get("/").wsgi_request.actor.account == str(two.pk)

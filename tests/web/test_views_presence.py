import json

import pytest
from django.urls import reverse

from liandong.organization.queries import actor_for
from liandong.web import presence
from tests.command import county as places
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db
FORM = "/command/incidents/1/severity/"


def ask(client, body):
    return client.post(reverse("web:presence"), body, content_type="application/json")


@pytest.fixture
def two(db):
    county = places.found()
    return [
        (entered(county.accounts[name]), county.accounts[name])
        for name in ("officer", "office")
    ]


def told(client, account, *, writing):
    ticket = presence.ticket(actor_for(account), FORM)
    answer = ask(client, json.dumps({"forms": [{"ticket": ticket, "writing": writing}]}))
    return answer.json()["forms"][0]


def test_two_at_one_form_are_told_of_each_other(two):
    officer, office = two
    told(*officer, writing=True)

    (other,) = told(*office, writing=False)

    assert "吴静" in other["who"]


@pytest.mark.parametrize("body", ["", "[]", '{"forms": 1}', '{"forms": [1]}', "{"])
def test_what_no_page_asks_is_refused(two, body):
    client, _account = two[0]

    assert ask(client, body).status_code == 400

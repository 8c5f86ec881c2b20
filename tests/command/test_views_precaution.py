import pytest
from django.urls import reverse

from liandong.command import handlers
from liandong.command.models import Order, Precaution
from liandong.plans.queries import shipped_text
from tests.command import county as places
from tests.command.test_handlers import cause, warned

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(county, at):
    places.plan(shipped_text("warning_measures"))
    office = str(county.bodies["flood-office"].pk)
    handlers.answer_warning(warned(body_id=office), cause(at("2030-01-01T08:00")))
    return Precaution.objects.get()


def test_the_office_finds_it_on_the_desk_and_chooses(county, proposed, enter, demo_node):
    client = enter("office")
    url = reverse("command:precaution", args=[proposed.pk])
    desk = client.get(reverse("command:desk_part")).content.decode()
    page = client.get(url).content.decode()

    answer = client.post(url, {"steps": ["advice"], "reason": "先劝告", "expected_version": 1})

    assert (url in desk, "应对法 第六十七条(六)" in page) == (True, True)
    assert answer.headers["Location"] == reverse("command:room", args=[proposed.incident_id])
    assert Order.objects.get().kind == "release"


def test_choosing_nothing_is_refused_and_what_was_typed_stays(
    county, proposed, enter, demo_node
):
    url = reverse("command:precaution", args=[proposed.pk])

    answer = enter("office").post(url, {"reason": "先劝告", "expected_version": 1})

    assert answer.status_code == 422
    assert "先劝告" in answer.content.decode()


def test_taking_none_of_them_says_why(county, proposed, enter, demo_node):
    url = reverse("command:pass_over", args=[proposed.pk])

    enter("office").post(url, {"reason": "雨带南移", "expected_version": 1})

    proposed.refresh_from_db()
    assert (proposed.state, proposed.reason) == ("passed_over", "雨带南移")


def test_who_may_not_decide_sees_the_measures_and_no_form(county, proposed, enter):
    page = enter("officer").get(reverse("command:precaution", args=[proposed.pk]))

    text = page.content.decode()
    assert ("调集应急救援所需物资" in text, "决定采取" in text) == (True, False)


def test_one_that_is_not_there_is_missing(county, flood, enter):
    url = reverse("command:precaution", args=[flood.pk])

    assert enter("officer").get(url).status_code == 404

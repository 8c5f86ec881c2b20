"""In which realm a browser is, and what its pages may still send once it has gone elsewhere."""

import io
from urllib.parse import unquote

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liandong.command.models import Incident
from liandong.config.readers import reader_of
from liandong.evaluation.actions import enrol_people, strike_person
from liandong.kernel.actors import ACTUAL
from tests.command import county as places
from tests.evaluation.drills import listed, person, started

pytestmark = pytest.mark.django_db
OPEN = "/command/incidents/new/"
SAID = {"name": "漫水桥被淹", "hazard": "11A", "source": "电话"}


@pytest.fixture
def county():
    return places.found()


@pytest.fixture
def running(county):
    return started(county, listed(county, places.plan()))


@pytest.fixture
def player(client, county, running):
    """Somebody on the list, in the drill."""
    client.force_login(
        county.accounts["water"], backend="django.contrib.auth.backends.ModelBackend"
    )
    client.post(reverse("evaluation:enter", args=[running.pk]))
    assert client.session["realm"] == running.realm
    return client


def struck(county, running):
    return strike_person(county.office, drill=running, person=person(county, "water").pk)


def test_whoever_was_struck_from_the_list_is_led_back_to_what_is_real(player, county, running):
    struck(county, running)

    answer = player.get("/command/incidents/")
    after = player.get(answer["Location"]).content.decode()

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "您已被移出这场演练的名单，现已回到实战。" in after
    assert "drill-mark" not in after
    assert player.session.get("realm", ACTUAL) == ACTUAL


def test_a_part_of_a_page_leads_the_whole_page_out(player, county, running):
    struck(county, running)

    answer = player.get(reverse("evaluation:bar"), headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == "/"


def test_what_they_were_sending_is_done_neither_in_the_drill_nor_for_real(
    player, county, running
):
    struck(county, running)

    answer = player.post(OPEN, SAID)

    assert answer.status_code == 409
    assert "刚才填的没有办理" in answer.content.decode()
    assert Incident.objects.count() == 0


def test_their_live_stream_tells_what_is_real_again(player, county, running):
    cookies = "; ".join(f"{name}={one.value}" for name, one in player.cookies.items())
    before = reader_of(cookies).realm

    struck(county, running)

    assert (before, reader_of(cookies).realm) == (running.realm, ACTUAL)


def test_of_one_struck_the_others_stay(player, county, running):
    strike_person(county.office, drill=running, person=person(county, "officer").pk)

    assert "drill-mark" in player.get("/").content.decode()
    assert player.session["realm"] == running.realm


def test_which_drill_it_is_costs_a_page_one_query(player, running):
    with CaptureQueriesContext(connection) as asked:
        player.get("/evaluation/drills/")

    about = [one["sql"] for one in asked if 'FROM "evaluation_drill"' in one["sql"]]
    settling = [sql for sql in about if f"'{running.realm}'" in sql and "LIMIT 1" in sql]
    assert len(settling) == 1


@pytest.mark.parametrize("way", ["field", "header"])
def test_a_page_opened_for_real_does_nothing_in_a_drill(player, running, way):
    sent = (
        player.post(OPEN, SAID | {"page_realm": ACTUAL})
        if way == "field"
        else player.post(OPEN, SAID, headers={"X-Realm": ACTUAL})
    )

    assert sent.status_code == 409
    assert "这一页是在实战里打开的" in sent.content.decode()
    assert Incident.objects.count() == 0


def test_a_page_opened_in_a_drill_does_nothing_for_real(client, county, running):
    client.force_login(
        county.accounts["officer"], backend="django.contrib.auth.backends.ModelBackend"
    )

    refused = client.post(OPEN, SAID | {"page_realm": running.realm})
    done = client.post(OPEN, SAID | {"page_realm": ACTUAL})

    assert (refused.status_code, done.status_code) == (409, 303)
    assert "这一页是在演练里打开的" in refused.content.decode()
    assert [one.realm for one in Incident.objects.all()] == [ACTUAL]


def test_whoever_is_put_on_the_list_again_may_go_in_again(player, county, running):
    struck(county, running)
    player.get("/")
    enrol_people(county.office, drill=running, people=[person(county, "water")], part="player")

    player.post(reverse("evaluation:enter", args=[running.pk]))

    assert player.session["realm"] == running.realm


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_written_in_a_drill_is_named_so(client, county, running, form):
    client.force_login(
        county.accounts["officer"], backend="django.contrib.auth.backends.ModelBackend"
    )
    page = f"/command/signals/?export={form}"
    real = unquote(client.get(page)["Content-Disposition"])
    client.post(reverse("evaluation:enter", args=[running.pk]))

    played = unquote(client.get(page)["Content-Disposition"])

    assert ("演练" in real, "【演练】" in played) == (False, True)
    assert played.endswith(f".{form}")


def test_a_word_file_written_in_a_drill_says_so_at_its_head_and_in_its_name(player):
    answer = player.get("/evaluation/drills/year/2030/docx/")

    paper = docx.Document(io.BytesIO(answer.getvalue()))
    assert paper.sections[0].header.paragraphs[0].text == "演练"
    assert "【演练】2030年应急演练计划.docx" in unquote(answer["Content-Disposition"])

import pytest
from django.urls import reverse

from liandong.command.models import Signal
from liandong.evaluation.models import Inject
from liandong.evaluation.states import InjectKind
from tests.evaluation.drills import written


def url(name, *args):
    return reverse(f"evaluation:{name}", args=args)


@pytest.fixture
def office(enter):
    return enter("office")


@pytest.mark.parametrize("kind", InjectKind.values)
def test_every_kind_has_a_form_that_says_what_is_missing(office, drill, kind):
    page = f"{url('add_inject', drill.pk)}?kind={kind}"

    assert office.get(page).status_code == 200
    assert office.post(page, {}).status_code == 422
    assert Inject.objects.count() == 0


def test_a_script_is_written_told_and_dropped_by_its_pages(office, county, running):
    page = url("add_inject", running.pk)
    said = {"text": "桥面水深 40 厘米", "trigger": "hand"}
    for kind, more in {
        "call": {"caller": "河口镇"},
        "message": {"to_post": county.posts["water"].pk},
        "fact": {"fact": "deaths", "value": "1"},
    }.items():
        answer = office.post(f"{page}?kind={kind}", said | {"name": kind} | more)
        assert answer.status_code == 303, answer.content.decode()
    call, message, fact = Inject.objects.order_by("number")

    seen = {"expected_version": call.version}
    assert office.post(url("deliver", running.pk, call.pk), seen).status_code == 303
    assert office.post(url("deliver", running.pk, call.pk), seen).status_code == 409
    assert office.post(url("deliver", running.pk, fact.pk), seen).status_code == 404
    dropped = office.post(url("drop", running.pk, message.pk), seen | {"reason": "来不及"})

    assert dropped.status_code == 303
    assert (Signal.objects.get().realm, fact.data) == (
        running.realm,
        {"fact": "deaths", "value": "1"},
    )
    shown = office.get(url("drill", running.pk)).content.decode()
    assert "来不及" in shown


def test_a_player_finds_no_way_into_the_script(enter, county, running):
    inject = written(county, running)
    client = enter("officer")

    answers = [
        client.get(url("add_inject", running.pk)),
        client.get(url("deliver", running.pk, inject.pk)),
        client.get(url("drop", running.pk, inject.pk)),
        client.get(url("observe", running.pk)),
    ]

    assert [one.status_code for one in answers] == [403] * 4

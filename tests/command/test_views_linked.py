"""Pages of incidents that belong together, and of what is settled or corrected in one."""

import pytest
from django.urls import reverse

from liandong.command.actions import record_incident_facts
from liandong.command.models import FactChoice, IncidentLink
from liandong.command.states import IncidentState
from liandong.plans.models import FactValue
from tests.command import county as places

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"command:{name}", args=args)


@pytest.fixture
def slide(county):
    return places.incident(county.officer, title="石门滑坡", hazard="11D")


def test_an_incident_is_linked_on_its_page_and_shown_in_both_rooms(enter, flood, slide):
    client = enter("officer")

    answer = client.post(
        url("link", slide.pk),
        {"kind": "caused_by", "other": str(flood.pk), "reason": "雨后", "is_counted": "on"},
    )

    assert (answer.status_code, IncidentLink.objects.get().is_counted) == (303, True)
    assert "石门滑坡" in client.get(url("room_linked", flood.pk)).content.decode()
    assert "清溪河洪水" in client.get(url("room_linked", slide.pk)).content.decode()


def test_a_link_is_taken_back_on_its_page(enter, flood, slide):
    client = enter("officer")
    said = {"kind": "part_of", "other": str(flood.pk), "reason": "x"}
    client.post(url("link", slide.pk), said)
    link = IncidentLink.objects.get()

    client.post(url("unlink", link.pk), {"reason": "不是", "expected_version": 1})

    link.refresh_from_db()
    assert not link.stands


def test_a_merged_incident_leads_to_where_it_lives_and_refuses_with_the_way_there(
    enter, county, flood, slide
):
    client = enter("office")
    said = {"other": str(flood.pk), "reason": "同一件事", "expected_version": slide.version}

    answer = client.post(url("merge", slide.pk), said)

    slide.refresh_from_db()
    assert (answer.status_code, answer.url) == (303, url("room", flood.pk))
    assert slide.state == IncidentState.MERGED
    assert url("room", flood.pk) in client.get(url("room", slide.pk)).content.decode()
    assert slide.number in client.get(url("room_linked", flood.pk)).content.decode()
    refused = client.post(
        url("fact", slide.pk), {"fact": "deaths", "value": "1", "source": "公安局"}
    )
    assert refused.status_code == 409
    assert f'href="{url("room", flood.pk)}"' in refused.content.decode()


def test_an_incident_is_split_on_its_page(enter, county, flood):
    order = places.order(county.office, flood, county.posts["water"])
    said = {
        "name": "工厂泄漏",
        "hazard": "12",
        "orders": [str(order.pk)],
        "reason": "另一件事",
        "expected_version": flood.version,
    }

    answer = enter("office").post(url("split", flood.pk), said)

    order.refresh_from_db()
    assert answer.status_code == 303, answer.content.decode()[-1500:]
    assert order.incident.title == "工厂泄漏"


def test_the_head_is_corrected_on_its_page(enter, flood):
    client = enter("officer")
    page = client.get(url("correct", flood.pk))
    form = page.context["form"]
    said = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    said["received_at"] = f"{form['received_at'].value():%Y-%m-%dT%H:%M:%S}"

    answer = client.post(
        url("correct", flood.pk), said | {"name": "白河洪水", "reason": "听错"}
    )

    flood.refresh_from_db()
    assert (answer.status_code, flood.title) == (303, "白河洪水")


def test_a_figure_is_settled_from_the_room(enter, county, flood):
    for source, n in (("河口镇", 63), ("村支书", 80)):
        record_incident_facts(
            county.officer, incident=flood, facts={"relocated": n}, source=source
        )
    client = enter("office")
    room = client.get(url("room_facts", flood.pk)).content.decode()
    telling = FactValue.objects.get(source="河口镇").pk

    client.post(url("choose", flood.pk, telling), {"reason": "逐户点过"})

    assert "说法不一，待核定" in room
    assert url("choose", flood.pk, telling) in room
    assert FactChoice.objects.get().value == 63
    after = client.get(url("room_facts", flood.pk)).content.decode()
    assert ("逐户点过" in after, "待核定" in after) == (True, False)

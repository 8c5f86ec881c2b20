"""Pages of what is handed on, and of what is entered for a place cut off."""

import pytest
from django.urls import reverse

from liandong.command.actions import raise_signal, register_call, transfer_call
from liandong.command.models import Call, Transfer
from liandong.command.rules.call import Told
from liandong.command.states import TransferState

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"command:{name}", args=args)


def test_a_signal_is_handed_on_and_taken_over_on_their_page(enter, county):
    signal = raise_signal(county.riverside, channel="phone", words="水管爆裂")
    said = {"to_body": str(county.bodies["water"].pk), "text": "水管爆裂", "reason": "归水利局"}

    answer = enter("officer").post(url("transfer_signal", signal.pk), said)

    made = Transfer.objects.get()
    assert (answer.status_code, answer.url) == (303, url("transfer", made.pk))
    client = enter("water")
    assert "水管爆裂" in client.get(url("transfer", made.pk)).content.decode()
    client.post(url("accept_transfer", made.pk), {"expected_version": 1})
    made.refresh_from_db()
    assert made.state == TransferState.ACCEPTED
    assert enter("bystander").get(url("transfer", made.pk)).status_code == 404


def test_the_receivers_desk_leads_to_it_and_nowhere_they_may_not_go(enter, county, flood):
    call = register_call(
        county.officer,
        told=Told(caller="过路司机", hazard="11A", place="老街", what="路断"),
        incident=flood,
    )
    made = transfer_call(
        county.officer,
        call=call,
        to_body=county.bodies["water"],
        text="路断",
        reason="归水利局",
    )
    page = url("transfer", made.pk)

    theirs = enter("water")

    assert f'href="{page}"' in theirs.get("/").content.decode()
    assert url("room", flood.pk) not in theirs.get(page).content.decode()
    ours = enter("officer")
    assert f'href="{page}"' in ours.get("/").content.decode()
    assert url("room", flood.pk) in ours.get(page).content.decode()


def test_a_village_cut_off_is_entered_for_and_read_back(enter, county):
    client = enter("officer")
    said = {
        "caller": "石门村支书",
        "hazard": "11A",
        "place": "河口镇石门村",
        "what": "三断，转移 20 人",
        "on_behalf_of": "石门村",
        "way": "satellite",
    }

    client.post(url("new_call"), said)

    call = Call.objects.get()
    room = client.get(url("room_linked", call.incident_id)).content.decode()
    assert (call.on_behalf_of, call.channel) == ("石门村", "satellite")
    assert "未复诵" in room
    client.post(url("read_back_call", call.pk))
    assert "已复诵" in client.get(url("room_linked", call.incident_id)).content.decode()
    said = {"to_body": str(county.bodies["water"].pk), "text": "x", "reason": "y"}
    assert client.post(url("transfer_call", call.pk), said).status_code == 303

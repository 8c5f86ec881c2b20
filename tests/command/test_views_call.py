from decimal import Decimal

import pytest

from liandong.command.actions import raise_signal
from liandong.command.models import Call, Incident, Report
from liandong.plans import queries as plans
from tests.command import county as places

pytestmark = pytest.mark.django_db
FIRE = {
    "caller": "东岭乡林业站值班员",
    "hazard": "11G",
    "place": "河口镇鹰嘴岩东坡",
    "what": "雷击起火，向东蔓延",
    "dead": "0",
    "missing_unknown": "on",
    "asked_burned_ha": "26.5",
    "asked_spreading": "true",
    "asked_relocated": "7",
}


@pytest.fixture
def sent(enter, county):
    def send(path="/command/calls/new/", **more):
        return enter("officer").post(path, FIRE | more)

    return send


def test_the_sheet_becomes_a_call_and_leads_to_the_room(sent, county):
    answer = sent()

    call = Call.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        303,
        f"/command/incidents/{call.incident_id}/",
    )
    assert (call.dead, call.missing, call.badly_injured) == (0, None, None)
    assert call.asked == {"burned_ha": "26.5", "spreading": True}
    assert Report.objects.get().text


def test_facts_of_another_kind_are_not_taken_along(sent, county):
    sent()

    known = plans.facts_of("command.incident", str(Incident.objects.get().pk))
    assert set(known) == {"deaths", "burned_ha", "spreading"}


def test_what_the_caller_says_of_the_time_is_kept_and_understood(sent, county, at):
    at("2026-07-14T04:07")

    sent(occurred="约 03:50")

    call = Call.objects.get()
    assert (call.occurred, f"{call.occurred_at:%H:%M}") == ("约 03:50", "19:50")


def test_a_time_nobody_can_make_out_stays_words(sent, county):
    sent(occurred="说不清")

    assert (Call.objects.get().occurred, Call.objects.get().occurred_at) == ("说不清", None)


def test_a_sheet_with_a_gap_comes_back_with_what_was_typed(sent, county):
    answer = sent(place="")

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "雷击起火，向东蔓延" in shown
    assert not Call.objects.exists()


def test_a_call_is_added_to_the_incident_that_was_chosen(sent, county, flood):
    sent(incident=str(flood.pk))

    assert Call.objects.get().incident == flood


def test_an_incident_or_signal_that_is_none_is_refused(sent, county):
    nobody = "01890000-0000-7000-8000-000000000001"

    answers = [sent(incident=nobody), sent(f"/command/calls/new/?signal={nobody}")]

    assert [one.status_code for one in answers] == [404, 404]
    assert not Call.objects.exists()


def test_a_signals_sheet_begins_with_what_it_tells(enter, county):
    signal = raise_signal(
        county.riverside, channel="phone", caller="河口镇值班室", words="堤脚冒浑水，转移40余人"
    )

    sheet = enter("officer").get(f"/command/calls/new/?signal={signal.pk}").content.decode()

    assert 'value="河口镇值班室"' in sheet
    assert '<option value="11A" selected' in sheet
    assert f'id="form-call-{signal.pk}"' in sheet


def test_open_incidents_of_the_same_place_and_kind_are_named(enter, county):
    places.incident(county.officer, title="河口镇洪水", place="河口镇", townships=["河口镇"])
    officer = enter("officer")

    def alike(hazard, place):
        path = f"/command/calls/alike/?hazard={hazard}&place={place}"
        return "河口镇洪水" in officer.get(path).content.decode()

    assert alike("11A", "河口镇大堤")
    assert not alike("11G", "河口镇大堤")
    assert not alike("11A", "山那边")
    assert not alike("11A", "")


def test_near_incidents_are_named_with_how_far_they_are(enter, county):
    places.incident(
        county.officer, title="石桥洪水", position=(Decimal("112.4"), Decimal("27.7"))
    )

    def alike(**more):
        query = {"hazard": "11A", "place": "山那边", "read_from": "wgs84", **more}
        return enter("officer").get("/command/calls/alike/", query).content.decode()

    assert "石桥洪水</b>（" in alike(lon="112.42", lat="27.71")
    assert "相距约 2.3 公里" in alike(lon="112.42", lat="27.71")
    assert "位置相同" in alike(lon="112.4001", lat="27.7")
    assert "石桥洪水" not in alike(lon="113", lat="27.71")
    assert "石桥洪水" not in alike(lon="x", lat="")


def test_the_sheet_takes_a_place_from_the_map(sent, county):
    sent(lon="112.418", lat="27.7312", read_from="wgs84")

    incident = Incident.objects.get()
    assert (incident.lon, incident.lat) == (Decimal("112.418000"), Decimal("27.731200"))


def test_half_a_place_comes_back_unfolded_with_what_was_typed(sent, county):
    answer = sent(lon="112.418", lat="", read_from="wgs84")

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'call-place" open' in shown
    assert 'value="112.418"' in shown
    assert "雷击起火，向东蔓延" in shown


def test_the_map_of_a_sheet_fills_that_sheets_boxes(enter, county):
    signal = raise_signal(county.riverside, channel="phone", caller="河口镇值班室", words="险")
    officer = enter("officer")

    own = officer.get(f"/command/calls/map/?signal={signal.pk}&lon=112.4&lat=27.7")
    plain = officer.get("/command/calls/map/")

    assert f'"picks": "#form-call-{signal.pk}"' in own.content.decode()
    assert '"spot": [112.4, 27.7]' in own.content.decode()
    assert '"picks": "#form-call"' in plain.content.decode()
    assert enter("water").get("/command/calls/map/").status_code == 403

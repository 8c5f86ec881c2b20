import pytest

from liandong.command.models import Signal
from tests.factories import organization as make

pytestmark = pytest.mark.django_db
URL = "/api/signals"
TOKEN = "d" * 40
TOLD = {"channel": "phone", "caller": "河口镇值班室", "number": "2071", "words": "堤脚冒浑水"}


@pytest.fixture
def gateway(db):
    return make.device(token=TOKEN)


def post(client, told, **headers):
    headers = {"Authorization": f"Bearer {TOKEN}", **headers}
    return client.post(URL, told, content_type="application/json", headers=headers)


def test_a_gateway_makes_the_desk_ring(client, gateway):
    answer = post(client, TOLD)

    signal = Signal.objects.get()
    assert answer.status_code == 201
    assert answer.json()["signal"] == str(signal.pk)
    assert (signal.caller, signal.state) == ("河口镇值班室", "ringing")


def test_the_same_signal_sent_again_rings_once(client, gateway):
    first = post(client, TOLD, **{"Idempotency-Key": "call-1"}).json()
    again = post(client, TOLD, **{"Idempotency-Key": "call-1"}).json()

    assert again["signal"] == first["signal"]
    assert Signal.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({}, 422),
        ({"words": "险情", "strange": 1}, 422),
        ({"words": "险情", "channel": "smoke"}, 422),
        ({"words": "险情", "received_at": "2026-07-14T04:07"}, 422),
        ({"words": "险情" * 2001}, 422),
    ],
)
def test_what_cannot_be_a_signal_is_refused_in_chinese(told, status, client, gateway):
    answer = post(client, told)

    assert answer.status_code == status
    assert any("\u4e00" <= one <= "\u9fff" for one in answer.json()["title"])
    assert not Signal.objects.exists()


def test_a_key_that_is_none_is_refused(client, gateway):
    answer = post(client, TOLD, **{"Idempotency-Key": "k" * 65})

    assert answer.status_code == 422
    assert not Signal.objects.exists()


def test_without_a_token_nothing_rings(client):
    answer = client.post(URL, TOLD, content_type="application/json")

    assert answer.status_code == 401
    assert not Signal.objects.exists()


def test_whoever_sent_a_signal_learns_that_it_was_taken(client, gateway, county):
    from liandong.command.actions import take_signal

    made = post(client, TOLD).json()["signal"]
    take_signal(county.officer, signal=Signal.objects.get())

    headers = {"Authorization": f"Bearer {TOKEN}"}
    told = client.get(f"{URL}/{made}", headers=headers).json()

    assert (told["state"], told["taken_by"]) == ("taken", county.officer.label)


def test_another_device_does_not_see_it(client, gateway):
    make.device("gauge-2", token="e" * 40)
    made = post(client, TOLD).json()["signal"]

    answers = [
        client.get(f"{URL}/{key}", headers={"Authorization": f"Bearer {'e' * 40}"})
        for key in (made, "none")
    ]

    assert [one.status_code for one in answers] == [404, 404]

import pytest

from liandong.config.streams import entry
from liandong.config.streams.keys import claims_of, keys_of
from liandong.organization import actions
from liandong.organization.models import Account, Secret
from tests.factories import organization as make

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN, OTHER = "t" * 40, "o" * 40


@pytest.fixture
def gauge(db):
    return make.device(token=TOKEN)


@pytest.fixture
def keys(tmp_path):
    return keys_of(tmp_path)


def caller(username="gauge-1", token=TOKEN, client_id="", *, speaks_mqtt=True):
    return entry.Caller("SERVER", "KEY", username, token, speaks_mqtt, client_id, 7)


def locked(device):
    return actions.lock_account(
        make.maker(), account=device, reason="失窃", expected_version=device.version
    )


def test_a_device_is_let_in_with_the_token_of_the_api(gauge, keys):
    answer = entry.answer(caller(), keys)

    said = claims_of(answer.said)
    let = claims_of(said["nats"]["jwt"])
    assert (said["aud"], said["sub"], said["iss"]) == ("SERVER", "KEY", keys.issuer)
    assert (let["aud"], let["name"]) == ("COUNTY", "gauge-1:1")
    assert let["nats"]["pub"] == {"allow": ["obs.gauge-1", "obs.gauge-1.>"]}
    assert let["nats"]["sub"] == {"deny": [">"]}


def test_by_nats_it_comes_to_where_no_stream_is(gauge, keys):
    let = claims_of(
        claims_of(entry.answer(caller(speaks_mqtt=False), keys).said)["nats"]["jwt"]
    )

    assert let["aud"] == "SENDERS"
    assert let["nats"]["sub"] == {"allow": ["_INBOX.gauge-1.>"]}


@pytest.mark.parametrize(
    "asked",
    [
        caller(token=""),
        caller(token=OTHER),
        caller(username="gauge-2"),
        caller(username=""),
        caller(client_id="gauge-2"),
    ],
)
def test_whoever_is_not_the_device_is_refused(gauge, keys, asked):
    make.device("gauge-2", token="z" * 40)

    answer = entry.answer(asked, keys)

    assert answer.refused
    assert claims_of(answer.said)["nats"]["error"] == answer.refused


def test_a_locked_device_is_refused(gauge, keys):
    locked(gauge)

    assert entry.answer(caller(), keys).refused


def test_a_person_is_refused(gauge, keys):
    person = make.holder("duty_officer")

    assert entry.answer(caller(username=person.username, token="secret"), keys).refused


def test_connections_of_a_changed_token_or_a_locked_device_are_outdated(gauge):
    other = make.device("gauge-2", token=OTHER)
    names = ["gauge-1:1", "gauge-2:1", "gone:1", "intake", "system"]
    assert entry.outdated(names) == {"gone:1"}

    actions.rotate_token(
        make.maker(), account=gauge, token=Secret("n" * 40), expected_version=gauge.version
    )
    locked(Account.objects.get(pk=other.pk))

    assert entry.outdated(names) == {"gone:1", "gauge-1:1", "gauge-2:1"}

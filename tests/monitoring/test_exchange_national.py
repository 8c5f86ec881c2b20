import pytest

from liandong.monitoring.exchange import read
from liandong.monitoring.exchange.alerts import Circle
from tests.monitoring.alerts import COLLECTION, collected, national


def codes(found):
    return [one.code for one in found.problems]


@collected
def test_the_real_message_of_henan():
    path = COLLECTION / "cn_12379_profile" / "41000041600000_20200205105119.xml"

    found = read(path.read_bytes())

    alert = found.alerts[0]
    assert (found.kind, found.outcome) == ("12379", "ok")
    assert (alert.identifier, alert.kind, alert.stage) == (
        "41000041600000_20200205105119",
        "Update",
        "continue",
    )
    assert [one.identifier for one in alert.references] == ["41000041600000_20200204121842"]
    assert (alert.level, alert.hazard, alert.sender_code) == ("蓝", "11B06", "41000041600000")
    assert alert.info.areas[0].description == "河南省"
    assert alert.info.areas[0].geocodes == (("division", "410000000000"),)


def test_radii_are_meters_names_are_said_once_and_the_officer_is_not_named():
    found = read(national())

    alert = found.alerts[0]
    assert found.outcome == "ok"
    assert alert.info.areas[0].description == "城关镇"
    assert alert.info.areas[0].circles == (Circle(117.2, 31.5, 5.0),)
    assert alert.elements["issuing_body"] == "示例市气象局"
    assert "张某某" not in str(alert)


def test_the_dialect_whose_root_is_the_status():
    body = national().replace(b"<alert>", b'<Test xmlns="http://com.icss.amp">')
    body = body.replace(b"</alert>", b"</Test>").replace(
        b"<status>Actual</status>", b"<status/>"
    )

    found = read(body)

    assert (found.kind, found.outcome, found.alerts[0].status) == ("12379", "ok", "Test")


def test_an_update_without_reference_is_doubted_and_not_refused():
    found = read(national(kind="Update"))

    assert (found.outcome, codes(found)) == ("warnings", ["references-missing"])


def test_levels_that_disagree_are_told():
    found = read(national(severity="Yellow"))

    assert (found.alerts[0].level, codes(found)) == ("橙", ["level-disagrees"])


@pytest.mark.parametrize("name", ["identifier", "sendTime", "msgType"])
def test_what_one_cannot_do_without_is_missed_by_name(name):
    text = national().decode()
    start, end = text.index(f"<{name}>"), text.index(f"</{name}>") + len(name) + 3

    found = read((text[:start] + text[end:]).encode())

    assert (found.outcome, found.errors[0].values["name"]) == ("refused", name)


def test_a_sender_code_of_another_length_is_told():
    found = read(national().replace(b"<senderCode>34990041600000", b"<senderCode>3499"))

    assert codes(found) == ["sender-code"]

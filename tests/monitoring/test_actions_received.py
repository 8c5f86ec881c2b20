import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from liandong.kernel.identity import Node
from liandong.kernel.journal.models import Entry
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.monitoring import queries
from liandong.monitoring.actions import note_received, receive_warning, take_over_received
from liandong.monitoring.exchange import digest_of, sign
from liandong.monitoring.models import Original, Received, Warning
from tests.monitoring.alerts import cap, national
from tests.monitoring.people import forecaster, gauge
from tests.monitoring.test_exchange_signing import certificate
from tests.people import actor, duty_officer, visitor

pytestmark = pytest.mark.django_db
ALERT, UPDATE, CANCEL = (f"34990041600000_2026071405{n:02}00" for n in range(3))


@pytest.fixture(autouse=True)
def noon_after(at):
    """Six in the morning of the day the warnings were sent."""
    return at("2026-07-14T06:00")


@pytest.fixture(autouse=True)
def county(db):
    return Node.objects.create(division_code="349901", name="示例县", public_key="")


def take(body, *, by=None, **more):
    return receive_warning(by or duty_officer(), body=body, source="市气象台", **more)


def only(original):
    return original.alerts.get()


def sent(identifier, minute, **more):
    """One of 12379, sent a minute of the hour."""
    body = national(identifier, **more)
    return body.replace(b"05:00:00", f"05:{minute:02}:00".encode())


def cap_sent(identifier, minute, *, references="", kind="Alert"):
    named = " ".join(f"met@example.cn,{one},2026-07-14T05:00:00+08:00" for one in references)
    inner = f"<references>{named}</references>" if references else ""
    body = cap(identifier, kind=kind, references=inner)
    return body.replace(b"05:00:00+08:00</sent>", f"05:{minute:02}:00+08:00</sent>".encode())


def standings():
    return dict(Received.objects.order_by("pk").values_list("identifier", "standing"))


def codes(row):
    return [one["code"] for one in row.problems]


def payload(name):
    return json.loads(Entry.objects.filter(name=name).latest("id").payload.text)


def test_a_warning_is_kept_byte_for_byte_and_understood(noon_after):
    body = cap()

    original = take(body)

    row = only(original)
    assert bytes(Original.objects.get().body) == body
    assert (original.shape, original.outcome, original.size) == ("cap-1.2", "ok", len(body))
    assert (row.standing, row.level, row.hazard) == ("in_force", "橙", "11B03")
    assert (row.sender, row.category, row.scope) == ("示例市气象局", "暴雨", "城关镇")
    assert row.ends_at.isoformat() == "2026-07-14T09:00:00+00:00"
    said = payload("monitoring.warning_received")
    assert (said["digest"], said["kind"], said["source"]) == (
        digest_of(body),
        "in_force",
        "市气象台",
    )
    assert list(queries.received_now("actual")) == [row]


def test_what_names_no_end_is_assumed_to_end_in_a_day():
    row = only(take(national()))

    assert (row.is_end_assumed, row.ends_at - row.sent_at) == (True, timedelta(hours=24))


def test_the_same_bytes_again_are_the_same_row():
    first, again = take(cap()), take(cap(), by=gauge())

    assert again == first
    assert Received.objects.count() == 1
    assert Entry.objects.filter(name="monitoring.warning_received").count() == 1


def test_the_same_alert_in_another_envelope_is_no_second_one():
    take(cap())
    inner = cap().partition(b"?>")[2]

    again = take(
        b'<alerts xmlns="urn:oasis:names:tc:emergency:cap:1.2">' + inner + b"</alerts>"
    )

    assert (again.alerts.count(), Received.objects.count()) == (0, 1)


def test_the_same_number_with_other_words_is_a_conflict_and_stands_for_nothing():
    take(cap())

    row = only(take(cap(暴雨橙色="暴雨红色")))

    assert row.standing == "conflict"
    assert queries.received_now("actual").count() == 1
    assert payload("monitoring.warning_received")["kind"] == "conflict"


def test_the_same_number_of_another_sender_is_another_warning():
    take(cap())

    row = only(take(cap(**{"met@example.cn": "met@example.org"})))

    assert row.standing == "in_force"


def test_an_update_takes_the_place_of_what_it_names():
    first = only(take(sent(ALERT, 0)))
    second = only(take(sent(UPDATE, 1, kind="Update", references=ALERT, severity="Red",
                            headline="示例市气象局升级发布暴雨红色预警")))  # fmt: skip

    assert standings() == {ALERT: "replaced", UPDATE: "in_force"}
    assert second.chain == first.chain
    assert payload("monitoring.warning_received")["ended"] == [str(first.pk)]


def test_an_end_ends_the_whole_chain_by_the_number_of_the_first():
    take(sent(ALERT, 0))
    take(sent(UPDATE, 1, kind="Update", references=ALERT))
    take(sent(CANCEL, 2, kind="Cancel", references=ALERT, headline="示例市气象局解除暴雨预警"))

    assert standings() == {ALERT: "replaced", UPDATE: "cancelled", CANCEL: "ending"}
    assert not queries.received_now("actual").exists()
    assert len({row.chain for row in Received.objects.all()}) == 1


def test_cap_chains_go_by_triples():
    take(cap_sent("A-1", 0))
    take(cap_sent("A-2", 1, kind="Update", references=["A-1"]))
    take(cap_sent("A-3", 2, kind="Cancel", references=["A-1", "A-2"]))

    assert standings() == {"A-1": "replaced", "A-2": "cancelled", "A-3": "ending"}


@pytest.mark.parametrize(
    "order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
)
def test_any_order_of_arrival_ends_alike(order):
    bodies = [
        sent(ALERT, 0),
        sent(UPDATE, 1, kind="Update", references=ALERT),
        sent(CANCEL, 2, kind="Cancel", references=ALERT),
    ]

    for number in order:
        take(bodies[number])

    found = standings()
    assert not queries.received_now("actual").exists()
    assert found[CANCEL] == "ending"
    assert found[UPDATE] == "cancelled"
    assert len({row.chain for row in Received.objects.all()}) == 1


def test_an_update_of_something_never_seen_is_taken_with_a_warning():
    row = only(take(sent(UPDATE, 1, kind="Update", references=ALERT)))

    assert (row.standing, codes(row)) == ("in_force", ["chain-missing"])


def test_two_ends_of_one_warning():
    take(sent(ALERT, 0))
    take(sent(CANCEL, 2, kind="Cancel", references=ALERT))

    row = only(take(sent(CANCEL + "9", 3, kind="Cancel", references=ALERT)))

    assert (row.standing, codes(row)) == ("ending", ["already-ended"])


@pytest.mark.parametrize("status", ["Test", "Exercise", "Draft", "System"])
def test_what_is_not_actual_never_stands(status):
    row = only(take(cap(status=status)))

    assert (row.standing, row.ends_at) == ("aside", None)
    assert not queries.received_now("actual").exists()


def test_what_has_run_out_is_kept_and_does_not_stand(at):
    at("2026-07-15T06:00")

    row = only(take(cap()))

    assert row.standing == "in_force"
    assert not queries.received_now("actual").exists()


@pytest.mark.parametrize(
    ("code", "concerns"),
    [("349901100000", True), ("349900000000", True), ("340000000000", True), ("110000000000", False)],
)  # fmt: skip
def test_whose_county_it_is_by_its_codes(code, concerns):
    row = only(take(national().replace(b"349901100000", code.encode())))

    assert row.concerns_us == concerns
    assert queries.received_now("actual").exists() == concerns


def test_whose_county_it_is_may_be_unknown_and_is_then_not_left_out():
    row = only(take(cap()))

    assert row.concerns_us is None
    assert queries.received_now("actual").exists()


def test_a_broken_one_is_refused_kept_and_shown_to_the_duty_desk():
    body = cap().replace(b"Severe", b"Terrible")

    row = only(take(body))

    assert (row.standing, codes(row)) == ("refused", ["choice"])
    assert queries.bytes_of(row) == body
    assert list(queries.received_for(duty_officer())) == [row]
    assert not queries.received_for(
        actor(Role.UNIT_LIAISON, scopes=frozenset({"county"}))
    ).exists()


def test_what_nobody_can_read_is_kept_too():
    original = take(b"\x00\x01")

    assert (original.outcome, only(original).standing) == ("refused", "refused")
    assert [one["code"] for one in original.problems] == ["nul"]


def test_of_several_the_sound_ones_are_taken():
    inner = b"".join(
        one.partition(b"?>")[2] for one in (cap("A-1"), cap("A-2").replace(b"Severe", b"Bad"))
    )

    take(b'<alerts xmlns="urn:oasis:names:tc:emergency:cap:1.2">' + inner + b"</alerts>")

    assert standings() == {"A-1": "in_force", "A-2": "refused"}


@pytest.mark.parametrize("body", [b"", b"x" * (8 * 1024 * 1024 + 1)])
def test_nothing_and_too_much_are_refused_whole(body):
    with pytest.raises(Invalid):
        take(body)

    assert not Original.objects.exists()


def test_whoever_may_not_is_refused():
    with pytest.raises(Forbidden):
        take(cap(), by=visitor())


def test_nothing_crosses_into_or_out_of_a_drill():
    with pytest.raises(Forbidden, match="演练"):
        take(cap(), by=duty_officer(realm="drill-1"))

    take(cap())
    assert not queries.received_for(duty_officer(realm="drill-1")).exists()


def test_the_same_key_is_once():
    first = take(cap(), idempotency_key="k")

    assert take(cap(), idempotency_key="k") == first


def test_somebody_on_duty_takes_note(noon_after):
    row = only(take(cap()))
    assert list(queries.to_be_noted(duty_officer())) == [row]

    note_received(duty_officer(), received=row, expected_version=1)

    assert (row.noted_by, row.noted_at) == ("值班员", noon_after)
    assert not queries.to_be_noted(duty_officer()).exists()
    with pytest.raises(IllegalMove):
        note_received(duty_officer(), received=row, expected_version=2)


def test_noting_asks_for_permission_and_the_version():
    row = only(take(cap()))

    with pytest.raises(Forbidden):
        note_received(gauge(), received=row, expected_version=1)
    with pytest.raises(Stale):
        note_received(duty_officer(), received=row, expected_version=7)


def test_one_of_another_county_is_not_asked_to_be_noted():
    take(national().replace(b"349901100000", b"110000000000"))

    assert not queries.to_be_noted(duty_officer()).exists()


WORDS = {"hazard": "11B03", "category": "暴雨", "level": "橙", "reason": "据市气象局预警"}


def test_a_warning_of_our_own_is_drafted_from_it(weather):
    row = only(take(cap()))

    take_over_received(
        forecaster(weather),
        received=row,
        expected_version=1,
        words={**WORDS, "issuing_body": weather},
    )

    warning = Warning.objects.get()
    assert (row.draft, warning.state, warning.reason) == (warning, "draft", "据市气象局预警")
    assert payload("monitoring.received_taken_over")["warning_id"] == str(warning.pk)
    with pytest.raises(IllegalMove, match="已据此拟过"):
        take_over_received(forecaster(weather), received=row, expected_version=2, words=WORDS)


def test_only_what_stands_is_taken_over(weather):
    row = only(take(cap(status="Test")))

    with pytest.raises(IllegalMove, match="非实际预警"):
        take_over_received(forecaster(weather), received=row, expected_version=1, words=WORDS)
    assert not Warning.objects.exists()


def test_taking_over_is_nothing_by_half(weather):
    row = only(take(cap()))

    with pytest.raises(Stale):
        take_over_received(forecaster(weather), received=row, expected_version=9, words=WORDS)
    assert not Warning.objects.exists()


@pytest.fixture
def signed():
    key = ec.generate_private_key(ec.SECP256R1())
    owner = certificate(key)
    return sign(cap(), key=key, certificate=owner), owner.public_bytes(Encoding.PEM)


def test_a_signature_counts_where_the_county_keeps_its_certificate(signed, tmp_path, settings):
    body, owner = signed
    settings.LIANDONG_HOME = tmp_path
    (tmp_path / "keys" / "signers").mkdir(parents=True)
    (tmp_path / "keys" / "signers" / "met.pem").write_bytes(owner)
    (tmp_path / "keys" / "signers" / "broken.pem").write_bytes(b"x")

    row = only(take(body))

    assert (row.signature, row.signer, row.standing) == ("valid", "示例市气象局", "in_force")


def test_the_signature_of_somebody_unknown_is_said_to_be_that(signed):
    row = only(take(signed[0]))

    assert (row.signature, row.standing) == ("unknown_signer", "in_force")


def test_a_broken_signature_stands_for_nothing_and_is_kept(signed):
    row = only(take(signed[0].replace("停止户外作业".encode(), "照常户外作业".encode())))

    assert (row.signature, row.standing, codes(row)) == (
        "invalid",
        "refused",
        ["signature-broken"],
    )
    assert not queries.received_now("actual").exists()

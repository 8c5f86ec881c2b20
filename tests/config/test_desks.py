"""The duty-room machine at the door, and whose signature counts there."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from liandong.config.desks import COOKIE
from liandong.config.readers import reader_of
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.permissions import Role
from liandong.kernel.problems import SignatureWanted
from liandong.organization import actions, queries
from liandong.organization.models import Secret
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.people import allowed

pytestmark = pytest.mark.django_db
CODE, PIN = "kuvo-2731-bape", "739146"


@pytest.fixture(autouse=True)
def _no_counts_left_over():
    cache.clear()


@pytest.fixture
def room():
    """A duty room: its machine, let in, and a leader with a PIN who has not signed on."""
    return Room()


class Room:
    def __init__(self):
        self.post = make.post(title="值班员", roles=[Role.DUTY_OFFICER])
        self.desk = make.desk(self.post)
        self.account = self.somebody("王平")
        self.client = Client()
        answer = self.client.post("/desk/enroll/", {"username": "desk-1", "code": CODE})
        assert answer.status_code == 303, answer.content.decode()

    def somebody(self, name, *roles):
        account = make.holder(*(roles or (Role.HEADQUARTERS_OFFICE,)), name=name, title="主任")
        return actions.set_pin(
            queries.actor_for(account),
            account=account,
            pin=Secret(PIN),
            expected_version=account.version,
        )

    def join(self, proof=PIN, account=None):
        person = (account or self.account).person
        return self.client.post("/desk/", {"person": str(person.pk), "proof": proof})

    def key(self, account=None):
        account = account or self.account
        [chair] = queries.positions_of(account.person)
        return f"{account.pk}:{chair.post_id}"

    def appoint(self, *, code="", signer="", **headers):
        """A deed that wants a signature: putting somebody into a post."""
        self.vacancy, self.person = make.post(), make.person("新人")
        data = {"person": str(self.person.pk), "signer": signer, "signing_code": code}
        path = f"/organization/posts/{self.vacancy.pk}/appoint/"
        return self.client.post(path, {k: v for k, v in data.items() if v}, headers=headers)


def office_room():
    """A room whose machine shows the office's desk, so that it sees the forms of appointments."""
    room = Room.__new__(Room)
    room.post = make.post(title="值班", roles=[Role.HEADQUARTERS_OFFICE])
    room.desk = make.desk(room.post)
    room.account = room.somebody("王平")
    room.client = Client()
    room.client.post("/desk/enroll/", {"username": "desk-1", "code": CODE})
    return room


def actor_of_last(name):
    return Entry.objects.filter(name=name).latest("id").actor


def test_the_code_makes_the_browser_the_machine(room):
    page = room.client.get("/")

    assert page.status_code == 200
    assert "请签到" in page.content.decode()
    assert room.client.cookies[COOKIE]["httponly"]


def test_a_machine_comes_back_by_its_token_when_its_session_is_gone(room):
    token = room.client.cookies[COOKIE].value
    again = Client()
    again.cookies[COOKIE] = token

    assert again.get("/").status_code == 200
    assert again.session["_auth_user_id"] == str(room.desk.pk)


def test_a_wrong_code_makes_no_machine():
    make.desk(make.post())
    client = Client()

    answer = client.post("/desk/enroll/", {"username": "desk-1", "code": "wrong-code-12"})

    assert (answer.status_code, COOKIE in client.cookies) == (422, False)


def test_while_nobody_is_on_duty_it_shows_and_does_nothing(room):
    actor = queries.actor_for(room.desk)

    assert actor.may("command:incident:open")
    with pytest.raises(SignatureWanted):
        actor.demand_signature("command:incident:open")


def test_on_duty_the_shift_registers_and_does_not_decide(room):
    room.join()
    actor = queries.actor_for(room.desk)

    actor.demand_signature("command:incident:open")
    with pytest.raises(SignatureWanted):
        actor.demand_signature("command:order:issue")
    assert actor.label == "一号机（王平）"


@pytest.mark.parametrize("proof", ["739147", "", "quiet-river"])
def test_nobody_comes_on_duty_without_proof(room, proof):
    assert room.join(proof).status_code == 422
    assert not queries.on_duty(room.desk)


def test_who_has_come_on_duty_sits_there_until_nobody_touches_it(room, monkeypatch):
    room.join()
    sits = "王平在座" in room.client.get("/").content.decode()
    later = clock.real()
    monkeypatch.setattr(clock, "real", lambda: later + timedelta(minutes=11))
    page = room.client.get("/").content.decode()

    assert sits
    assert ("王平在座" in page, "当班 王平" in page) == (False, True)


def test_what_matters_asks_for_a_signature_and_keeps_what_was_typed():
    room = office_room()
    room.join()

    answer = room.appoint()

    text = answer.content.decode()
    assert answer.status_code == 403
    assert ("签名口令或动态码" in text, "王平（" in text) == (True, True)
    assert answer.context["form"]["person"].value() == str(room.person.pk)
    assert queries.holders(room.vacancy) == []


def test_a_signature_makes_its_giver_the_actor_with_the_machine_as_device():
    room = office_room()
    room.join()

    answer = room.appoint(code=PIN, signer=room.key())

    assert answer.status_code == 303
    assert queries.holders(room.vacancy) == [room.person]
    signed = actor_of_last("organization.appointment_made")
    [chair] = queries.positions_of(room.account.person)
    assert (signed["kind"], signed["person"]) == ("person", str(room.account.person_id))
    assert (signed["post"], signed["device"]) == (str(chair.post_id), str(room.desk.pk))


def test_the_next_request_is_the_machines_again():
    room = office_room()
    room.join()
    room.appoint(code=PIN, signer=room.key())

    assert room.appoint().status_code == 403


def test_a_wrong_pin_signs_nothing_and_is_told_at_its_field():
    room = office_room()
    room.join()

    answer = room.appoint(code="000000", signer=room.key())

    assert answer.status_code == 422
    assert "还可试 4 次" in answer.content.decode()
    assert queries.holders(room.vacancy) == []


def test_nobody_signs_as_somebody_who_is_not_on_duty_here():
    room = office_room()
    room.join()
    other = room.somebody("李梅")

    answer = room.appoint(code=PIN, signer=room.key(other))

    assert answer.status_code == 422
    assert queries.holders(room.vacancy) == []


def test_nobody_signs_with_anothers_pin():
    room = office_room()
    room.join()
    other = room.somebody("李梅")
    actions.set_pin(
        queries.actor_for(other),
        account=other,
        pin=Secret("582041"),
        expected_version=other.version,
    )
    room.join("582041", other)

    answer = room.appoint(code="582041", signer=room.key())

    assert answer.status_code == 422


def test_nobody_signs_from_a_chair_they_do_not_hold():
    room = office_room()
    room.join()
    commander = make.post(roles=[Role.COMMANDER])

    answer = room.appoint(code=PIN, signer=f"{room.account.pk}:{commander.pk}")

    assert answer.status_code == 422


def test_a_signature_does_not_cross_into_a_drill():
    room = office_room()
    room.join()
    session = room.client.session
    session["realm"] = "rehearsal-1"
    session.save()

    answer = room.appoint(code=PIN, signer=room.key())

    assert answer.status_code == 403
    assert "演练中不能改动" in answer.content.decode()


def test_what_a_leader_on_duty_may_do_is_shown_and_signed_by_the_leader(room):
    leader = room.somebody("李梅", Role.COMMANDER)
    before = queries.actor_for(room.desk).may("command:decision:make")
    room.join(account=leader)
    actor = queries.actor_for(room.desk)

    assert (before, actor.may("command:decision:make")) == (False, True)
    with pytest.raises(SignatureWanted):
        actor.demand_signature("command:decision:make")


def test_no_administrators_page_opens_on_a_shared_machine(room):
    guard = room.somebody("安全员", Role.SECURITY_ADMIN)
    actions.join_shift(queries.actor_for(guard), desk=room.desk, person=guard.person, by="pin")

    assert room.client.get("/organization/accounts/").status_code == 403


def test_a_machine_has_no_account_of_its_own_to_look_after(room):
    for path in ("/organization/me/", "/accounts/password/set/", "/accounts/2fa/"):
        answer = room.client.get(path)

        assert (answer.status_code, answer.headers.get("Location")) == (302, "/desk/")


def test_a_person_has_no_machine_to_look_after():
    from tests.organization.browser import entered

    client = entered(make.account())

    assert client.get("/desk/").status_code == 404


def test_a_revoked_machine_is_out_with_its_page_and_its_stream(room):
    cookies = "; ".join(f"{name}={one.value}" for name, one in room.client.cookies.items())
    before = reader_of(cookies)
    desk = queries.all_accounts().get(pk=room.desk.pk)

    actions.lock_account(
        allowed(Permission.LOCK_ACCOUNT),
        account=desk,
        reason="报废",
        expected_version=desk.version,
    )

    assert before.account == str(desk.pk)
    assert reader_of(cookies) is None
    assert room.client.get("/").status_code == 302


def test_signing_off_takes_the_signature_away():
    room = office_room()
    room.join()
    [row] = queries.on_duty(room.desk)

    room.client.post(f"/desk/{row.pk}/leave/")

    assert room.appoint(code=PIN, signer=room.key()).status_code == 422


def test_the_journal_keeps_no_pin(room):
    room.join()
    room.join("739149")

    kept = json.dumps([entry.actor for entry in Entry.objects.all()])
    assert PIN not in kept

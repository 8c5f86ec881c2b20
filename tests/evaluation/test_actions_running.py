from datetime import timedelta

import pytest

from liandong.command.models import Incident
from liandong.evaluation.actions import (
    add_inject,
    end_drill,
    pause_drill,
    resume_drill,
    set_drill_speed,
    start_drill,
)
from liandong.evaluation.models import Drill
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import (
    Forbidden,
    IllegalMove,
    Invalid,
    Missing,
    RealmClosed,
    Stale,
)
from liandong.kernel.realms import Realm
from liandong.kernel.timers import Timer
from liandong.messaging import handlers
from liandong.messaging.actions import send_message
from liandong.messaging.adapters.smtp import Smtp
from tests.command import county as places
from tests.evaluation import drills
from tests.evaluation.drills import NOON, inside, listed, written
from tests.evaluation.test_actions_enrolment import enrolled, mailbox
from tests.messaging.postbox import Postbox
from tests.people import duty_officer


def start(actor, drill, **more):
    return start_drill(actor, drill=drill, expected_version=drill.version, **more)


def end(actor, drill, words="按计划结束"):
    return end_drill(actor, drill=drill, words=words, expected_version=drill.version)


def test_it_opens_its_realm_at_its_hour_with_its_script_wound_up(county, version):
    drill = listed(county, version, rate=60)
    written(county, drill, trigger="time", at_minutes=90)
    written(county, drill)

    start(county.office, drill)

    realm = Realm.objects.get(pk=drill.realm)
    assert (realm.title, realm.rate, realm.told_at, realm.reachable) == (
        "清溪河防汛演练",
        60,
        NOON,
        [],
    )
    assert [
        (one.realm, one.due_at) for one in Timer.objects.filter(kind="evaluation.inject_due")
    ] == [(drill.realm, NOON + timedelta(minutes=90))]
    assert Entry.objects.get(name="evaluation.drill_started").realm == "actual"


def test_only_its_controllers_start_it_and_not_without_players(county, version):
    drill = listed(county, version)
    with pytest.raises(Forbidden):
        start(county.officer, drill)
    with pytest.raises(Forbidden):
        start(county.water, drill)
    alone = listed(county, version, {"office": "controller"})
    with pytest.raises(IllegalMove):
        start(county.office, alone)
    with pytest.raises(Missing):
        start(inside(county.office, drill), drill)
    drill.version -= 1
    with pytest.raises(Stale):
        start(county.office, drill)
    assert Realm.objects.count() == 0


def test_the_same_key_starts_it_once_and_it_starts_only_once(county, drill):
    seen = drill.version
    one, two = (
        start_drill(county.office, drill=drill, expected_version=seen, idempotency_key="k")
        for _ in range(2)
    )

    assert one == two
    with pytest.raises((IllegalMove, Missing)):
        start(county.office, Drill.objects.get(pk=drill.pk))


def test_its_clock_is_held_goes_on_and_changes_speed_from_within(county, drill):
    drill = start(county.office, drill)
    office = inside(county.office, drill)

    drill = pause_drill(office, drill=drill, expected_version=drill.version)
    stood = (clock.now(drill.realm), clock.now(drill.realm))
    drill = set_drill_speed(office, drill=drill, rate=60, expected_version=drill.version)
    held = clock.pace_of(drill.realm).rate
    drill = resume_drill(office, drill=drill, expected_version=drill.version)

    assert stood[0] == stood[1]
    assert (held, clock.pace_of(drill.realm).rate, drill.state) == (0, 60, "running")
    told = Entry.objects.filter(realm=drill.realm).order_by("id").values_list("name", flat=True)
    assert list(told) == [
        "evaluation.drill_paused",
        "evaluation.drill_speed_set",
        "evaluation.drill_resumed",
    ]


@pytest.mark.parametrize(
    ("act", "more"),
    [
        (pause_drill, {}),
        (set_drill_speed, {"rate": 2}),
        (end_drill, {"words": "完"}),
    ],
)
def test_nobody_but_a_controller_steers_and_not_from_outside(county, running, act, more):
    said = {"drill": running, "expected_version": running.version} | more

    with pytest.raises(Forbidden):
        act(inside(county.officer, running), **said)
    with pytest.raises(Missing):
        act(county.office, **said)
    with pytest.raises(Stale):
        act(inside(county.office, running), **(said | {"expected_version": 1}))


def test_a_drill_that_goes_on_does_not_go_on_again(county, running):
    with pytest.raises(IllegalMove):
        resume_drill(
            inside(county.office, running), drill=running, expected_version=running.version
        )


def test_a_clock_faster_than_anybody_can_follow_is_refused(county, running):
    with pytest.raises(Invalid):
        set_drill_speed(
            inside(county.office, running),
            drill=running,
            rate=61,
            expected_version=running.version,
        )


def test_once_it_is_over_nothing_is_written_in_it_any_more(county, running):
    player = inside(county.officer, running)
    places.incident(player)

    ended = end(inside(county.office, running), running)

    assert (ended.state, ended.words) == ("ended", "按计划结束")
    assert Entry.objects.order_by("id").last().name == "evaluation.drill_ended"
    assert Timer.objects.filter(realm=running.realm).count() == 0
    with pytest.raises(RealmClosed):
        places.incident(player)
    assert Incident.objects.filter(realm=running.realm).count() == 1
    with pytest.raises(RealmClosed):
        add_inject(
            inside(county.office, running),
            drill=running,
            kind="word",
            title="x",
            text="x",
            trigger="hand",
        )


def test_it_does_not_end_without_a_word(county, running):
    with pytest.raises(Invalid):
        end(inside(county.office, running), running, " ")


@pytest.fixture
def postbox(settings, monkeypatch):
    box = Postbox()
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", box.port, 3
    monkeypatch.setattr(handlers, "mail", Smtp())
    box.start()
    yield box
    box.stop()


@pytest.mark.django_db(transaction=True)
def test_of_a_drill_only_letters_to_those_on_its_list_leave_and_say_what_they_are(
    county, version, postbox, work
):
    for name in ("water", "riverside", "weather"):
        mailbox(county, name, f"{name}@example.gov.cn")
    drill = listed(county, version)
    enrolled(county, drill, "riverside", may_be_mailed=True)
    drill = drills.started(county, Drill.objects.get(pk=drill.pk))

    def tell(realm, name):
        send_message(
            duty_officer(realm=realm),
            to_post=county.posts[name],
            title="请转移",
            text="立即",
            subject_kind="x",
            subject_id="x",
            audience=["duty"],
        )

    for name in ("water", "riverside", "weather"):
        tell(drill.realm, name)
    tell("actual", "weather")
    work()

    left = {to[0]: letter["Subject"] for to, letter in postbox.letters}
    assert left == {
        "riverside@example.gov.cn": "【演练】请转移",
        "weather@example.gov.cn": "请转移",
    }
    tell(drill.realm, "riverside")
    end(inside(county.office, drill), drill)
    work()
    assert len(postbox.letters) == 2, "what was still owed when it ended does not leave"


def test_a_drill_that_has_not_begun_or_is_over_has_no_clock_to_set(county, drill):
    with pytest.raises(IllegalMove):
        set_drill_speed(county.office, drill=drill, rate=2, expected_version=drill.version)

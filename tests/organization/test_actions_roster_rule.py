from datetime import date, time, timedelta

import pytest
from django.utils.timezone import localtime

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.models import Shift
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.organization.journal import told
from tests.organization.test_actions_leave import away
from tests.people import allowed, office

pytestmark = pytest.mark.django_db
# 2026-09-30 is a Wednesday; 2026-10-01 to 10-07 are the National Day holidays.
EVE = date(2026, 9, 30)


def rule(*people, actor=None, **more):
    given = {
        "title": "白天值班",
        "role": "officer",
        "days": "every",
        "at": time(8, 30),
        "hours": 24,
    }
    return actions.set_roster_rule(
        actor or office(), people=people or [make.person()], **{**given, **more}
    )


def lay(*, since=EVE, days=4, actor=None, **more):
    return actions.lay_by_rules(actor or office(), since=since, days=days, **more)


def laid():
    return [
        (f"{localtime(one.from_at):%m-%d %H:%M}", one.role, one.person.name)
        for one in Shift.objects.select_related("person").order_by("from_at", "role")
    ]


def names():
    return [name for _at, _role, name in laid()]


def people(*names):
    return [make.person(name) for name in names]


@pytest.fixture(autouse=True)
def september(at):
    at("2026-09-20T09:00")


def test_people_take_turns_and_the_next_run_goes_on_where_the_last_ended():
    rule(*people("甲", "乙", "丙"))

    lay(days=2)
    lay(since=EVE + timedelta(days=2), days=2)

    assert names() == ["甲", "乙", "丙", "甲"]
    assert [fact["count"] for fact in told("organization.shifts_laid")] == [2, 2]


def test_what_was_laid_is_not_laid_again():
    rule(*people("甲", "乙"))
    lay(days=2)

    lay(days=3)

    assert names() == ["甲", "乙", "甲"]
    with pytest.raises(IllegalMove):
        lay(days=3)


def test_day_and_night_and_leaders_have_rules_of_their_own():
    rule(*people("甲"), hours=9)
    rule(*people("乙"), title="夜班", at=time(17, 30), hours=15)
    rule(*people("局长"), title="带班", role="leader")

    lay(days=1)

    assert laid() == [
        ("09-30 08:30", "leader", "局长"),
        ("09-30 08:30", "officer", "甲"),
        ("09-30 17:30", "officer", "乙"),
    ]


def test_holidays_have_a_rotation_of_their_own():
    rule(*people("甲", "乙"), days="working")
    rule(*people("丙"), title="节假日", days="holiday")
    rule(*people("丁"), title="周末", days="weekend")

    lay(since=date(2026, 10, 7), days=5)  # the last holiday; 10-10 is a Saturday made up for

    assert names() == ["丙", "甲", "乙", "甲", "丁"]


def test_whoever_is_on_leave_is_passed_over_and_keeps_their_turn():
    wang, li, zhao = people("甲", "乙", "丙")
    rule(wang, li, zhao)
    since = localtime(clock.now(ACTUAL)).replace(month=9, day=30, hour=0)
    away(wang, since=since, days=2)

    lay(days=4)

    assert names() == ["乙", "丙", "甲", "乙"]


def test_where_everybody_is_away_the_draft_names_the_gap():
    wang = make.person("甲")
    one = rule(wang)
    away(wang, since=localtime(clock.now(ACTUAL)).replace(month=9, day=30, hour=0), days=2)

    draft = actions.plan_by_rules([one], EVE, 3)

    assert [turn.person for turn in draft.turns] == [None, None, wang]
    assert len(draft.gaps) == 2


def test_a_draft_costs_the_same_for_more_days(django_assert_num_queries):
    one = rule(*people("甲", "乙"))

    for days in (3, 60):
        with django_assert_num_queries(3):
            actions.plan_by_rules([one], EVE, days)


def test_a_year_nobody_knows_is_said_and_can_be_entered(at):
    rule(*people("甲"), days="working")
    with pytest.raises(IllegalMove) as refused:
        lay(since=date(2031, 12, 30), days=5)
    for year in (2031, 2032):
        actions.enter_calendar_year(
            office(),
            year=year,
            holidays=[date(year, 1, day) for day in range(1, 6)],
            workdays=[],
            basis="国办发明电",
        )

    lay(since=date(2031, 12, 30), days=9)

    assert "2031 年的放假安排还没有" in refused.value.title
    assert [on for on, _role, _name in laid()] == [
        f"{on} 08:30" for on in ("12-30", "12-31", "01-06", "01-07")
    ]


def test_a_rule_for_every_day_needs_no_calendar():
    rule(*people("甲"))

    lay(since=date(2031, 12, 30), days=2)

    assert len(laid()) == 2


def test_changing_the_people_keeps_the_queue():
    wang, li, zhao = people("甲", "乙", "丙")
    one = rule(wang, li)
    lay(days=1)
    one.refresh_from_db()

    rule(wang, li, zhao, rule=one, expected_version=one.version)
    lay(since=EVE + timedelta(days=1), days=3)

    assert names() == ["甲", "乙", "甲", "丙"]


def test_a_rule_that_was_given_up_lays_nothing_and_its_shifts_stay():
    one = rule(*people("甲"))
    lay(days=1)
    one.refresh_from_db()

    actions.withdraw_roster_rule(office(), rule=one, expected_version=one.version)

    assert (queries.roster_rules(), len(laid())) == ([], 1)
    with pytest.raises(IllegalMove):
        actions.withdraw_roster_rule(office(), rule=one, expected_version=one.version)
    with pytest.raises(IllegalMove):
        lay()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"role": "cook"}, "role"),
        ({"days": "monday"}, "days"),
        ({"hours": 0}, "hours"),
        ({"hours": 400}, "hours"),
    ],
)
def test_what_is_wrong_with_a_rule_is_said_at_its_field(wrong, field):
    with pytest.raises(Invalid) as refused:
        rule(**wrong)

    assert list(refused.value.fields) == [field]


def test_nobody_to_take_turns_is_refused():
    with pytest.raises(Invalid):
        actions.set_roster_rule(
            office(), title="", role="officer", days="every", at=time(8), hours=24, people=[]
        )


def test_too_many_days_at_once_are_refused():
    rule()

    with pytest.raises(Invalid):
        lay(days=93)


def test_rules_need_permission_and_are_not_for_drills():
    for actor in (allowed(Permission.SWAP_SHIFT), office(realm="drill-1")):
        with pytest.raises(Forbidden):
            rule(actor=actor)
        with pytest.raises(Forbidden):
            lay(actor=actor)


def test_whoever_saw_an_older_version_is_told():
    one = rule()

    with pytest.raises(Stale):
        rule(rule=one, expected_version=7)


def test_one_key_lays_once():
    rule(*people("甲"))
    actor = office()

    first = lay(actor=actor, idempotency_key="k")
    second = lay(actor=actor, idempotency_key="k")

    assert (first, len(laid())) == (second, 4)

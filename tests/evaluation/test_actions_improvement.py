from datetime import timedelta

import pytest

from liandong.evaluation.actions import ask_improvement, check_improvement, finish_improvement
from liandong.evaluation.models import Improvement
from liandong.evaluation.queries import improvements_owed
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, RealmClosed, Stale
from liandong.messaging.models import Message
from liandong.plans.queries import today
from tests.evaluation.drills import inside
from tests.evaluation.test_actions_evaluation import over


def asked(county, drill, actor=None, **more):
    said = {
        "finding": "复诵漏了数量",
        "wanted": "复诵要逐项念数量",
        "owner": county.posts["water"],
        "due_on": today() + timedelta(days=30),
        "clause": "IV 级 watch",
    }
    return ask_improvement(actor or county.office, drill=drill, **(said | more))


def finished(actor, row, words="已培训", **more):
    said = {"words": words, "expected_version": row.version}
    return finish_improvement(actor, improvement=row, **(said | more))


def checked(actor, row, *, passed=True, words="已看过", **more):
    said = {"passed": passed, "words": words, "expected_version": row.version}
    return check_improvement(actor, improvement=row, **(said | more))


@pytest.fixture
def asked_for(county, running, version):
    return asked(county, over(county, running), plan=version)


def test_what_a_drill_showed_is_asked_of_a_post_which_is_told(county, version, asked_for):
    message = Message.objects.get()
    assert (asked_for.state, asked_for.plan, asked_for.realm) == ("open", version, "actual")
    assert (message.to_post, message.realm) == (county.posts["water"], "actual")
    assert improvements_owed(county.water) == [asked_for]
    assert improvements_owed(county.weather) == []
    assert Entry.objects.filter(name="evaluation.improvement_asked").count() == 1


def test_nothing_is_asked_while_it_goes_on_nor_for_yesterday_nor_by_anybody(county, running):
    with pytest.raises(IllegalMove):
        asked(county, running)
    ended = over(county, running)
    with pytest.raises(Invalid):
        asked(county, ended, due_on=today() - timedelta(days=1))
    with pytest.raises(Invalid):
        asked(county, ended, finding="")
    with pytest.raises(Forbidden):
        asked(county, ended, county.water)
    with pytest.raises(RealmClosed):
        asked(county, ended, inside(county.office, ended))
    for _ in range(2):
        asked(county, ended, idempotency_key="k")
    assert Improvement.objects.count() == 1


def test_its_owner_reports_it_done_and_somebody_else_looks(county, asked_for):
    with pytest.raises(Forbidden):
        finished(county.weather, asked_for)
    with pytest.raises(Invalid):
        finished(county.water, asked_for, " ")
    with pytest.raises(Stale):
        finished(county.water, asked_for, expected_version=0)
    with pytest.raises(IllegalMove):
        checked(county.office, asked_for)
    done = finished(county.water, asked_for)
    with pytest.raises(Forbidden):
        checked(county.water, done)

    back = checked(county.office, done, passed=False, words="没有记录")
    assert (back.state, improvements_owed(county.water)) == ("open", [back])
    again = checked(county.office, finished(county.water, back, "补了记录"))

    assert (again.state, again.done_words, again.checked_words) == (
        "checked",
        "补了记录",
        "已看过",
    )
    with pytest.raises(IllegalMove):
        finished(county.water, again)


def test_nobody_checks_their_own_work(county, running):
    mine = asked(county, over(county, running), owner=county.posts["office"])
    done = finished(county.office, mine)

    with pytest.raises(Forbidden):
        checked(county.office, done)
    assert checked(county.leader, done).state == "checked"

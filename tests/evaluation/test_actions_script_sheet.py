import pytest

from liandong.evaluation.actions import plan_script, take_script
from liandong.evaluation.models import Inject
from liandong.evaluation.rules.drill import seated
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.timers import Timer
from tests.evaluation.drills import inside
from tests.evaluation.scripts import CALL, FACT, letter_to, read


def take(actor, drill, *rows, seen=None, **more):
    lines, _findings = read(*rows)
    seen = plan_script(drill, lines).draft.fingerprint if seen is None else seen
    return take_script(
        actor, drill=drill, rows=lines, seen=seen, name="脚本.xlsx", digest="d", **more
    )


def wrong(drill, *rows):
    return [str(one) for one in plan_script(drill, *read(*rows)).draft.findings]


def test_a_sheet_becomes_the_script_row_by_row_in_one_deed(county, drill):
    take(county.office, drill, CALL, FACT, letter_to(county))

    call, fact, letter = Inject.objects.order_by("number")
    assert (call.kind, call.at_minutes, call.data) == ("call", 90, {"caller": "河口镇值班室"})
    assert (call.expects, call.within_minutes) == ("command.signal_taken", 3)
    assert (fact.condition, fact.data) == (
        "command.incident_opened",
        {"fact": "deaths", "value": "1"},
    )
    assert (letter.trigger, letter.to_post) == ("hand", county.posts["water"])
    names = Entry.objects.filter(name__startswith="evaluation.").values_list("name", flat=True)
    assert list(names).count("evaluation.inject_added") == 3
    told = Entry.objects.get(name="evaluation.script_taken")
    assert f"account:{county.accounts['water'].pk}" not in told.audience, "players hear nothing"


def test_the_same_sheet_again_adds_nothing_and_a_changed_row_is_one_more(county, drill):
    take(county.office, drill, CALL, FACT)

    take(county.office, drill, CALL, FACT | {"数值": "2"})

    assert Inject.objects.count() == 3


def test_while_the_drill_goes_on_what_comes_at_a_time_gets_its_timer(county, running):
    take(seated(county.office, running), running, CALL)

    assert Timer.objects.filter(kind="evaluation.inject_due").count() == 1


def test_every_problem_stands_at_its_cell(county, drill):
    rows = (
        CALL | {"方式": "打电话"},
        CALL | {"开始后第几分钟": "一会儿"},
        CALL | {"开始后第几分钟": ""},
        CALL | {"来电人": ""},
        FACT | {"满足什么条件": "下雨"},
        FACT | {"数值": "许多"},
        letter_to(county) | {"岗位": "不知哪里"},
        letter_to(county) | {"岗位": ""},
        CALL | {"应有的动作": ""},
        CALL | {"标题": ""},
    )

    places = [one.partition("：")[0] for one in wrong(drill, *rows)]

    assert places == [
        *("第 2 行 A 列", "第 3 行 E 列", "第 4 行 E 列", "第 5 行 H 列", "第 6 行 F 列"),
        *("第 7 行 K 列", "第 8 行 G 列", "第 9 行 G 列", "第 10 行 M 列", "第 11 行 B 列"),
    ]


def test_nothing_is_taken_where_one_row_is_wrong(county, drill):
    with pytest.raises(Invalid):
        take(county.office, drill, CALL, FACT | {"数值": "许多"})

    assert Inject.objects.count() == 0


def test_a_name_that_several_posts_bear_is_not_guessed_at(county, drill):
    water = county.posts["water"]
    type(water).objects.create(key="twin", body=water.body, title=water.title, rank=water.rank)

    assert "有几个岗位叫这个名字" in wrong(drill, letter_to(county))[0]


def test_players_strangers_and_whoever_saw_another_draft_are_refused(county, drill):
    with pytest.raises(Forbidden):
        take(county.officer, drill, CALL)
    with pytest.raises(Forbidden):
        take(county.water, drill, CALL)
    with pytest.raises(Stale):
        take(county.office, drill, CALL, seen="x")


def test_not_from_another_realm_and_not_once_it_is_over(county, running):
    with pytest.raises(Missing):
        take(county.office, running, CALL)
    type(running).objects.filter(pk=running.pk).update(state="ended")
    running.refresh_from_db()
    with pytest.raises(IllegalMove):
        take(county.office, running, CALL)
    with pytest.raises(Missing):
        take(inside(county.office, running), running, CALL)


def test_the_same_key_twice_is_once(county, drill):
    seen = plan_script(drill, read(CALL)[0]).draft.fingerprint

    for _ in range(2):
        take(county.office, drill, CALL, seen=seen, idempotency_key="k")

    assert Inject.objects.count() == 1

from dataclasses import replace
from datetime import timedelta

import pytest

from liandong.command import actions
from liandong.command.actions import (
    close_field_post,
    rest_field_people,
    resume_field_people,
    set_field_shift,
    sign_in_field_party,
    sign_out_field_people,
)
from liandong.command.models import FieldParty, FieldPresence
from liandong.command.queries import headcount, parties_of
from liandong.command.rules.field_people import Newcomer, read_newcomers
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.upkeep.erasing import erase_payload
from liandong.kernel.worker import work_until_quiet
from liandong.organization.models import Person
from tests.command import county as places
from tests.command.spot import field_post, here, signed_in
from tests.people import auditor

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(county):
    return field_post(county)


def rows(post):
    return [one.row for one in here(post)]


def told(name):
    return Entry.objects.filter(name=name).latest("at").payload.text


def test_sign_in_counts_everybody_and_names_those_who_were_named(county, post):
    party = signed_in(county.riverside, post, group=post.groups.get(), job="开隔离带")

    assert [(one.name, one.phone) for one in here(post)] == [
        ("张三", "13800000001"),
        ("李四", ""),
        ("", ""),
    ]
    assert (party.unit, party.job, party.body) == (
        "河口镇民兵应急连",
        "开隔离带",
        county.bodies["riverside"],
    )
    entry = Entry.objects.get(name="command.field_party_signed_in")
    assert (entry.subject_id, entry.incident) == (str(party.pk), str(post.incident_id))
    assert '"there":3' in entry.payload.text
    assert f"body:{county.bodies['weather'].pk}" not in entry.audience


def test_names_stand_nowhere_but_in_the_journal(county, post):
    signed_in(county.riverside, post)
    work_until_quiet(epoch=1)
    entry = Entry.objects.get(name="command.field_party_signed_in")

    erase_payload(auditor(), entry=entry.pk, reason="《突发事件应对法》第八十五条")

    assert {one.name for one in here(post)} == {"（姓名已依法销毁）"}
    assert headcount(post) == 3
    kept = str(list(FieldParty.objects.values())) + str(list(FieldPresence.objects.values()))
    assert "张三" not in kept


def test_one_of_the_county_comes_alone(county, post):
    person = Person.objects.get(name="王强")

    sign_in_field_party(
        county.officer,
        field_post=post,
        unit="河口镇",
        headcount=9,
        person=person,
        fitness="fit",
        insured=True,
        geared=True,
    )

    assert [one.name for one in here(post)] == ["王强"]
    with pytest.raises(IllegalMove, match=r"王强.*已经在现场"):
        signed_in(county.officer, post, unit="河口镇", headcount=1, people=[], person=person)


def test_nobody_is_counted_twice(county, post):
    signed_in(county.riverside, post)

    with pytest.raises(IllegalMove, match="张三（河口镇民兵应急连）、李四"):
        signed_in(county.riverside, post)

    assert headcount(post) == 3


@pytest.mark.parametrize("fitness", ["", "minor", "pregnant", "disabled", "unfit"])
def test_whom_the_law_keeps_from_it_never_goes_to_a_forest_fire(county, post, fitness):
    with pytest.raises(Invalid, match=r"第三十五条|逐人问过") as refused:
        signed_in(county.deputy, post, fitness=fitness)

    assert (set(refused.value.fields), headcount(post)) == ({"fitness"}, 0)


def test_an_age_below_eighteen_is_refused_whatever_was_ticked(county, post):
    with pytest.raises(Invalid, match="小陈不满十八周岁"):
        signed_in(county.deputy, post, people=[Newcomer("小陈", age=17)])


def test_elsewhere_than_at_a_forest_fire_nobody_is_asked(county):
    flood = field_post(county, hazard="11A")

    signed_in(county.riverside, flood, fitness="", people=[Newcomer("小陈", age=17)])

    assert headcount(flood) == 3


@pytest.mark.parametrize("lacking", [{"insured": False}, {"geared": False}])
def test_without_insurance_or_gear_whoever_commands_says_why(county, post, lacking):
    with pytest.raises(Invalid, match="第四十条"):
        signed_in(county.deputy, post, **lacking)
    with pytest.raises(Forbidden, match="现场指挥长决定"):
        signed_in(county.riverside, post, **lacking, waiver="人手不够")

    party = signed_in(county.deputy, post, **lacking, waiver="只在场部做饭，不上火线")

    assert party.waiver == "只在场部做饭，不上火线"


def test_sign_in_refuses(county, post):
    for wrong, said in [
        ({"unit": " "}, "单位"),
        ({"headcount": 1}, "名单上有 2 人"),
        ({"headcount": 0, "people": []}, "1 至 500"),
        ({"people": read_newcomers("13800000001")}, "没有姓名"),
        ({"people": read_newcomers("张三\n张三")}, "写了两次"),
        ({"at": clock.now(ACTUAL) + timedelta(hours=1)}, "晚于现在"),
    ]:
        with pytest.raises(Invalid, match=said):
            signed_in(county.riverside, post, **wrong)
    with pytest.raises(Forbidden, match="工作组或成员单位"):
        signed_in(county.weather, post)
    with pytest.raises(Forbidden):
        signed_in(replace(county.riverside, grants=frozenset()), post)
    with pytest.raises(Missing):
        signed_in(replace(county.riverside, realm="drill-1"), post)
    other = field_post(county, hazard="11A")
    with pytest.raises(Missing):
        signed_in(county.riverside, post, group=other.groups.get())
    assert headcount(post) == 0


def test_the_desk_writes_down_who_came_and_when(county, post):
    came = clock.now(ACTUAL) - timedelta(minutes=40)

    party = signed_in(county.officer, post, at=came)

    entry = Entry.objects.get(name="command.field_party_signed_in")
    assert (party.arrived_at, entry.happened_at) == (came, came)
    assert {one.since_at for one in rows(post)} == {came}


def test_the_same_click_signs_in_once(county, post):
    signed_in(county.riverside, post, idempotency_key="k")
    signed_in(county.riverside, post, idempotency_key="k")

    assert headcount(post) == 3


def test_rest_resume_and_sign_out_keep_the_count_true(county, post):
    signed_in(county.riverside, post)
    one, two, _three = rows(post)

    rest_field_people(county.riverside, field_post=post, people=[one, two])
    resting = headcount(post)
    resume_field_people(county.water, field_post=post, people=rows(post)[:1])
    sign_out_field_people(county.officer, field_post=post, people=rows(post)[1:])

    assert (resting, headcount(post)) == (3, 1)
    assert [entry.name for entry in Entry.objects.order_by("at").filter(subject_id=post.pk)][
        -3:
    ] == [
        "command.field_people_rested",
        "command.field_people_resumed",
        "command.field_people_signed_out",
    ]
    assert '"there":1' in told("command.field_people_signed_out")
    assert '"units":"河口镇民兵应急连"' in told("command.field_people_rested")
    (party,) = parties_of(post, clock.now(ACTUAL), named=True)
    assert (party.headcount, party.at_work, party.resting, len(party.gone)) == (3, 1, 0, 2)


def test_moves_are_refused(county, post):
    signed_in(county.riverside, post)
    signed_in(county.officer, post, unit="蓝天救援队")
    ours, theirs = rows(post)[:3], rows(post)[3:]
    call = {"field_post": post, "people": ours}

    with pytest.raises(Forbidden, match="别的单位"):
        rest_field_people(county.riverside, field_post=post, people=theirs)
    with pytest.raises(Invalid, match="没有选人"):
        rest_field_people(county.riverside, field_post=post, people=[])
    with pytest.raises(IllegalMove, match="在岗"):
        resume_field_people(county.riverside, **call)
    with pytest.raises(Invalid, match="早于"):
        sign_out_field_people(
            county.riverside, **call, at=clock.now(ACTUAL) - timedelta(hours=3)
        )
    with pytest.raises(Forbidden):
        sign_out_field_people(county.weather, **call)
    with pytest.raises(Missing):
        sign_out_field_people(replace(county.riverside, realm="drill-1"), **call)
    other = field_post(county, hazard="11A")
    with pytest.raises(Missing, match="不在这个"):
        sign_out_field_people(county.officer, field_post=other, people=ours)
    seen_before = rows(post)[:3]
    sign_out_field_people(county.riverside, **call)
    with pytest.raises(Stale):
        rest_field_people(county.riverside, field_post=post, people=seen_before)
    gone = list(FieldPresence.objects.filter(state="left").select_related("party"))
    with pytest.raises(IllegalMove, match="已离开"):
        rest_field_people(county.riverside, field_post=post, people=gone)


def test_the_same_click_signs_out_once(county, post):
    signed_in(county.riverside, post)
    call = {"field_post": post, "people": rows(post), "idempotency_key": "k"}

    sign_out_field_people(county.riverside, **call)
    sign_out_field_people(county.riverside, **call)

    assert Entry.objects.filter(name="command.field_people_signed_out").count() == 1


def test_command_is_not_withdrawn_while_somebody_is_not_signed_out(county, post):
    signed_in(county.riverside, post)
    call = {"field_post": post, "reason": "火灭", "expected_version": post.version}

    with pytest.raises(IllegalMove, match=r"还有 3 人没有签退：张三（河口镇民兵应急连）、李四"):
        close_field_post(county.chief, **call)
    sign_out_field_people(county.officer, field_post=post, people=rows(post))

    assert close_field_post(county.chief, **call).state == "closed"
    with pytest.raises(IllegalMove, match="已经撤销"):
        signed_in(county.riverside, post)


def test_set_field_shift_moves_when_people_are_asked_about(county, post):
    now = set_field_shift(
        county.deputy, field_post=post, hours=4, reason="高温", expected_version=post.version
    )

    assert (now.shift_hours, now.version) == (4, post.version + 1)
    assert '"before":8,"hours":4' in told("command.field_shift_set")


def test_set_field_shift_refuses(county, post):
    call = {"field_post": post, "hours": 4, "reason": "高温", "expected_version": post.version}

    with pytest.raises(Forbidden, match="现场指挥长"):
        set_field_shift(county.officer, **call)
    with pytest.raises(Invalid):
        set_field_shift(county.deputy, **call | {"hours": 25})
    with pytest.raises(Invalid):
        set_field_shift(county.deputy, **call | {"reason": " "})
    with pytest.raises(Stale):
        set_field_shift(county.deputy, **call | {"expected_version": 1})
    with pytest.raises(Missing):
        set_field_shift(replace(county.deputy, realm="drill-1"), **call)
    set_field_shift(county.deputy, **call, idempotency_key="k")
    set_field_shift(county.deputy, **call, idempotency_key="k")
    assert Entry.objects.filter(name="command.field_shift_set").count() == 1


def test_reading_a_list_takes_what_stands_there_in_any_order():
    text = "张三 13800000001 34\n李四，29岁，0570-6012345\n\n  古丽·阿依  \n1380000"

    assert read_newcomers(text) == [
        Newcomer("张三", "13800000001", 34),
        Newcomer("李四", "0570-6012345", 29),
        Newcomer("古丽·阿依", "", None),
        Newcomer("", "1380000", None),
    ]


def test_another_incident_of_the_county_has_its_own_people(county, post):
    other = field_post(county, hazard="11A")
    signed_in(county.riverside, post)

    assert (
        headcount(other),
        actions.close_field_post(
            county.chief, field_post=other, reason="水退", expected_version=other.version
        ).state,
    ) == (0, "closed")
    assert places.incident(county.officer).is_open

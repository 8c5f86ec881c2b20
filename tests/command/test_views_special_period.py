from decimal import Decimal

import pytest
from django.urls import reverse

from liandong.command.actions import propose_level, record_incident_facts
from liandong.command.layers import special_periods
from liandong.command.models import CongressFiling, Incident, Proposal, SpecialPeriod
from liandong.kernel.timers import sweep
from liandong.messaging.models import Message
from liandong.web.maps.registry import Asked
from tests.command import county as places
from tests.command.test_actions_special_period import CORNERS, declared, lifted
from tests.web.asking import ask

FIRE = """
language: 1
plan: forest-fire
title: 示例县森林火灾应急预案
kind: special
hazard: 11G
headquarters: flood-hq
levels:
  IV:
    source: {status: assumed}
    when: {all: [{spreading: true}, {sensitive: true}]}
    decides: {all_of: [flood-office.director]}
    expected: P1D
"""


def url(name, *args):
    return reverse(f"command:{name}", args=args)


def given(**more):
    said = {
        "kind": "fire_ban",
        "declared_by": "示例县人民政府",
        "paper": "示府令〔2030〕1号",
        "words": "严禁一切野外用火",
        "ends_at": "2099-03-08T08:00:00",
        "townships": ["河口镇"],
    }
    return said | more


def test_one_is_declared_on_its_page_and_shown_on_desk_room_and_wall(enter, flood):
    client = enter("office")

    sent = client.post(url("declare_period"), given())

    period = SpecialPeriod.objects.get()
    pages = [url("period", period.pk), url("periods"), "/", url("room", flood.pk), url("wall")]
    assert (sent.status_code, sent["Location"]) == (303, pages[0])
    for page in pages:
        assert "森林禁火期（河口镇）" in client.get(page).content.decode(), page
    shown = client.get(pages[0]).content.decode()
    assert "《森林防火条例》第二十九条" in shown
    assert "登记报送" in shown


def test_what_was_typed_stays_when_the_law_does_not_allow_it(enter):
    sent = enter("office").post(url("declare_period"), given(ends_at=""))

    page = sent.content.decode()
    assert sent.status_code == 422
    assert "森林禁火期要写明起止时间" in page
    assert "示府令〔2030〕1号" in page
    assert SpecialPeriod.objects.count() == 0


def test_it_is_extended_lifted_and_filed_on_its_page(enter, county):
    period = declared(county.office)
    filing = CongressFiling.objects.get()
    client = enter("office")

    answers = [
        client.post(
            url("extend_period", period.pk),
            {
                "ends_at": "2099-01-01T00:00",
                "paper": "二号",
                "reason": "旱",
                "expected_version": 1,
            },
        ),
        client.post(
            url("lift_period", period.pk),
            {"lifted_by": "县政府", "paper": "三号", "reason": "雨", "expected_version": 2},
        ),
        client.post(url("file_period", filing.pk), {"paper": "函一", "expected_version": 1}),
        client.post(
            url("file_period", filing.pk),
            {"receipt": "备一", "received_by": "李", "expected_version": 2},
        ),
    ]

    period.refresh_from_db()
    filing.refresh_from_db()
    assert [one.status_code for one in answers] == [303] * 4
    assert (period.state, filing.receipt) == ("lifted", "备一")


def test_desk_and_room_forget_what_was_lifted(enter, county, flood):
    lifted(county.office, declared(county.office))

    for part in ("desk-periods", "room-periods", "<script>"):
        shown = enter("officer").get(url("periods_part"), {"as": part}).content.decode()
        assert "森林禁火期" not in shown
        assert "<script>" not in shown


def test_the_desk_asks_for_the_filing_and_tells_of_the_end(enter, county, at):
    at("2030-03-01T08:00")
    declared(county.office)
    at("2030-03-07T20:00")

    shown = enter("office").get("/").content.decode()

    assert "宣布森林禁火期（全县）的决定报人大常委会备案" in shown
    assert "森林禁火期（全县）快到期" in shown


def test_the_leader_is_reminded_before_the_end_and_it_lapses_by_itself(county, at, work):
    at("2030-03-01T08:00")
    period = declared(county.office)

    at("2030-03-07T08:00")
    sweep()
    reminded = Message.objects.get(subject_kind="command.special_period")
    at("2030-03-08T08:00")
    sweep()

    period.refresh_from_db()
    assert reminded.to_post == county.posts["leader"]
    assert reminded.title == "森林禁火期（全县）快到期"
    assert period.state == "lapsed"


def test_a_plan_knows_by_the_ban_what_it_calls_a_sensitive_time(county, work):
    places.plan(FIRE)
    fire = places.incident(county.officer, title="东岭山火", hazard="11G", place="河口镇东岭")
    record_incident_facts(
        county.officer, incident=fire, facts={"spreading": True}, source="护林员"
    )
    work()
    before = Proposal.objects.filter(level="IV").exists()

    declared(county.office, townships=["河口镇"])
    work()

    assert not before
    assert Proposal.objects.filter(level="IV", state="open").count() == 1


def test_a_ban_elsewhere_says_nothing_of_a_fire_here(county, work):
    version = places.plan(FIRE)
    fire = places.incident(county.officer, title="山火", hazard="11G", place="别处镇")
    record_incident_facts(
        county.officer, incident=fire, facts={"spreading": True}, source="护林员"
    )

    declared(county.office, townships=["河口镇"], points=CORNERS)
    propose_level(county.officer, incident=fire, plan_version=version)

    assert not Proposal.objects.filter(level="IV").exists()
    Incident.objects.filter(pk=fire.pk).update(lon=Decimal("112.49"), lat=Decimal("27.71"))
    propose_level(county.officer, incident=fire, plan_version=version)
    assert Proposal.objects.filter(level="IV").exists()


def test_its_area_lies_on_the_map_while_it_is_in_force(county):
    period = declared(county.office, points=CORNERS)

    [one] = special_periods(ask(actor=county.officer), Asked())

    assert (one.label, one.note) == ("森林禁火期（图上划定范围）", "示府令〔2030〕1号")
    assert one.shape.area > 0
    lifted(county.office, period)
    assert list(special_periods(ask(actor=county.officer), Asked())) == []


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(
    many, enter, county, django_assert_max_num_queries
):
    for at in range(many):
        declared(county.office, paper=f"第{at}号")
    client = enter("officer")
    client.get(url("periods"))

    with django_assert_max_num_queries(20):
        client.get(url("periods"))

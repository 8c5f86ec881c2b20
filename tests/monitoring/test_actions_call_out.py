import pytest

from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.realms import Realm
from liandong.messaging.models import CallOut, Message
from liandong.monitoring import queries
from liandong.monitoring.actions import (
    adjust_warning,
    call_out_warning,
    draft_warning,
    issue_warning,
    lift_warning,
)
from tests.factories import organization as make
from tests.messaging.callees import listed, seat
from tests.monitoring.conftest import hour
from tests.monitoring.people import forecaster
from tests.people import duty_officer, visitor

pytestmark = pytest.mark.django_db
WORDS = {
    "category": "暴雨",
    "level": "橙",
    "scope": "城关镇、河口镇。",
    "cautions": "短时雨强大。",
    "measures": "做好转移准备。",
}
TOWN = "610725101"


@pytest.fixture(autouse=True)
def townships(db):
    make.body(
        "town",
        name="城关镇人民政府",
        short_name="城关镇",
        kind="township",
        division_code=f"{TOWN}000",
    )


def in_force(weather, **more):
    given = {"hazard": "11B03", **WORDS, "areas": ["城关镇"], **more}
    draft = draft_warning(
        forecaster(weather), starts_at=hour(12), issuing_body=weather, **given
    )
    return issue_warning(forecaster(weather), warning=draft, expected_version=1)


def test_whoever_the_list_names_for_the_warning_is_called(weather, noon_after):
    listed("本镇", area=f"{TOWN}201")
    listed("邻镇", area="610725102201")
    listed("只叫红色", area=f"{TOWN}202", from_urgency=4)
    warning = in_force(weather)

    owed = queries.owed_calls(warning)
    made = call_out_warning(forecaster(weather), warning=warning, idempotency_key="k")
    again = call_out_warning(forecaster(weather), warning=warning, idempotency_key="k")

    assert (owed, made) == (1, again)
    assert [one.name for one in made.callees.all()] == ["本镇"]
    assert (made.subject_id, made.chain, made.urgency) == (
        str(warning.pk),
        str(warning.chain),
        3,
    )
    assert made.text == (
        "县气象局12:00发布暴雨橙色预警。影响范围：城关镇、河口镇。请立即到岗，转移危险区群众。听完请按 1 确认。"
    )
    assert f"body:{weather.pk}" in made.audience


def test_names_nobody_knows_are_told_and_none_at_all_means_the_county(weather, noon_after):
    listed("本镇", area=f"{TOWN}201")
    listed("邻镇", area="610725102201")

    assert queries.codes_of(["城关镇", "沿江低洼地带"]) == ([f"{TOWN}000"], ["沿江低洼地带"])
    assert queries.owed_calls(in_force(weather, areas=[])) == 2


def test_a_raised_warning_calls_everybody_anew_and_a_wider_one_only_the_new(
    weather, noon_after
):
    listed("本镇", area=f"{TOWN}201")
    listed("邻镇", area="610725102201")
    warning = in_force(weather)
    first = call_out_warning(forecaster(weather), warning=warning)
    first.callees.update(state="answered")

    wider = adjust_warning(
        forecaster(weather), warning=warning, expected_version=warning.version, areas=[]
    )
    owed_wider = queries.owed_calls(wider)
    raised = adjust_warning(
        forecaster(weather), warning=wider, expected_version=wider.version, level="红"
    )

    assert (owed_wider, queries.owed_calls(raised)) == (1, 2)
    with pytest.raises(IllegalMove):
        call_out_warning(forecaster(weather), warning=warning)
    assert call_out_warning(forecaster(weather), warning=raised).callees.count() == 2


def test_only_who_may_for_that_body_calls_out(weather, water, noon_after):
    listed("本镇", area=f"{TOWN}201")
    warning = in_force(weather)

    with pytest.raises(Forbidden):
        call_out_warning(forecaster(water), warning=warning)
    with pytest.raises(Forbidden):
        call_out_warning(visitor(), warning=warning)
    assert call_out_warning(duty_officer(), warning=warning).state == "running"


def test_a_list_without_anybody_is_said(weather, noon_after):
    with pytest.raises(Invalid, match="叫应名单"):
        call_out_warning(duty_officer(), warning=in_force(weather))


def test_lifting_stops_the_calls_and_tells_those_who_were_called(weather, work, noon_after):
    row = seat(name="镇长", area=TOWN)
    warning = in_force(weather)
    made = call_out_warning(duty_officer(), warning=warning)
    work()

    lift_warning(
        forecaster(weather), warning=warning, expected_version=warning.version, reason="雨停了"
    )
    work()

    made.refresh_from_db()
    assert (made.state, made.reason) == ("stopped", "预警已解除")
    titles = Message.objects.filter(to_post=row.post).values_list("title", flat=True)
    assert sorted(titles) == ["停止叫应：暴雨橙色预警", "暴雨橙色预警"]


def test_lifting_tells_those_who_had_answered_long_ago(weather, work, noon_after):
    row = seat(name="镇长", area=TOWN)
    warning = in_force(weather)
    made = call_out_warning(duty_officer(), warning=warning)
    work()
    made.callees.update(state="answered")
    CallOut.objects.update(state="finished")

    lift_warning(
        forecaster(weather), warning=warning, expected_version=warning.version, reason="雨停了"
    )
    work()

    titles = Message.objects.filter(to_post=row.post).values_list("title", flat=True)
    assert "预警已解除：暴雨橙色预警" in titles


@pytest.mark.parametrize(("setting", "calls"), [("", 0), ("红", 0), ("橙", 1), ("黄", 1)])
def test_issuing_calls_at_once_only_where_the_county_has_it_so(
    weather, work, settings, noon_after, setting, calls
):
    settings.VOICE_AT_ONCE = setting
    listed("本镇", area=f"{TOWN}201")

    in_force(weather)
    work()

    assert CallOut.objects.count() == calls


def test_a_drill_calls_nobody_but_its_own(weather, noon_after):
    Realm.objects.create(name="drill-1", real_at=noon_after, told_at=noon_after, rate=0)
    listed("本镇", area=f"{TOWN}201")
    draft = draft_warning(
        forecaster(weather, realm="drill-1"),
        hazard="11B03",
        **WORDS,
        starts_at=hour(12),
        issuing_body=weather,
        areas=["城关镇"],
    )
    warning = issue_warning(
        forecaster(weather, realm="drill-1"), warning=draft, expected_version=1
    )

    with pytest.raises(Invalid, match="演练名单"):
        call_out_warning(duty_officer(realm="drill-1"), warning=warning)

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.models import Entry
from liandong.organization.states import BodyKind
from liandong.plans.actions import draft_version, record_facts
from tests.factories import organization as make
from tests.people import duty_officer, office
from tests.plans.example import FOREST, RELIEF, forest_with
from tests.plans.people import INCIDENT, adopted

pytestmark = pytest.mark.django_db

QUIET = {
    "asked": "1",
    "burned_ha": "0",
    "serious_injuries": "0",
    "open_flame_out": "false",
    "spreading": "false",
    "sensitive": "",
    "uncontrolled_minutes": "",
    "superior_demands": "false",
    "dangerous_fires_at_once": "0",
}


def page(reader, address="/plans/forest-fire/what-if/", **facts):
    response = reader.get(address, QUIET | facts if facts else {})
    assert response.status_code == 200
    return response.content.decode()


def test_nothing_supposed_leaves_all_open_and_asks(reader):
    adopted(FOREST)

    text = page(reader)

    for words in ("Ⅳ级未定", "问到这些就能定", "过火面积多少公顷", 'placeholder="未知"'):
        assert words in text
    assert "若启动" not in text


def test_what_is_supposed_is_graded_and_says_who_would_be_ordered_what(reader):
    adopted(FOREST)
    police = make.body("public-security", name="县公安局")
    desk = make.post("liaison", at=police, title="联络员")
    make.person("王强", at=desk)
    bureau = make.body("emergency", name="县应急管理局")
    make.post("duty", at=bureau, title="值班员")

    text = page(reader, burned_ha="12.5")

    for words in (
        "达到Ⅳ级",
        "12.5 公顷",
        "若启动Ⅳ级响应",
        "对火场周边道路实施交通管制",
        "王强",
        "5分钟内复诵，40分钟内完成",
        "空缺",
        "本县没有",
    ):
        assert words in text


def test_a_next_threshold_is_told(reader):
    adopted(RELIEF)

    text = page(
        reader,
        "/plans/relief/what-if/",
        relocated="700",
        earthquake_magnitude="0",
        dead_missing="",
    )

    assert ("至少Ⅳ级；Ⅰ–Ⅲ级未定" in text, "再增 300 人到 1000" in text) == (True, True)


def test_only_the_answer_comes_back_to_a_script(reader):
    adopted(FOREST)

    part = reader.get("/plans/forest-fire/what-if/", QUIET, headers={"HX-Request": "true"})

    text = part.content.decode()
    assert text.lstrip().startswith('<div class="stack" id="answer"')
    assert "Ⅳ级" in text


def test_what_cannot_be_is_named_and_taken_as_unknown(reader):
    adopted(FOREST)

    text = page(reader, burned_ha="很多", serious_injuries="-1")

    assert "“过火面积”不能是 &#x27;很多&#x27;" in text
    assert "“重伤”-1 超出范围" in text
    assert ("这几项按未知推算" in text, 'value="很多"' in text, "Ⅳ级未定" in text) == (
        True,
        True,
        True,
    )


def test_a_draft_and_an_older_version_are_tried_as_well(reader):
    adopted(FOREST)
    draft_version(office(), text=forest_with("{deaths: {at_least: 3}}"))

    held = page(reader, deaths="3")
    draft = page(reader, "/plans/forest-fire/2/what-if/", deaths="3")

    assert ("Ⅳ级未定" in held, "达到Ⅳ级" in draft) == (False, True)
    assert "死亡" not in held


def test_townships_are_asked_one_by_one(reader):
    adopted(forest_with("{areas_at_least: 2, where: {flooded_mu: {at_least: 1000}}}"))
    for key, name in (("hekou", "河口镇"), ("xinan", "新安镇")):
        make.body(key, name=name, kind=BodyKind.TOWNSHIP)

    text = page(reader, **{"flooded_mu@hekou": "1200", "flooded_mu@xinan": "1000"})

    assert ("河口镇洪涝面积" in text, "达到Ⅳ级" in text) == (True, True)


def test_facts_of_an_incident_are_taken_over_and_may_be_changed(reader_of_incident):
    told = page(reader_of_incident, f"/plans/forest-fire/what-if/?incident={INCIDENT}")
    changed = page(reader_of_incident, incident=INCIDENT, burned_ha="5")

    assert ("带入了事件里的 2 项" in told, 'value="12.5"' in told, "达到Ⅳ级" in told) == (
        True,
        True,
        True,
    )
    assert "至少Ⅳ级" not in changed
    assert "达到Ⅳ级" not in changed


def test_facts_of_an_incident_one_may_not_see_are_not_taken_over(reader, incident_facts):
    text = page(reader, f"/plans/forest-fire/what-if/?incident={INCIDENT}")

    assert ("12.5" in text, "带入了" in text) == (False, False)


@pytest.mark.parametrize("odd", ["1", "%F0%9F%94%A5"])
def test_an_incident_that_is_none_takes_nothing_over(reader, incident_facts, odd):
    response = reader.get(f"/plans/forest-fire/what-if/?incident={odd}")

    assert (response.status_code, "带入了" in response.content.decode()) == (200, False)


def test_facts_too_tangled_to_grade_are_named(reader, monkeypatch):
    words = ("at_least", "below")
    pairs = [
        f"{{any: [{{deaths: {{{a}: 1}}}}, {{missing: {{{b}: 1}}}}]}}"
        for a in words
        for b in words
    ]
    adopted(forest_with(f"{{all: [{', '.join(pairs)}]}}"))
    monkeypatch.setattr("liandong.plans.language.truth.MAX_COMPARISONS", 10)

    response = reader.get("/plans/forest-fire/what-if/")

    assert response.status_code == 422
    assert "deaths、missing" in response.content.decode()


def test_nothing_is_written(reader):
    adopted(FOREST)
    before = Entry.objects.count()

    page(reader, burned_ha="12")

    assert Entry.objects.count() == before


def test_it_takes_as_many_queries_for_many_posts_as_for_one(reader, django_assert_num_queries):
    adopted()
    address = "/plans/flood-drought/what-if/"
    make.person(at=make.post("liaison", at=make.body("water")))
    reader.get(address)
    with CaptureQueriesContext(connection) as one:
        page(reader, address, levee_danger="serious")
    for key in ("emergency", "telecom", "public-security"):
        make.person(at=make.post("liaison", at=make.body(key, name=key)))

    with django_assert_num_queries(len(one)):
        page(reader, address, levee_danger="serious")


def test_the_page_of_a_plan_leads_there(reader):
    adopted(FOREST)

    assert (
        'href="/plans/forest-fire/1/what-if/"'
        in reader.get("/plans/forest-fire/").content.decode()
    )


@pytest.mark.parametrize(
    "address", ["/plans/nothing/what-if/", "/plans/forest-fire/9/what-if/"]
)
def test_a_plan_that_is_not_there_is_not_found(reader, address):
    adopted(FOREST)

    assert reader.get(address).status_code == 404


@pytest.fixture
def incident_facts(db):
    adopted(FOREST)
    return record_facts(
        duty_officer(),
        subject_kind="command.incident",
        subject_id=INCIDENT,
        facts={"burned_ha": "12.5", "spreading": False},
        source="县林业局",
        audience=["duty"],
    )


@pytest.fixture
def reader_of_incident(incident_facts):
    from liandong.kernel.permissions import Role
    from tests.organization.browser import entered

    return entered(make.holder(Role.DUTY_OFFICER))

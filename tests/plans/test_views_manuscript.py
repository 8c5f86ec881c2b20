import json

import pytest
from django.test import Client
from django.urls import reverse

from liandong.kernel.permissions import Role
from liandong.plans.actions import begin_manuscript, write_manuscript
from liandong.plans.language.guesses import Guess
from liandong.plans.models import Manuscript, PlanVersion
from liandong.plans.queries import guesses_of, reading_of
from liandong.plans.queries.mending import mending_of
from tests.factories import organization as make
from tests.organization.browser import entered
from tests.people import office
from tests.plans.example import FOREST
from tests.plans.people import adopted, office_client

pytestmark = pytest.mark.django_db

STEP = ["levels", "IV", "steps", "cordon"]


@pytest.fixture
def desk():
    return office_client()


def begun(text=FOREST, **more):
    return begin_manuscript(office(), text=text, **more)


def address(manuscript, name="manuscript"):
    return reverse(f"plans:{name}", args=[manuscript.pk])


def page(desk, manuscript, query=""):
    return desk.get(address(manuscript) + query).content.decode()


def sent(desk, manuscript, name="edit_manuscript", /, *, query="", seen=None, **fields):
    data = {"expected_version": seen or manuscript.version, **fields}
    url = address(manuscript, name) + query
    return desk.post(url, data, headers={"X-Editor": "parts"})


def step_fields(**changed):
    return {
        "form": "step",
        "path": json.dumps(STEP),
        "do": "order",
        "to": "public-security",
        "text": "对火场周边道路实施交通管制，疏散无关人员",
        "acknowledge_within": "5分钟",
        "finish_within": "40分钟",
        "every": "",
        "after": ["notify"],
        "proof": ["photo"],
        "needs": "traffic-control 2 组",
        "otherwise-0": "",
        "same_as": "",
        "plan": "",
        "status": "",
        "cite": "",
        "id": "cordon",
        **changed,
    }


def text_of(manuscript):
    return Manuscript.objects.get(pk=manuscript.pk).text


def data_of(manuscript):
    return reading_of(text_of(manuscript)).data


def test_a_plan_is_begun_from_nothing(desk):
    make.body("forest-fire-hq", name="县森林防灭火指挥部")
    url = reverse("plans:begin_manuscript")
    filled = {
        "name": "示例预案",
        "key": "sample",
        "kind": "special",
        "hazard": "11G",
        "headquarters": "forest-fire-hq",
    }

    answer = desk.post(url, filled)

    made = Manuscript.objects.get()
    assert answer["Location"] == address(made)
    assert (made.key, made.title) == ("sample", "示例预案")
    assert "还没有级别" in page(desk, made)
    assert "示例预案" in desk.get(reverse("plans:manuscripts")).content.decode()


def test_whoever_begins_a_plan_that_there_is_already_is_warned_before(desk):
    make.body("forest-fire-hq", name="县森林防灭火指挥部")
    adopted(FOREST)
    url = reverse("plans:begin_manuscript")
    filled = {
        "name": "示例预案", "key": "forest-fire", "kind": "special", "hazard": "11G",
        "headquarters": "forest-fire-hq",
    }  # fmt: skip
    assert "仍从空白写起" not in desk.get(url).content.decode()

    warned = desk.post(url, filled)
    shown = warned.content.decode()

    assert warned.status_code == 422
    assert "已有：森林火灾应急预案第 1 版。请到“预案”打开它，点“修订”" in shown
    assert "仍从空白写起" in shown
    assert 'value="示例预案"' in shown
    assert not Manuscript.objects.exists()
    assert desk.post(url, {**filled, "anew": "on"}).status_code == 303
    assert Manuscript.objects.get().key == "forest-fire"


def test_a_version_is_revised_from_its_page(desk):
    version = adopted(FOREST)
    plan = reverse("plans:plan", args=[version.key])
    assert "修订" in desk.get(plan).content.decode()

    answer = desk.post(reverse("plans:revise", args=[version.key, 1]), {"idempotency_key": "k"})

    made = Manuscript.objects.get()
    assert answer["Location"] == address(made)
    assert (made.based_on, made.text) == (version, FOREST)
    assert "在写的文稿" in desk.get(plan).content.decode()


def test_the_editor_shows_levels_steps_picture_and_what_is_to_be_mended(desk):
    shown = page(desk, begun())

    assert "过火面积 10 公顷以上、50 公顷以下" in shown
    assert "IV级" not in shown
    assert "Ⅳ级步骤" in shown
    assert "步骤流程图" in shown
    assert "对火场周边道路实…" in shown
    assert "建议改" in shown


def test_a_step_is_changed_in_its_form_and_only_there(desk):
    make.body("emergency", name="县应急管理局")
    manuscript = begun()

    answer = sent(
        desk,
        manuscript,
        query="?level=IV&step=cordon",
        **step_fields(finish_within="半小时", to="emergency"),
    )

    assert answer.status_code == 200
    wanted = FOREST.replace("PT40M", "PT30M").replace("to: public-security", "to: emergency")
    assert text_of(manuscript) == wanted
    assert "30分钟" in answer.content.decode()


def test_a_form_sent_as_it_came_changes_nothing(desk):
    manuscript = begun()

    sent(desk, manuscript, **step_fields())

    assert text_of(manuscript) == FOREST


def test_what_cannot_be_read_stays_with_why(desk):
    manuscript = begun()

    answer = sent(
        desk,
        manuscript,
        query="?level=IV&step=cordon",
        **step_fields(finish_within="一会儿"),
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "“一会儿”不是时长" in shown
    assert 'value="一会儿"' in shown
    assert text_of(manuscript) == FOREST


def test_two_editors_keep_each_others_work_and_are_told(desk):
    manuscript = begun()
    other = entered(make.holder(Role.HEADQUARTERS_OFFICE))
    sent(other, manuscript, **step_fields(finish_within="30分钟"))

    merged = sent(desk, manuscript, seen=1, **step_fields(text="封路"))
    refused = sent(desk, manuscript, seen=1, **step_fields(finish_within="20分钟"))

    assert merged.status_code == 200
    assert data_of(manuscript)["levels"]["IV"]["steps"][1]["text"] == "封路"
    assert refused.status_code == 409
    assert "现在是：30分钟；您写的是：20分钟" in refused.content.decode()
    assert data_of(manuscript)["levels"]["IV"]["steps"][1]["finish_within"] == "PT30M"


def test_levels_and_steps_are_added_doubled_moved_and_taken_away(desk):
    manuscript = begun()
    steps = json.dumps(["levels", "IV", "steps"])

    sent(desk, manuscript, deed="add-level", level="III")
    added = sent(desk, manuscript, query="?level=IV", seen=2, deed="add-step", path=steps)
    sent(desk, manuscript, seen=3, deed="double", path=json.dumps(STEP))
    sent(
        desk,
        manuscript,
        seen=4,
        deed="up",
        path=json.dumps(["levels", "IV", "steps", "step-2"]),
    )
    sent(
        desk,
        manuscript,
        seen=5,
        deed="remove",
        path=json.dumps(["levels", "IV", "steps", "notify"]),
    )

    assert "step=step-1" in added["X-Editor-Query"]
    data = data_of(manuscript)
    assert list(data["levels"]) == ["IV", "III"] or list(data["levels"]) == ["III", "IV"]
    assert [one["id"] for one in data["levels"]["IV"]["steps"]] == [
        "step-2",
        "cordon",
        "sitrep",
        "step-1",
    ]


def test_a_clause_is_written_in_rows(desk):
    manuscript = begun(
        FOREST.replace("kind: special", "kind: special").split("    when:")[0]
        + "    steps: []\n"
    )
    path = json.dumps(["levels", "IV", "when", "any", 0])

    sent(
        desk,
        manuscript,
        form="clause",
        path=path,
        **{"fact-0": "burned_ha", "word-0": "range", "value-0": "10", "upper-0": "50.5"},
    )
    sent(
        desk,
        manuscript,
        seen=2,
        form="clause",
        path=path,
        joint="all",
        cite="5.2.1",
        **{
            "fact-0": "burned_ha",
            "word-0": "at_least",
            "value-0": "10",
            "fact-1": "spreading",
            "word-1": "false",
        },
    )

    (clause,) = data_of(manuscript)["levels"]["IV"]["when"]["any"]
    assert clause == {
        "all": [{"burned_ha": {"at_least": 10}}, {"spreading": False}],
        "cite": "5.2.1",
    }


def test_a_clause_that_its_fact_cannot_have_is_refused_where_it_stands(desk):
    manuscript = begun()

    answer = sent(
        desk,
        manuscript,
        query="?level=IV&part=level",
        form="clause",
        path=json.dumps(["levels", "IV", "when", "any", 6]),
        **{"fact-0": "deaths", "word-0": "at_least", "value-0": "很多"},
    )

    assert answer.status_code == 422
    assert "填阿拉伯数字" in answer.content.decode()


def test_the_level_and_the_head_have_forms(desk):
    manuscript = begun()

    sent(
        desk,
        manuscript,
        form="level",
        path=json.dumps(["levels", "IV"]),
        status="assumed",
        cite="5.2.1",
        proposes="forest-fire-office",
        decides_way="any_of",
        expected="三天",
        **{
            "decides-0": "forest-fire-hq.executive-deputy",
            "decides-1": "forest-fire-office.director",
            "informs-0": "forest-fire-hq.commander",
            "within-0": "5分钟",
        },
    )
    sent(
        desk,
        manuscript,
        seen=1,
        form="head",
        path="[]",
        title="森林火灾应急预案",
        plan="forest-fire",
        plan_kind="special",
        hazard="11G01",
        headquarters="forest-fire-hq",
        number="示府办〔2026〕1号",
        issued="2026-05-01",
        bounds="closed",
    )

    data = data_of(manuscript)
    level = data["levels"]["IV"]
    assert (level["source"]["status"], level["expected"]) == ("assumed", "P3D")
    assert level["decides"] == {
        "any_of": ["forest-fire-hq.executive-deputy", "forest-fire-office.director"]
    }
    assert level["informs"] == [{"post": "forest-fire-hq.commander", "within": "PT5M"}]
    assert data["document"]["number"] == "示府办〔2026〕1号"
    assert (data["document"]["issued"], data["bounds"]) == ("2026-05-01", "closed")


def test_sources_periods_ends_and_groups_have_forms(desk):
    manuscript = begun()

    sent(desk, manuscript, form="sources", path='["sources"]', lines="条例：《森林防火条例》")
    sent(
        desk, manuscript, seen=2, form="period", path='["periods", 0]',
        fact="sensitive", since="03-01", until="05-31",
    )  # fmt: skip
    sent(
        desk, manuscript, seen=3, form="clause", path='["ends_when"]',
        **{"fact-0": "open_flame_out", "word-0": "true"},
    )  # fmt: skip
    sent(desk, manuscript, seen=4, deed="add-group", group="logistics")
    sent(
        desk, manuscript, seen=5, form="group", path='["field_post", "groups", 4]',
        name="后勤组", leads="",
    )  # fmt: skip

    data = data_of(manuscript)
    assert data["sources"] == {"条例": "《森林防火条例》"}
    assert data["periods"] == [{"fact": "sensitive", "since": "03-01", "until": "05-31"}]
    assert data["ends_when"] == {"open_flame_out": True}
    assert data["field_post"]["groups"][-1] == {"key": "logistics", "name": "后勤组"}
    assert mending_of(Manuscript.objects.get()).is_sound
    assert "《森林防火条例》" in page(desk, manuscript, "?show=document")


def test_the_text_is_written_beside_the_form_and_both_are_true(desk):
    manuscript = begun()

    answer = sent(
        desk,
        manuscript,
        "write_manuscript",
        query="?show=text",
        text=FOREST.replace("P2D", "P3D"),
    )

    shown = answer.content.decode()
    assert "3天" in shown
    assert "expected: P3D" in shown


def test_while_the_text_does_not_read_the_forms_show_what_last_did(desk):
    manuscript = begun()
    write_manuscript(
        office(), manuscript=manuscript, text=FOREST + "x: [\n", expected_version=1
    )

    shown = page(desk, manuscript, "?show=text")

    assert "文本现在读不通" in shown
    assert "过火面积 10 公顷以上" in shown
    assert "x: [" in shown
    assert "第 " in shown


def test_a_place_that_cannot_stand_is_shown_and_leads_there(desk):
    manuscript = begun(FOREST.replace("finish_within: PT40M", "finish_within: soon"))

    shown = page(desk, manuscript, "?level=IV&step=cordon")

    assert "Ⅳ级 · 对火场周边道路实施交通管制，… · 完成限" in shown
    assert "level=IV&amp;step=cordon#finish_within" in shown
    assert 'value="soon"' in shown


def test_a_guess_is_confirmed_beside_its_paragraph(desk):
    path = ("levels", "IV", "steps", 1, "finish_within")
    guess = Guess(path=path, paragraph=31, quote="四十分钟内完成", reading="完成限：40分钟")
    manuscript = begun(guesses=[guess])
    assert "第 31 段：四十分钟内完成" in page(desk, manuscript)

    sent(desk, manuscript, "confirm_guess", path=json.dumps(path))

    assert not guesses_of(Manuscript.objects.get())[0].is_open


def test_undo_redo_and_a_draft_from_the_page(desk):
    manuscript = begun()
    sent(desk, manuscript, **step_fields(finish_within="30分钟"))

    sent(desk, manuscript, "undo_change", seen=2)
    assert text_of(manuscript) == FOREST
    sent(desk, manuscript, "redo_change", seen=3)
    assert "PT30M" in text_of(manuscript)
    answer = sent(desk, manuscript, "put_into_draft", seen=4)

    assert "草案第 1 版" in answer.content.decode()
    assert PlanVersion.objects.get().state == "draft"
    assert "存入草案第 1 版" in page(desk, manuscript, "?show=changes")


def test_without_a_script_a_form_leads_back_to_the_editor(desk):
    manuscript = begun()
    url = address(manuscript, "edit_manuscript") + "?level=IV&step=cordon"

    answer = desk.post(url, {"expected_version": 1, **step_fields(finish_within="30分钟")})

    assert answer.status_code == 303
    assert answer["Location"].startswith(
        address(manuscript) + "?show=edit&level=IV&step=cordon"
    )


def test_a_manuscript_is_discarded_with_a_reason(desk):
    manuscript = begun()

    desk.post(
        address(manuscript, "discard_manuscript"), {"reason": "重复", "expected_version": 1}
    )

    assert Manuscript.objects.get().state == "discarded"
    assert desk.get(address(manuscript)).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"deed": "burn"},
        {"deed": "add-level", "level": "V"},
        {"deed": "remove", "path": "{}"},
        {"deed": "remove", "path": "[1.5]"},
        {"deed": "remove", "path": "[]"},
        {"deed": "up", "path": '["title"]'},
        {"deed": "double", "path": '["levels", "IV"]'},
        {"deed": "double", "path": '["title"]'},
        {"deed": "add-step", "path": '["title"]'},
        {"form": "nothing"},
        {"form": "step", "path": '["levels"]'},
        {"form": "step", "path": "[]"},
        {"form": "clause", "path": '["title"]', "fact-0": "deaths", "value-0": "1"},
        {"deed": "remove", "path": '["levels", "IV", "steps", 99]'},
    ],
)
def test_nonsense_is_refused_and_nothing_is_written(desk, fields):
    manuscript = begun()

    answer = sent(desk, manuscript, **fields)

    assert answer.status_code in {400, 404, 409, 422}
    assert text_of(manuscript) == FOREST


@pytest.mark.parametrize(
    "text",
    [
        "levels: 3\n",
        "levels: {IV: 3, x: [], I: {steps: 3, when: 3, informs: [1], decides: [2]}}\n",
        "levels: {IV: {steps: [1, {id: [1]}, {id: a, after: 3, otherwise: {to: x}}], builds_on: IV}}\n",
        "levels: {IV: {when: {any: [{}, 3, {deaths: {at_least: x}}]}, source: x}}\nperiods: [1]\n",
        "field_post: 3\nsources: []\ndocument: x\nends_when: [1]\n",
        "a: b\n",
    ],
)
@pytest.mark.parametrize(
    "show", ["edit&part=level", "document", "text", "changes", "edit&step=a&view=board"]
)
def test_any_text_that_reads_has_a_page(desk, text, show):
    assert desk.get(f"{address(begun(text))}?show={show}&level=IV").status_code == 200


def test_strangers_to_writing_see_nothing_of_it():
    manuscript = begun()
    officer = entered(make.holder(Role.DUTY_OFFICER))

    assert officer.get(address(manuscript)).status_code == 404
    assert officer.get(reverse("plans:manuscripts")).status_code == 403
    assert Client().get(address(manuscript)).status_code == 302


def test_the_editor_asks_no_more_of_the_database_for_more_steps(
    desk, django_assert_max_num_queries
):
    more = "".join(
        f"      - {{id: s{n}, do: order, to: emergency, text: 巡查}}\n" for n in range(30)
    )
    manuscript = begun(FOREST.replace("field_post", more + "field_post"))
    page(desk, manuscript)

    with django_assert_max_num_queries(24):
        page(desk, manuscript, "?step=s3&part=level")


def test_what_is_written_is_held_beside_the_version_in_force(desk):
    held = adopted(FOREST)
    later = FOREST.replace("finish_within: PT40M", "finish_within: PT1H")
    manuscript = begun(later, based_on=held)

    shown = page(desk, manuscript, "?show=beside")

    assert "由现行第 1 版到这份文稿" in shown
    assert "1 处不同" in shown
    assert "40分钟" in shown
    assert "1小时" in shown


@pytest.mark.parametrize(
    ("text", "said"),
    [(FOREST, "这部预案还没有现行版"), ("plan: forest-fire\n", "文本还不成一部预案")],
)
def test_where_there_is_nothing_to_hold_it_beside_the_page_says_why(desk, text, said):
    assert said in page(desk, begun(text), "?show=beside")


def test_single_figures_of_a_step_and_of_a_level_say_where_they_come_from(desk):
    manuscript = begun()
    path = [*STEP, "figures"]
    filled = {"finish_within-status": "assumed", "finish_within-cite": "参照市预案"}

    sent(desk, manuscript, form="figures", path=json.dumps(path), **filled)

    wanted = {"finish_within": {"status": "assumed", "cite": "参照市预案"}}
    assert data_of(manuscript)["levels"]["IV"]["steps"][1]["figures"] == wanted
    assert mending_of(Manuscript.objects.get()).is_sound
    assert 'value="参照市预案"' in page(desk, manuscript, "?level=IV&step=cordon")
    refused = sent(
        desk, manuscript, seen=2, query="?level=IV&step=cordon", form="figures",
        path=json.dumps(path), **{"to-cite": "5.3"},
    )  # fmt: skip
    assert "选有据、假定还是原文未载" in refused.content.decode()
    sent(desk, manuscript, seen=2, form="figures", path=json.dumps(path))
    assert text_of(manuscript) == FOREST
    level = json.dumps(["levels", "IV", "figures"])
    sent(desk, manuscript, seen=3, form="figures", path=level, **{"expected-status": "assumed"})
    assert data_of(manuscript)["levels"]["IV"]["figures"] == {"expected": {"status": "assumed"}}


def test_another_step_is_done_where_one_cannot_be(desk):
    manuscript = begun()
    path = json.dumps([*STEP, "otherwise"])
    filled = {"form": "replacement", "path": path, "text": "由乡镇设卡劝返"}
    make.body("hekou", name="河口镇人民政府")

    refused = sent(desk, manuscript, query="?level=IV&step=cordon", **filled)
    sent(desk, manuscript, to="hekou", finish_within="一小时", proof=["text"], **filled)

    assert refused.status_code == 422
    assert "由乡镇设卡劝返" in refused.content.decode()
    wanted = {
        "to": "hekou",
        "text": "由乡镇设卡劝返",
        "finish_within": "PT1H",
        "proof": ["text"],
    }
    assert data_of(manuscript)["levels"]["IV"]["steps"][1]["otherwise"] == wanted
    assert mending_of(Manuscript.objects.get()).is_sound
    assert "办不成时改派谁" not in page(desk, manuscript, "?level=IV&step=cordon")
    sent(
        desk, manuscript, seen=2, to="hekou", finish_within="两小时", proof=["text"], **filled
    )  # fmt: skip
    assert "finish_within: PT2H" in text_of(manuscript)
    sent(desk, manuscript, seen=3, deed="remove", path=path)
    assert text_of(manuscript) == FOREST


def test_who_ends_a_level_is_said_in_its_form(desk):
    manuscript = begun()
    make.body("emergency", name="县应急管理局")
    level = {"form": "level", "path": json.dumps(["levels", "IV"])}
    held = {
        "status": "recorded", "cite": "5.2.1", "proposes": "forest-fire-office", "expected": "2天",
        "decides-0": "forest-fire-hq.executive-deputy", "decides-1": "forest-fire-office.director",
        "decides_way": "all_of", "informs-0": "forest-fire-hq.commander", "within-0": "10分钟",
    }  # fmt: skip

    sent(desk, manuscript, **level, **held, **{"ends-0": "emergency", "ends_way": "any_of"})

    assert data_of(manuscript)["levels"]["IV"]["ends"] == {"any_of": ["emergency"]}
    sent(desk, manuscript, seen=2, **level, **held)
    assert text_of(manuscript) == FOREST


def test_who_has_shown_the_newest_is_sent_nothing_again(desk):
    manuscript = begun()

    same = desk.get(address(manuscript), headers={"X-Editor": "p", "X-Editor-Version": "1"})
    older = desk.get(address(manuscript), headers={"X-Editor": "p", "X-Editor-Version": "0"})

    assert (same.status_code, same.content) == (204, b"")
    assert older.status_code == 200

"""Pages of the deeds, the opinions, the register and the calendar."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from liandong.kernel.permissions import Role
from liandong.organization.actions import RoleScope
from liandong.plans.actions import adopt_version
from liandong.plans.models import Opinion, PlanFile, PlanVersion
from liandong.plans.views.life import DEEDS
from tests.factories import organization as make
from tests.organization.browser import entered
from tests.people import office
from tests.plans import lives
from tests.plans.example import FOREST, RELIEF
from tests.plans.people import adopted, office_client

pytestmark = pytest.mark.django_db
PLAN = "/plans/forest-fire/"


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-09-28T10:00")


def unit_client(body):
    role = RoleScope(Role.UNIT_LIAISON, body=str(body.pk))
    return entered(make.holder(role, at=body))


def chief_client():
    return entered(make.holder(Role.COMMANDER, title="指挥长"))


def asked_of_plans(client, address):
    """How many queries a page asks of the tables of plans."""
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return sum('"plans_' in one["sql"] for one in asked)


def text_of(client, address):
    return client.get(address).content.decode()


def test_a_draft_shows_what_comes_next_to_whoever_may_do_it(reader):
    lives.draft()
    client = office_client()

    page = text_of(client, f"{PLAN}1/")

    assert "这一版走到哪一步" in page
    assert f'class="button button-small button-main" href="{PLAN}1/ask-opinions/"' in page
    assert "走简易程序" not in page  # there is nothing to be revised
    assert "ask-opinions" not in text_of(reader, f"{PLAN}1/")


def test_units_are_asked_by_a_form_that_begins_with_those_the_plan_names():
    emergency, water = make.body("emergency", name="县应急局"), make.body(name="县水利局")
    lives.draft()
    client = office_client()

    page = text_of(client, f"{PLAN}1/ask-opinions/")
    assert f'value="{emergency.pk}"' in page
    assert page.count("checked") == 1
    answer = client.post(
        f"{PLAN}1/ask-opinions/",
        {"units": [water.pk], "due_on": "2026-10-09", "expected_version": 1},
    )

    assert (answer.status_code, answer["Location"]) == (303, f"{PLAN}1/#life")
    assert Opinion.objects.get().body == water


def test_what_was_typed_stays_where_a_deed_is_refused():
    version = lives.at_experts()

    answer = office_client().post(
        f"{PLAN}1/review-by-experts/",
        {
            "reviewed_on": "2026-09-29",
            "conclusion": "passed",
            "experts": "王工 省林科院",
            "expected_version": version.version,
        },
    )

    page = answer.content.decode()
    assert (answer.status_code, "不能晚于今天" in page, "王工 省林科院" in page) == (
        422,
        True,
        True,
    )


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_that_is_not_of_this_state_says_so(name):
    version = lives.issued()
    PlanVersion.objects.filter(pk=version.pk).update(state="superseded")
    client = chief_client() if name in {"approve", "repeal"} else office_client()

    for method in (client.get, client.post):
        answer = method(f"{PLAN}1/{name.replace('_', '-')}/")
        page = answer.content.decode()
        assert answer.status_code in {409, 422}, name
    assert client.get(f"{PLAN}1/{name.replace('_', '-')}/").status_code == 409
    assert "Traceback" not in page


@pytest.mark.parametrize("name", DEEDS)
def test_the_form_of_a_deed_is_shown_where_it_may_be_done(name):
    build = {
        "ask_opinions": lives.draft,
        "short_way": lambda: (adopted(FOREST), lives.draft(FOREST + "\n"))[1],
        "advance": lambda: lives.answered(lives.asked()),
        "review_by_experts": lives.at_experts,
        "align": lives.at_alignment,
        "examine": lives.at_approval,
        "approve": lambda: lives.examined(lives.at_approval()),
        "issue": lives.signed,
        "return_to_draft": lives.at_experts,
    }.get(name, lives.issued)
    version = build()
    client = chief_client() if name in {"approve", "repeal"} else office_client()
    address = f"{PLAN}{version.number}/{name.replace('_', '-')}/"

    assert address in text_of(client, f"{PLAN}{version.number}/")
    answer = client.get(address)
    assert (answer.status_code, str(DEEDS[name].form.title) in answer.content.decode()) == (
        200,
        True,
    )


def test_the_short_way_names_what_seems_to_have_changed():
    adopted(FOREST)
    lives.draft(FOREST.replace("at_least: 10", "at_least: 12"))

    page = text_of(office_client(), f"{PLAN}2/short-way/")

    assert "与现行第 1 版比对，似有变动：突发事件分级标准" in page


def test_a_unit_sees_its_own_opinion_and_answers():
    forestry, police = make.body(name="县林业局"), make.body(name="县公安局")
    lives.asked(forestry, police)
    client, opinion = unit_client(forestry), Opinion.objects.get(body=forestry)

    page = text_of(client, "/plans/opinions/")
    assert ("县林业局" in page, "县公安局" in page) == (True, False)
    assert f"/plans/opinions/{opinion.pk}/" in page
    answer = client.post(
        f"/plans/opinions/{opinion.pk}/",
        {"answer": "amend", "text": "三级太宽", "expected_version": opinion.version},
    )

    assert answer.status_code == 303
    opinion.refresh_from_db()
    assert opinion.text == "三级太宽"
    other = Opinion.objects.get(body=police)
    assert client.get(f"/plans/opinions/{other.pk}/").status_code == 404
    assert client.post(f"/plans/opinions/{opinion.pk}/settle/").status_code == 403


def test_the_office_may_write_a_letter_down_from_the_plan_s_page():
    lives.asked(make.body(name="县林业局"))

    page = text_of(office_client(), f"{PLAN}1/")

    assert f"/plans/opinions/{Opinion.objects.get().pk}/" in page


def test_a_unit_is_reminded_at_its_desk_of_what_it_owes(at):
    body = make.body(name="县林业局")
    lives.asked(body)
    client = unit_client(body)

    assert "书面意见：森林火灾应急预案第 1 版，2026-10-05 前答复" in text_of(client, "/")
    at("2026-10-06T09:00")
    page = text_of(client, "/")
    assert 'class="red">书面意见逾期：森林火灾应急预案第 1 版' in page


def test_the_office_settles_silence_after_the_day(at):
    lives.asked(make.body(name="县林业局"))
    opinion, client = Opinion.objects.get(), office_client()
    assert "settle" not in text_of(client, f"{PLAN}1/")

    at("2026-10-06T09:00")
    assert f"/plans/opinions/{opinion.pk}/settle/" in text_of(client, f"{PLAN}1/")
    answer = client.post(
        f"/plans/opinions/{opinion.pk}/settle/",
        {"is_taken_up": "no", "reason": "电话确认无意见", "expected_version": 1},
    )

    assert answer.status_code == 303
    assert "逾期未答复" in text_of(client, f"{PLAN}1/")


def test_whoever_signs_is_reminded_and_offered_the_names_that_must_sign():
    lives.examined(lives.at_approval())
    client = chief_client()

    assert "待签发：森林火灾应急预案第 1 版" in text_of(client, "/")
    page = text_of(client, f"{PLAN}1/approve/")
    assert ("政府办公室" in page, "有关应急指挥机构" in page, "党委和政府" in page) == (
        True,
        True,
        False,
    )


def test_the_office_is_reminded_of_filing_by_working_days(at):
    lives.issued()
    client = office_client()
    assert "应于 2026-10-30 前备案" not in text_of(client, "/")

    at("2026-10-26T09:00")
    assert "应于 2026-10-30 前备案，还有 4 个工作日" in text_of(client, "/")
    at("2026-11-03T09:00")
    page = text_of(client, "/")
    assert "应于 2026-10-30 前备案，已超 2 个工作日" in page
    assert 'class="red"' in page


def test_a_year_without_a_calendar_is_said_to_have_none(at):
    at("2031-12-20T10:00")
    lives.issued()
    client = office_client()

    for address in (f"{PLAN}1/", "/plans/register/", "/plans/calendar/", "/"):
        assert "未维护工作日历" in text_of(client, address), address


def test_the_register_lists_every_version_and_what_falls_due_next():
    lives.filed(lives.published(lives.issued()))
    lives.draft(FOREST + "\n")

    page = text_of(office_client(), "/plans/register/")

    for told in (
        "江政办发〔2026〕12号",
        "2026-09-28 备〔2026〕3号",
        "演练 2029-09-28",
        "草案",
        "专项预案",
    ):
        assert told in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?state=in_force", ["forest-fire", "relief"]),
        ("?state=draft", []),
        ("?kind=special&q=森林", ["forest-fire"]),
        ("?due=late", ["relief"]),
        ("?due=near", ["forest-fire"]),
        ("?since=2026-09-01", ["forest-fire"]),
        ("?sort=next", ["relief", "forest-fire"]),
        ("?sort=-next", ["forest-fire", "relief"]),
        ("?sort=filed", ["forest-fire", "relief"]),
    ],
)
def test_the_register_filters_and_sorts(at, query, shown):
    from datetime import date

    adopt_version(office(), text=RELIEF, issued_on=date(2026, 8, 3))
    lives.filed(lives.issued())
    at("2026-10-25T10:00")

    page = text_of(office_client(), f"/plans/register/{query}")

    places = sorted((page.index(f"/plans/{key}/"), key) for key in shown)
    assert [key for _place, key in places] == shown
    assert page.count("data-row>") == len(shown)


def test_the_register_refuses_what_it_does_not_know(reader):
    assert reader.get("/plans/register/?due=never").status_code == 400


def test_the_register_is_exported(reader):
    lives.issued()

    rows = b"".join(reader.get("/plans/register/?export=csv").streaming_content).decode()

    assert "森林火灾应急预案,1,专项预案,现行,江政办发〔2026〕12号,2026-09-28" in rows
    assert "备案 2026-10-30" in rows


def test_the_register_is_taken_away_as_a_workbook(reader):
    lives.issued()

    response = reader.get("/plans/register/?export=xlsx")

    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet.title == "预案台账"
    assert [cell.value for cell in sheet[2]][:5] == [
        "森林火灾应急预案",
        "1",
        "专项预案",
        "现行",
        "江政办发〔2026〕12号",
    ]


def test_the_calendar_tells_month_by_month_what_falls_due(at):
    lives.issued()
    page = text_of(office_client(), "/plans/calendar/")
    assert ("2026 年 10 月" in page, "2029 年 9 月" in page, "已逾期" in page) == (
        True,
        True,
        False,
    )

    at("2026-11-03T09:00")
    assert "已逾期" in text_of(office_client(), "/plans/calendar/")


@pytest.mark.parametrize(
    "address", ["/plans/register/", "/plans/calendar/", "/plans/opinions/", "/"]
)
def test_pages_take_as_many_queries_for_three_plans_as_for_one(address):
    body = make.body(name="县林业局")
    client = office_client()
    lives.issued(lives.signed())
    adopted(RELIEF)
    lives.asked(body, version=lives.draft(FOREST + "\n"))
    before = asked_of_plans(client, address)
    adopted()
    for text in (RELIEF + "\n", FOREST + "\n\n"):
        lives.asked(body, make.body(), version=lives.draft(text))

    assert before == asked_of_plans(client, address)


def test_a_draft_issued_on_paper_is_entered_as_such():
    lives.draft()

    answer = office_client().post(
        f"{PLAN}1/adopt/",
        {"issued_on": "2026-09-01", "paper": "县办 7 号", "expected_version": 1},
    )

    assert answer.status_code == 303
    page = text_of(office_client(), f"{PLAN}1/")
    assert "登记已经印发的预案，此前各步在纸面办理" in page
    assert "2026-09-01 印发 县办 7 号" in page


PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def pdf(name="复函.pdf"):
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def test_papers_are_put_with_a_plan_and_listed_on_its_page():
    lives.issued()
    client = office_client()

    answer = client.post(
        f"{PLAN}1/attach/", {"given": [pdf("a.pdf"), pdf("b.pdf")], "what": "filing"}
    )

    assert (answer.status_code, answer["Location"]) == (303, f"{PLAN}1/#files")
    page = text_of(client, f"{PLAN}1/")
    assert page.count("备案材料、回执") == 2
    assert "a.pdf" in page


def test_a_unit_answers_with_its_letter():
    unit = make.body(name="县林业局")
    lives.asked(unit)
    opinion, client = Opinion.objects.get(), unit_client(unit)

    answer = client.post(
        f"/plans/opinions/{opinion.pk}/",
        {"answer": "agree", "letters": [pdf()], "expected_version": opinion.version},
    )

    assert answer.status_code == 303
    row = PlanFile.objects.get()
    assert (row.what, row.caption, row.file.name) == ("opinion", "县林业局", "复函.pdf")


def test_a_letter_that_is_no_pdf_is_refused_and_the_answer_waits():
    unit = make.body(name="县林业局")
    lives.asked(unit)
    opinion, client = Opinion.objects.get(), unit_client(unit)
    wrong = SimpleUploadedFile("复函.pdf", b"MZ\x90", content_type="application/pdf")

    answer = client.post(
        f"/plans/opinions/{opinion.pk}/",
        {"answer": "agree", "letters": [wrong], "expected_version": opinion.version},
    )

    assert answer.status_code == 422
    assert not Opinion.objects.get().answer

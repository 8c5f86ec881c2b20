import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.documents import DOCX, Table, read_docx
from liandong.kernel.permissions import Role
from liandong.messaging import actions as messaging
from liandong.plans.adapters.wording import CONTACT_HEAD
from liandong.plans.models import Manuscript, PlanFile
from liandong.plans.queries import guesses_of
from tests.documents.papers import paper
from tests.factories import organization as make
from tests.organization.browser import entered
from tests.people import office
from tests.plans.county_papers import written
from tests.plans.example import FOREST
from tests.plans.people import adopted, office_client

pytestmark = pytest.mark.django_db


def contacts(client):
    answer = client.get("/plans/forest-fire/1/word/")
    found = read_docx(b"".join(answer.streaming_content), "a.docx").blocks
    rows = next(
        one.rows
        for one in found
        if isinstance(one, Table) and one.rows[0].cells == CONTACT_HEAD
    )
    return {row.cells[0]: row.cells[1:] for row in rows[1:]}


def test_a_version_comes_as_a_word_file_by_its_name(reader):
    adopted(FOREST)

    answer = reader.get("/plans/forest-fire/1/word/")

    assert (answer.status_code, answer["Content-Type"]) == (200, DOCX)
    assert "attachment" in answer["Content-Disposition"]
    assert "%E7%AC%AC%201%20%E7%89%88.docx" in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_the_page_of_a_plan_leads_to_it(reader):
    adopted(FOREST)

    assert "/plans/forest-fire/1/word/" in reader.get("/plans/forest-fire/").content.decode()


def test_a_version_that_is_not_there_is_not_found(reader):
    assert reader.get("/plans/forest-fire/1/word/").status_code == 404


@pytest.fixture
def police(db):
    """The police, with somebody who can be called."""
    post = make.post(
        "public-security.liaison", at=make.body("public-security", name="县公安局")
    )
    holder = make.person("张三", at=post)
    messaging.add_contact_point(
        office(),
        owner=holder,
        channel="mobile",
        address="13812345678",
    )
    adopted(FOREST)
    return holder


ROW = "县公安局（县公安局联络员）"


def test_the_duty_officer_gets_holders_with_their_telephones(police):
    client = entered(make.holder(Role.DUTY_OFFICER))

    assert contacts(client)[ROW] == ("张三", "13812345678", "")


def test_who_may_not_see_telephones_gets_holders_without(reader, police):
    assert contacts(reader)[ROW] == ("张三", "", "电话按权限未列")


def test_one_sees_ones_own_telephone(police):
    client = entered(make.account(police))

    assert contacts(client)[ROW] == ("张三", "13812345678", "")


def test_a_body_that_the_county_has_not_stands_by_its_key(reader, police):
    assert contacts(reader)["emergency"] == ("", "", "")


def test_it_takes_as_many_queries_for_a_long_plan_as_for_a_short_one(
    reader, police, django_assert_num_queries
):
    longer = FOREST.replace(
        "      - {id: sitrep",
        "      - {id: more, do: order, to: water, text: 送水}\n      - {id: sitrep",
    )
    adopted(longer)
    contacts(reader)
    with CaptureQueriesContext(connection) as short:
        b"".join(reader.get("/plans/forest-fire/1/word/").streaming_content)

    with django_assert_num_queries(len(short)):
        b"".join(reader.get("/plans/forest-fire/2/word/").streaming_content)


# --- in


def sent(client, content, name="预案.docx", **more):
    return client.post("/plans/import/", {"paper": SimpleUploadedFile(name, content), **more})


def test_a_word_file_becomes_a_manuscript_whose_guesses_wait():
    answer = sent(office_client(), written())

    made = Manuscript.objects.get()
    assert (answer.status_code, answer.url) == (303, f"/plans/manuscripts/{made.pk}/")
    assert made.title == "清河县森林火灾应急预案"
    assert all(one.is_open for one in guesses_of(made))
    assert "# 第 20 段“敏感时段发生的森林火灾" in made.text


def test_a_paper_under_the_key_of_a_plan_that_is_there_says_so():
    client = office_client()
    sent(client, written())
    made = Manuscript.objects.get()
    page = f"/plans/manuscripts/{made.pk}/"
    before = client.get(page).content.decode()

    adopted(FOREST.replace("plan: forest-fire", f"plan: {made.key}"))

    words = f"本县已有标识为 {made.key} 的《"
    assert (words in before, words in client.get(page).content.decode()) == (False, True)


def test_bodies_are_known_by_the_county_s_own_register():
    make.body("police", name="清河县公安局", short_name="清河公安")
    text = "甲县森林火灾应急预案\n# 一、Ⅳ级响应\n## 响应措施\n（1）清河公安负责封路，30分钟内完成。"

    sent(office_client(), written(text))

    assert "to: police" in Manuscript.objects.get().text


def test_the_same_file_sent_twice_is_one_manuscript():
    client = office_client()
    key = {"idempotency_key": "0198aaaa-0000-7000-8000-00000000000a"}

    content = written()  # written again, a second later, it is another file

    first, second = (sent(client, content, **key) for _time in range(2))

    assert first.url == second.url
    assert Manuscript.objects.count() == 1


REFUSED = {
    "an old .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "旧的 .doc 格式"),
    "a PDF": (b"%PDF-1.4", "这是 PDF 文件"),
    "cut off": (b"PK\x03\x04", "文件已损坏"),
    "without text": (paper(), "没有文字"),
    "no plan": (paper("会议通知", "定于明日开会。"), "没有读出响应级别"),
    "empty": (b"", "空"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_below_the_field_and_nothing_is_kept(what):
    content, words = REFUSED[what]

    answer = sent(office_client(), content)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Manuscript.objects.count() == 0


def test_a_file_that_is_too_large_is_refused_unread():
    answer = sent(office_client(), b"PK\x03\x04" + b"\x00" * 20 * 1024 * 1024)

    assert (answer.status_code, "文件超过 20 MB" in answer.content.decode()) == (422, True)


def test_without_a_file_it_asks_for_one():
    assert office_client().post("/plans/import/").status_code == 422


def test_who_may_not_draft_is_refused(reader):
    assert reader.get("/plans/import/").status_code == 403
    assert sent(reader, written()).status_code == 403
    assert Manuscript.objects.count() == 0


def test_the_list_of_plans_leads_there_who_may_draft(reader):
    assert "/plans/import/" in office_client().get("/plans/").content.decode()
    assert "/plans/import/" not in reader.get("/plans/").content.decode()


def test_the_paper_it_was_read_from_is_kept_with_the_manuscript():
    content = written()

    sent(office_client(), content, name="示例县预案.docx")

    row = PlanFile.objects.get()
    assert (row.manuscript, row.what) == (Manuscript.objects.get(), "original")
    assert row.file.digest == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("name", ["示例县预案.docx", "示例县预案", "示例县预案.DOCX"])
def test_the_paper_can_be_had_again_where_the_manuscript_is_written(name):
    client = office_client()

    assert sent(client, written(), name=name).status_code == 303

    page = client.get(f"/plans/manuscripts/{Manuscript.objects.get().pk}/?show=document")
    paper = PlanFile.objects.get().file
    assert f"/files/{paper.pk}/" in page.content.decode()
    assert paper.name.lower() == "示例县预案.docx"

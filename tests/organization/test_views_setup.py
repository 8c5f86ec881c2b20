import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.identity import Node
from liandong.kernel.permissions import Role
from liandong.organization import actions
from liandong.organization.models import Body, PostRole
from tests.factories import organization as make
from tests.organization.browser import entered
from tests.organization.test_views_roster import lay

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _node():
    Node.objects.create(division_code="511523", name="江安县", public_key="")


def items(client):
    response = client.get("/setup/")
    assert response.status_code == 200, response.content.decode()
    return {str(one.title): one for one in response.context["items"]}


def test_every_app_says_what_is_missing():
    shown = items(entered(make.system_admin()))

    assert list(shown) == [
        "机构",
        "职责",
        "岗位授权",
        "人员与岗位",
        "联系电话",
        "账号",
        "值班表",
        "测站与阈值",
        "底图",
        "HTTPS",
        "预案",
        "报告时限",
        "通知渠道",
        "试走一遍",
    ]
    assert shown["机构"].lacks == ("模板里的机构缺 81 个", "还没有乡镇（街道）")
    assert shown["账号"].lacks == ("指挥部办公室还没有人能登录，排班、测站、预案都办不了",)


def test_the_system_administrator_lays_out_what_is_missing():
    builder = entered(make.system_admin())

    done = builder.post("/setup/bodies/", {"idempotency_key": "b"})

    assert (done.status_code, done.url) == (303, "/setup/")
    assert Body.objects.filter(key="water").exists()
    assert items(builder)["机构"].lacks == ("还没有乡镇（街道）",)
    assert items(builder)["职责"].said.startswith("80 条仍是模板的通用文本")


def test_the_security_administrator_grants_the_usual_roles():
    guard = entered(make.security_admin())
    entered(make.system_admin()).post("/setup/bodies/", {"idempotency_key": "b"})

    guard.post("/setup/roles/", {"idempotency_key": "r"})

    assert PostRole.objects.filter(post__key="flood-hq.commander").exists()
    assert items(guard)["岗位授权"].is_done


def test_each_administrator_is_told_what_is_anothers():
    shown = items(entered(make.security_admin()))

    first = shown["机构"].links[1]
    assert (first.may, str(first.by)) == (False, "系统管理员")


def test_vacant_posts_are_listed_and_lead_to_their_body():
    entered(make.system_admin()).post("/setup/bodies/", {"idempotency_key": "b"})

    text = entered(make.security_admin()).get("/setup/vacant/").content.decode()

    assert ("总指挥" in text, "/organization/bodies/" in text) == (True, True)


def test_the_checklist_costs_the_same_in_a_large_county(django_assert_num_queries):
    builder = entered(make.system_admin())
    builder.post("/setup/bodies/", {"idempotency_key": "b"})
    builder.get("/setup/")
    with CaptureQueriesContext(connection) as before:
        builder.get("/setup/")
    for number in range(5):
        make.person(f"王{number}", at=make.post())

    with django_assert_num_queries(len(before)):
        builder.get("/setup/")


def test_what_is_empty_is_laid_out_once():
    builder = entered(make.system_admin())

    builder.post("/setup/bodies/", {"idempotency_key": "k"})
    builder.post("/setup/bodies/", {"idempotency_key": "k"})

    assert Body.objects.filter(key="water").count() == 1


@pytest.mark.parametrize(
    "url", ["/setup/", "/setup/vacant/", "/setup/bodies/", "/setup/roles/"]
)
def test_who_may_not_is_refused(url):
    assert entered(make.holder(Role.UNIT_LIAISON)).get(url).status_code == 403


def test_a_duty_the_county_wrote_itself_is_no_longer_initial():
    builder = entered(make.system_admin())
    builder.post("/setup/bodies/", {"idempotency_key": "b"})
    body = Body.objects.get(key="water")
    for phase in ("warning", "response"):
        actions.set_duty(
            make.maker(), body=body, hazard="*", phase=phase, text="守堤", expected_version=1
        )

    assert items(builder)["职责"].said.startswith("78 条")


def test_the_desk_leads_to_the_checklist_until_a_roster_is_laid():
    builder, officer = entered(make.system_admin()), entered(make.holder(Role.DUTY_OFFICER))
    said = "本县还没有建好"

    before = [said in one.get("/").content.decode() for one in (builder, officer)]
    lay(make.person("王伟"))

    assert before == [True, False]
    assert said not in builder.get("/").content.decode()

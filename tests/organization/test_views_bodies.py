import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.permissions import Role
from liandong.organization import actions, queries
from liandong.organization.models import Body
from liandong.organization.states import BodyKind, Phase
from tests.factories import organization as make
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db


@pytest.fixture
def builder():
    return entered(make.system_admin())


def reader():
    return entered(make.holder(Role.UNIT_LIAISON))


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_the_list_shows_every_body_and_filters():
    client = reader()
    make.body(name="县林业局")
    make.body(name="防汛抗旱指挥部", kind=BodyKind.SPECIAL_HEADQUARTERS)

    everything = page(client, "/organization/")
    units = page(client, "/organization/?kind=unit")

    assert ("县林业局" in everything, "防汛抗旱指挥部" in everything) == (True, True)
    assert ("县林业局" in units, "防汛抗旱指挥部" in units) == (True, False)


def test_the_list_costs_the_same_with_more_rows(django_assert_num_queries):
    client = reader()
    client.get("/organization/")
    with CaptureQueriesContext(connection) as before:
        client.get("/organization/")
    for _number in range(3):
        make.body()

    with django_assert_num_queries(len(before)):
        client.get("/organization/")


def test_a_body_shows_posts_holders_and_duties():
    client = reader()
    body = make.body(name="县林业局", aliases=["县绿化委"])
    held, vacant = make.post(at=body, title="局长"), make.post(at=body, title="科长")
    make.person("王平", at=held)
    make.person("赵磊", at=held, is_deputy=True)
    actions.set_duty(
        make.maker(), body=body, hazard="11G", phase=Phase.RESPONSE, text="组织扑救森林火灾"
    )

    text = page(client, f"/organization/bodies/{body.pk}/")

    shown = [word in text for word in ("局长", "王平", "B角", "赵磊", "科长", "空缺")]
    assert shown == [True] * 6
    assert ("组织扑救森林火灾" in text, "县绿化委" in text) == (True, True)
    assert vacant.title in text


def test_a_body_costs_the_same_with_more_posts(django_assert_num_queries):
    client, body = reader(), make.body()
    make.person(at=make.post(at=body))
    url = f"/organization/bodies/{body.pk}/"
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    for _number in range(3):
        make.person(at=make.post(at=body))

    with django_assert_num_queries(len(before)):
        client.get(url)


def test_a_body_that_is_not_there_is_said_so():
    response = reader().get("/organization/bodies/00000000-0000-7000-8000-000000000000/")

    assert response.status_code == 404
    assert "没有这个机构" in response.content.decode()


def test_a_reader_is_offered_no_deeds():
    body = make.body()
    make.post(at=body)

    text = page(reader(), f"/organization/bodies/{body.pk}/")

    assert [word in text for word in ("/rename/", "/roles/", "/appoint/", "/duty/")] == [
        False
    ] * 4


def test_the_builder_sets_up_a_body(builder):
    response = builder.post(
        "/organization/bodies/new/",
        {
            "name": "县林业局",
            "key": "forestry",
            "kind": "unit",
            "management": "county",
            "order": "3",
            "idempotency_key": "k",
        },
    )

    body = queries.body_by_key("forestry")
    assert (response.status_code, response["Location"]) == (
        303,
        f"/organization/bodies/{body.pk}/",
    )
    assert body.short_name == "县林业局"


def test_a_double_click_sets_up_one(builder):
    form = {
        "name": "县林业局",
        "key": "forestry",
        "kind": "unit",
        "management": "county",
        "order": "3",
        "idempotency_key": "k",
    }

    for _click in range(2):
        assert builder.post("/organization/bodies/new/", form).status_code == 303

    assert Body.objects.filter(key="forestry").count() == 1


def test_what_was_typed_stays_when_it_is_refused(builder):
    make.body("forestry")

    response = builder.post(
        "/organization/bodies/new/",
        {
            "name": "县林业和草原局",
            "key": "forestry",
            "kind": "unit",
            "management": "county",
            "order": "3",
        },
    )

    assert response.status_code == 422
    assert "县林业和草原局" in response.content.decode()


def test_a_body_is_renamed_on_its_page(builder):
    body = make.body(name="县安监局")

    builder.post(
        f"/organization/bodies/{body.pk}/rename/",
        {"name": "县应急管理局", "short_name": "县应急局", "expected_version": "1"},
    )

    body.refresh_from_db()
    assert body.name == "县应急管理局"


def test_a_form_without_a_version_is_stale_and_not_an_error(builder):
    body = make.body()

    response = builder.post(
        f"/organization/bodies/{body.pk}/rename/", {"name": "甲", "short_name": "甲"}
    )

    assert response.status_code == 409


def test_a_duty_is_written_and_rewritten(builder):
    body = make.body()
    url = f"/organization/bodies/{body.pk}/duty/"
    builder.post(url, {"hazard": "11A", "phase": "response", "text": "抢险"})

    form = builder.get(f"{url}?hazard=11A&phase=response").context["form"]
    response = builder.post(
        url,
        {
            "hazard": "11A",
            "phase": "response",
            "text": "抢险和转移",
            "expected_version": form.initial["expected_version"],
        },
    )

    assert response.status_code == 303
    assert [duty.text for duty in queries.duties_of(body)] == ["抢险和转移"]


@pytest.mark.parametrize("deed", ["rename", "duty", "posts/new"])
def test_strangers_to_the_structure_are_turned_back(deed):
    body = make.body()

    assert reader().get(f"/organization/bodies/{body.pk}/{deed}/").status_code == 403


def test_a_body_is_put_on_the_map_and_its_page_says_where(builder):
    body = make.body(name="县水利局")
    address = f"/organization/bodies/{body.pk}/"

    form = page(builder, f"{address}locate/")
    builder.post(
        f"{address}locate/",
        {"lon": "112.41", "lat": "27.74", "read_from": "wgs84", "expected_version": "1"},
    )

    assert "点选驻地" in form
    assert "112.410000，27.740000" in page(builder, address)

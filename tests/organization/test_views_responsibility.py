import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.permissions import Role
from liandong.organization import queries
from tests.factories import organization as make
from tests.organization.browser import entered
from tests.organization.test_actions_responsibility import assign

pytestmark = pytest.mark.django_db
URL = "/organization/responsibilities/"
OBJECT = "kind=sharing.reservoir&id=7&name=青山水库"


@pytest.fixture
def office():
    return entered(make.holder(Role.HEADQUARTERS_OFFICE, name="周远"))


def page(client, url=URL):
    response = client.get(url)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_who_answers_for_what_is_assigned_handed_on_and_ended(office):
    wang, li = make.person("王平"), make.person("李梅")

    made = office.post(f"{URL}new/?{OBJECT}", {"role": "patrol", "person": str(wang.pk)})
    [row] = queries.responsibilities_held_by(wang)
    handed = office.post(
        f"{URL}{row.pk}/hand-on/", {"person": str(li.pk), "expected_version": "1"}
    )
    [row] = queries.responsibilities_held_by(li)
    ended = office.post(f"{URL}{row.pk}/end/", {"expected_version": "1"})

    assert [one.status_code for one in (made, handed, ended)] == [303] * 3
    assert queries.responsibilities_of("sharing.reservoir", ["7"]) == {}


def test_nobody_named_is_said_at_the_field(office):
    refused = office.post(f"{URL}new/?{OBJECT}", {"role": "patrol"})

    assert (refused.status_code, "请选人员或岗位" in refused.content.decode()) == (422, True)


def test_an_object_half_named_is_nothing_to_assign(office):
    assert office.get(f"{URL}new/?kind=sharing.reservoir").status_code == 422


def test_what_stands_in_no_register_is_written_out(office):
    wang = make.person("王平")
    said = {"kind": "households", "object_name": "柳湾村三组 河边12户", "role": "evacuation"}

    made = office.post(f"{URL}new/", {**said, "person": str(wang.pk)})
    again = {**said, "object_name": "柳湾村三组河边12户", "person": str(wang.pk)}
    twice = office.post(f"{URL}new/", again)

    assert (made.status_code, twice.status_code) == (303, 422)
    [row] = queries.responsibilities_held_by(wang)
    assert str(row) == "受威胁户组 柳湾村三组 河边12户 转移包保责任人"
    assert "明确责任" in page(office)


def test_what_stands_in_no_register_has_to_be_named(office):
    refused = office.post(f"{URL}new/", {"kind": "road", "role": "patrol"})

    assert refused.status_code == 422


def test_what_nobody_answers_for_any_more_is_listed_and_on_the_desk(office):
    assign(post=make.post(title="巡查员"))
    assign(person=make.person("王平"), object_name="石桥水库", object_id="8")

    text = page(office, f"{URL}?orphaned=1")

    assert ("青山水库" in text, "石桥水库" in text) == (True, False)
    assert "青山水库的巡查责任人待移交" in page(office, "/")


def test_the_list_costs_the_same_with_more_rows(office, django_assert_num_queries):
    assign(person=make.person("王平"))
    office.get(URL)
    with CaptureQueriesContext(connection) as before:
        office.get(URL)
    for n in range(3):
        assign(person=make.person("李梅"), object_id=f"x{n}")

    with django_assert_num_queries(len(before)):
        office.get(URL)


def test_a_person_page_shows_what_they_answer_for(office):
    wang = make.person("王平")
    assign(person=wang)

    assert "青山水库" in page(office, f"/organization/people/{wang.pk}/")


def test_somebody_responsible_is_removed_with_a_successor_only(office):
    wang, li = make.person("王平"), make.person("李梅")
    assign(person=wang)
    url = f"/organization/people/{wang.pk}/remove/"

    refused = office.post(url, {"reason": "退休", "expected_version": "1"})
    done = office.post(
        url, {"reason": "退休", "successor": str(li.pk), "expected_version": "1"}
    )

    assert (refused.status_code, "请选由谁接手" in refused.content.decode()) == (422, True)
    assert done.status_code == 303
    assert "王平" not in page(office, "/organization/people/")

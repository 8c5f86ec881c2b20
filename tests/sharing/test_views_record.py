import io

import pytest
from PIL import Image

from liandong.kernel.permissions import Role
from liandong.sharing.actions import enter_record
from liandong.sharing.models import Inspection, Record
from liandong.sharing.states import RecordState, Sensitivity
from tests.factories import organization as make
from tests.monitoring.counting import queries_of
from tests.sharing.conftest import row
from tests.sharing.people import keeper_of

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
TYPED = {
    "name": "孙家沟滑坡",
    "kind": "geohazard",
    "grade": "2",
    "people": "34",
    "owner": "张三 13900000001",
    "sensitivity": "internal",
    "lon": "105.1",
    "lat": "28.7",
    "read_from": "wgs84",
}


def signed_in(client, role, body=None):
    client.force_login(make.holder(role, at=body), BACKEND)
    return client


@pytest.fixture
def liaison(client, land):
    return signed_in(client, Role.UNIT_LIAISON, land)


@pytest.fixture
def stranger(client, water):
    return signed_in(client, Role.UNIT_LIAISON, water)


def test_a_liaison_enters_what_is_typed(liaison, land):
    page = liaison.get("/sharing/registers/risk_source/new/").content.decode()
    answer = liaison.post("/sharing/registers/risk_source/new/", {**TYPED, "body": land.pk})

    assert "重大危险源 R 值" in page
    assert answer.status_code == 303
    assert Record.objects.get().values == {
        "kind": "geohazard",
        "grade": "2",
        "people": 34,
        "owner": {"name": "张三", "phone": "13900000001"},
    }


def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(liaison, land):
    wrong = {**TYPED, "body": land.pk, "people": "很多", "grade": ""}

    answer = liaison.post("/sharing/registers/risk_source/new/", wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "看不懂“很多”" in page
    assert "请填写这一项" in page
    assert 'value="孙家沟滑坡"' in page


def test_the_page_shows_all_to_the_unit(liaison, slope):
    page = liaison.get(f"/sharing/records/{slope.number}/").content.decode()

    assert "13900000001" in page
    assert "核实无变化" in page


def test_others_see_neither_phone_nor_buttons_nor_forms(stranger, slope):
    page = stranger.get(f"/sharing/records/{slope.number}/").content.decode()

    assert "13900000001" not in page
    assert "核实无变化" not in page
    for deed in ("change", "confirm", "withdraw", "restore", "attach", "inspect", "outline"):
        assert stranger.get(f"/sharing/records/{slope.number}/{deed}/").status_code == 403


def test_a_restricted_record_is_not_there_for_others(stranger, land):
    kept = enter_record(
        keeper_of(land), kind="risk_source", row=row(land, sensitivity=Sensitivity.RESTRICTED)
    )

    assert stranger.get(f"/sharing/records/{kept.number}/").status_code == 404


def test_a_change_is_seen_in_the_history_in_words(liaison, slope, land):
    url = f"/sharing/records/{slope.number}/change/"
    typed = {
        **TYPED,
        "body": land.pk,
        "grade": "1",
        "reason": "汛后复核",
        "expected_version": "1",
    }

    assert liaison.post(url, typed).status_code == 303

    page = liaison.get(f"/sharing/records/{slope.number}/").content.decode()
    assert "<del>较大风险</del>" in page
    assert "<ins>重大风险</ins>" in page
    assert "汛后复核" in page


def test_an_older_version_is_refused_and_what_was_typed_stays(liaison, slope, land):
    url = f"/sharing/records/{slope.number}/change/"

    answer = liaison.post(url, {**TYPED, "body": land.pk, "expected_version": "9"})

    assert answer.status_code == 409
    assert "刚被别人改过" in answer.content.decode()


def test_it_is_confirmed_withdrawn_and_restored(liaison, slope):
    base = f"/sharing/records/{slope.number}/"

    assert liaison.post(base + "confirm/", {"expected_version": "1"}).status_code == 303
    gone = {"expected_version": "2", "reason": "销号"}
    assert liaison.post(base + "withdraw/", gone).status_code == 303
    assert "已撤销" in liaison.get(base).content.decode()
    back = {"expected_version": "3", "reason": "误撤"}
    assert liaison.post(base + "restore/", back).status_code == 303

    assert Record.objects.get().state == RecordState.CURRENT


def test_an_extent_is_drawn_point_by_point(liaison, slope):
    points = "105.1,28.7\n105.2,28.7\n105.2,28.8"
    url = f"/sharing/records/{slope.number}/outline/"

    answer = liaison.post(url, {"points": points, "read_from": "wgs84"})

    assert answer.status_code == 303
    assert Record.objects.get().extent["type"] == "Polygon"


def test_two_points_are_no_extent(liaison, slope):
    url = f"/sharing/records/{slope.number}/outline/"

    answer = liaison.post(url, {"points": "105.1,28.7\n105.2,28.7", "read_from": "wgs84"})

    assert answer.status_code == 422


def test_a_photograph_is_attached_and_seen(liaison, slope):
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(picture, "JPEG")
    picture.seek(0)
    picture.name = "现场.jpg"
    url = f"/sharing/records/{slope.number}/attach/"

    assert liaison.post(url, {"given": picture}).status_code == 303

    assert "现场.jpg" in liaison.get(f"/sharing/records/{slope.number}/").content.decode()


def test_an_inspection_is_written_down_and_mended(liaison, slope):
    base = f"/sharing/records/{slope.number}/"
    found = {
        "done_on": "2026-01-05",
        "by": "王五",
        "found": "排水沟堵",
        "mend_by": "2026-02-01",
        "expected_version": "1",
    }
    assert liaison.post(base + "inspect/", found).status_code == 303
    one = Inspection.objects.get()
    assert "整改" in liaison.get(base).content.decode()

    done = {"mended_on": "2026-01-20", "mended": "已清淤", "expected_version": "1"}
    assert liaison.post(f"{base}inspections/{one.pk}/mended/", done).status_code == 303

    assert "已清淤" in liaison.get(base).content.decode()


def test_a_page_costs_the_same_however_long_its_history(liaison, slope, land):
    url = f"/sharing/records/{slope.number}/"
    liaison.get(url)
    one = queries_of(liaison, url)
    change = {**TYPED, "body": land.pk}
    for version, grade in ((1, "1"), (2, "3"), (3, "4")):
        sent = {**change, "grade": grade, "expected_version": str(version)}
        assert liaison.post(url + "change/", sent).status_code == 303
    liaison.get(url)

    assert queries_of(liaison, url) == one


def test_who_answers_for_it_stands_on_its_page(client, land, slope):
    signed_in(client, Role.HEADQUARTERS_OFFICE, land)
    page = f"/sharing/records/{slope.number}/"
    assert "还没有明确到人" in client.get(page).content.decode()

    address = client.get(page).content.decode().split("/organization/responsibilities/new/?")[1]
    query = address.split('"')[0].replace("&amp;", "&")
    person = make.person("周巡查", at=make.post(at=land, title="护坡员"))
    answer = client.post(
        f"/organization/responsibilities/new/?{query}", {"role": "patrol", "person": person.pk}
    )

    assert answer.status_code == 303
    assert "周巡查" in client.get(page).content.decode()

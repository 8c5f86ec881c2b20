import pytest

from liandong.kernel.permissions import Role
from liandong.monitoring.models import StatisticForm
from tests.factories import organization as make
from tests.monitoring.filed import asked
from tests.sharing.test_views_record import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-07-13T08:00")


@pytest.fixture
def clerk(client, office):
    return signed_in(client, Role.HEADQUARTERS_OFFICE, office)


def sent(office, **more):
    return {
        "name": "燃气巡检周报",
        "key": "gas",
        "items": "甲 | 户\n乙 | 处",
        "period": "weekly",
        "office": str(office.pk),
        "due_days": "1",
        "due_time": "10:00",
        "ends_weekday": "7",
        "remind_hours": "24",
        "leader_hours": "2",
        "office_hours": "24",
        **more,
    }


def test_a_form_that_comes_along_finds_its_units(clerk, cdc):
    health = make.body("health", name="县卫生健康局")

    page = clerk.get("/monitoring/filings/new/?template=cdc-weekly").content.decode()

    assert "flu: 流感样病例 | 例 | 整数" in page
    assert page.count("checked") == 2
    assert f'value="{health.pk}" id' in page or str(health.pk) in page


def test_it_is_laid_down_and_changed(clerk, office, cdc):
    made = clerk.post("/monitoring/filings/new/", sent(office, filers=[str(cdc.pk)]))
    row = StatisticForm.objects.get()

    changed = clerk.post(
        "/monitoring/filings/gas/edit/",
        sent(office, filers=[str(cdc.pk)], name="燃气周报", expected_version=row.version),
    )

    assert (made.status_code, changed.status_code) == (303, 303)
    assert StatisticForm.objects.get().name == "燃气周报"
    assert "i1: 甲" in clerk.get("/monitoring/filings/gas/edit/").content.decode()


def test_a_line_that_is_no_item_and_nobody_to_file_are_said_at_their_fields(clerk, office):
    wrong = clerk.post("/monitoring/filings/new/", sent(office, items="甲 | 户 | 分数"))
    nobody = clerk.post("/monitoring/filings/new/", sent(office))

    assert "第 1 行：类型应为" in wrong.content.decode()
    assert "请选择报送单位" in nobody.content.decode()


def test_it_is_withdrawn(clerk, office, cdc):
    form = asked(office, [cdc])

    answer = clerk.post(
        "/monitoring/filings/cdc-weekly/withdraw/",
        {"reason": "并入日报", "expected_version": form.version},
    )

    assert answer.status_code == 303
    assert "已停用" in clerk.get("/monitoring/filings/cdc-weekly/").content.decode()

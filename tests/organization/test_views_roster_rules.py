import pytest

from liandong.kernel.permissions import Role
from liandong.organization import queries
from liandong.organization.models import RosterRule, Shift
from tests.factories import organization as make
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db
URL = "/organization/roster/rules/"


@pytest.fixture
def office(at):
    at("2026-09-20T09:00")
    return entered(make.holder(Role.HEADQUARTERS_OFFICE, name="周远"))


def page(client, url=URL):
    response = client.get(url)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def filled(*names, **more):
    return {
        "name": "值班",
        "role": "officer",
        "days": "every",
        "at": "08:30",
        "hours": "24",
        "people": "\n".join(names),
        **more,
    }


def test_a_rule_is_set_previewed_and_laid(office):
    for name in ("王伟", "李敏"):
        make.person(name)

    made = office.post(f"{URL}new/", filled("王伟", "李敏"))
    preview = page(office, f"{URL}?since=2026-10-01&days=2")
    laid = office.post(URL, {"since": "2026-10-01", "days": "2"})

    assert (made.status_code, laid.status_code) == (303, 303)
    assert "王伟 → 李敏" in preview
    names = [one.person.name for one in Shift.objects.order_by("from_at")]
    assert names == ["王伟", "李敏"]


def test_a_rule_is_changed_and_given_up(office):
    for name in ("王伟", "李敏"):
        make.person(name)
    office.post(f"{URL}new/", filled("王伟"))
    rule = RosterRule.objects.get()

    assert "王伟" in page(office, f"{URL}{rule.pk}/")
    office.post(f"{URL}{rule.pk}/", filled("李敏", "王伟", expected_version="1"))
    rule.refresh_from_db()
    done = office.post(f"{URL}{rule.pk}/withdraw/", {"expected_version": str(rule.version)})

    assert (len(rule.queue), done.status_code, queries.roster_rules()) == (2, 303, [])


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (("没有的人",), "通讯录里没有没有的人"),
        (("王伟", "王伟"), "同一个人写了两次"),
        (("同名",), "有 2 个人叫同名"),
    ],
)
def test_names_that_do_not_fit_are_said(office, names, word):
    for name in ("王伟", "同名", "同名"):
        make.person(name)

    refused = office.post(f"{URL}new/", filled(*names))

    assert (refused.status_code, word in refused.content.decode()) == (422, True)


def test_a_calendar_is_entered_by_spans_of_days(office):
    sent = {"year": "2027", "basis": "国办发明电〔2026〕1号", "workdays": "2027-02-20"}

    wrong = office.post(
        "/organization/roster/calendar/", {**sent, "holidays": "2027-02-30、元旦"}
    )
    done = office.post(
        "/organization/roster/calendar/",
        {**sent, "holidays": "2027-01-01 至 2027-01-03、2027-02-05 至 2027-02-12"},
    )

    assert (wrong.status_code, done.status_code) == (422, 303)
    [year] = queries.calendar_years()
    assert (len(year.holidays), len(year.workdays)) == (11, 1)
    assert "放假 11 天" in page(office)


def test_a_year_nobody_knows_is_said_on_the_page(office):
    assert "2027 年的放假安排平台没有" in page(office)


def test_a_unit_lays_the_roster_of_its_own_desk():
    body = make.body(name="河口镇", kind="township")
    liaison = make.holder(Role.TOWNSHIP, name="王伟", at=body)
    client = entered(liaison)
    url = f"/organization/bodies/{body.pk}/roster/"
    sent = {
        "role": "officer",
        "since": "2026-07-01",
        "days": "2",
        "at": "08:30",
        "hours": "24",
        "people": "王伟",
    }

    done = client.post(f"{url}lay/", sent)
    again = client.post(f"{url}lay/", sent)

    assert (done.status_code, again.status_code) == (303, 303)
    assert Shift.objects.filter(withdrawn_at=None, body=body).count() == 2
    assert "王伟" in page(client, f"{url}?month=2026-07")
    assert "王伟" not in page(client, "/organization/roster/?month=2026-07").split("<main")[1]

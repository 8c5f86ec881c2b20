import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from liandong.kernel.identity import Node
from liandong.kernel.permissions import Role
from liandong.messaging.models import CallListing, ContactPoint
from liandong.organization.models import Intake
from tests.documents.workbooks import workbook
from tests.factories import organization as make
from tests.messaging.callees import TOWN, listed, seat
from tests.messaging.people import LONG_AGO, person
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db
HOME = "/messages/call-outs/list/"
URL = f"{HOME}sheet/"
HEAD = (
    "层级",
    "区划代码",
    "地方",
    "单位",
    "岗位",
    "姓名",
    "手机",
    "灾种",
    "起叫级别",
    "替补",
    "上门人",
)
VILLAGE = (
    "村",
    "610725101201",
    "沔阳镇一村",
    "",
    "",
    "王伟",
    "",
    "暴雨、山洪",
    "黄色",
    "",
    "李敏",
)
POST = ("乡镇", "610725101", "沔阳镇", "县水利局", "联络员", "", "", "", "", "", "")


@pytest.fixture
def office(db):
    Node.objects.create(division_code="610725", name="勉县", public_key="")
    water = make.body("water", name="勉县水利局", short_name="县水利局")
    make.post("liaison", at=water, title="联络员")
    make.person("王伟")
    make.person("李敏")
    return entered(make.holder(Role.HEADQUARTERS_OFFICE, at=make.body(name="县防办")))


def upload(client, *rows):
    return client.post(URL, {"sheet": SimpleUploadedFile("叫应.xlsx", workbook(HEAD, *rows))})


def take(client, *rows):
    sent = upload(client, *rows)
    looked = client.get(sent.url)
    assert not looked.context["draft"].findings, looked.context["draft"].findings
    return client.post(sent.url, {"seen": looked.context["draft"].fingerprint})


def test_a_list_is_looked_at_and_taken_in_by_person_and_by_post(office):
    done = take(office, VILLAGE, POST)

    assert (done.status_code, done.url) == (303, HOME)
    village, town = CallListing.objects.order_by("-tier")
    assert (village.person.name, village.superior.name, village.from_urgency) == (
        "王伟",
        "李敏",
        2,
    )
    assert village.hazards == ["11B03", "11A"]
    assert (town.post.title, town.person, town.from_urgency) == ("联络员", None, 3)
    assert Intake.objects.get().kind == "call_list"


def test_the_same_sheet_again_changes_nothing_and_a_changed_line_is_changed(office):
    take(office, VILLAGE)
    again = office.get(upload(office, VILLAGE).url).context["draft"]
    take(office, (*VILLAGE[:8], "红", *VILLAGE[9:]))

    assert (again.new, again.changed, again.same) == (0, 0, 1)
    assert CallListing.objects.get().from_urgency == 4


def test_each_wrong_cell_is_named(office):
    make.person("王伟")
    page = office.get(
        upload(
            office,
            ("省", "61072", "某地", "", "", "没有的人", "", "地外", "紫", "", ""),
            VILLAGE,
            ("村", "610725101", "某地", "县水力局", "联络员", "", "", "", "", "", ""),
            ("村", "610725101", "某地", "县水利局", "船长", "", "", "", "", "", ""),
            ("村", "610725101", "某地", "", "", "", "", "", "", "", ""),
        ).url
    )

    said = [str(one) for one in page.context["draft"].findings]
    assert len(said) >= 9
    text = page.content.decode()
    for words in (
        "层级应是",
        "区划代码应是",
        "没有灾种",
        "起叫级别应是",
        "通讯录里没有",
        "2 个人叫王伟",
        "没有叫",
        "没有岗位",
        "请填姓名",
    ):
        assert words in text
    assert "确认导入" not in text


def test_people_of_one_name_are_told_apart_by_their_mobile(office):
    other = make.person("王伟")
    ContactPoint.objects.create(person=other, channel="mobile", address="13900000009")

    take(office, (*VILLAGE[:6], "13900000009", *VILLAGE[7:]))

    assert CallListing.objects.get().person == other


def test_gaps_are_named(office):
    make.body("empty", name="空镇人民政府", kind="township", division_code="610725109")
    listed("没电话", numbers=[], area=f"{TOWN}201")
    vacant = seat("镇长")
    vacant.post.appointments.update(until_at=LONG_AGO)

    page = office.get(HOME).content.decode()

    assert "1 个地方没有人" in page
    assert "1 个岗位空缺" in page
    assert "1 人没有可用的电话" in page


def test_somebody_is_taken_off_the_list(office):
    row = listed("甲")
    url = f"{HOME}{row.pk}/retire/"

    done = office.post(url, {"expected_version": 1, "idempotency_key": "k"})
    again = office.post(url, {"expected_version": 2, "idempotency_key": "l"})

    row.refresh_from_db()
    assert (done.status_code, again.status_code) == (303, 404)
    assert row.retired_at is not None


def test_the_blank_list_is_handed_out(office):
    assert office.get(f"{HOME}blank/").status_code == 200


def test_whoever_does_not_keep_the_list_does_not_change_it(office):
    liaison = entered(make.holder(Role.UNIT_LIAISON, name="外人"))

    assert liaison.get(URL).status_code == 403
    assert liaison.get(HOME).status_code == 403
    assert person("x").pk

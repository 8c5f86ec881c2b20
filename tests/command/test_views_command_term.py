import pytest
from django.urls import reverse

from liandong.command.actions import finish_order
from liandong.command.models import CommandTerm, Decision, Order, SuperiorOrder
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.journal.models import Entry
from liandong.kernel.journal.sequencing import sequence
from liandong.kernel.upkeep.erasing import erase_payload
from tests.command import county as places
from tests.people import auditor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_node")]  # commanders come in


def url(name, *args):
    return reverse(f"command:{name}", args=args)


def given(county, flood, **more):
    said = {
        "level": "city",
        "headquarters": places.CITY,
        "paper": "示防指〔2030〕3号",
        "reason": "跨县洪水",
        "liaison": str(county.posts["office"].pk),
        "keeps": "转移安置",
        "expected_version": flood.version,
    }
    return said | more


def test_command_is_handed_over_on_its_page_and_shown_wherever_one_looks(enter, county, flood):
    client = enter("chief")

    sent = client.post(url("command", flood.pk), given(county, flood))

    term = CommandTerm.objects.get()
    pages = [
        url("room", flood.pk),
        url("wall"),
        url("situation", flood.pk),
        url("command_term", term.pk),
    ]
    assert (sent.status_code, sent["Location"]) == (303, pages[0])
    for page in pages:
        assert places.CITY in client.get(page).content.decode(), page
    assert "转移安置" in client.get(pages[0]).content.decode()


def test_what_was_typed_stays_when_nothing_proves_it(enter, county, flood):
    sent = enter("chief").post(url("command", flood.pk), given(county, flood, paper=""))

    page = sent.content.decode()
    assert sent.status_code == 422
    assert "没有文号时须填写通知人" in page
    assert "转移安置" in page
    assert not CommandTerm.objects.exists()


def test_of_two_commanders_with_the_page_open_the_second_is_told(enter, county, flood):
    said = given(county, flood)
    enter("chief").post(url("command", flood.pk), said)

    late = enter("deputy").post(
        url("command", flood.pk), said | {"level": "province", "headquarters": "省防指"}
    )

    assert late.status_code == 409
    assert "刚被别人改过" in late.content.decode()
    assert CommandTerm.objects.get().headquarters == places.CITY


def test_the_sheet_is_told_again_as_it_was_when_command_passed(enter, county, flood, order):
    places.order(county.office, flood, county.posts["riverside"], text="转移柳湾 63 人")
    gone = places.order(county.office, flood, county.posts["weather"], text="加密预报")
    sequence(epoch=1)
    client = enter("chief")
    assert "加密预报" in client.get(url("command_sheet", flood.pk)).content.decode()

    term = places.hand_over(county, flood)
    sequence(epoch=1)
    places.order(county.office, flood, county.posts["water"], text="移交以后的指令")
    sequence(epoch=1)

    page = client.get(url("command_term", term.pk)).content.decode()
    assert "转移柳湾 63 人" in page
    assert "移交以后的指令" not in page
    assert "在办 1，已完成 0" in page
    entry = Entry.objects.get(name="command.order_issued", subject_id=str(gone.pk))
    erase_payload(auditor(), entry=entry.pk, reason="《突发事件应对法》第八十五条")
    page = client.get(url("command_term", term.pk)).content.decode()
    assert "加密预报" not in page
    assert "内容已依法销毁" in page


def test_a_superiors_words_become_an_order_of_the_county(enter, county, flood):
    places.hand_over(county, flood)
    client = enter("officer")
    form = client.get(url("receive_superior_order", flood.pk)).content.decode()
    assert "下达机构" not in form

    said = {"words": "打开柳湾闸", "told_by": "沈主任", "read_back": "打开柳湾闸"}
    client.post(url("receive_superior_order", flood.pk), said)

    word = SuperiorOrder.objects.get()
    page = f"{url('issue', flood.pk)}?cites={word.pk}"
    assert "打开柳湾闸</textarea>" in client.get(page).content.decode()
    client.post(
        page,
        {
            "to_post": str(county.posts["water"].pk),
            "text": "打开柳湾闸",
            "superior_order": str(word.pk),
            "acknowledge_within": "10",
        },
    )
    order = Order.objects.get()
    assert order.superior_order == word
    assert "1 条指令在办" in client.get(url("room_superior", flood.pk)).content.decode()
    cited = enter("water").get(url("order", order.pk)).content.decode()
    assert "上级指令 1" in cited


def test_the_desk_asks_to_pass_on_and_to_report_back(enter, county, flood):
    word = places.told(county, flood, headquarters="市政府")
    client = enter("officer")

    assert "上级指令待落实" in client.get("/").content.decode()
    order = places.order(county.office, flood, county.posts["water"], superior_order=word)
    assert "上级指令待" not in client.get("/").content.decode()
    order = places.accepted(county.water, order)
    finish_order(county.water, order=order, text="闸已开", expected_version=order.version)
    assert "上级指令待回报" in client.get("/").content.decode()
    said = {"text": "闸已开", "reported_to": "市政府值班室", "expected_version": 1}
    client.post(url("report_superior_order", word.pk), said)
    page = client.get(url("superior_order", word.pk)).content.decode()
    assert "已回报" in page
    assert "闸已开" in page


def test_a_decision_to_end_names_the_superiors_word(enter, county, flood, version):
    places.decide(county.office, flood, version)
    flood.refresh_from_db()
    places.hand_over(county, flood)
    word = places.told(county, flood, "同意终止")
    page = f"{url('decide', flood.pk)}?plan={version.key}"
    client = enter("office")
    asked = client.get(page).content.decode()
    said = {"kind": "end", "level": "", "expected_version": flood.version}

    refused = client.post(page, said)
    client.post(page, said | {"superior_order": str(word.pk)})

    assert "降级和终止须有上级指令" in asked
    assert refused.status_code == 422
    assert Decision.objects.filter(kind="end", state="made").get().superior_order == word


@pytest.mark.parametrize("many", [1, 3])
def test_the_part_asks_as_often_for_three_words_as_for_one(
    many, enter, county, flood, django_assert_max_num_queries
):
    places.hand_over(county, flood)
    for _one in range(many):
        places.told(county, flood)
    client = enter("officer")
    client.get(url("room_superior", flood.pk))

    with django_assert_max_num_queries(14):
        client.get(url("room_superior", flood.pk))


def test_strangers_get_no_page_of_it(enter, county, flood):
    term, word = places.hand_over(county, flood), places.told(county, flood)
    client = enter("bystander")

    for page in (url("command_term", term.pk), url("superior_order", word.pk)):
        assert client.get(page).status_code == 404


def test_a_report_written_under_a_superior_says_who_commands(enter, county, flood, version):
    places.decide(county.office, flood, version)
    flood.refresh_from_db()
    places.hand_over(county, flood)
    report = flood.reports.filter(kind="follow_up").get()

    enter("officer").post(
        url("report", report.pk), {"element_trend": "水位上涨", "expected_version": 1}
    )

    report.refresh_from_db()
    assert "指挥：现由市级指挥（示例市防汛抗旱指挥部）统一指挥" in report.text
    assert (report.to, clock.now(ACTUAL) > report.drafted_at) == (places.CITY, True)

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liandong.command.actions import (
    decide_item,
    give_opinion,
    open_consultation,
    record_minutes,
)
from liandong.command.models import Consultation, ConsultationItem, ConsultationOpinion, Order
from liandong.documents import read_docx
from tests.command import county as places

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"command:{name}", args=args)


@pytest.fixture
def meeting(county, flood):
    posts = [county.posts["deputy"], county.posts["water"]]
    return open_consultation(county.office, incident=flood, attendees=posts, place="会商室")


@pytest.fixture
def seat(county, meeting):
    return meeting.attendees.get(post=county.posts["water"])


@pytest.fixture
def item(county, meeting):
    owner = county.posts["water"]
    return decide_item(
        county.office, consultation=meeting, decision="预泄腾库", owner=owner, by="今晚"
    )


def shown(client, name, *args, **query):
    return client.get(url(name, *args), query).content.decode()


def test_whom_the_plan_names_is_chosen_already(enter, county, flood, version):
    places.expert(county, "陈工")

    answer = enter("office").get(url("consult", flood.pk))

    chosen = answer.context["form"]["attendees"].value()
    assert str(county.posts["deputy"].pk) in chosen
    assert "陈工" in answer.content.decode()


def test_a_consultation_is_called_minuted_closed_and_signed(enter, county, flood, demo_node):
    client = enter("office")
    client.post(
        url("consult", flood.pk),
        {"attendees": [county.posts["deputy"].pk], "place": "会商室", "idempotency_key": "k1"},
    )
    made = Consultation.objects.get()

    client.post(
        url("decide_item", made.pk),
        {
            "decision": "预泄腾库",
            "owner": county.posts["water"].pk,
            "by": "08:00 前",
            "idempotency_key": "k2",
        },
    )
    client.post(
        url("consultation", made.pk),
        {"findings": "将超警戒", "expected_version": 1, "idempotency_key": "k3"},
    )
    client.post(
        url("close_consultation", made.pk), {"expected_version": 2, "idempotency_key": "k4"}
    )
    enter("deputy").post(
        url("sign_minutes", made.pk), {"expected_version": 3, "idempotency_key": "k5"}
    )

    made.refresh_from_db()
    assert (made.state, made.signed_by) == ("closed", county.deputy.label)
    text = shown(client, "consultation", made.pk)
    assert "将超警戒" in text
    assert "预泄腾库" in text
    assert "08:00 前" in shown(client, "room_minutes", flood.pk)


def test_whoever_was_called_answers_comes_and_says_what_they_think(enter, county, seat):
    client = enter("water")
    page = url("consultation", seat.consultation_id)
    client.post(
        url("answer_invitation", seat.pk),
        {"answer": "phone", "expected_version": 1, "idempotency_key": "k1"},
    )
    client.post(
        url("join_consultation", seat.pk),
        {"way": "phone", "expected_version": 2, "idempotency_key": "k2"},
    )
    client.post(
        url("give_opinion", seat.pk),
        {
            "stance": "differ",
            "words": "不宜预泄",
            "paper": SimpleUploadedFile("意见.txt", "浸润线偏高".encode()),
            "idempotency_key": "k3",
        },
    )

    text = client.get(page).content.decode()
    seat.refresh_from_db()
    assert (seat.answer, seat.is_there) == ("phone", True)
    assert ConsultationOpinion.objects.get().file.name == "意见.txt"
    for said in ("电话参加", "不宜预泄", "意见.txt", "有不同意见"):
        assert said in text
    client.post(
        url("leave_consultation", seat.pk), {"expected_version": 3, "idempotency_key": "k4"}
    )
    seat.refresh_from_db()
    assert not seat.is_there


def test_nobody_is_offered_to_speak_for_another(enter, county, meeting, seat):
    other = meeting.attendees.exclude(pk=seat.pk).get()

    text = shown(enter("water"), "consultation", meeting.pk)

    assert url("give_opinion", seat.pk) in text
    assert url("give_opinion", other.pk) not in text
    assert enter("water").get(url("give_opinion", other.pk)).status_code == 403


def test_an_item_becomes_an_order_with_one_press(enter, county, item):
    client = enter("office")
    page = url("order_item", item.pk)
    form = client.get(page).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}

    answer = client.post(page, data)

    assert answer.status_code == 303, answer.content.decode()[-2000:]
    assert Order.objects.get().text == "预泄腾库（今晚）"
    assert "1号令" in shown(client, "consultation_part", item.consultation_id)


def test_an_item_is_settled_by_its_owner_or_struck_out(enter, county, meeting, item):
    enter("water").post(
        url("settle_item", item.pk),
        {"outcome": "已开闸", "expected_version": 1, "idempotency_key": "k"},
    )
    owner = county.posts["water"]
    other = decide_item(
        county.office, consultation=meeting, decision="略", owner=owner, by="今晚"
    )
    enter("office").post(
        url("withdraw_item", other.pk),
        {"reason": "记错", "expected_version": 1, "idempotency_key": "k"},
    )

    rows = ConsultationItem.objects.all()
    assert [(one.outcome, one.withdrawn_reason) for one in rows] == [
        ("已开闸", ""),
        ("", "记错"),
    ]


def test_the_minutes_are_drafted_from_what_is_on_record(enter, county, meeting, seat):
    give_opinion(county.water, attendee=seat, stance="conditions", words="雨停再定")

    form = enter("office").get(url("consultation", meeting.pk)).context["form"]

    assert form["dissent"].value() == "县水利局 联络员（有条件同意）：雨停再定"


def test_what_was_written_stands_in_the_form_afterwards(enter, county, meeting, seat):
    record_minutes(
        county.office, consultation=meeting, situation="", findings="x", expected_version=1
    )
    give_opinion(county.water, attendee=seat, stance="differ", words="不宜")

    form = enter("office").get(url("consultation", meeting.pk)).context["form"]

    assert (form["findings"].value(), form["dissent"].value()) == ("x", "")


def test_the_pack_stays_as_it_was_and_tells_what_changed_since(enter, county, flood, meeting):
    places.order(county.office, flood, county.posts["water"], text="封闭漫水桥")

    text = shown(enter("officer"), "data_pack", meeting.pk)

    assert "此后有什么变化" in text
    assert "封闭漫水桥" in text.partition("<article")[0]
    assert "封闭漫水桥" not in text.partition("<article")[2]


def test_a_unit_is_not_told_that_what_it_may_not_see_is_gone(enter, county, flood, meeting):
    text = shown(enter("water"), "data_pack", meeting.pk)

    assert "此后有什么变化" not in text
    assert "<article" in text


def test_the_minutes_are_printed_and_written_to_word(enter, county, meeting):
    record_minutes(
        county.office,
        consultation=meeting,
        situation="",
        findings="将超警戒",
        expected_version=1,
    )
    client = enter("officer")

    answer = client.get(url("minutes_word", meeting.pk))

    paper = read_docx(b"".join(answer.streaming_content), "a.docx")
    assert "将超警戒" in "\n".join(getattr(one, "text", "") for one in paper.blocks)
    assert "将超警戒" in shown(client, "minutes", meeting.pk)


def test_more_people_are_called_from_the_page(enter, county, meeting):
    enter("office").post(
        url("widen_consultation", meeting.pk),
        {"attendees": [county.posts["weather"].pk], "idempotency_key": "k"},
    )

    assert meeting.attendees.count() == 3
    part = shown(enter("office"), "consultation_part", meeting.pk, of="attendees")
    assert "县气象局 联络员" in part


@pytest.mark.parametrize("name", ["consultation", "data_pack", "minutes", "minutes_word"])
def test_a_consultation_is_not_shown_to_a_unit_that_was_not_called(
    name, enter, county, flood, order
):
    posts = [county.posts["deputy"]]
    meeting = open_consultation(county.office, incident=flood, attendees=posts)

    assert enter("water").get(url(name, meeting.pk)).status_code == 404


def test_who_was_called_reads_the_minutes_and_does_not_write_them(enter, county, meeting):
    client = enter("water")

    answer = client.post(
        url("consultation", meeting.pk),
        {"findings": "x", "expected_version": 1, "idempotency_key": "k"},
    )

    assert answer.status_code == 403
    assert "<textarea" not in shown(client, "consultation", meeting.pk)


def test_a_paper_that_cannot_be_taken_leaves_what_was_typed(enter, county, seat):
    answer = enter("water").post(
        url("give_opinion", seat.pk),
        {
            "stance": "differ",
            "words": "不宜预泄",
            "paper": SimpleUploadedFile("a.exe", io.BytesIO(b"MZ").read()),
            "idempotency_key": "k",
        },
    )

    assert answer.status_code == 422
    assert "不宜预泄" in answer.content.decode()
    assert not ConsultationOpinion.objects.exists()

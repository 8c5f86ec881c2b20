import pytest

from liandong.kernel import clock
from liandong.kernel.identity import Node
from liandong.kernel.journal.models import Delivery, Entry
from liandong.kernel.realms import Realm
from liandong.messaging import handlers
from liandong.messaging.actions import attempts, mark_read, resend, send_message, stop_call_out
from liandong.messaging.adapters.smtp import Smtp
from liandong.messaging.models import CallAttempt, Callee, ContactPoint, Message, Receipt
from tests.messaging.callees import call, listed, seat
from tests.messaging.people import as_holder, person, post
from tests.messaging.postbox import Postbox
from tests.people import duty_officer

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "上游𠮷水站超警戒——请立即到岗，并核对下游各村转移名单；本标题有意写得很长很长很长"


@pytest.fixture
def postbox(settings, monkeypatch):
    box = Postbox()
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", box.port, 3
    monkeypatch.setattr(handlers, "mail", Smtp())
    box.start()
    yield box
    box.stop()


def send(realm="actual", address="jia@example.gov.cn", **more):
    station = post()
    person("甲", at=station, email=address)
    arguments = {"title": TITLE, "text": "一、到岗。\n.二、报告。\n", **more}
    message = send_message(
        duty_officer(realm=realm),
        to_post=station,
        subject_kind="x",
        subject_id="1",
        audience=["duty"],
        **arguments,
    )
    return message.receipts.get(channel="email")


def again(receipt):
    receipt.refresh_from_db()
    return receipt


def later(work):
    """Let every back-off end, and the resting server be asked again."""
    Delivery.objects.update(retry_at=None)
    handlers.mail.rest_until = float("-inf")
    work()


def drill(*reachable):
    now = clock.real()
    Realm.objects.create(name="drill-1", real_at=now, told_at=now, reachable=list(reachable))


def test_an_email_goes_out_after_the_commit_with_an_id_of_its_receipt(work, postbox):
    receipt = send(urgent=True)
    assert postbox.letters == []

    work()

    [(to, letter)] = postbox.letters
    assert (to, letter["Subject"]) == (["jia@example.gov.cn"], f"【紧急】{TITLE}")
    assert letter["Message-ID"] == f"<{receipt.pk}@localhost>"
    assert letter["Importance"] == "high"
    body = letter.get_content().replace("\r\n", "\n")
    assert "一、到岗。\n.二、报告。" in body
    assert "致：水利局 站长" in body
    assert (again(receipt).state, receipt.attempts, receipt.begun_at) == ("sent", 1, None)
    assert Entry.objects.order_by("id").last().cause.name == "messaging.email_queued"


def test_a_server_that_is_down_loses_nothing_and_shows_its_trouble(work, postbox, caplog):
    postbox.stop()
    receipt = send()

    work()
    assert (again(receipt).state, receipt.attempts, receipt.begun_at) == ("queued", 1, None)
    assert receipt.trouble.startswith("邮件服务器 127.0.0.1 连不上：端口没有应答")
    assert Delivery.objects.count() == 1

    postbox.start()
    later(work)
    assert (again(receipt).state, receipt.attempts, receipt.trouble) == ("sent", 2, "")
    assert (len(postbox.letters), Delivery.objects.count()) == (1, 0)


def test_a_server_that_is_down_is_not_asked_for_every_letter(work, postbox, caplog):
    postbox.stop()
    send()
    work()
    postbox.start()
    other = send(address="yi@example.gov.cn")

    work()

    assert (again(other).state, postbox.letters) == ("queued", [])


def test_a_refused_address_fails_for_good_with_the_servers_words(work, postbox):
    postbox.welcome = "550 no such user"
    receipt = send()

    work()

    assert (again(receipt).state, Delivery.objects.count()) == ("failed", 0)
    assert "550 no such user" in receipt.trouble
    assert "先用电话通知" in receipt.trouble


def test_a_busy_server_is_tried_again(work, postbox, caplog):
    postbox.said = "451 later"
    receipt = send()
    work()
    assert (again(receipt).state, receipt.trouble[:10]) == ("queued", "邮件服务器暂不接收：")

    postbox.said = "250 OK"
    later(work)

    assert again(receipt).state == "sent"


def test_a_line_that_breaks_after_the_letter_is_unknown_and_not_sent_again(work, postbox):
    postbox.said = None
    receipt = send()

    work()
    postbox.said = "250 OK"
    later(work)

    assert (again(receipt).state, len(postbox.letters)) == ("unknown", 1)
    assert "不知是否发出" in receipt.trouble
    assert Entry.objects.order_by("id").last().name == "messaging.outcome_lost"


def test_a_process_that_dies_half_way_leaves_the_receipt_unknown(work, postbox):
    receipt = send()
    attempts.begin(receipt.pk)
    assert again(receipt).is_broken_off

    work()

    assert (again(receipt).state, postbox.letters) == ("unknown", [])
    assert receipt.trouble.startswith("上次发送时程序中断")


def test_a_person_may_send_again_what_is_unknown_under_the_same_id(work, postbox):
    postbox.said = None
    receipt = send()
    work()
    postbox.said = "250 OK"
    again(receipt)

    resend(duty_officer(), receipt=receipt, expected_version=receipt.version)
    work()

    assert again(receipt).state == "sent"
    assert len({letter["Message-ID"] for _to, letter in postbox.letters}) == 1


def test_a_drill_reaches_only_its_list_and_says_that_it_is_one(work, postbox):
    drill("Jia@example.gov.cn")
    listed = send("drill-1")
    stranger = send("drill-1", "yi@example.gov.cn")

    work()

    [(to, letter)] = postbox.letters
    assert (to, letter["Subject"]) == (["jia@example.gov.cn"], f"【演练】{TITLE}")
    assert letter.get_content().startswith("这是演练，不是真实情况。")
    assert (again(listed).state, again(stranger).state) == ("sent", "failed")
    assert "演练名单里没有这个地址" in stranger.trouble


def test_whoever_is_struck_from_a_drills_list_while_a_letter_waits_gets_none(work, postbox):
    drill("jia@example.gov.cn")
    receipt = send("drill-1")
    Realm.objects.update(reachable=[])

    work()

    assert (again(receipt).state, postbox.letters) == ("failed", [])


def test_a_demonstration_says_so(work, postbox):
    Node.objects.create(division_code="000000", name="示范县", public_key="", is_demo=True)
    send()

    work()

    [(_to, letter)] = postbox.letters
    assert letter["Subject"] == f"【示范】{TITLE}"
    assert letter["From"].addresses[0].display_name == "示范县"


def test_a_delivery_that_comes_twice_sends_once(work, postbox):
    receipt = send()
    work()
    fact = type("Fact", (), {"subject_id": str(receipt.pk)})

    handlers.send_email(fact, None)

    assert (len(postbox.letters), Receipt.objects.get(pk=receipt.pk).attempts) == (1, 1)


def test_calls_are_said_on_the_screen_and_by_letter_too(work, at, postbox):
    at("2026-07-14T02:10")
    row = seat(name="镇长")
    ContactPoint.objects.create(
        person=row.post.appointments.get().person, channel="email", address="z@example.gov.cn"
    )
    listed("村支书")

    call()
    work()

    [message] = Message.objects.all()
    assert (message.to_post, message.is_urgent) == (row.post, True)
    assert sorted(message.receipts.values_list("channel", "state")) == [
        ("email", "sent"),
        ("in_app", "sent"),
    ]


def test_whoever_signs_the_message_has_answered(work, at):
    at("2026-07-14T02:10")
    row = seat(name="镇长")
    call()
    work()
    holder = row.post.appointments.get().person

    mark_read(as_holder(holder, row.post), message=Message.objects.get())
    work()

    callee = Callee.objects.get()
    assert (callee.state, callee.way) == ("answered", "in_app")
    assert not CallAttempt.objects.exclude(state="ended").exists()


def test_those_who_were_called_are_told_when_it_is_over(work, at):
    at("2026-07-14T02:10")
    seat(name="镇长")
    made = call()
    work()
    made.refresh_from_db()

    stop_call_out(
        duty_officer(), call_out=made, reason="预警已解除", expected_version=made.version
    )
    work()

    titles = list(Message.objects.order_by("sent_at", "id").values_list("title", flat=True))
    assert titles == ["暴雨橙色预警", "停止叫应：暴雨橙色预警"]

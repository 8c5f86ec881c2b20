import pytest

from liandong.kernel.journal.models import Entry, Payload
from liandong.kernel.problems import Forbidden, Invalid, KeyReused, Missing
from liandong.messaging import queries
from liandong.messaging.actions import mark_delivered, mark_read, send_message
from liandong.messaging.models import Message, Receipt
from liandong.organization.models import Appointment
from tests.messaging.people import as_holder, person, post
from tests.people import duty_officer, visitor

pytestmark = pytest.mark.django_db


def send(actor, to, **more):
    arguments = {
        "to_post": to,
        "title": "上游水位超警戒",
        "text": "请 15 分钟内到岗。",
        "subject_kind": "monitoring.warning",
        "subject_id": "w-1",
        "audience": ["duty"],
    }
    return send_message(actor, **{**arguments, **more})


def names():
    return list(Entry.objects.order_by("id").values_list("name", flat=True))


def test_send_message_tells_the_holder_and_the_deputies(at):
    now = at("2026-07-14T04:07")
    station = post()
    person("丙", at=station, deputy=True)
    person("甲", at=station)

    message = send(duty_officer(), station, urgent=True, incident="i-1", link="/command/1/")

    assert (message.realm, message.sent_at, message.sender) == ("actual", now, "值班员")
    assert message.audience == sorted(["duty", f"post:{station.pk}"])
    shown = [(r.name, r.channel, r.state) for r in message.receipts.order_by("id")]
    assert shown == [("甲", "in_app", "sent"), ("丙", "in_app", "sent")]
    entry = Entry.objects.get()
    assert (entry.name, entry.subject_id, entry.incident) == (
        "messaging.message_sent",
        str(message.pk),
        "i-1",
    )
    assert '"people":["甲","丙"]' in Payload.objects.get().text


def test_send_message_is_refused_for_a_vacant_post_and_names_the_rung_above():
    chief = post("局长")
    station = post("站长", superior=chief)

    with pytest.raises(Invalid) as refused:
        send(duty_officer(), station)

    assert refused.value.place == "水利局 站长"
    assert "上级岗位“水利局 局长”" in refused.value.remedy
    assert (Message.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_person_without_an_account_shows_as_not_reached():
    station = post()
    person("甲", at=station, account=False)

    message = send(duty_officer(), station)

    receipt = message.receipts.get()
    assert (receipt.state, receipt.trouble[:8]) == ("failed", "没有可用的账号。")
    assert names() == ["messaging.message_sent", "messaging.delivery_failed"]


def test_without_a_mail_server_an_email_receipt_says_so_and_what_to_do(settings):
    settings.EMAIL_HOST = ""
    station = post()
    person("甲", at=station, email="jia@example.gov.cn")

    message = send(duty_officer(), station)

    receipt = message.receipts.get(channel="email")
    assert receipt.state == "failed"
    assert receipt.trouble.startswith("未配置邮件服务器。请系统管理员设置 LIANDONG_SMTP_HOST")


def test_with_a_mail_server_emails_wait_to_be_sent_and_no_entry_holds_an_address(settings):
    settings.EMAIL_HOST = "127.0.0.1"
    station = post()
    person("甲", at=station, email="jia@example.gov.cn")

    message = send(duty_officer(), station)

    assert message.receipts.get(channel="email").state == "queued"
    assert names() == ["messaging.message_sent", "messaging.email_queued"]
    assert "example" not in "".join(Payload.objects.values_list("text", flat=True))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " \n "}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"text": "长" * 20_001}, "text"),
        ({"link": "//elsewhere.example/"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
    ],
)
def test_send_message_is_refused_by_rule(wrong, field):
    station = post()
    person("甲", at=station)

    with pytest.raises(Invalid) as refused:
        send(duty_officer(), station, **wrong)

    assert (list(refused.value.fields), Message.objects.count()) == ([field], 0)


def test_send_message_is_refused_without_permission():
    station = post()
    person("甲", at=station)

    with pytest.raises(Forbidden):
        send(visitor(), station)

    assert Message.objects.count() == 0


def test_the_same_key_twice_is_one_message():
    station = post()
    person("甲", at=station)

    first = send(duty_officer(), station, idempotency_key="k")
    again = send(duty_officer(), station, idempotency_key="k")

    assert (first.pk, Message.objects.count(), Receipt.objects.count()) == (again.pk, 1, 1)
    with pytest.raises(KeyReused):
        send(duty_officer(), station, title="别的", idempotency_key="k")


def test_a_message_is_delivered_when_shown_and_read_when_its_reader_says_so(at):
    at("2026-07-14T04:07")
    station = post()
    reader = as_holder(person("甲", at=station), station)
    message = send(duty_officer(), station)

    shown = at("2026-07-14T04:09")
    receipt = mark_delivered(reader, message=message)
    assert (receipt.state, receipt.delivered_at) == ("delivered", shown)

    read = at("2026-07-14T04:10")
    mark_delivered(reader, message=message)
    receipt = mark_read(reader, message=message)
    assert (receipt.state, receipt.delivered_at, receipt.read_at) == ("read", shown, read)

    mark_read(reader, message=message, idempotency_key="k")
    mark_delivered(reader, message=message)
    assert names() == [
        "messaging.message_sent",
        "messaging.message_delivered",
        "messaging.message_read",
    ]


def test_a_deputys_reading_leaves_the_holders_open():
    station = post()
    holder = as_holder(person("甲", at=station), station)
    deputy = as_holder(person("丙", at=station, deputy=True), station)
    message = send(duty_officer(), station)

    mark_read(deputy, message=message)

    assert list(queries.unread_for(holder)) == [message]
    assert queries.unread_count(deputy) == 0


def test_whoever_takes_over_a_post_finds_what_nobody_read():
    station = post()
    person("甲", at=station)
    message = send(duty_officer(), station)
    Appointment.objects.all().delete()
    newcomer = as_holder(person("乙", at=station), station)
    assert list(queries.unread_for(newcomer)) == [message]

    receipt = mark_read(newcomer, message=message)

    assert (receipt.name, receipt.state, queries.unread_count(newcomer)) == ("乙", "read", 0)


@pytest.mark.parametrize("mark", [mark_delivered, mark_read])
def test_a_message_is_not_anybody_elses_to_mark(mark):
    station, other = post(), post("别站站长")
    person("甲", at=station)
    message = send(duty_officer(), station)
    stranger = as_holder(person("乙", at=other), other, scopes=["duty"])

    with pytest.raises(Missing, match="不是发给您的"):
        mark(stranger, message=message)
    with pytest.raises(Forbidden):
        mark(visitor(), message=message)

    assert set(Receipt.objects.values_list("state", flat=True)) == {"sent"}


def test_nothing_crosses_from_a_drill():
    station = post()
    who = person("甲", at=station)
    message = send(duty_officer(realm="drill-1"), station)
    awake, drilled = as_holder(who, station), as_holder(who, station, realm="drill-1")

    with pytest.raises(Missing):
        mark_read(awake, message=message)

    assert (queries.unread_count(awake), queries.unread_count(drilled)) == (0, 1)
    assert list(queries.visible_to(awake)) == []

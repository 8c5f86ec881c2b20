import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.messaging.actions import record_outcome, resend, send_message
from liandong.messaging.permissions import Permission
from liandong.messaging.states import ReceiptState
from tests.messaging.people import person, post
from tests.people import allowed, duty_officer, visitor

pytestmark = pytest.mark.django_db
S = ReceiptState


@pytest.fixture
def receipt(settings):
    settings.EMAIL_HOST = "127.0.0.1"
    station = post()
    person("甲", at=station, email="jia@example.gov.cn")
    message = send_message(
        duty_officer(),
        to_post=station,
        title="到岗",
        text="",
        subject_kind="x",
        subject_id="1",
        audience=["duty"],
    )
    return message.receipts.get(channel="email")


def record(receipt, state, trouble="", actor=None, **more):
    return record_outcome(
        actor or duty_officer(),
        receipt=receipt,
        state=state,
        trouble=trouble,
        **{"expected_version": receipt.version, **more},
    )


@pytest.mark.parametrize(
    ("state", "trouble", "name"),
    [
        (S.SENT, "", "messaging.email_sent"),
        (S.FAILED, "无人接听", "messaging.delivery_failed"),
        (S.UNKNOWN, "中断", "messaging.outcome_lost"),
    ],
)
def test_record_outcome_keeps_what_became_of_an_attempt(receipt, at, state, trouble, name):
    now = at("2026-07-14T04:07")

    record(receipt, state, trouble)

    receipt.refresh_from_db()
    assert (receipt.state, receipt.trouble) == (state, trouble)
    assert receipt.sent_at == (now if state == S.SENT else None)
    assert Entry.objects.order_by("id").last().name == name


def test_a_telephone_call_settles_what_failed(receipt):
    record(receipt, S.FAILED, "550")

    record(receipt, S.DELIVERED)

    assert Entry.objects.order_by("id").last().subject_id == str(receipt.message_id)
    assert receipt.state == S.DELIVERED


def test_a_failure_needs_its_reason(receipt):
    with pytest.raises(Invalid, match="没有写原因"):
        record(receipt, S.FAILED, " ")


def test_nobody_reads_for_another(receipt):
    with pytest.raises(IllegalMove, match="只能由收件人本人签"):
        record(receipt, S.READ)


def test_record_outcome_is_refused_in_a_wrong_state(receipt):
    record(receipt, S.SENT)

    with pytest.raises(IllegalMove):
        record(receipt, S.UNKNOWN, "?")


def test_of_two_who_record_the_second_is_told(receipt):
    record(receipt, S.FAILED, "无人接听")

    with pytest.raises(Stale):
        record(receipt, S.DELIVERED, expected_version=1)


def test_record_outcome_is_refused_to_strangers_and_across_realms(receipt):
    with pytest.raises(Forbidden):
        record(receipt, S.SENT, actor=visitor())
    with pytest.raises(Missing):
        record(receipt, S.SENT, actor=allowed(Permission.RECORD_OUTCOME, scopes={"public"}))
    with pytest.raises(Missing):
        record(receipt, S.SENT, actor=duty_officer(realm="drill-1"))


def test_the_same_key_twice_records_once(receipt):
    first = record(receipt, S.SENT, idempotency_key="k", expected_version=1)
    again = record(receipt, S.SENT, idempotency_key="k", expected_version=1)

    assert (first.pk, Entry.objects.filter(name="messaging.email_sent").count()) == (
        again.pk,
        1,
    )


def test_resend_queues_what_failed_or_is_unknown(receipt):
    record(receipt, S.UNKNOWN, "中断")

    resend(duty_officer(), receipt=receipt, expected_version=receipt.version)

    assert (receipt.state, receipt.trouble, receipt.begun_at) == (S.QUEUED, "", None)
    assert Entry.objects.filter(name="messaging.email_queued").count() == 2


def test_resend_is_refused_for_what_is_on_its_way_and_for_other_channels(receipt):
    in_app = receipt.message.receipts.get(channel="in_app")

    with pytest.raises(IllegalMove, match="不能转为“待发”"):
        resend(duty_officer(), receipt=receipt, expected_version=1)
    with pytest.raises(IllegalMove, match="只有邮件能重发"):
        resend(duty_officer(), receipt=in_app, expected_version=1)


def test_resend_is_refused_while_there_is_no_mail_server(receipt, settings):
    record(receipt, S.FAILED, "550")
    settings.EMAIL_HOST = ""

    with pytest.raises(IllegalMove, match="未配置邮件服务器"):
        resend(duty_officer(), receipt=receipt, expected_version=receipt.version)


def test_resend_is_refused_to_strangers_and_whoever_saw_an_older_version(receipt):
    record(receipt, S.FAILED, "550")

    with pytest.raises(Forbidden):
        resend(visitor(), receipt=receipt, expected_version=2)
    with pytest.raises(Stale):
        resend(duty_officer(), receipt=receipt, expected_version=1)

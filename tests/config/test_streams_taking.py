import pytest

from liandong.config.streams import taking
from liandong.kernel.problems import Stale
from liandong.monitoring.models import Batch, Presence, Reading
from tests.factories import organization as make
from tests.monitoring.conftest import flow, hour  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db(transaction=True)
FLOW = ["gauge-1", "21401550", "flow_m3s"]


@pytest.fixture(autouse=True)
def noon_after(at):
    return at("2012-08-05T12:00")


@pytest.fixture
def gauge(db):
    return make.device()


def said(number, value, *, parts=FLOW, at=None):
    body = f"{hour(number if at is None else at).isoformat()},{value}"
    return taking.message(number, parts, body.encode())


def test_messages_are_their_devices_batch(gauge, flow):  # noqa: F811 -- the fixture
    taking.take("OBS", "早", 0, [said(1, 10), said(2, 11), said(3, "?")])

    batch = Batch.objects.get()
    assert (batch.sender, batch.source) == (gauge.pk, "城关雨量计")
    assert (batch.count, batch.rejected) == (2, 1)
    assert batch.refusals[0]["row"] == 3
    assert taking.position("OBS", "早") == 3


def test_what_is_told_twice_is_taken_once(gauge, flow):  # noqa: F811 -- the fixture
    lot = [said(1, 10)]
    taking.take("OBS", "早", 0, lot)

    with pytest.raises(Stale):
        taking.take("OBS", "早", 0, lot)
    assert Batch.objects.count() == 1


def test_a_packet_sent_again_is_a_duplicate(gauge, flow):  # noqa: F811 -- the fixture
    taking.take("OBS", "早", 0, [said(1, 10), said(2, 10, at=1)])

    batch = Batch.objects.get()
    assert (batch.count, batch.duplicates) == (1, 1)
    assert Reading.objects.count() == 1


def test_a_device_nobody_knows_is_refused_in_the_nodes_own_name(gauge, flow):  # noqa: F811 -- the fixture
    taking.take("OBS", "早", 0, [said(1, 10, parts=["ghost", *FLOW[1:]]), said(2, 11)])

    ghost = Batch.objects.get(source="ghost")
    assert ghost.sender is None
    assert ghost.refusals[0]["problem"] == "没有设备“ghost”，或它已停用。"
    assert Reading.objects.count() == 1


def test_what_a_device_says_of_itself_is_no_batch(gauge):
    status = taking.message(1, ["gauge-1", "status"], "电池 12.1 V\n".encode())

    taking.take("OBS", "早", 0, [status])

    assert Presence.objects.get(pk=gauge.pk).said == "电池 12.1 V"
    assert Batch.objects.count() == 0


@pytest.mark.parametrize("value", ["1e30", "1e999999", "-1e-999999", "NaN", "Infinity"])
def test_no_number_holds_up_those_behind_it(gauge, flow, value):  # noqa: F811 -- the fixture
    taking.take("OBS", "早", 0, [said(1, 10), said(2, value), said(3, 12)])

    assert taking.position("OBS", "早") == 3
    assert Reading.objects.filter(at__in=[hour(1), hour(3)]).count() == 2


def test_what_strays_is_in_the_devices_list(gauge):
    taking.refuse_strays({"gauge-1": {"obs.gauge//2.x"}, "ghost": {"obs"}})

    (refusal,) = Batch.objects.get(sender=gauge.pk).refusals
    assert refusal["problem"] == "设备向不属于它的主题“obs/gauge.2/x”报送，未收。"

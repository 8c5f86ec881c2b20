import pytest

from liandong.demo.county import build_county
from liandong.demo.registers import build_registers
from liandong.sharing.models import Record
from liandong.sharing.queries import condition, today
from liandong.sharing.registers import REGISTERS


@pytest.mark.django_db
def test_every_register_has_something_and_some_of_it_is_stale(at):
    at("2026-07-14T08:00")

    build_registers(build_county(watched=False))

    counts = {kind: Record.objects.filter(kind=kind).count() for kind in REGISTERS}
    assert min(counts.values()) >= 5
    assert sum(counts.values()) >= 150
    assert Record.objects.filter(condition("stale", today())).exists()
    assert Record.objects.filter(condition("expiring", today())).exists()
    assert not Record.objects.filter(kind="shelter", lon=None).exists()

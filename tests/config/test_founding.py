"""What ``init`` and ``restore`` do to the journal at their end."""

import pytest

from liandong.config.founding import chain
from liandong.kernel.journal.checkpoints import heads
from liandong.kernel.journal.models import Delivery, Outbox
from tests.kernel.gauges import MOVE, heard, move
from tests.people import allowed

pytestmark = pytest.mark.django_db


def test_what_was_written_is_chained_and_what_is_owed_waits_for_serve(tmp_path):
    heard.clear()
    move(allowed(MOVE), gauges=[("上游", 1)])

    chain(tmp_path)

    assert (Outbox.objects.count(), Delivery.objects.count(), heard) == (0, 1, [])
    assert [head.position for head in heads(tmp_path / "checkpoints")] == [1]

from datetime import timedelta

import pytest

from liandong.demo.county import build_county
from liandong.demo.roster import lay_roster
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.organization.models import Shift
from liandong.organization.states import ShiftRole


@pytest.mark.django_db
def test_somebody_is_on_duty_and_somebody_leads_for_a_month():
    lay_roster(build_county())

    for days in (0, 15, 28):
        at = clock.now(ACTUAL) + timedelta(days=days)
        on = Shift.objects.filter(from_at__lte=at, until_at__gt=at)
        assert sorted(one.role for one in on) == [ShiftRole.LEADER, ShiftRole.OFFICER]

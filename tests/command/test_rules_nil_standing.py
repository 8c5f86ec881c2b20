from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from liandong.command.models import NilStanding
from liandong.command.rules.nil_standing import next_ring

START = datetime(2028, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 4 * 365 * 24 * 3600).map(lambda n: START + timedelta(seconds=n))


@given(now=MOMENTS, at=st.times())
def test_it_rings_within_a_day_at_its_hour(now, at):
    ring = next_ring(NilStanding(at=at.replace(tzinfo=None)), now)

    assert timedelta() < ring - now <= timedelta(days=1)
    assert ring.time() == at.replace(tzinfo=None)


@given(now=MOMENTS)
def test_it_rings_in_its_season_alone(now):
    season = (date(2030, 5, 1), date(2030, 9, 30))
    ring = next_ring(NilStanding(at=time(17), from_on=season[0], until_on=season[1]), now)

    if ring is None:
        assert now > datetime(2030, 9, 30, 8, tzinfo=UTC)
    else:
        assert season[0] <= ring.date() <= season[1]

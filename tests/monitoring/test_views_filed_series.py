import pytest

from liandong.kernel.permissions import Role
from liandong.monitoring.models import Threshold
from tests.factories import organization as make
from tests.monitoring.filed import asked, filed
from tests.sharing.test_views_record import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-07-13T08:00")


def test_a_bound_is_set_on_what_is_filed(client, office, cdc):
    form = asked(office, [cdc])
    filed(form, cdc)
    url = f"/monitoring/filings/series/{form.stations.get().pk}/"
    clerk = signed_in(client, Role.HEADQUARTERS_OFFICE, office)
    series = form.stations.get().station.series.get(quantity="flu")

    answer = clerk.post(
        f"{url}bound/",
        {"series": series.pk, "level": "橙", "bound": "30", "status": "assumed"},
    )

    assert answer.status_code == 303
    row = Threshold.objects.get()
    assert (row.series, row.level, row.bound) == (series, "橙", 30)
    page = clerk.get(url).content.decode()
    assert "流感样病例" in page
    assert "隔离床位" in page


def test_whoever_does_not_see_the_filings_does_not_see_the_series(client, office, cdc):
    form = asked(office, [cdc])
    filed(form, cdc)
    other = signed_in(client, Role.UNIT_LIAISON, make.body("water", name="县水利局"))

    answer = other.get(f"/monitoring/filings/series/{form.stations.get().pk}/")

    assert answer.status_code == 404

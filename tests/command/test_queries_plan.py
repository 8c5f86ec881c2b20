import pytest

from liandong.command.queries import plans_for
from liandong.command.rules.incident import family
from liandong.plans.queries import shipped_plans, shipped_text
from tests.command.county import plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("hazard", "keys"),
    [
        ("11A01", ["flood-drought", "disaster-relief", "overall"]),
        ("11B03", ["flood-drought", "disaster-relief", "overall"]),
        ("11B04", ["freezing", "disaster-relief", "overall"]),
        ("11B21", ["freezing", "disaster-relief", "overall"]),
        ("11C", ["earthquake", "disaster-relief", "overall"]),
        ("11D01", ["geological", "disaster-relief", "overall"]),
        ("11G01", ["forest-fire", "disaster-relief", "overall"]),
        ("12A", ["hazardous-chemicals", "overall"]),
        ("12D", ["power-outage", "overall"]),
        ("13C", ["public-health", "overall"]),
        ("14A", ["overall"]),
    ],
)
def test_the_plan_of_the_hazard_answers_first_and_the_overall_one_last(hazard, keys):
    for one in shipped_plans():
        plan(shipped_text(one.name))

    assert [version.key for version in plans_for(family(hazard))] == keys

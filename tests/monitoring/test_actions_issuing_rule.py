from dataclasses import replace

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, Invalid, Stale
from liandong.monitoring.actions import drop_issuing_rule, set_issuing_rule
from liandong.monitoring.models import IssuingRule
from tests.factories import organization as make
from tests.people import duty_officer, office

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return make.post(title="指挥长", roles=[Role.COMMANDER])


def names():
    return list(
        Entry.objects.filter(name__startswith="monitoring.issuing").values_list(
            "name", flat=True
        )
    )


def test_it_is_laid_down_once_and_changed_by_the_next(chief, weather):
    first = set_issuing_rule(office(), level="橙", approver=chief, body=weather, hazard="11B")
    again = set_issuing_rule(
        office(), level="橙", approver=chief, body=weather, hazard="11B", minutes=30
    )

    assert first.pk == again.pk
    assert IssuingRule.objects.get().minutes == 30
    assert names() == ["monitoring.issuing_rule_set"] * 2


@pytest.mark.parametrize(
    ("wrong", "field"), [({"level": "紫"}, "level"), ({"minutes": 0}, "minutes")]
)
def test_what_cannot_be_is_refused_by_field(chief, wrong, field):
    with pytest.raises(Invalid) as refused:
        set_issuing_rule(office(), **{"level": "橙", "approver": chief, **wrong})

    assert set(refused.value.fields) == {field}
    assert not IssuingRule.objects.exists()


def test_only_the_office_lays_it_down_and_not_in_a_drill(chief):
    with pytest.raises(Forbidden):
        set_issuing_rule(duty_officer(), level="橙", approver=chief)
    with pytest.raises(Forbidden):
        set_issuing_rule(replace(office(), realm="drill-1"), level="橙", approver=chief)


def test_dropped_it_is_gone_and_told(chief):
    rule = set_issuing_rule(office(), level="橙", approver=chief)

    drop_issuing_rule(office(), rule=rule, expected_version=rule.version)

    assert not IssuingRule.objects.exists()
    assert names()[-1] == "monitoring.issuing_rule_dropped"


def test_who_saw_an_older_version_drops_nothing(chief):
    rule = set_issuing_rule(office(), level="橙", approver=chief)

    with pytest.raises(Stale):
        drop_issuing_rule(office(), rule=rule, expected_version=rule.version + 1)

    assert IssuingRule.objects.exists()

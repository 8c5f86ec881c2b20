from datetime import timedelta

import pytest

from liandong.organization import actions, queries
from tests.factories import organization as make
from tests.organization.journal import told

pytestmark = pytest.mark.django_db


def test_a_deputys_time_begins_and_ends_by_itself(at, work):
    now = at("2026-07-14T18:00")
    account, post = make.account(), make.post()
    actions.appoint(
        make.maker(),
        post=post,
        person=account.person,
        is_deputy=True,
        from_at=now + timedelta(hours=2),
        until_at=now + timedelta(hours=14),
    )
    seen = []

    for hour in ("2026-07-14T19:59", "2026-07-14T20:01", "2026-07-15T08:01"):
        at(hour)
        work()
        seen.append((queries.holders(post), len(told("organization.rights_changed"))))

    assert seen == [([], 1), ([account.person], 2), ([], 3)]
    assert len(told("organization.appointment_ended")) == 1


def test_one_that_was_ended_early_rings_no_more(at, work):
    now = at("2026-07-14T18:00")
    post = make.post()
    chair = make.appointed(
        make.person(), post, is_deputy=True, until_at=now + timedelta(hours=14)
    )
    actions.end_appointment(make.maker(), appointment=chair, expected_version=chair.version)

    at("2026-07-15T09:00")
    work()

    assert len(told("organization.appointment_ended")) == 1

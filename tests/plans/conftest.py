from datetime import UTC, datetime

import pytest
from django.test import Client


@pytest.fixture
def reader(db):
    """A browser of somebody who has signed in and holds no post."""
    from liandong.organization.models import Account, Person

    person = Person.objects.create(name="甲", sort_key="甲")
    account = Account.objects.create(
        username="jia", person=person, created_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    client = Client()
    client.force_login(account)
    return client

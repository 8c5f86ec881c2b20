from datetime import timedelta

import pytest

from liandong.kernel.permissions import Role
from liandong.organization import actions
from liandong.organization.models import Shift, Swap
from tests.factories import organization as make
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db


def page(client, url="/"):
    response = client.get(url)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_a_swap_is_asked_for_and_answered_on_the_pages():
    wang, li = (make.holder(Role.DUTY_OFFICER, name=name) for name in ("王伟", "李敏"))
    first = make.now() + timedelta(days=1)
    turns = actions.by_turns("officer", [wang.person, li.person], first, days=2)
    shift = actions.lay_shifts(make.maker(), shifts=turns)
    asker, asked = entered(wang), entered(li)

    sent = {"person": str(li.person.pk), "reason": "家里有事"}
    made = asker.post(f"/organization/shifts/{shift.pk}/ask-swap/", sent)
    swap = Swap.objects.get()
    both = (page(asker), page(asked))
    done = asked.post(
        f"/organization/swaps/{swap.pk}/answer/", {"agrees": "yes", "expected_version": "1"}
    )

    assert (made.status_code, done.status_code) == (303, 303)
    assert ("您请李敏换班" in both[0], "王伟请您换班" in both[1]) == (True, True)
    assert [one.person.name for one in Shift.objects.order_by("from_at")] == ["李敏", "李敏"]


def test_what_was_asked_is_taken_back_on_the_page():
    wang, li = (make.holder(Role.DUTY_OFFICER, name=name) for name in ("王伟", "李敏"))
    first = make.now() + timedelta(days=1)
    turns = actions.by_turns("officer", [wang.person], first, days=1)
    shift = actions.lay_shifts(make.maker(), shifts=turns)
    asker = entered(wang)
    sent = {"person": str(li.person.pk), "reason": "家里有事"}
    asker.post(f"/organization/shifts/{shift.pk}/ask-swap/", sent)
    swap = Swap.objects.get()

    done = asker.post(f"/organization/swaps/{swap.pk}/withdraw/", {"expected_version": "1"})

    swap.refresh_from_db()
    assert (done.status_code, swap.state) == (303, "withdrawn")

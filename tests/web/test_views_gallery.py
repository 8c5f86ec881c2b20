import pytest
from django.http import Http404

from liandong.kernel.upkeep.permissions import Permission
from liandong.web.views.gallery import components
from tests.people import allowed, duty_officer
from tests.web.asking import ask, text

pytestmark = pytest.mark.django_db


def test_every_component_can_be_drawn():
    html = text(components(ask(actor=allowed(Permission.RETRY_DELIVERY))))

    assert all(
        part in html
        for part in (
            "work-row",
            "order-row",
            "countdown",
            "sign-response",
            "timeline",
            "data-chart",
        )
    )


def test_others_do_not_find_it():
    with pytest.raises(Http404):
        components(ask(actor=duty_officer()))

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from liandong.kernel.permissions import Role
from liandong.organization import queries
from liandong.organization.views.moving import tonight
from tests.factories import organization as make
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def office():
    return entered(make.holder(Role.HEADQUARTERS_OFFICE))


@pytest.mark.parametrize(
    ("now", "until"),
    [("2026-07-14T20:10", "2026-07-15T08:00"), ("2026-07-15T02:00", "2026-07-15T08:00")],
)
def test_tonight_lasts_until_the_morning(now, until):
    at = datetime.fromisoformat(now).replace(tzinfo=HERE)

    assert tonight(at) == (at, datetime.fromisoformat(until).replace(tzinfo=HERE))


def test_somebody_is_moved_and_succeeded(office):
    chair = make.appointed(make.person("王平"), make.post())
    to, successor = make.post(), make.person("李梅")

    answer = office.post(
        f"/organization/appointments/{chair.pk}/move/",
        {"to": str(to.pk), "successor": str(successor.pk), "expected_version": chair.version},
    )

    assert answer.status_code == 303
    assert (queries.holders(to), queries.holders(chair.post)) == ([chair.person], [successor])


def test_a_move_that_empties_a_post_comes_back_with_the_reason(office):
    chair, to = make.appointed(make.person("王平"), make.post()), make.post()

    answer = office.post(
        f"/organization/appointments/{chair.pk}/move/",
        {"to": str(to.pk), "expected_version": chair.version},
    )

    assert answer.status_code == 422
    assert "暂时空缺" in answer.content.decode()


def test_a_deputy_stands_in_tonight(office):
    post, person = make.post(), make.person("李梅")
    page = office.get(f"/organization/posts/{post.pk}/deputy/")
    shown = page.context["form"].initial

    office.post(
        f"/organization/posts/{post.pk}/deputy/",
        {
            "person": str(person.pk),
            "from_at": shown["from_at"].strftime("%Y-%m-%dT%H:%M:%S"),
            "until_at": shown["until_at"].strftime("%Y-%m-%dT%H:%M:%S"),
        },
    )

    [chair] = queries.staffed([post])[post.pk]
    assert (chair.person, chair.is_deputy, chair.until_at) == (person, True, shown["until_at"])
    assert "代班至" in office.get(f"/organization/bodies/{post.body_id}/").content.decode()


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.UNIT_LIAISON])
def test_nobody_else_comes_near(role):
    chair, client = make.appointed(make.person(), make.post()), entered(make.holder(role))

    for path in (f"appointments/{chair.pk}/move/", f"posts/{chair.post_id}/deputy/"):
        assert client.get(f"/organization/{path}").status_code == 403

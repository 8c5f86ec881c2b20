import pytest

from liandong.kernel.actors import EVERYTHING
from liandong.kernel.permissions import Role
from liandong.organization import queries
from tests.factories import organization as make
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db


def test_the_builder_sets_up_a_post_below_another():
    body, above = make.body("forestry"), make.post()
    client = entered(make.system_admin())

    response = client.post(
        f"/organization/bodies/{body.pk}/posts/new/",
        {
            "post_title": "防火办主任",
            "key": "fire-office",
            "superior": str(above.pk),
            "rank": "2",
            "is_liaison": "on",
        },
    )

    post = queries.post_by_key("forestry.fire-office")
    assert response["Location"] == f"/organization/bodies/{body.pk}/"
    assert (post.title, post.superior_id, post.is_liaison) == ("防火办主任", above.pk, True)


def test_the_security_administrator_settles_roles():
    post = make.post()
    client = entered(make.security_admin())

    client.post(
        f"/organization/posts/{post.pk}/roles/",
        {"roles": ["unit_liaison", "expert"], "expected_version": "1"},
    )

    roles = queries.roles_of_post(post)
    assert [(one.role, one.body) for one in roles] == [
        (Role.EXPERT, EVERYTHING),
        (Role.UNIT_LIAISON, EVERYTHING),
    ]


def test_roles_may_be_kept_to_ones_own_body():
    post = make.post()
    client = entered(make.security_admin())

    client.post(
        f"/organization/posts/{post.pk}/roles/",
        {"roles": ["unit_liaison"], "own_body": "on", "expected_version": "1"},
    )

    assert [one.body for one in queries.roles_of_post(post)] == [str(post.body_id)]


def test_somebody_is_appointed_and_dismissed():
    post, person = make.post(), make.person("王平")
    client = entered(make.security_admin())

    client.post(
        f"/organization/posts/{post.pk}/appoint/",
        {"person": str(person.pk), "expected_version": ""},
    )
    [chair] = queries.positions_of(person)
    client.post(f"/organization/appointments/{chair.pk}/end/", {"expected_version": "1"})

    assert queries.is_vacant(post)


def test_a_second_holder_is_refused_and_the_choice_stays():
    post, person = make.post(), make.person("李明")
    make.person("王平", at=post)

    response = entered(make.security_admin()).post(
        f"/organization/posts/{post.pk}/appoint/", {"person": str(person.pk)}
    )

    assert response.status_code == 409
    assert "这个岗位现由王平担任" in response.content.decode()
    assert f'value="{person.pk}" selected' in response.content.decode()


@pytest.mark.parametrize("deed", ["roles", "appoint"])
def test_the_system_administrator_is_turned_back(deed):
    post = make.post()

    response = entered(make.system_admin()).get(f"/organization/posts/{post.pk}/{deed}/")

    assert response.status_code == 403

from datetime import timedelta

import pytest

from liandong.organization import actions, queries
from tests.factories import organization as make

pytestmark = pytest.mark.django_db


def test_holders_are_the_holder_and_then_the_deputies():
    post = make.post()
    deputy = make.person("乙", at=post, is_deputy=True)
    holder = make.person("甲", at=post)

    assert queries.holders(post) == [holder, deputy]


def test_a_post_without_anybody_is_vacant():
    assert queries.is_vacant(make.post())


def test_a_deputy_keeps_a_post_from_being_vacant():
    post = make.post()
    make.person(at=post, is_deputy=True)

    assert not queries.is_vacant(post)


def test_holders_are_those_of_the_moment_asked_for():
    post = make.post()
    now = make.now()
    old = make.person("旧", at=post, from_at=now - timedelta(days=9))
    [chair] = queries.positions_of(old)
    actions.end_appointment(make.maker(), appointment=chair, expected_version=chair.version)
    new = make.person("新", at=post)

    assert queries.holders(post, now - timedelta(days=1)) == [old]
    assert queries.holders(post) == [new]
    assert queries.holders(post, now - timedelta(days=10)) == []


def test_several_posts_are_staffed_in_one_query(django_assert_num_queries):
    posts = [make.post(), make.post(), make.post()]
    people = [make.person(str(n), at=post) for n, post in enumerate(posts[:2])]
    make.now()

    with django_assert_num_queries(1):
        found = queries.staffed(posts)

    chairs = {key: [one.person for one in some] for key, some in found.items()}
    assert chairs == {posts[0].pk: [people[0]], posts[1].pk: [people[1]]}


def test_positions_are_own_chairs_first():
    person = make.person()
    as_deputy = make.appointed(person, make.post(rank=1), is_deputy=True)
    own = make.appointed(person, make.post(rank=2))

    assert queries.positions_of(person) == [own, as_deputy]


def test_people_come_in_chinese_order():
    for name in ("赵磊", "阿布", "李明", "陈静"):
        make.person(name)

    assert [person.name for person in queries.all_people()] == ["阿布", "陈静", "李明", "赵磊"]


def test_a_picker_finds_people_by_part_of_the_name():
    person = make.person("欧阳娜")
    make.person("李明")

    assert queries.find_people("阳") == [person]

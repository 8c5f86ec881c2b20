import pytest

from liandong.kernel.permissions import Role
from liandong.kernel.problems import Missing
from liandong.organization import queries
from liandong.organization.models import Post
from tests.factories import organization as make

pytestmark = pytest.mark.django_db


def test_a_post_is_found_by_its_key():
    headquarters = make.body("flood-hq", name="防汛抗旱指挥部")
    commander = make.post("commander", at=headquarters, title="指挥长")

    assert queries.post_by_key("flood-hq.commander") == commander


def test_an_unknown_key_is_named():
    with pytest.raises(Missing) as refused:
        queries.post_by_key("flood-hq.nobody")

    assert refused.value.place == "flood-hq.nobody"


def test_the_ladder_goes_up_to_the_top():
    top = make.post(title="指挥长")
    middle = make.post(title="副指挥长", superior=top)
    post = make.post(title="科长", superior=middle)

    assert queries.ladder(post) == [middle, top]
    assert queries.ladder(top) == []


def test_a_ladder_tied_into_a_ring_ends():
    first = make.post(title="甲")
    second = make.post(title="乙", superior=first)
    Post.objects.filter(pk=first.pk).update(superior=second)

    assert {post.pk for post in queries.ladder(first)} == {first.pk, second.pk}


def test_a_ladder_is_one_query(django_assert_num_queries):
    post = make.post(superior=make.post(superior=make.post(superior=make.post())))

    with django_assert_num_queries(1):
        assert len(queries.ladder(post)) == 3


def test_posts_come_by_rank():
    bureau = make.body()
    second = make.post(at=bureau, rank=2)
    first = make.post(at=bureau, rank=1)
    make.post()

    assert queries.posts_of_body(bureau) == [first, second]


def test_a_picker_finds_posts_by_title_body_and_holder():
    bureau = make.body(name="县林业局")
    post = make.post(at=bureau, title="防火办主任")
    make.person("钱多多", at=post)
    make.post(title="别的")

    assert queries.find_posts("防火办") == [post]
    assert queries.find_posts("林业") == [post]
    assert queries.find_posts(" 多多 ") == [post]
    assert queries.find_posts("没有的") == []


def test_roles_of_a_person_are_those_of_all_posts():
    person = make.person(at=make.post(roles=[Role.DUTY_OFFICER]))
    make.appointed(person, make.post(roles=[Role.EXPERT]), is_deputy=True)

    assert queries.roles_of_person(person) == {Role.DUTY_OFFICER, Role.EXPERT}

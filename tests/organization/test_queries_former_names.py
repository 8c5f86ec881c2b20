import pytest

from liandong.kernel.divisions import Division
from liandong.organization import queries
from tests.factories import organization as make

PLACE = Division(county="示例县", city="示例市", province="示例省")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("安监局", "县应急管理局"),
        ("县安全生产监督管理局", "县应急管理局"),
        ("示例县国土局", "县自然资源局"),
        ("环保局", "市生态环境局示例分局"),
        ("卫计局", "县卫生健康局"),
    ],
)
def test_a_former_name_finds_who_has_its_work_today(former, today):
    make.body(name="县应急管理局")
    make.body(name="县自然资源局")
    make.body(name="市生态环境局示例分局", short_name="生态环境分局")
    make.body(name="县卫生健康局")

    assert [one.name for one in queries.boards(PLACE).called(former)] == [today]


@pytest.mark.django_db
def test_a_body_that_still_bears_the_name_is_meant_itself():
    make.body(name="县粮食局")
    make.body(name="县发改局")

    assert [one.name for one in queries.boards(PLACE).called("粮食局")] == ["县粮食局"]


@pytest.mark.django_db
def test_searching_by_a_former_name_finds_it_too():
    make.body(name="县应急管理局")

    assert [one.name for one in queries.find_bodies("安监局")] == ["县应急管理局"]


def test_other_names_stay_what_they_are():
    assert queries.names_today("县水利局") == ()

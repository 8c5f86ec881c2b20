import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.actors import Actor
from liandong.kernel.worker import work_until_quiet
from liandong.web.views.search import IN_BOX, search
from tests.factories import organization as make
from tests.people import actor
from tests.web.asking import ask, text

pytestmark = pytest.mark.django_db


def asked(typed=None, *, htmx=True, who=None):
    work_until_quiet(epoch=1)
    data = {} if typed is None else {"q": typed}
    return text(search(ask("/search/", data, actor=who or actor("commander"), htmx=htmx)))


def test_what_was_found_stands_by_kind_and_marked():
    make.body(name="县水利局")
    make.person("水利民")

    shown = asked("sl")

    assert 'aria-label="机构"' in shown
    assert 'aria-label="人员"' in shown
    assert "县<mark>水利</mark>局" in shown
    assert "<mark>水利</mark>民" in shown
    assert shown.count('role="option"') == 2
    assert 'role="status">找到 2 项' in shown


def test_the_page_without_a_script_shows_the_same_as_links():
    body = make.body(name="县水利局")

    shown = asked("水利", htmx=False)

    assert f'href="/organization/bodies/{body.pk}/"' in shown
    assert 'value="水利"' in shown
    assert 'role="option"' not in shown.split('id="found"')[1]


def test_nothing_found_says_what_to_do():
    assert "没有找到" in asked("查无此人")
    assert "换个说法" in asked("查无此人")


def test_nothing_typed_and_nothing_there_is_no_failure():
    assert "没有找到" in asked("")
    assert "换个说法" not in asked("")
    assert 'id="found"' in asked(htmx=False)


def test_what_is_typed_is_shown_as_it_is():
    assert "&lt;script&gt;" in asked("<script>")
    assert "<script>" not in asked("<script>")


@pytest.mark.parametrize(
    "typed", ["县" * 5000, "%", "\\", "'", "a" * 64, "\0", "^$.*[(", "中 " * 40]
)
def test_nothing_typed_breaks_it(typed):
    assert 'id="search-found"' in asked(typed)


def test_none_of_a_kind_fills_the_box_and_the_page_has_more():
    for number in range(IN_BOX + 3):
        make.person(f"王芳{number}")

    assert asked("王芳").count('role="option"') == IN_BOX
    assert asked("王芳", htmx=False).count('class="found-row"') == IN_BOX + 3


def test_it_asks_as_often_for_many_as_for_one():
    make.person("王芳")

    def counted():
        work_until_quiet(epoch=1)
        with CaptureQueriesContext(connection) as queries:
            search(ask("/search/", {"q": "wangfang"}, actor=actor("commander"), htmx=True))
        return len(queries)

    few = counted()
    for number in range(5):
        make.person(f"王芳{number}")
    assert counted() == few <= 5


def test_a_stranger_finds_nothing():
    make.person("王芳")

    assert "没有找到" in asked("王芳", who=Actor(scopes=frozenset({"public"})))

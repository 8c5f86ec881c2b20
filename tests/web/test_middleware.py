import pytest
from django.db import DataError
from django.http import HttpResponse

from liandong.kernel.problems import Missing
from liandong.web.middleware import ProblemMiddleware
from tests.web.asking import ask, text

pytestmark = pytest.mark.django_db

middleware = ProblemMiddleware(lambda request: HttpResponse("好"))


@pytest.mark.parametrize(
    "path", ["/a%00b/", "/list/?q=%00", "/list/?q=" + "x" * 5000, "/" + "y" * 5000]
)
def test_addresses_no_page_can_read_are_refused_before_any_page(path):
    response = middleware(ask(path))

    assert response.status_code == 400
    assert "地址" in text(response)


def test_an_honest_address_passes():
    assert text(middleware(ask("/list/?q=城关"))) == "好"


def test_a_problem_becomes_its_page():
    response = middleware.process_exception(
        ask(), Missing("没有这条指令", place="17 号", remedy="请从列表选择")
    )

    body = text(response)
    assert response.status_code == 404
    assert all(word in body for word in ("没有这条指令", "17 号", "请从列表选择"))


def test_a_number_no_column_holds_is_a_bad_request():
    response = middleware.process_exception(ask(), DataError("integer out of range"))

    assert response.status_code == 400
    assert "超出范围" in text(response)


def test_a_fault_stays_a_fault():
    assert middleware.process_exception(ask(), ZeroDivisionError()) is None

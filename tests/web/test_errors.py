import json

import pytest
from django.test import Client

from liandong.kernel.problems import Forbidden
from liandong.web.errors import (
    bad_request,
    csrf_failure,
    page_not_found,
    permission_denied,
    problem_page,
    server_error,
    too_many_requests,
)
from tests.web.asking import ask, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("view", "status", "said"),
    [
        (lambda request: bad_request(request, Exception()), 400, "这个请求读不懂"),
        (
            lambda request: permission_denied(request, Exception()),
            403,
            "当前岗位不能打开这一页",
        ),
        (lambda request: page_not_found(request, Exception()), 404, "没有这一页"),
        (csrf_failure, 403, "登录已经变过"),
        (too_many_requests, 429, "短时间内请求太多"),
    ],
)
def test_error_pages_are_chinese_and_keep_the_chrome(view, status, said):
    response = view(ask("/nowhere/"))

    body = text(response)
    assert response.status_code == status
    assert said in body
    assert 'class="topbar"' in body


def test_htmx_gets_the_notice_alone():
    body = text(problem_page(ask(htmx=True), Forbidden("不能办", remedy="请换岗位")))

    assert "不能办" in body
    assert "<html" not in body


def test_what_failed_is_said_without_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = server_error(ask())

    assert response.status_code == 500
    assert "系统这一步没有办成" in text(response)


def test_a_place_from_the_address_is_escaped():
    body = text(page_not_found(ask("/<script>"), Exception()))

    assert "<script>" not in body.replace('<script type="module"', "")


def test_a_forged_form_is_answered_in_chinese():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/accounts/login/", {"login": "a", "password": json.dumps("b")})

    assert response.status_code == 403
    assert "没有办成" in text(response)

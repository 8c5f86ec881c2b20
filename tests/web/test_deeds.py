from urllib.parse import unquote

import pytest
from django import forms
from django.contrib.messages import get_messages

from liandong.kernel.problems import Forbidden, Invalid, Missing, Stale
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from tests.web.asking import ask, text

pytestmark = pytest.mark.django_db


class NoteForm(DeedForm):
    title = "记一笔"
    verb = "记入"
    done = "已记入"
    note = forms.CharField(label="内容", max_length=20)


class Deeds(list):
    """What an action was asked, and what it answers."""

    def __init__(self, problem=None):
        super().__init__()
        self.problem = problem

    def __call__(self, data):
        self.append(data)
        if self.problem:
            raise self.problem
        return f"/notes/{len(self)}/"


def send(run, *, note="水位上涨", method="post", htmx=False, to="/done/"):
    data = {"note": note, "idempotency_key": "k-1"} if method == "post" else None
    request = ask("/notes/new/", data, method=method, htmx=htmx)
    form = NoteForm(request.POST or None)
    return request, deed(request, form, run=run, to=to)


def test_asking_for_the_page_shows_the_form_and_does_nothing():
    run = Deeds()

    _, response = send(run, method="get")

    assert response.status_code == 200
    assert run == []
    assert "记一笔" in text(response)


def test_the_action_gets_what_the_form_cleaned_to():
    run = Deeds()

    send(run)

    assert run == [{"note": "水位上涨", "idempotency_key": "k-1"}]


def test_success_goes_on_and_says_so():
    request, response = send(Deeds())

    assert (response.status_code, response["Location"]) == (303, "/done/")
    assert [str(message) for message in get_messages(request)] == ["已记入"]


def test_what_can_be_taken_back_says_where_beside_its_words():
    request = ask("/notes/new/", {"note": "水位上涨"}, method="post")

    deed(
        request,
        NoteForm(request.POST),
        run=Deeds(),
        to="/done/",
        undo=lambda made: f"{made}undo/",
    )

    [message] = get_messages(request)
    assert (str(message), message.extra_tags) == ("已记入", "/notes/1/undo/")


def test_over_the_page_it_leads_to_its_toast_comes_drawn():
    request = ask("/notes/new/", {"note": "水位上涨"}, method="post", htmx=True)
    request.META["HTTP_X_DIALOG"] = "/done/"

    response = deed(
        request,
        NoteForm(request.POST),
        run=Deeds(),
        to="/done/",
        undo=lambda made: f"{made}undo/",
    )

    toast = text(response)
    assert (response.status_code, list(get_messages(request))) == (200, [])
    assert '<form method="post" action="/notes/1/undo/" data-undo>' in toast
    assert 'name="csrfmiddlewaretoken"' in toast
    assert 'name="idempotency_key"' in toast


def test_over_the_page_it_leads_to_nothing_is_loaded_again():
    request = ask("/notes/new/", {"note": "水位上涨"}, method="post", htmx=True)
    request.META["HTTP_X_DIALOG"] = "/done/"

    response = deed(request, NoteForm(request.POST), run=Deeds(), to="/done/")

    assert (response.status_code, unquote(response["X-Done"])) == (204, "已记入")


def test_where_to_go_may_depend_on_what_was_made():
    _, response = send(Deeds(), to=lambda made: made)

    assert response["Location"] == "/notes/1/"


def test_htmx_is_sent_on_by_a_header():
    _, response = send(Deeds(), htmx=True)

    assert response.status_code == 200
    assert response["HX-Redirect"] == "/done/"


def test_wrong_input_comes_back_with_the_reason_and_the_action_is_not_asked():
    run = Deeds()

    _, response = send(run, note="")

    assert response.status_code == 422
    assert run == []
    assert "请填写这一项。" in text(response)


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (Forbidden("没有权限", remedy="请换岗位"), 403),
        (Missing("没有这条指令", remedy="请换岗位"), 404),
        (Stale("刚被别人改过", remedy="请换岗位"), 409),
        (Invalid("缺要素", remedy="请换岗位"), 422),
    ],
)
def test_a_refusal_comes_back_with_its_status_and_what_was_typed(problem, status):
    _, response = send(Deeds(problem))

    body = text(response)
    assert response.status_code == status
    assert problem.title in body
    assert "请换岗位" in body
    assert 'value="水位上涨"' in body
    assert 'value="k-1"' in body


def test_htmx_gets_the_form_alone():
    _, response = send(Deeds(Forbidden("没有权限")), htmx=True)

    body = text(response)
    assert body.lstrip().startswith("<form")
    assert "<html" not in body


def test_a_fault_in_the_action_is_no_refusal():
    with pytest.raises(ZeroDivisionError):
        send(Deeds(ZeroDivisionError()))


def test_a_cache_keeps_page_and_part_apart():
    _, response = send(Deeds(), method="get")

    assert "HX-Request" in response["Vary"]

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import RequestFactory

from liandong.kernel.problems import Invalid, SignatureWanted
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.middleware import ProblemMiddleware
from liandong.web.signing import Signing, given, signing_of

pytestmark = pytest.mark.django_db
WANTED = SignatureWanted("这一步要由当班人员签名。")


class Note(DeedForm):
    text = forms.CharField()


class Decision(Note):
    signs = True


def asked(method="post", data=None, **headers):
    request = getattr(RequestFactory(), method)("/x/", data or {}, headers=headers)
    request.user = AnonymousUser()
    request.signing = Signing([("a:b", "王平（值班员）")], chosen="a:b")
    return request


def refuse(_data):
    raise WANTED


def test_a_form_that_signs_asks_at_once_and_another_when_it_has_to():
    shown = deed(asked("get"), Decision(), run=refuse, to="/")
    plain = deed(asked("get"), Note(), run=refuse, to="/")
    refused = deed(asked(data={"text": "下令"}), Note({"text": "下令"}), run=refuse, to="/")

    found = ["signing_code" in answer.content.decode() for answer in (shown, plain, refused)]
    assert found == [True, False, True]
    assert refused.status_code == 403


def test_a_wrong_signature_does_nothing_and_keeps_what_was_typed():
    request = asked(data={"text": "下令", "signer": "a:b", "signing_code": "1"})
    request.signing.problem = Invalid("不对", fields={"signing_code": "还可试 4 次"})
    ran = []

    answer = deed(request, Note(request.POST), run=ran.append, to="/")

    text = answer.content.decode()
    assert (answer.status_code, ran) == (422, [])
    assert ("下令" in text, "还可试 4 次" in text) == (True, True)


def test_the_deed_is_not_given_the_signature():
    request = asked(data={"text": "下令", "signer": "a:b", "signing_code": "739146"})
    ran = []

    deed(request, Decision(request.POST), run=ran.append, to="/")

    assert ran == [{"text": "下令", "idempotency_key": ""}]


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("signer=a&signing_code=1", ("a", "1")),
        ("x-signer=a&x-signing_code=1", ("a", "1")),
        ("text=1", ("", "")),
    ],
)
def test_a_signature_is_found_whatever_the_prefix(sent, found):
    assert given(QueryDict(sent)) == found


def test_a_plain_button_asks_on_a_page_that_sends_the_deed_again():
    request = asked(data={"verb": "recall", "signing_code": "old"})

    answer = ProblemMiddleware(lambda _request: None).process_exception(request, WANTED)

    text = answer.content.decode()
    assert '<input type="hidden" name="verb" value="recall">' in text
    assert ("signing_code" in text, "old" in text) == (True, False)


def test_a_part_of_a_page_gives_way_to_the_question():
    request = asked(**{"HX-Request": "true"})

    answer = ProblemMiddleware(lambda _request: None).process_exception(request, WANTED)

    assert (answer["HX-Retarget"], "<html" in answer.content.decode()) == ("#main", False)


def test_who_sits_at_their_own_machine_is_not_asked():
    request = RequestFactory().get("/")

    assert signing_of(request) is None

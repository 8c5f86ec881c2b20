"""What people and devices get wrong: told in Chinese with place and remedy, and nothing half-written."""

import json
import re
import threading
from datetime import timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from liandong.command.models import Decision, Order, Response
from liandong.monitoring.actions import draft_warning
from liandong.monitoring.models import Batch, Reading
from liandong.organization.models import Person
from tests.command import county as places
from tests.config.browser import typed as sign_in
from tests.factories import organization as make
from tests.kernel.papers import PDF
from tests.monitoring.conftest import hour, noon_after, rain  # noqa: F401 -- fixtures
from tests.monitoring.people import forecaster
from tests.organization.browser import entered

INTAKE = "/api/monitoring/readings"
TOKEN = "t" * 40
HOUSEKEEPING = {"sessions", "axes", "contenttypes", "mfa", "account", "django_session"}
SIGNED_IN = "organization.AccountSession"  # who opens a page is signed in, whatever comes of it
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
VIDEO = b"\x00\x00\x00\x18ftypmp42" + bytes(4096)
TYPED = "封闭清溪桥两侧道路，保留此句"


@pytest.fixture
def county(db):
    return places.found()


@pytest.fixture
def flood(county):
    return places.incident(county.officer)


@pytest.fixture
def desk(county):
    """The browser of the headquarters' office."""
    return entered(county.accounts["office"])


@pytest.fixture
def send(client, db):
    """A device that reports whatever it is told to."""
    make.device(token=TOKEN)

    def send(body, kind="application/json", **headers):
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        headers = {"Authorization": f"Bearer {TOKEN}", **headers}
        return client.post(INTAKE, data, content_type=kind, headers=headers)

    return send


def written():
    """How many rows each of our tables holds."""
    models = [one for one in apps.get_models() if one._meta.app_label not in HOUSEKEEPING]
    counts = {one._meta.label: one._base_manager.count() for one in models}
    return {label: count for label, count in counts.items() if label != SIGNED_IN}


def row(at=0, value=1.5, station="21401501", quantity="rain_mm"):
    told = at if isinstance(at, str) else hour(at).isoformat()
    return {"station": station, "quantity": quantity, "at": told, "value": value}


def page(answer):
    return unescape(answer.content.decode())


def filled(answer):
    """What the form on a page would send."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page(answer))
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def at_once(*deeds):
    """Do all at the same moment; what each gave."""
    barrier, answers = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        barrier.wait()
        try:
            answers[number] = deed()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


# --- from devices


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        (b"\xff\xfe\x00", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ('{"readings": 7}', "application/json", 422),
        ("[]", "application/json", 422),
        ("x,y\n1,2\n", "text/csv", 422),
        ("<xml/>", "application/xml", 415),
        (b"[" + b" " * 1024 * 1024 + b"]", "application/json", 413),
    ],
    ids=["cut off", "not text", "nested", "no list", "empty", "no heads", "other", "oversized"],
)
def test_a_body_that_is_malformed_or_oversized_is_refused_whole(send, body, kind, status):
    before = written()

    answer = send(body, kind)

    said = answer.json()
    assert answer.status_code == said["status"] == status
    assert all(CHINESE.search(said[part]) for part in ("title", "remedy"))
    assert said["place"]
    assert written() == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (row(station="99999999"), "station"),
        (row(quantity="level_m"), "quantity"),
        (row(at="昨天"), "at"),
        (row(value="NaN"), "value"),
        (row(value="很大"), "value"),
        (row(value=10**30), "value"),
    ],
    ids=["station", "series", "no time", "nan", "word", "huge"],
)
def test_a_reading_that_cannot_be_is_refused_alone_and_named(send, rain, wrong, field):  # noqa: F811
    answer = send({"readings": [row(0), wrong, row(1)]})

    said = answer.json()
    (refusal,) = said["rejected"]
    assert (answer.status_code, said["accepted"]) == (200, 2)
    assert (refusal["row"], refusal["field"]) == (2, field)
    assert all(CHINESE.search(refusal[part]) for part in ("problem", "remedy"))
    assert Reading.objects.count() == 2


@pytest.mark.parametrize(
    ("strange", "suspect"),
    [
        (row(at="2012-08-05T12:06:00+08:00"), 1),
        (row(at="2012-07-05T11:00:00+08:00"), 0),
        (row(value=-0.5), 1),
        (row(value=999_999_999), 1),
    ],
    ids=["future", "old", "negative", "beyond any record"],
)
def test_a_reading_that_is_strange_is_kept_and_doubted(send, rain, strange, suspect):  # noqa: F811
    said = send({"readings": [row(1), strange]}).json()

    assert (said["accepted"], said["suspect"], said["rejected"]) == (2, suspect, [])
    assert Reading.objects.filter(quality="suspect").count() == suspect


def test_late_duplicated_and_out_of_order_readings_are_taken_once(send, rain):  # noqa: F811
    first = send([row(5), row(3)]).json()
    late = send([row(4), row(3), row(4), row(0)]).json()
    other = send([row(3, value=9)]).json()

    assert [told["accepted"] for told in (first, late, other)] == [2, 2, 1]
    assert (late["duplicates"], other["corrected"]) == (2, 1)
    assert Reading.objects.count() == 4


def test_a_batch_sent_twice_at_once_is_one(transactional_db, rain, noon_after):  # noqa: F811
    make.device(token=TOKEN)
    headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "k"}

    def deed():
        body = json.dumps([row(0), row(1)])
        return Client().post(INTAKE, body, content_type="application/json", headers=headers)

    answers = at_once(deed, deed)

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert (Batch.objects.count(), Reading.objects.count()) == (1, 2)


# --- from people


@pytest.mark.parametrize(
    "path",
    [
        "/monitoring/stations/99999999/",
        "/monitoring/stations/%E4%B8%80/",
        "/organization/bodies/01a209c6-8551-7b69-bd7a-40693c021ac9/",
        "/command/orders/01a209c6-8551-7b69-bd7a-40693c021ac9/",
        "/plans/none/",
        "/nowhere/",
    ],
)
def test_what_is_not_there_is_said_with_where_to_go(desk, path):
    answer = desk.get(path)

    text = page(answer)
    assert answer.status_code == 404
    assert re.search(r"没有|看不到", text)
    assert "请" in text


@pytest.mark.parametrize(
    "query", ["?page=%00", "?page=x", "?sort=%27;--", "?since=昨天", "?" + "a" * 5000]
)
def test_an_address_that_cannot_be_read_is_no_fault_of_ours(desk, query):
    answer = desk.get("/command/incidents/" + query)

    assert answer.status_code in {200, 400, 422}
    assert CHINESE.search(page(answer))


@pytest.mark.parametrize(
    "body",
    [
        {"name": "字" * 1_000_000},
        {f"field-{n}": "x" for n in range(2100)},
    ],
    ids=["oversized", "too many fields"],
)
def test_a_form_that_is_too_large_is_refused_and_nothing_written(desk, body):
    before = written()

    answer = desk.post("/organization/people/new/", body)

    assert answer.status_code in {400, 413}
    assert CHINESE.search(page(answer))
    assert written() == before


@pytest.mark.parametrize("name", ["", " ", "\0", "字" * 61])
def test_a_form_that_is_wrong_comes_back_and_nothing_is_written(desk, name):
    before = written()

    answer = desk.post("/organization/people/new/", {"name": name})

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in page(answer)
    assert (name.strip("\0 ") in page(answer), written()) == (True, before)


def test_a_body_of_a_form_that_breaks_off_is_refused(desk):
    before = written()

    answer = desk.post(
        "/organization/people/new/",
        b"--x\r\nContent-Disposition: form-data; name",
        content_type="multipart/form-data; boundary=x",
    )

    assert answer.status_code in {400, 422}
    assert CHINESE.search(page(answer))
    assert written() == before


def test_a_file_that_is_not_what_its_name_says_is_refused(county, flood):
    order = places.accepted(
        county.water, places.order(county.office, flood, county.posts["water"])
    )
    before = written()

    answer = entered(county.accounts["water"]).post(
        reverse("command:order_finish", args=[order.pk]),
        {
            "text": TYPED,
            "proof": SimpleUploadedFile("现场.jpg", b"MZ\x90\x00"),
            "expected_version": order.version,
        },
    )

    assert answer.status_code == 422
    assert "现场.jpg" in page(answer)
    assert (TYPED in page(answer), written()) == (True, before)


def test_an_order_to_a_vacant_post_names_the_superior_and_keeps_the_words(county, flood, desk):
    vacant = places.empty_post(county)
    url = reverse("command:issue", args=[flood.pk])
    form = filled(desk.get(url))
    before = written()

    answer = desk.post(
        url, form | {"to_post": str(vacant.pk), "text": TYPED, "acknowledge_within": 10}
    )

    text = page(answer)
    assert answer.status_code == 422
    assert "无人任职" in text or "岗位空缺" in text
    assert (TYPED in text, written()) == (True, before)


@pytest.mark.parametrize("post", ["01a209c6-8551-7b69-bd7a-40693c021ac9", "x", ""])
def test_an_order_to_an_unknown_unit_is_refused_and_keeps_the_words(flood, desk, post):
    before = written()

    answer = desk.post(
        reverse("command:issue", args=[flood.pk]),
        {"to_post": post, "text": TYPED, "acknowledge_within": 10},
    )

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in page(answer)
    assert (TYPED in page(answer), written()) == (True, before)


@pytest.mark.parametrize("missing", ["category", "level", "scope", "cautions", "measures"])
def test_a_warning_without_an_element_is_not_issued_and_keeps_the_rest(county, missing):
    body = county.bodies["weather"]
    words = {
        "category": "暴雨",
        "level": "橙",
        "scope": "沿河低洼地带",
        "cautions": "雨强大，易涨水",
        "measures": "停止户外作业",
    }
    given = {"hazard": "11B03", "starts_at": hour(12), "issuing_body": body}
    draft = draft_warning(forecaster(body), **words | given)
    browser = entered(county.accounts["weather"])
    url = reverse("monitoring:issue", args=[draft.pk])
    form = filled(browser.get(url)) | words
    around = {"starts_at": "2012-08-03T12:00:00", "issuing_body": str(body.pk)}
    before = written()

    answer = browser.post(url, form | around | {missing: ""})

    draft.refresh_from_db()
    kept = [text for name, text in words.items() if name != missing and len(text) > 3]
    assert (answer.status_code, draft.state) == (422, "draft")
    assert 'aria-invalid="true"' in page(answer)
    assert [text for text in kept if text not in page(answer)] == []
    assert written() == before


# --- two at once


@pytest.fixture
def decision(transactional_db):
    """The form of a decision as two people have it open at the same moment."""
    county = places.found()
    flood = places.incident(county.officer)
    places.plan()
    url = reverse("command:decide", args=[flood.pk])
    browsers = [entered(county.accounts["office"]) for _n in range(2)]
    words = {"kind": "activate", "level": "IV", "matters": "防汛响应", "measures": TYPED}
    until = (make.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S")
    forms = [
        filled(browser.get(url)) | words | {"expected_until": until} for browser in browsers
    ]
    return SimpleNamespace(url=url, browsers=browsers, forms=forms)


def test_of_two_who_decide_at_once_one_is_told_and_keeps_what_was_typed(decision):
    deeds = [
        lambda n=n: decision.browsers[n].post(decision.url, decision.forms[n]) for n in range(2)
    ]

    answers = sorted(at_once(*deeds), key=lambda answer: answer.status_code)

    assert [answer.status_code for answer in answers] == [303, 409]
    assert "刚被别人改过" in page(answers[1])
    assert TYPED in page(answers[1])
    assert (Decision.objects.count(), Response.objects.count()) == (1, 1)


def test_a_double_click_is_one_deed_and_both_answers_lead_to_it(decision):
    def deed():
        browser = Client()
        browser.cookies = decision.browsers[0].cookies
        return browser.post(decision.url, decision.forms[0])

    answers = at_once(deed, deed)

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].url == answers[1].url
    assert (Decision.objects.count(), Response.objects.count(), Order.objects.count()) == (
        1,
        1,
        2,
    )


# --- a bad line, a stolen link


def test_a_large_video_over_a_line_that_breaks_leaves_nothing_half_kept(county, flood, desk):
    """300 MB: what arrived stays the sender's alone, goes on where it stopped, and is no file yet."""
    told = desk.post("/files/uploads/", {"name": "柳湾闸.mp4", "size": 300 * 1024 * 1024})
    url = f"/files/uploads/{told.json()['id']}/"
    part = {"content_type": "application/octet-stream"}
    desk.patch(url, VIDEO, **part, headers={"Upload-Offset": "0"})
    before = written()

    # The line broke before the answer came: the same piece is sent again, and the end is asked for.
    again = desk.patch(url, VIDEO, **part, headers={"Upload-Offset": "0"})
    whole = desk.post(f"{url}finish/", {"subject_kind": "x", "subject_id": "1"})
    other = entered(county.accounts["water"]).patch(
        url, VIDEO, **part, headers={"Upload-Offset": str(len(VIDEO))}
    )

    assert (again.status_code, whole.status_code, other.status_code) == (409, 409, 404)
    assert f"第 {len(VIDEO)} 字节" in again.json()["remedy"]
    assert written() == before
    on = desk.patch(url, VIDEO, **part, headers={"Upload-Offset": str(len(VIDEO))})
    assert on.status_code == 200


def test_a_stolen_link_opens_nothing_without_its_readers_own_session(county, flood, desk):
    """Addresses of an order, a room, a superior's words and a file carry no right of their own."""
    order = places.order(county.office, flood, county.posts["water"], text=TYPED)
    word = places.told(county, flood, TYPED, headquarters="市防指")
    paper = SimpleUploadedFile("纪要.pdf", PDF, "application/pdf")
    kept = desk.post(
        "/files/",
        {"file": paper, "subject_kind": "command.incident", "subject_id": str(flood.pk)},
    )
    links = [
        reverse("command:order", args=[order.pk]),
        reverse("command:room", args=[flood.pk]),
        reverse("command:superior_order", args=[word.pk]),
        kept.json()["url"],
    ]
    stranger, outsider = Client(), entered(county.accounts["bystander"])

    for link in links:
        unknown, other = stranger.get(link), outsider.get(link)
        assert unknown.status_code in {302, 401}, link
        assert other.status_code == 404, link
        assert TYPED not in page(unknown) + page(other)
    assert desk.get(links[0]).status_code == 200


def test_a_session_that_was_ended_opens_nothing_with_its_old_cookie(county, flood):
    """Whoever copied the cookie holds nothing once its owner has signed out."""
    owner, thief = entered(county.accounts["office"]), Client()
    room = reverse("command:room", args=[flood.pk])
    assert owner.get(room).status_code == 200
    thief.cookies = owner.cookies.copy()

    owner.post("/accounts/logout/")

    assert thief.get(room).status_code in {302, 401}


# --- a session ends inside a form


def test_a_session_that_ends_inside_a_form_loses_nothing_and_writes_nothing(county):
    account = make.holder("headquarters_office", title="主任")
    browser = entered(account)
    url = "/organization/people/new/"
    form = filled(browser.get(url)) | {"name": TYPED[:20]}
    browser.session.flush()
    before = written()

    whole = browser.post(url, form)
    part = browser.post(url, form, headers={"HX-Request": "true"})

    assert (whole.status_code, part.status_code, written()) == (401, 401, before)
    assert "登录已经结束" in page(whole)
    assert "请重新登录" in page(whole)
    assert (part["HX-Retarget"], part["HX-Reswap"]) == ("[data-toasts]", "beforeend")

    sign_in(browser, account)
    again = [browser.post(url, form) for _click in range(2)]

    assert [answer.status_code for answer in again] == [303, 303]
    assert Person.objects.filter(name=TYPED[:20]).count() == 1


def test_a_page_opened_before_another_sign_in_is_told_so_and_nothing_is_written(county):
    account = make.holder("headquarters_office", title="主任")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    url = "/organization/people/new/"
    form = filled(browser.get(url)) | {"name": "李明", "csrfmiddlewaretoken": "x" * 64}
    before = written()

    answer = browser.post(url, form)

    assert (answer.status_code, written()) == (403, before)
    assert "填过的内容还在" in page(answer)


def test_who_signs_in_too_often_is_told_in_chinese_to_wait(db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    account = make.account()

    answers = [sign_in(Client(), account) for _try in range(2)]

    assert [answer.status_code for answer in answers] == [302, 429]
    assert "请等一分钟再试" in page(answers[1])

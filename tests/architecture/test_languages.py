"""In whatever language somebody reads: what they do leaves the same bytes, and pages are whole."""

import html
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from liandong.command import actions
from liandong.command.rules.casualties import Figures
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Problem
from liandong.messaging.models import Message
from tests.architecture.test_messages import HAN
from tests.command import county as places

pytestmark = pytest.mark.django_db
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,64}")
SECRET = {"csrfmiddlewaretoken", "idempotency_key", "next"}


@pytest.fixture
def county(db):
    return places.found()


@pytest.fixture
def spoken(tmp_path, settings):
    """English from the catalogue as it is, whether or not it was compiled here."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from django.utils.translation import trans_real

    source = Path(settings.LOCALE_PATHS[0]) / "en/LC_MESSAGES/django.po"
    target = tmp_path / "en/LC_MESSAGES/django.mo"
    target.parent.mkdir(parents=True)
    with source.open("rb") as file, target.open("wb") as out:
        write_mo(out, read_po(file, locale="en"))
    settings.LOCALE_PATHS = [tmp_path]
    trans_real._translations.clear()
    yield
    trans_real._translations.clear()


def evening(county):
    """An emergency from the call to the report; what the journal and the messages then hold."""
    version = places.plan()
    flood = places.incident(county.officer, place="河口段")
    actions.set_severity(
        county.office,
        incident=flood,
        severity=2,
        reason="水位超警",
        expected_version=flood.version,
    )
    places.decide(county.office, flood, version)
    order = places.order(county.office, flood, county.posts["water"])
    order = places.accepted(county.water, order)
    actions.escalate_order(places.timer_actor(), order=order, timer="command.finish_due")
    report = actions.add_report(
        county.officer, incident=flood, kind="follow_up", channel="written", to="市应急管理局"
    )
    report = actions.draft_report(
        county.officer,
        report=report,
        expected_version=report.version,
        elements={"time": "04 时", "trend": None},
        figures=Figures(missing=1),
    )
    actions.send_report(
        county.officer, report=report, signed_by="何川", expected_version=report.version
    )
    entries = Entry.objects.order_by("pk").values_list("name", "payload__text", "actor")
    messages = Message.objects.order_by("pk").values_list("title", "text")
    return ID.sub("#", repr([*entries, *messages]))


def undone(deed):
    from tests.architecture.world import undone

    with undone():
        return deed()


def test_the_same_deeds_leave_the_same_bytes(county, spoken, at):
    at("2026-07-14T04:07")

    chinese = undone(lambda: evening(county))
    with translation.override("en"):
        english = undone(lambda: evening(county))

    assert english == chinese


def test_a_refusal_reaches_an_english_reader_in_english(county, spoken):
    flood = places.incident(county.officer)

    with translation.override("en"):
        with pytest.raises(Problem) as refused:
            actions.close_incident(
                county.office, incident=flood, reason="", expected_version=flood.version
            )
        said = str(refused.value)

    assert HAN.findall(said) == []
    assert HAN.findall(str(refused.value)) != []


def filled(page):
    """What stands in the fields of a page's forms before anybody types."""
    boxes = re.findall(r'<input[^>]*name="([^"]+)"[^>]*?value="([^"]*)"', page)
    texts = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return {name: html.unescape(text) for name, text in boxes + texts if name not in SECRET}


def test_forms_are_filled_alike_in_every_language(county, spoken, client, at):
    at("2026-07-14T04:07")
    places.plan()
    flood = places.incident(county.officer, place="河口段")
    report = actions.add_report(
        county.officer, incident=flood, kind="first", channel="phone", to="市应急管理局"
    )
    pages = {
        "chief": [reverse("command:decide", args=[flood.pk])],
        "officer": [
            reverse("command:report", args=[report.pk]),
            reverse("command:issue", args=[flood.pk]),
            reverse("command:add_report", args=[flood.pk]),
        ],
    }

    for name, addresses in pages.items():
        client.force_login(
            county.accounts[name], backend="django.contrib.auth.backends.ModelBackend"
        )
        for address in addresses:
            said = {}
            for language in ("zh-hans", "en"):
                client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
                said[language] = filled(client.get(address, follow=True).content.decode())
            assert said["en"] == said["zh-hans"], address


def test_the_language_is_the_county_s_until_this_browser_is_told_otherwise(
    county, spoken, client
):
    door = reverse("account_login")

    wishes = client.get(door, headers={"accept-language": "en"})
    client.post(reverse("web:language"), {"language": "en", "next": door})
    chosen = client.get(door)
    client.post(reverse("web:language"), {"language": "xx", "next": door})
    strange = client.get(door)

    assert [one.headers["Content-Language"] for one in (wishes, chosen, strange)] == [
        "zh-hans",
        "en",
        "en",
    ]
    assert '<html lang="zh-CN"' in wishes.content.decode()
    assert '<html lang="en"' in chosen.content.decode()
    assert "Sign in" in chosen.content.decode()


def test_without_a_compiled_catalogue_pages_are_chinese(client, tmp_path, settings):
    from django.utils.translation import trans_real

    settings.LOCALE_PATHS = [tmp_path]
    trans_real._translations.clear()

    page = client.get(reverse("account_login")).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    wished = client.get(reverse("account_login")).content.decode()
    trans_real._translations.clear()

    assert "登录" in page
    assert "登录" in wished

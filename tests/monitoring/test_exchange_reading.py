"""Whole messages: the collection of real and broken ones, and what is sent to do harm."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.monitoring.exchange import RULES, Fault, digest_of, read
from liandong.monitoring.exchange.xml_text import MAX_BYTES
from tests.monitoring.alerts import AREA, COLLECTION, cap, collected, national

# Why each is broken, as its own comments and the collection's index say.
REASONS = {
    "at_cap_php_hist__2.0.0.1.AT.1482843637.152AT003.cap.xml": {("missing", "identifier")},
    "at_cap_php_hist__2.49.0.20.0.AT.150929155632.6.cap": {("missing", "sender")},
    "at_cap_php_hist__2.49.0.20.0.AT.150929155655.7.cap": {("missing", "sender")},
    "at_cap_php_hist__2.49.0.20.0.AT.150929155739.8.cap": {("missing", "sender")},
    "at_cap_php_hist__2.49.0.20.0.AT.150930163728.21.cap": {("missing", "sender")},
    "at_cap_php_hist__2.49.0.20.0.AT.150930163751.22.cap": {("missing", "sender")},
    "at_cap_php_hist__2.49.0.20.0.AT.150930163907.23.cap": {("missing", "sender")},
    "at_cap_php_hist__2.49.0.20.0.AT.151005103257.91.cap": {("missing", "sender")},
    "at_cap_php_hist__2.49.0.3.0.AT.1476428256.112CA-NT.cap.xml": {("missing", "areaDesc")},
    "at_cap_php_hist__template.cap": {("missing", "identifier")},
    "capparselib__canada_errors.cap": {("references-empty", "")},
    "capparselib__invalid.cap": {("missing", "scope")},
    "capparselib__invalid.rss": {
        ("feed-missing", "title"),
        ("feed-missing", "description"),
        ("entry-missing", "title"),
    },
    "capparselib__invalid_element.atom": {("unexpected", "foo"), ("entry-without-link", "")},
    "capparselib__invalid_xmlns.cap": {("namespace", "")},
    "capparselib__no_id.atom": {
        ("feed-missing", "id"),
        ("entry-missing", "id"),
        ("entry-without-link", ""),
    },
    "capparselib__no_link.atom": {("entry-without-link", "")},
    "capparselib__no_title.atom": {("entry-missing", "title"), ("entry-without-link", "")},
    "capparselib__noaa_errors.cap": {
        ("choice", "urgency"),
        ("choice", "severity"),
        ("choice", "certainty"),
        ("references-empty", ""),
    },
    "capparselib__oregon_nws.atom__000.xml": {("unexpected", "event")},
    "capparselib__pelmorex.atom": {("encoding", "")},
    "capparselib__sweden.cap": {("unexpected", "senderName")},
    "capparselib__weather_invalid.atom": {("feed-identifier", "")},
}
FEEDS = {  # kind, alerts inside, entries
    "capparselib__amber.atom": ("atom", 1, 1),
    "capparselib__amber.rss": ("rss", 0, 1),
    "capparselib__bushfire_valid.edxlde": ("edxl-de", 59, 0),
    "capparselib__canada_signed.atom": ("atom", 1, 1),
    "capparselib__earthquake_index.atom": ("atom", 0, 1),
    "capparselib__empty_weather_index.atom": ("atom", 0, 0),
    "capparselib__ny_index.rss": ("rss", 0, 2),
    "capparselib__oregon_nws.atom": ("atom", 1, 1),
    "capparselib__rfs.xml": ("edxl-de", 1, 0),
    "capparselib__smhi.se.alerts.cap": ("cap-list", 17, 0),
    "capparselib__sweden.atom": ("atom", 0, 4),
    "capparselib__us_nws_weather.atom": ("atom", 0, 2),
    "capparselib__usgs_alerthub.atom": ("atom", 0, 1),
    "capparselib__weather.atom": ("atom", 1, 1),
    "capparselib__weather_index.atom": ("atom", 0, 2),
    "googlecap__bushfire_valid.edxlde": ("edxl-de", 7, 0),
    "googlecap__ny_index.rss": ("rss", 0, 2),
    "googlecap__weather.atom": ("atom", 1, 1),
    "googlecap_ex__earthquake.atom": ("atom", 1, 1),
    "nws_parser__multiple.xml": ("atom", 0, 39),
    "nws_parser__single-empty-geocode-and-parameter.xml": ("atom", 0, 1),
    "nws_parser__single-empty-polygon.xml": ("atom", 0, 1),
    "nws_parser__single.xml": ("atom", 0, 1),
    "nwscapparser3__cap.2020-05-07.xml": ("atom", 0, 4),
}
PARTLY = {"capparselib__oregon_nws.atom"}  # the one alert inside is broken, its entry is not


def files(folder):
    found = sorted((COLLECTION / folder).iterdir()) if COLLECTION else []
    return [pytest.param(path, id=path.name) for path in found]


def codes(found):
    return {one.code for one in found.problems}


@collected
@pytest.mark.parametrize(
    "path", [*files("real"), *files("standard_examples"), *files("drafts_and_tests")]
)
def test_real_alerts_are_read_without_an_error(path):
    found = read(path.read_bytes())

    assert found.errors == ()
    assert found.kind in {"cap-1.0", "cap-1.1", "cap-1.2"}
    alert = found.alerts[0]
    assert all([alert.identifier, alert.sender, alert.sent])


@collected
@pytest.mark.parametrize("path", files("invalid"))
def test_each_broken_one_is_refused_for_its_reason(path):
    found = read(path.read_bytes())

    told = {(one.code, one.values.get("name", "")) for one in found.errors}
    assert (found.outcome, told) == ("refused", REASONS[path.name])
    assert all(one.what and one.remedy and one.place for one in found.errors)


@collected
@pytest.mark.parametrize("path", files("feeds"))
def test_feeds_tell_their_alerts_and_entries(path):
    found = read(path.read_bytes())

    assert (found.kind, len(found.alerts), len(found.entries)) == FEEDS[path.name]
    assert (found.outcome == "partly") == (path.name in PARTLY)
    assert all(entry.title or entry.link for entry in found.entries)


@collected
def test_the_whole_collection_is_walked():
    walked = {path.name for path in (COLLECTION / "invalid").iterdir()}

    assert walked == set(REASONS)
    assert {path.name for path in (COLLECTION / "feeds").iterdir()} == set(FEEDS)
    assert len(list((COLLECTION / "real").iterdir())) == 60


def test_cap_is_understood():
    found = read(cap())

    alert = found.alerts[0]
    assert (found.kind, found.outcome, found.problems) == ("cap-1.2", "ok", ())
    assert (alert.level, alert.hazard, alert.stage) == ("橙", "11B03", "issue")
    assert alert.sent == datetime(2026, 7, 13, 21, tzinfo=UTC)
    assert alert.elements == {
        "category": "暴雨",
        "level": "橙",
        "starts_at": alert.sent,
        "scope": "城关镇",
        "cautions": "预计未来3小时降雨50毫米以上。",
        "measures": "停止户外作业。",
        "issuing_body": "示例市气象局",
        "published_at": alert.sent,
    }


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("gb18030", "GB18030"),
        ("gb18030", "gb2312"),
        ("gb18030", "GBK"),
        ("big5hkscs", "Big5"),
    ],
)
def test_each_encoding_says_the_same(encoding, declared):
    text = cap().decode().replace("UTF-8", declared)
    text = text.replace("预警", "預警").replace("毫米", "公分") if declared == "Big5" else text
    body = text.encode(encoding, "xmlcharrefreplace")

    found = read(body)

    assert found.alerts == read(text.replace(declared, "UTF-8").encode()).alerts
    assert found.outcome == "ok"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"x" * (MAX_BYTES + 1), "too-large"),
        (b"PK\x03\x04rest", "binary"),
        (b"%PDF-1.7", "binary"),
        ("今天天气不错".encode(), "not-a-warning"),
        (b"<html><body>404</body></html>", "not-a-warning"),
        (b'{"a": 1}', "not-a-warning"),
        (b'{"a": ', "json"),
        (b"[" * 100_000, "too-deep"),
        (b"9" * 10_000, "not-a-warning"),
        (b'{"title": "\xe9\xa2\x84", "n": ' + b"9" * 10_000 + b"}", "too-deep"),
        (cap()[: len(cap()) // 2], "truncated"),
        (cap().replace(b"</info>", b"</inf>"), "tags"),
        (cap().replace("暴雨".encode(), b"a\x08b"), "character"),
        (cap().replace("暴雨".encode(), b"a\0b"), "nul"),
        (cap().replace("暴雨".encode(), b"&who;"), "entity"),
        (cap().replace("暴雨".encode(), b"\xff\xfe"), "encoding"),
        (cap().replace(b"UTF-8", b"EBCDIC-7"), "encoding-unknown"),
        (cap().replace(b"<note>", b"").replace(b"<scope>", b"<cap:scope>"), "prefix"),
        (b"<a>" * 1000, "too-deep"),
        (cap().replace(b"cap:1.2", b"cap:9.9"), "namespace"),
        (cap().replace(b' xmlns="urn:oasis:names:tc:emergency:cap:1.2"', b""), "namespace"),
        (cap().replace(b"Severe", b"Terrible"), "choice"),
        (cap().replace(b"2026-07-14T05:00:00+08:00</sent>", b"yesterday</sent>"), "format"),
        (cap().replace(b"2026-07-14T05:00:00+08:00</sent>", b"2026-02-30T05:00:00+08:00</sent>"), "format"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(body, code):
    found = read(body)

    assert (found.outcome, found.errors[0].code) == ("refused", code)


HARM = {
    "billion laughs": """<!DOCTYPE lolz [<!ENTITY a "ha">
        <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>""",
    "quadratic": f'<!DOCTYPE q [<!ENTITY a "{"x" * 50_000}">]>',
    "external file": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
    "external host": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd">',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>',
    "small letters": "<!doctype alert>",
    "after a comment": "<!-- harmless --><?pi ?>\n<!DOCTYPE x>",
}


@pytest.mark.parametrize("start", HARM.values(), ids=HARM)
def test_a_document_type_is_never_read(start):
    body = cap().decode().replace("?>\n", f"?>\n{start}", 1).replace("暴雨", "&c;").encode()

    found = read(body)

    assert [one.code for one in found.problems] == ["doctype"]
    assert found.alerts == ()


def test_the_line_of_a_fault_is_told():
    found = read(cap().replace(b"Severe", b"Terrible"))

    fault = found.errors[0]
    assert (fault.line, fault.place) == (15, "第 15 行 alert/info/severity")
    assert fault.what == "<severity> 的值“Terrible”不在允许的范围内。"
    assert fault.remedy == "请改为下列之一：Extreme、Severe、Moderate、Minor、Unknown。"


def test_what_is_read_is_told_as_json_with_every_fault():
    told = json.loads(json.dumps(read(cap(area="")).as_data()))

    assert told["outcome"] == "refused"
    assert told["problems"][0]["code"] == "missing"
    assert set(told["problems"][0]) >= {"code", "gravity", "place", "what", "remedy"}


def test_large_polygons_are_kept_whole():
    ring = " ".join(f"{30 + n / 1e5:.5f},{110 + n % 7 / 1e5:.5f}" for n in range(11_000))
    body = cap(area=f"{AREA}<polygon>{ring} 30.00000,110.00000</polygon>")

    found = read(body)

    assert (len(body) > 200_000, found.outcome) == (True, "ok")
    assert len(next(found.alerts[0].areas).polygons[0]) == 11_001


def test_an_alert_among_sound_ones_is_refused_alone():
    bodies = [cap("A-1"), cap("A-2").replace(b"Severe", b"Bad"), cap("A-3")]
    inside = b"".join(one.partition(b"?>")[2] for one in bodies)
    found = read(
        b'<alerts xmlns="urn:oasis:names:tc:emergency:cap:1.2">' + inside + b"</alerts>"
    )

    assert (found.kind, found.outcome) == ("cap-list", "partly")
    assert [alert.identifier for _number, alert in found.sound] == ["A-1", "A-3"]
    assert [one.code for one in found.of(1)] == ["choice"]


def test_an_envelope_that_is_an_exercise_makes_an_exercise_of_what_is_inside():
    inside = cap().partition(b"?>")[2]
    head = b'<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0">'
    status = b"<distributionStatus>Exercise</distributionStatus>"

    found = read(head + status + inside + b"</EDXLDistribution>")

    assert found.alerts[0].status == "Exercise"
    assert codes(found) == {"status-of-envelope"}


def test_a_sentence_is_read_and_said_to_be_guessed():
    found = read(
        "平乐县气象台26日11时45分继续发布暴雨橙色预警信号：预计未来6小时有大雨。".encode()
    )

    alert = found.alerts[0]
    assert (alert.sender, alert.kind, alert.stage) == ("平乐县气象台", "Update", "continue")
    assert (alert.level, alert.hazard, alert.info.event) == ("橙", "11B03", "暴雨")
    assert codes(found) == {"read-from-text", "identifier-missing"}


def test_undeclared_gb18030_is_guessed_and_said():
    found = read("示例县气象台发布暴雨红色预警信号：请注意。".encode("gb18030"))

    assert found.alerts[0].level == "红"
    assert "encoding-guessed" in codes(found)


def test_every_fault_can_be_told():
    class Anything(dict):
        def __missing__(self, key):
            return "x"

    for code in RULES:
        fault = Fault(code, 3, "alert/info", Anything())

        assert (fault.what[-1], fault.remedy[-1]) == ("。", "。")


def test_the_digest_is_of_the_bytes():
    assert digest_of(b"a") != digest_of(b"a ")


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_nothing_is_raised_for_any_bytes(body):
    read(body)


@given(st.data())
@settings(max_examples=250, deadline=None)
def test_nothing_is_raised_for_a_message_that_was_damaged(data):
    body = bytearray(
        data.draw(st.sampled_from([cap(), national(), b'{"title": "x", "level": "1"}']))
    )
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body)))
        until = min(len(body), at + data.draw(st.integers(0, 60)))
        body[at:until] = data.draw(
            st.one_of(st.binary(max_size=40), st.just(bytes(body[until : at + 90])))
        )

    json.dumps(read(bytes(body)).as_data())

import json
from datetime import UTC, datetime

import pytest

from liandong.monitoring.exchange import read
from tests.monitoring.alerts import COLLECTION, collected

EXPECTED = {  # line: identifier, kind, stage, hazard, level
    0: ("11011341600000_20231217110700", "Update", "lower", "11B21", "黄"),
    1: ("44000041600000_20201012112555", "Alert", "issue", "11B99", "橙"),
    6: ("21020041600000_20250714153200", "Alert", "issue", "11B06", "蓝"),
    8: ("32000041600000_20250730094509", "Update", "raise", "11B03", "黄"),
    9: ("37068341600000_20190708061529", "Cancel", "lift", "11B14", "黄"),
    10: ("11010841600000_20211229072633", "Alert", "issue", "11B06", "蓝"),
    13: ("13088141600000_20240806111120", "Alert", "issue", "11B14", "黄"),
    14: ("23062241600000_20200813132751", "Alert", "issue", "11B06", "蓝"),
    15: ("202509171626005627867812", "Update", "lower", "11B03", "黄"),
    16: ("202510241119105837988676", "Update", "update", "11B06", "蓝"),
    17: ("", "Alert", "issue", "", "橙"),
    35: ("14022341600000_20221030174929", "Alert", "", "", "蓝"),
}


@collected
def test_every_shape_of_the_collection_gives_its_level_and_words():
    found = read((COLLECTION / "cn_alerts" / "cn_alerts.jsonl").read_bytes())

    assert (found.kind, len(found.alerts), found.errors) == ("json", 36, ())
    assert all(alert.level in "蓝黄橙红" and alert.info.headline for alert in found.alerts)
    told = {
        n: (one.identifier, one.kind, one.stage, one.hazard, one.level)
        for n, one in enumerate(found.alerts)
        if n in EXPECTED
    }
    assert told == EXPECTED


@collected
@pytest.mark.parametrize("number", range(36))
def test_each_shape_is_read_alone_too(number):
    line = (
        (COLLECTION / "cn_alerts" / "cn_alerts.jsonl").read_text("utf-8").splitlines()[number]
    )

    found = read(json.dumps(json.loads(line)["raw"]).encode())

    assert (len(found.alerts), found.errors) == (1, ())


def test_a_list_in_what_wraps_it():
    one = {
        "title": "某县气象局发布暴雨红色预警[I级/特别严重]",
        "id": "34990041600000_20260714050000",
    }

    found = read(json.dumps({"code": 200, "data": {"list": [one, one]}}).encode())

    assert [alert.level for alert in found.alerts] == ["红", "红"]
    assert found.alerts[0].sender_code == "34990041600000"


def test_references_and_validity():
    body = {
        "id": "2", "title": "某县气象台更新大风蓝色预警", "startTime": "2026-07-14T05:00+08:00",
        "endTime": "2026-07-15T05:00+08:00", "messageType": {"code": "update", "supersedes": ["1"]},
    }  # fmt: skip

    alert = read(json.dumps(body).encode()).alerts[0]

    assert [one.identifier for one in alert.references] == ["1"]
    assert alert.info.expires == datetime(2026, 7, 14, 21, tzinfo=UTC)


def test_what_is_missing_is_told_and_taken():
    found = read(json.dumps({"title": "今天有雨", "content": "注意。"}).encode())

    assert [one.code for one in found.problems] == ["level-missing", "identifier-missing"]
    assert found.outcome == "warnings"


def test_what_no_database_holds_is_left_out():
    body = rb'{"id": "1\u0000", "title": "a\ud800\u0000 \u9884\u8b66", "province": "x\udfff", "relatedAlertIds": ["\u00002"]}'

    alert = read(body).alerts[0]

    assert (alert.identifier, alert.info.headline) == ("1", "a 预警")
    assert alert.info.areas[0].description == "x"
    assert [one.identifier for one in alert.references] == ["2"]

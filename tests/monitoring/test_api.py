import json

import pytest

from liandong.kernel.permissions import Role
from liandong.monitoring.actions import draft_warning, issue_warning
from liandong.monitoring.exchange import read
from liandong.monitoring.models import Batch, Reading
from tests.factories import organization as make
from tests.monitoring.alerts import cap
from tests.monitoring.conftest import flowed, hour, rained, send
from tests.monitoring.filed import GOOD, asked
from tests.monitoring.people import forecaster
from tests.sharing.test_views_record import BACKEND

pytestmark = pytest.mark.django_db
URL = "/api/monitoring/readings"
TOKEN = "t" * 40
CSV = "station,quantity,at,value\n"


@pytest.fixture
def device(db):
    return make.device(token=TOKEN)


@pytest.fixture
def post(client, device):
    def post(body, *, kind="application/json", **headers):
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return client.post(
            URL,
            data,
            content_type=kind,
            headers={"Authorization": f"Bearer {TOKEN}", **headers},
        )

    return post


def row(at=0, value=1.5, station="21401501", quantity="rain_mm"):
    told = at if isinstance(at, str) else hour(at).isoformat()
    return {"station": station, "quantity": quantity, "at": told, "value": value}


def test_json_readings_are_taken_and_the_answer_tells_of_each(post, rain):
    answer = post({"readings": [row(0), row(0), row(1, "NaN"), row(2, -3)]})

    said = answer.json()
    assert answer.status_code == 200
    assert (said["accepted"], said["suspect"], said["corrected"]) == (2, 1, 0)
    assert (said["duplicates"], said["rejected_count"]) == (1, 1)
    assert said["rejected"] == [
        {
            "row": 3,
            "field": "value",
            "problem": "数值不是有限的数。",
            "remedy": "缺测请不要报这一行。",
        }
    ]
    assert Batch.objects.get().source == "城关雨量计"


def test_a_bare_list_will_do(post, rain):
    assert post([row(0)]).json()["accepted"] == 1


def test_csv_readings_are_taken_with_their_line_numbers(post, rain):
    body = CSV + f"21401501,rain_mm,{hour(0).isoformat()},1.5\n\n21401501,rain_mm,昨天,2\n"

    said = post(body, kind="text/csv").json()

    assert (said["accepted"], said["rejected"][0]["row"], said["rejected"][0]["field"]) == (
        1,
        4,
        "at",
    )


def test_csv_may_have_chinese_heads_and_come_from_excel(post, rain):
    body = "\ufeff站码,测项,时间,数值,备注\r\n21401501,rain_mm,2012-08-03 05:00,1.5,晴\r\n"

    assert post(body, kind="text/csv; charset=utf-8").json()["accepted"] == 1
    assert Reading.objects.get().at == hour(5)


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"value": "很大"}, "value"),
        ({"value": None}, "value"),
        ({"value": True}, "value"),
        ({"value": [1]}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": "1" * 65}, "value"),
        ({"at": "昨天"}, "at"),
        ({"at": "0001-01-01T00:00:00+08:00"}, "at"),
        ({"at": "9999-12-31T23:59:59-08:00"}, "at"),
        ({"at": 5}, "at"),
        ({"station": "2140\x001501"}, "station"),
        ({"station": ""}, "station"),
        ({"station": "00000000"}, "station"),
        ({"quantity": "wind"}, "quantity"),
        ({"quantity": {}}, "quantity"),
    ],
)
def test_a_field_that_cannot_be_refuses_its_row_only(post, rain, bad, field):
    said = post([row(0) | bad, row(1)]).json()

    (refusal,) = said["rejected"]
    assert (said["accepted"], refusal["row"], refusal["field"]) == (1, 1, field)
    assert refusal["problem"]
    assert refusal["remedy"]


def test_a_row_that_is_no_object_is_refused_alone(post, rain):
    said = post([7, row(0)]).json()

    assert (said["accepted"], said["rejected"][0]["row"]) == (1, 1)


@pytest.mark.parametrize(
    ("body", "kind", "refusal"),
    [
        ("{", "application/json", (400, "内容不是 JSON。", "第 1 行第 2 列")),
        ('[\n{"a": }]', "application/json", (400, "内容不是 JSON。", "第 2 行第 7 列")),
        (b"\xff\xfe", "application/json", (400, "内容不是 UTF-8 文字。", "第 1 个字节")),
        ("[" * 100_000, "application/json", (400, "内容读不懂。", "整份内容")),
        ("[" + "1" * 5000 + "]", "application/json", (400, "内容读不懂。", "整份内容")),
        ("{}", "application/json", (422, "没有读数列表。", "readings")),
        ('"x"', "application/json", (422, "没有读数列表。", "readings")),
        ("[]", "application/json", (422, "没有读数。", "readings")),
        ("a,b\n", "text/csv", (422, "表头缺少列：station、quantity、at、value。", "第 1 行")),
        (" ", "text/csv", (422, "表头缺少列：station、quantity、at、value。", "第 1 行")),
        (CSV, "text/csv", (422, "没有读数。", "readings")),
        (CSV + '"x', "text/csv", (400, "内容不是 CSV。", "第 2 行")),
        (b"\xff\xfe", "text/csv", (400, "内容不是 UTF-8 文字。", "第 1 个字节")),
        ("x", "text/plain", (415, "不接受这种内容类型。", "Content-Type")),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_by_place(post, rain, body, kind, refusal):
    answer = post(body, kind=kind)

    said = answer.json()
    assert (answer.status_code, said["title"], said["place"]) == refusal
    assert answer["Content-Type"] == "application/problem+json; charset=utf-8"
    assert said["remedy"]
    assert not Batch.objects.exists()


def test_a_body_over_a_megabyte_is_refused_before_it_is_read(post, rain):
    answer = post(b"[" + b" " * 1024 * 1024 + b"]")

    assert (answer.status_code, answer.json()["title"]) == (413, "内容超过 1 MB。")


def test_a_megabyte_less_one_is_read(post, rain):
    body = json.dumps([row(0)]).encode()

    assert post(body + b" " * (1024 * 1024 - len(body))).status_code == 200


def test_the_same_key_twice_answers_the_same(post, rain):
    key = {"Idempotency-Key": "batch-1"}
    first = post([row(0)], **key).json()

    assert post([row(0)], **key).json() == first
    assert post([row(1)], **key).status_code == 409


def test_a_key_that_is_too_long_is_refused(post, rain):
    assert post([row(0)], **{"Idempotency-Key": "k" * 65}).status_code == 422


def test_strangers_are_not_let_in(client, rain):
    answer = client.post(
        URL, "[]", content_type="application/json", headers={"Authorization": "Bearer nobody"}
    )

    assert (answer.status_code, answer.json()["title"]) == (401, "没有登录，或令牌无效。")


def get(client, path):
    return client.get(f"/api/monitoring{path}", headers={"Authorization": f"Bearer {TOKEN}"})


def test_stations_come_in_pages(client, device, rain, flow):
    first = get(client, "/stations?limit=1").json()
    second = get(client, f"/stations?limit=1&after={first['next_after']}").json()

    assert [s["code"] for s in first["stations"] + second["stations"]] == [
        "21401501",
        "21401550",
    ]
    assert second["next_after"] is None


def test_a_station_and_what_it_measures(client, device, rain):
    send(rained([1, "2.5"]))

    assert get(client, "/stations/21401501").json()["name"] == "上游"
    (series,) = get(client, "/stations/21401501/series").json()
    assert (series["quantity"], series["unit"], series["last_value"]) == (
        "rain_mm",
        "mm",
        "2.500",
    )


def test_readings_come_in_pages(client, device, flow):
    send(flowed([1, 2, 3]))
    span = "since=2012-08-03T00:00:00%2B08:00&until=2012-08-04T00:00:00Z&limit=2"

    said = get(client, f"/stations/21401550/series/flow_m3s/readings?{span}").json()

    assert [r["value"] for r in said["readings"]] == ["1.000", "2.000"]
    assert said["next_since"] == "2012-08-02T18:00:00Z"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/stations/99999999", 404),
        (
            "/stations/21401501/series/wind/readings?since=2012-08-03T00:00:00Z&until=2012-08-04T00:00:00Z",
            404,
        ),
        ("/stations/21401501/series/rain_mm/readings", 422),
        (
            "/stations/21401501/series/rain_mm/readings?since=2012-08-05T00:00:00Z&until=2012-08-04T00:00:00Z",
            422,
        ),
        ("/stations/21401501/series/rain_mm/readings?since=2012-08-03&until=x", 422),
        ("/stations?limit=0", 422),
        ("/stations?limit=1001", 422),
        ("/stations?limit=99999999999999999999", 422),
        ("/stations?after=a-c", 422),
    ],
)
def test_what_cannot_be_asked_is_refused(client, device, rain, path, status):
    answer = get(client, path)

    assert (answer.status_code, bool(answer.json()["title"])) == (status, True)


@pytest.mark.parametrize("value", ["1E9999999999999999999", "1E400", "NaN", "Infinity"])
def test_a_number_beyond_all_numbers_is_refused_and_not_an_error(post, rain, value):
    text = json.dumps({"readings": [row(0)]}).replace("1.5", value)

    answer = post(text)

    assert answer.status_code in {200, 400}
    assert Reading.objects.count() == 0


def test_half_a_character_refuses_its_row_alone(post, rain):
    said = post({"readings": [row(0), row(1, station="2140\ud83d")]}).json()

    assert (said["accepted"], [one["row"] for one in said["rejected"]]) == (1, [2])


def test_a_unit_files_by_program_what_it_owes(client, office, cdc, at):
    at("2026-07-13T08:00")
    asked(office, [cdc])
    client.force_login(make.holder(Role.UNIT_LIAISON, at=cdc), BACKEND)

    (owed,) = client.get("/api/monitoring/filings/owed").json()
    wrong = client.post(
        f"/api/monitoring/filings/{owed['id']}",
        {"values": {"flu": "x"}},
        content_type="application/json",
    )
    done = client.post(
        f"/api/monitoring/filings/{owed['id']}",
        {"values": GOOD},
        content_type="application/json",
    )

    assert (owed["form"], owed["from_on"], owed["version"]) == ("cdc-weekly", "2026-07-06", 1)
    assert wrong.status_code == 422
    assert (done.status_code, done.json()["edition"]) == (200, 1)
    assert client.get("/api/monitoring/filings/owed").json() == []


@pytest.fixture
def give(client, device):
    def give(body, **headers):
        return client.post(
            "/api/monitoring/warnings",
            body,
            content_type="application/xml",
            headers={"Authorization": f"Bearer {TOKEN}", **headers},
        )

    return give


def test_a_warning_is_taken_in_and_the_answer_tells_how_it_stands(give, at):
    at("2026-07-14T06:00")

    said = give(cap()).json()

    alert = said["alerts"][0]
    assert (said["shape"], said["outcome"], said["again"]) == ("cap-1.2", "ok", False)
    assert (alert["standing"], alert["level"], alert["problems"]) == ("in_force", "橙", [])


def test_the_same_warning_again_is_known(give):
    give(cap())

    said = give(cap()).json()

    assert (said["again"], len(said["alerts"])) == (True, 1)


def test_a_broken_warning_is_kept_and_its_reasons_told(give):
    answer = give(cap().replace(b"Severe", b"Terrible"))

    said = answer.json()
    assert (answer.status_code, said["outcome"]) == (200, "refused")
    assert said["alerts"][0]["problems"] == ["choice"]


def test_a_warning_that_is_too_large_is_refused_before_it_is_read(give):
    answer = give(b"x" * (2 * 1024 * 1024 + 1))

    assert (answer.status_code, answer.json()["title"]) == (413, "内容超过 2 MB。")


def test_no_warning_without_a_token(client):
    answer = client.post("/api/monitoring/warnings", cap(), content_type="application/xml")

    assert answer.status_code == 401


def test_our_own_warning_is_given_as_cap_and_in_a_feed(client, device, weather, read_as_device):
    row = told(weather)

    feed = read(read_as_device("/api/monitoring/warnings/feed.atom").content)
    answer = read_as_device(feed.entries[0].link)

    alert = read(answer.content).alerts[0]
    assert (feed.kind, feed.outcome, feed.entries[0].is_cap) == ("atom", "ok", True)
    assert answer["Content-Type"] == "application/cap+xml; charset=utf-8"
    assert (alert.identifier, alert.level) == (f"0-{row.pk}", "橙")


def test_the_sheet_for_12379(device, weather, read_as_device):
    row = told(weather)

    found = read(read_as_device(f"/api/monitoring/warnings/{row.pk}/12379.xml").content)

    assert (found.kind, found.alerts[0].level) == ("12379", "橙")


def test_a_draft_is_given_to_nobody(device, weather, read_as_device):
    row = drafted(weather)

    assert read_as_device(f"/api/monitoring/warnings/{row.pk}/cap.xml").status_code == 404
    assert read(read_as_device("/api/monitoring/warnings/feed.atom").content).entries == ()


def drafted(body):
    return draft_warning(
        forecaster(body),
        hazard="11B03",
        category="暴雨",
        level="橙",
        starts_at=hour(12),
        scope="城关镇",
        cautions="雨强大。",
        measures="转移。",
        issuing_body=body,
    )


def told(body):
    return issue_warning(forecaster(body), warning=drafted(body), expected_version=1)


@pytest.fixture
def read_as_device(client):
    return lambda url: client.get(url, headers={"Authorization": f"Bearer {TOKEN}"})

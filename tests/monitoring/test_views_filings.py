import io

import pytest
from openpyxl import load_workbook

from liandong.kernel.permissions import Role
from liandong.monitoring.models import Filing
from tests.factories import organization as make
from tests.monitoring.counting import queries_of
from tests.monitoring.filed import (
    GOOD,
    NEXT_WEEK,
    WEEK,
    asked,
    asked_again,
    filed,
    filing_of,
    liaison_of,
)
from tests.sharing.test_views_record import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-07-13T08:00")


def page(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_unit_sees_what_it_owes_and_files_it(client, office, cdc):
    form = asked(office, [cdc])
    unit = signed_in(client, Role.UNIT_LIAISON, cdc)
    row = filing_of(form, cdc)
    url = f"/monitoring/filings/of/{row.pk}/"

    assert "待报统计报表" in page(unit, "/")
    assert "本单位待报" in page(unit, "/monitoring/filings/")
    assert "流感样病例（例）" in page(unit, url)
    said = {f"v_{key}": value for key, value in GOOD.items()}
    answer = unit.post(url, said | {"expected_version": row.version})

    assert answer.status_code == 303
    assert Filing.objects.get().values["flu"] == "12"
    assert "现在的数据" in page(unit, url)


def test_last_time_stands_beside_and_a_leap_is_asked_about(client, office, cdc, at):
    form = asked(office, [cdc])
    filed(form, cdc)
    at("2026-07-20T08:00")
    asked_again(form)
    unit = signed_in(client, Role.UNIT_LIAISON, cdc)
    row = filing_of(form, cdc, NEXT_WEEK)
    url = f"/monitoring/filings/of/{row.pk}/"
    said = {f"v_{key}": value for key, value in GOOD.items()} | {"v_flu": "120"}

    assert "上期 12" in page(unit, url)
    answer = unit.post(url, said | {"expected_version": row.version})

    assert answer.status_code == 422
    assert "上期 12，本期 120" in answer.content.decode()
    assert unit.post(url, said | {"is_checked": "on", "expected_version": 1}).status_code == 303


def test_nothing_to_report_is_one_page_away(client, office, cdc, at):
    form = asked(office, [cdc])
    filed(form, cdc)
    at("2026-07-20T08:00")
    asked_again(form)
    row = filing_of(form, cdc, NEXT_WEEK)
    unit = signed_in(client, Role.UNIT_LIAISON, cdc)

    answer = unit.post(f"/monitoring/filings/of/{row.pk}/nil/", {"expected_version": 1})

    assert answer.status_code == 303
    assert filing_of(form, cdc, NEXT_WEEK).is_nil


def test_the_board_says_who_is_silent_and_what_it_adds_up_to(client, office, cdc, at):
    form = asked(office, [cdc, make.body("health", name="县卫健局")])
    filed(form, cdc)
    clerk = signed_in(client, Role.HEADQUARTERS_OFFICE, office)
    at("2026-07-13T11:00")

    told = page(clerk, "/monitoring/filings/cdc-weekly/")

    assert "逾期未报" in told
    assert "合计与走势" in told
    assert "签收（县应急办）" in told
    assert "逾期未报的单位" in page(clerk, "/monitoring/filings/")


def test_a_board_costs_the_same_for_one_unit_and_for_many(client, office, cdc):
    few = asked(office, [cdc], key="few")
    units = [make.body(f"u{n}", name=f"{n}局") for n in range(12)]
    many = asked(office, units, key="many")
    for one in units:
        filed(many, one)
    filed(few, cdc)
    clerk = signed_in(client, Role.HEADQUARTERS_OFFICE, office)
    page(clerk, "/monitoring/filings/few/")

    one = queries_of(clerk, "/monitoring/filings/few/")

    assert queries_of(clerk, "/monitoring/filings/many/") == one


def test_the_list_and_the_desk_cost_the_same_for_one_and_for_many(client, office, cdc, at):
    asked(office, [cdc], key="few")
    at("2026-07-13T11:00")
    clerk = signed_in(client, Role.HEADQUARTERS_OFFICE, office)
    for url in ("/monitoring/filings/", "/"):
        page(clerk, url)
    few = [queries_of(clerk, url) for url in ("/monitoring/filings/", "/")]
    asked(office, [make.body(f"u{n}", name=f"{n}局") for n in range(12)], key="many")

    assert [queries_of(clerk, url) for url in ("/monitoring/filings/", "/")] == few


def test_a_stranger_sees_no_figures(client, office, cdc):
    form = asked(office, [cdc])
    row = filed(form, cdc)
    other = signed_in(client, Role.UNIT_LIAISON, make.body("water", name="县水利局"))

    page(other, f"/monitoring/filings/of/{row.pk}/", 404)
    assert "县疾控中心" not in page(other, "/monitoring/filings/cdc-weekly/")
    code = form.stations.get().station.code
    page(other, f"/monitoring/stations/{code}/", 404)


def test_the_receiver_signs_and_the_desk_urges(client, office, cdc):
    health = make.body("health", name="县卫健局")
    form = asked(office, [cdc, health])
    filed(form, cdc)
    clerk = signed_in(client, Role.HEADQUARTERS_OFFICE, office)
    at = f"?from={WEEK}"

    signed = clerk.post(
        f"/monitoring/filings/cdc-weekly/sign/{office.pk}/{at}", {"idempotency_key": "k"}
    )
    urged = clerk.post(f"/monitoring/filings/cdc-weekly/urge/{at}", {"idempotency_key": "k"})

    assert (signed.status_code, urged.status_code) == (303, 303)
    assert filing_of(form, cdc).receipts.get().body == office


def test_everything_shown_is_handed_out_as_a_workbook(client, office, cdc):
    form = asked(office, [cdc])
    filed(form, cdc, by=liaison_of(cdc))
    clerk = signed_in(client, Role.HEADQUARTERS_OFFICE, office)

    answer = clerk.get("/monitoring/filings/cdc-weekly/workbook/")

    sheet = load_workbook(io.BytesIO(answer.content)).active
    head, row = sheet.iter_rows(values_only=True)
    assert head[:3] == ("单位", "期次", "状态")
    assert row[0], row[5:7] == ("县疾控中心", ("12", "30"))

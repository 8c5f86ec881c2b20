import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook

from liandong.kernel.heartbeats import Heartbeat
from liandong.kernel.problems import Invalid
from liandong.web.problems import BadQuery
from liandong.web.tables import Column, Filter, Table, export, listing, plain
from tests.web.asking import ask, text

pytestmark = pytest.mark.django_db

START = datetime(2026, 7, 14, tzinfo=UTC)
COLUMNS = [
    Column(key="part", label="部分", value=lambda row: row.part, sort="part"),
    Column(key="process", label="进程", value=lambda row: row.process),
    Column(key="at", label="时间", value=lambda row: row.at, sort="at"),
]
FILTERS = [
    Filter(key="part", label="部分", lookup="part__startswith"),
    Filter(
        key="who",
        label="进程",
        lookup="process",
        kind="choice",
        choices=[("a", "甲"), ("b", "乙")],
    ),
    Filter(key="since", label="从", lookup="at__gte", kind="since"),
    Filter(key="until", label="到", lookup="at__lte", kind="until"),
]


@pytest.fixture(autouse=True)
def rows():
    Heartbeat.objects.bulk_create(
        Heartbeat(part=f"p{n:02}", process="ab"[n % 2], at=START + timedelta(hours=n))
        for n in range(30)
    )


def table(query="", **more):
    more = {"columns": COLUMNS, "filters": FILTERS, "order": ("part",), "page_size": 10, **more}
    return Table(ask(f"/list/{query}"), Heartbeat.objects.all(), **more)


def parts(found):
    return [row.part for row in found.fetched[: found.page_size]]


def test_a_page_holds_its_share_in_order():
    assert parts(table()) == [f"p{n:02}" for n in range(10)]


def test_the_next_page_goes_on_where_the_first_ended():
    first = table()

    assert first.next_url == "/list/?page=2"
    assert parts(table("?page=2"))[0] == "p10"


def test_the_last_page_has_no_next():
    assert table("?page=3").next_url == ""


def test_a_page_beyond_the_last_is_empty_and_leads_back():
    beyond = table("?page=9")

    assert parts(beyond) == []
    assert beyond.previous_url == "/list/?page=8"


def test_a_column_sorts_both_ways():
    assert parts(table("?sort=at"))[0] == "p00"
    assert parts(table("?sort=-at"))[0] == "p29"


def test_a_heads_link_turns_the_order_round():
    heads = table("?sort=at&page=2").heads

    assert heads[2].url == "/list/?sort=-at"
    assert heads[2].direction == "ascending"
    assert heads[1].url == ""


def test_conditions_narrow_the_list_and_show_as_chips():
    found = table("?part=p1&who=b")

    assert parts(found) == ["p11", "p13", "p15", "p17", "p19"]
    assert [(chip.label, chip.value) for chip in found.chips] == [
        ("部分", "p1"),
        ("进程", "乙"),
    ]
    assert found.chips[0].remove == "/list/?who=b"


def test_days_are_the_countys_days():
    # 14 July in Shanghai ends at 16:00 UTC.
    assert table("?until=2026-07-14").count == 16
    assert table("?since=2026-07-15").count == 14


def test_a_moment_is_taken_as_the_countys_time():
    assert table("?since=2026-07-15T08:00").count == 6


def test_the_count_is_the_filtered_lists():
    assert table("?who=a").count == 15
    assert table().count_text == "共 30 条"


@pytest.mark.parametrize(
    "query",
    [
        "?page=0",
        "?page=-1",
        "?page=x",
        "?page=99999999999999999999999999",
        "?page=%D9%A1",
        "?sort=process",
        "?sort=nothing",
        "?sort=part__id",
        "?who=c",
        "?since=yesterday",
        "?since=2026-13-01",
        "?since=0001-01-01",
        "?until=9999-12-31",
        "?since=9999-12-31T23:59:59-23:59",
        "?part=%00",
        "?part=" + "x" * 201,
        "?" + "k" * 201 + "=1",
        "?export=xls",
    ],
)
def test_words_that_cannot_be_read_are_answered_in_chinese(query):
    with pytest.raises(BadQuery) as refused:
        listing(ask(f"/list/{query}"), table(query), "web/components/list.html", title="表")

    assert refused.value.status == 400
    assert refused.value.title
    assert refused.value.remedy


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_too_long_for_one_file_is_refused_and_not_cut(monkeypatch, kind):
    monkeypatch.setattr("liandong.web.tables.MOST_EXPORTED", 20)

    with pytest.raises(Invalid) as refused:
        listing(ask(f"/list/?export={kind}"), table(f"?export={kind}"), title="表")

    assert "超过 20 条" in refused.value.title


def test_too_many_to_be_sorted_are_said_to_be_too_many():
    narrow = table("?sort=-part", columns=[replace(COLUMNS[0], most_sorted=20), *COLUMNS[1:]])

    with pytest.raises(BadQuery) as refused:
        listing(ask("/list/?sort=-part"), narrow, "web/components/list.html", title="表")

    assert "不能按“部分”排序" in refused.value.title


def test_the_export_holds_every_filtered_row():
    response = listing(ask("/list/?who=a&export=csv"), table("?who=a&export=csv"))

    lines = text(response).splitlines()
    assert lines[0] == "\ufeff部分,进程,时间"
    assert lines[1] == "p00,a,2026-07-14 08:00:00"
    assert len(lines) == 16
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_an_exported_cell_is_never_a_formula():
    Heartbeat.objects.create(part="z", process="=cmd()", at=START)

    lines = text(export(table("?part=z"))).splitlines()

    assert lines[1].startswith("z,'=cmd()")


def test_the_workbook_holds_every_filtered_row_as_text():
    Heartbeat.objects.create(part="z", process="=cmd()\x01", at=START)

    response = listing(
        ask("/list/?part=z&export=xlsx"), table("?part=z&export=xlsx"), title="心跳/表"
    )

    sheet = load_workbook(io.BytesIO(response.content)).active
    assert (sheet.title, sheet.freeze_panes) == ("心跳表", "A2")
    assert list(sheet.values) == [
        ("部分", "进程", "时间"),
        ("z", "=cmd()", "2026-07-14 08:00:00"),
    ]
    assert sheet["B2"].data_type == "s"
    assert "%E5%BF%83%E8%B7%B3" in response["Content-Disposition"]


@pytest.mark.parametrize(("value", "said"), [(None, ""), (True, "是"), (False, "否"), (0, "0")])
def test_plain_words_for_values(value, said):
    assert plain(value) == said


def test_a_page_costs_as_many_queries_with_three_rows_as_with_thirty(django_assert_num_queries):
    for query in ("?part=p00", ""):
        with django_assert_num_queries(1 if query else 2):
            listing(ask("/list/"), table(query), "web/components/list.html", title="表")

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from liandong.command import actions
from liandong.command.rules.casualties import Figures
from tests.command import county as places

pytestmark = pytest.mark.django_db
LIST = reverse("command:reports")


@pytest.fixture
def reports(county, at):
    """Of a flood one sent late and one owed; of a fire one missed."""
    flood = places.incident(county.officer)
    fire = places.incident(county.officer, title="鹰嘴岩林火", hazard="11G")
    now = at("2030-01-01T08:00")
    sent = owed(county, flood, "first", to="市应急管理局", due_at=now)
    at("2030-01-01T08:20")
    sent = actions.draft_report(
        county.officer,
        report=sent,
        elements={"place": "清溪河"},
        figures=Figures(),
        expected_version=sent.version,
    )
    actions.send_report(
        county.officer, report=sent, signed_by="何川", expected_version=sent.version
    )
    owed(county, flood, "follow_up", to="市应急管理局")
    missed = owed(county, fire, "first", to="市林业局", due_at=now)
    actions.miss_report(places.timer_actor(), report=missed)


def owed(county, incident, kind, **more):
    return actions.add_report(
        county.officer, incident=incident, kind=kind, channel="written", **more
    )


def shown(client, **wanted):
    text = client.get(LIST, wanted).content.decode()
    return [title for title in ("首报", "续报一") if f"<b>{title}</b>" in text], text


def test_all_that_is_owed_sent_and_late_stands_in_one_list(enter, reports):
    titles, text = shown(enter("officer"))

    assert titles == ["首报", "续报一"]
    assert "鹰嘴岩林火" in text
    assert "迟 20 分钟" in text
    assert "已超时" in text


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({"state": "sent"}, 1),
        ({"state": "due"}, 1),
        ({"late": "True"}, 2),
        ({"late": "False"}, 1),
        ({"kind": "first"}, 2),
        ({"to": "林业"}, 1),
        ({"incident": "林火"}, 1),
        ({"since": "2030-01-01"}, 2),
        ({"until": "2029-12-31"}, 0),
        ({"sort": "-due"}, 3),
    ],
)
def test_the_list_is_narrowed_and_sorted(enter, reports, wanted, count):
    _titles, text = shown(enter("officer"), **wanted)

    assert f"共 {count} 条" in text


def test_the_list_leaves_as_a_workbook(enter, reports):
    answer = enter("officer").get(LIST, {"export": "xlsx"})

    cells = [
        [cell.value for cell in row]
        for row in load_workbook(BytesIO(answer.content)).active.iter_rows()
    ]
    assert ["首报", "清溪河洪水", "书面", "市应急管理局"] in [row[:4] for row in cells]


def test_who_sees_no_report_sees_an_empty_list(enter, reports):
    _titles, text = shown(enter("water"))

    assert "清溪河洪水" not in text


def test_it_asks_as_often_for_many_as_for_few(
    enter, county, reports, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = enter("officer")
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    other = places.incident(county.officer, title="滑坡", hazard="11C")
    for kind in ("first", "follow_up", "final"):
        owed(county, other, kind, to="市应急管理局")

    with django_assert_max_num_queries(len(few)):
        client.get(LIST)

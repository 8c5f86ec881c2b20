from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.documents.sheets import blank_workbook
from liandong.kernel import clock
from liandong.kernel.problems import Forbidden, Stale
from liandong.monitoring import actions
from liandong.monitoring.adapters.stations_sheet import LAYOUT, read_stations
from liandong.monitoring.models import Series, Station, Threshold
from liandong.monitoring.permissions import Permission
from liandong.organization.models import Intake
from liandong.organization.permissions import Permission as Organization
from tests.documents.workbooks import workbook
from tests.factories import organization as make
from tests.organization.journal import told
from tests.people import allowed

pytestmark = pytest.mark.django_db
MAY = (Permission.REGISTER_STATION, Permission.SET_THRESHOLD, Organization.RECORD_INTAKE)
GOOD = {
    "站码": "60500001",
    "站名": "江安站",
    "站类": "ZQ 河道水文站",
    "河流": "长江",
    "经度": 105.0668,
    "纬度": "28.7237",
    "基面": "吴淞高程",
    "警戒水位": "245.5",
    "保证水位": 248,
}


def read(*rows):
    heads = list(dict.fromkeys(key for row in rows for key in row))
    filled = [[row.get(head, "") for head in heads] for row in rows]
    return read_stations(workbook(heads, *filled, sheet="测站"), "测站.xlsx")


def take(*rows, actor=None, seen=None, **more):
    found, _ = read(*rows)
    return actions.take_stations(
        actor or allowed(*MAY),
        rows=found,
        seen=actions.plan_stations(found).fingerprint if seen is None else seen,
        name="测站.xlsx",
        digest="d",
        **more,
    )


def wrong(**changes):
    _rows, findings = read({**GOOD, **changes})
    return [one.text for one in findings]


def test_take_stations_registers_them_with_their_bounds():
    taken = take({**GOOD, "主要河流": "是", "阈值出处": "江安县防汛预案"})

    station = Station.objects.get(code="60500001")
    bounds = Threshold.objects.order_by("bound").values_list("kind", "bound", "status", "cite")
    assert (taken.new, station.river, station.lon) == (1, "长江", Decimal("105.066800"))
    assert sorted(Series.objects.values_list("quantity", "is_main_river")) == [
        ("flow_m3s", True),
        ("level_m", True),
    ]
    assert list(bounds) == [
        ("warning", Decimal("245.500"), "recorded", "江安县防汛预案"),
        ("guarantee", Decimal("248.000"), "recorded", "江安县防汛预案"),
    ]


def test_the_same_sheet_again_changes_nothing():
    take(GOOD)

    again = take(GOOD)

    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)


def test_another_bound_is_a_change_and_blank_ones_stay():
    take(GOOD)

    taken = take({**GOOD, "警戒水位": "246", "保证水位": ""})

    assert taken.changed == 1
    assert sorted(Threshold.objects.values_list("kind", "bound")) == [
        ("guarantee", Decimal("248.000")),
        ("warning", Decimal("246.000")),
    ]


def test_rain_is_put_under_the_national_signals_where_wished():
    take({**GOOD, "站类": "PP", "基面": "", "警戒水位": "", "保证水位": "", "暴雨信号": "是"})

    assert sorted(Threshold.objects.values_list("level", flat=True)) == sorted("蓝黄橙红")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"站码": "605"}, "站码应为 4 到 12 位数字或字母。"),
        ({"站类": "ZX"}, "站类应为 AQ、DD、MM、PP、RR、SS、TT、ZQ、ZZ 之一。"),
        ({"经度": "28.7", "纬度": "105.1"}, "经度和纬度可能填反了。"),
        ({"经度": "205"}, "经度不在我国范围（73 到 136 度）。"),
        ({"纬度": "北纬28度"}, "纬度应为十进制度，例如 28.5123。"),
        ({"基面": ""}, "测水位的站必须写明基面，不同基面的水位不能比较。"),
        ({"警戒水位": "两米"}, "应为数字：两米。"),
        ({"保证水位": "240"}, "应不低于前一级（警戒、保证、历史最高依次升高）。"),
        ({"测项": "雨量", "基面": ""}, "这个站不测水位，不能设这个阈值。"),
        ({"测项": "水温"}, "没有测项“水温”，请照测站登记页的测项填写。"),
        ({"乡镇": "无此镇"}, "没有“无此镇”这个乡镇。"),
    ],
)
def test_what_is_wrong_is_said(changes, said):
    assert wrong(**changes)[0] == said


def test_one_code_twice_is_refused():
    _rows, findings = read(GOOD, GOOD)

    assert [str(one) for one in findings] == ["第 3 行 A 列：与第 2 行重复。"]


def test_a_township_is_found_by_name():
    make.body(
        name="江安县江安镇人民政府",
        short_name="江安镇",
        kind="township",
        division_code="511523100",
    )

    take({**GOOD, "乡镇": "江安镇"})

    assert Station.objects.get().township_code == "511523100"


def test_take_stations_needs_permission():
    with pytest.raises(Forbidden):
        take(GOOD, actor=allowed(*MAY[1:]))


def test_take_stations_is_whole_or_not_at_all():
    with pytest.raises(Forbidden):
        take(GOOD, actor=allowed(MAY[0], MAY[2]))

    assert (Station.objects.count(), Intake.objects.count()) == (0, 0)


def test_take_stations_refuses_who_saw_another_draft():
    with pytest.raises(Stale):
        take(GOOD, seen="x")


def test_take_stations_is_not_for_drills():
    with pytest.raises(Forbidden):
        take(GOOD, actor=allowed(*MAY, realm="drill-1"))


def test_take_stations_twice_with_one_key_is_once():
    found, _ = read(GOOD)
    actor, seen = allowed(*MAY), actions.plan_stations(found).fingerprint

    first = take(GOOD, actor=actor, seen=seen, idempotency_key="k")
    second = take(GOOD, actor=actor, seen=seen, idempotency_key="k")

    assert first == second


def test_the_blank_sheet_reads_back_as_empty():
    assert read_stations(blank_workbook([LAYOUT]), "x.xlsx") == ([], [])


def test_many_rows_cost_no_more_than_a_few():
    costs = []
    for first, count in ((1, 10), (50, 30)):
        rows = [
            {
                **GOOD,
                "站码": f"605{n:05}",
                "站名": f"第{n}站",
                "测项": "水位、雨量",
                "暴雨信号": "是",
            }
            for n in range(first, first + count)
        ]
        clock.forget()
        with CaptureQueriesContext(connection) as found:
            take(*rows)
        costs.append(len(found))

    assert costs[0] == costs[1]
    assert len(told("monitoring.station_registered")) == 40
    assert len(told("monitoring.threshold_set")) == Threshold.objects.count() == 40 * 6

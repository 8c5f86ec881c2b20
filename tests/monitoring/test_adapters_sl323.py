from decimal import Decimal

import pytest

from liandong.kernel.problems import Invalid
from liandong.monitoring.adapters.foreign import Given
from liandong.monitoring.adapters.sl323 import is_dump, read_dump, table_of

DUMP = """
SET IDENTITY_INSERT ST_PPTN_R ON
INSERT ST_PPTN_R (STCD, TM, DRP, INTV, DYP) VALUES ('21401501', '2026-07-01 08:00:00', 12.5, 1.00, NULL),
 ('21401501', '2026-07-01 09:00:00', NULL, 1.00, 30);
GO
INSERT INTO "ST_RSVR_R" ("STCD","TM","RZ","INQ","W","OTQ") VALUES ('21401550  ',TO_DATE('2026-07-01 08:00:00','YYYY-MM-DD HH24:MI:SS'),67.72,120,645.0,19.9);
INSERT INTO ST_STBPRP_B (STCD, STNM) VALUES ('21401501', '上游''站');
"""


def test_statements_of_a_dump_are_read_table_by_table():
    read = read_dump(DUMP, Given())

    assert is_dump(DUMP)
    assert [(one.station_code, one.quantity, one.value) for one in read.observations] == [
        ("21401501", "rain_mm", Decimal("12.5")),
        ("21401550", "level_m", Decimal("67.72")),
        ("21401550", "inflow_m3s", Decimal(120)),
        ("21401550", "storage_hm3", Decimal("645.0")),
        ("21401550", "outflow_m3s", Decimal("19.9")),
    ]
    assert {one.at.isoformat() for one in read.observations} == {"2026-07-01T08:00:00+08:00"}
    assert (read.missing, read.notes) == (1, ["ST_STBPRP_B 不是读数表，1 行没有导入。"])


def test_a_statement_that_is_cut_off_is_refused_with_its_line():
    with pytest.raises(Invalid) as refused:
        read_dump(DUMP.replace("'2026-07-01 09:00:00', NULL", "'2026-07"), Given())

    assert (refused.value.title, refused.value.place) == ("INSERT 语句读不懂。", "第 4 行")


def test_only_the_named_station_of_many_is_taken_and_the_rest_counted():
    read = read_dump(DUMP, Given(station="21401501"))

    assert [one.station_code for one in read.observations] == ["21401501"]
    assert "其他测站的 4 条没有导入。" in read.notes
    with pytest.raises(Invalid, match="其中没有 99999999"):
        read_dump(DUMP, Given(station="99999999"))


@pytest.mark.parametrize(
    ("heads", "table"),
    [
        ("STCD,TM,DRP,INTV", "ST_PPTN_R"),
        ("stcd,tm,z,q,xsa", "ST_RIVER_R"),
        ("STCD,TM,RZ,INQ", "ST_RSVR_R"),
        ("STCD,WRZ,GRZ", "ST_RVFCCH_B"),
        ("code,TM,Z", ""),
    ],
)
def test_a_table_is_told_by_its_columns(heads, table):
    assert table_of(heads.split(",")) == table

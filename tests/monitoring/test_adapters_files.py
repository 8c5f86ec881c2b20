import gzip
import io
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from liandong.kernel.problems import Problem
from liandong.monitoring.adapters.files import is_foreign, read_file
from liandong.monitoring.adapters.foreign import Given
from liandong.monitoring.states import Quantity

ROOTS = [Path(__file__).parents[3] / "shared" / "data", Path("/work/shared/data")]
SHARED = next((one for one in ROOTS if one.is_dir()), None)
collected = pytest.mark.skipif(SHARED is None, reason="shared/data is not here")
OURS = "station,quantity,at,value\n21401550,level_m,2026-07-01T08:00:00+08:00,43.21\n"


def told(read):
    return [(one.station_code, one.quantity, one.at, one.value) for one in read.observations]


def hour(text):
    return datetime.fromisoformat(f"{text}+08:00")


ONE = [("21401550", "level_m", hour("2026-07-01T08:00"), Decimal("43.21"))]


@pytest.mark.parametrize(
    "body",
    [
        OURS.encode(),
        b"\xef\xbb\xbf" + OURS.encode(),
        gzip.compress(OURS.encode()),
        b'[{"station":"21401550","quantity":"level_m","at":"2026-07-01T08:00:00+08:00","value":43.21}]',
        "STCD,TM,Z,Q\n21401550,2026-07-01 08:00:00.000,43.21,\n".encode("gb18030"),
        b"STCD\tTM\tZ\n21401550\t2026/7/1 8:00\t43.21\n",
        "站码,时间,水位(cm)\n21401550,2026-07-01 08:00,4321\n".encode("gb18030"),
        (
            b"INSERT INTO [dbo].[ST_RIVER_R] ([STCD],[TM],[Z],[Q]) VALUES"
            b" (N'21401550', CAST(N'2026-07-01T08:00:00.000' AS DateTime), 43.21, NULL)"
        ),
        b"year,month,day,hour,level\n2026,7,1,8,43.21\n",
    ],
    ids=["csv", "bom", "gz", "json", "sl323", "tabs", "headed in cm", "dump", "parts"],
)
def test_the_form_is_recognized_by_what_stands_in_it(body):
    given = Given(station="" if b"21401550" in body or body[:1] == b"\x1f" else "21401550")

    assert told(read_file(body, given)) == ONE


def test_every_sheet_of_a_workbook_with_readings_is_read():
    book = Workbook()
    book.active.append(["说明"])
    for year in ("2025", "2026"):
        sheet = book.create_sheet(year)
        sheet.append(["月", "日", "水位", "入库流量"])
        sheet.append(["", "", "（米）", "（立方米/秒）"])
        sheet.append([7, 1, 43.21, ""])
    out = io.BytesIO()
    book.save(out)

    read = read_file(out.getvalue(), Given(station="21401550"))

    assert told(read)[1:] == ONE
    assert (len(read.observations), read.missing) == (2, 2)
    assert read.notes == ["工作表“Sheet”里没有读数。"]


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (b"", "文件是空的。"),
        (b" \n", "文件是空的。"),
        (b"\x00\x01\x02\x03" * 100, "认不出这种文件。"),
        (b"PK\x03\x04 and then nothing", "工作簿打不开。"),
        (gzip.compress(OURS.encode() * 999)[:200], "压缩文件不完整。"),
        (b"name,age\nA,1\n", "认不出这种文件。"),
        (b"<html></html>", "认不出这种文件。"),
        (b'{"readings": [', "内容不是 JSON。"),
        (b'{"a": 1}', "没有读数列表。"),
        (b"[" * 100_000, "内容读不懂。"),
        (b"STCD,STNM,LGTD,LTTD\n21401550,A,1,2\n", "ST_STBPRP_B 不是读数表。"),
    ],
)
def test_what_is_no_such_file_is_refused_whole_with_a_remedy(body, title):
    with pytest.raises(Problem) as refused:
        read_file(body, Given())

    assert (refused.value.title, bool(refused.value.remedy)) == (title, True)


def test_a_small_file_that_holds_a_sea_of_zeros_is_refused():
    packed = gzip.compress(b"0" * (257 * 1024 * 1024), 1)

    with pytest.raises(Problem, match="256 MB"):
        read_file(packed, Given())


def test_what_others_made_is_told_from_what_is_ours():
    assert is_foreign(b'{"result": 1, "Datastream": {}}')
    assert not is_foreign(b'{"readings": []}')


@collected
def test_the_hourly_table_of_a_real_basin_is_read():
    path = SHARED / "hydro" / "china_biliuhe" / "DEV_2012-2017_hourly.csv.gz"

    read = read_file(path.read_bytes(), Given(station="21401550"))

    assert (len(read.observations), read.refusals, read.missing) == (97488, [], 0)
    assert {one.quantity for one in read.observations} == {Quantity.RAIN, Quantity.FLOW}
    assert told(read)[1] == (
        "21401550",
        "flow_m3s",
        hour("2012-06-10T00:00"),
        Decimal("11.39898148"),
    )


@collected
def test_thirty_three_years_of_a_real_reservoir_are_read():
    (path,) = (SHARED / "hydro" / "china_biliuhe").glob("*.xls")

    read = read_file(path.read_bytes(), Given(station="21401550", series="level_m"))

    assert len(read.observations) == 12052
    assert told(read)[0] == ("21401550", "level_m", hour("1986-01-01T08:00"), Decimal("67.72"))


@collected
def test_real_hourly_air_is_read_with_the_unit_the_caller_knows():
    path = SHARED / "air" / "PRSA_Changping_hourly_2013-2017.csv.gz"
    given = Given(station="54499001", series="co_mgm3", units={"CO": "ug/m3"})

    read = read_file(path.read_bytes(), given)

    assert (read.observations[0].value, read.missing) == (Decimal("0.3"), 1521)

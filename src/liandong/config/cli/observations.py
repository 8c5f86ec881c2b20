"""``observations load|status|map``: readings from files, and how the intake stands."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from liandong.config import observing
from liandong.config.cli import printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.wording import Command, Group
from liandong.config.homes import node
from liandong.kernel.problems import Invalid

app = typer.Typer(cls=Group, help="观测数据：导入文件、查看接收情况。", no_args_is_help=True)

MOST_SHOWN = 20
Station = Annotated[str, typer.Option("--station", help="站码；文件里没写是哪个站时必填。")]
Series = Annotated[
    str, typer.Option("--series", help="只导入这一测项：雨量、水位、流量，或 rain_mm 等。")
]
ABOUT = (
    "导入读数文件，形式自动识别：CSV、JSON、SL 323 表（CSV、Excel、INSERT 语句）、每列一个测项的表格、"
    "NWIS RDB、WaterML、SensorThings；可为 .gz。重复导入无变化，不同的数值记为更正。"
)


@app.command(
    "load", cls=Command, help=ABOUT, epilog="退出状态：0 全部入库，1 有拒收，2 用法不对。"
)
def load(  # noqa: PLR0913 -- a command has the options it has
    home: Home,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="文件。")],
    *,
    station: Station = "",
    series: Series = "",
    unit: Annotated[
        list[str] | None,
        typer.Option(help="表里某一列的单位，可写几次：--unit CO=ug/m3。"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只读懂，不入库。")] = False,
    as_json: Json = False,
) -> int:
    """Take a file's readings in and say what became of each row."""
    home, file = home.absolute(), file.absolute()
    asked = observing.Asked(file=file, station=station, series=series, units=_pairs(unit or ()))
    with node(home), printing.measured_rows("导入", quiet=as_json) as step:
        told = observing.load(asked, dry_run=dry_run, step=step)
    if as_json:
        printing.show_json({"ok": not told.refused, "dry_run": dry_run, **asdict(told)})
        return 1 if told.refused else 0
    for one in told.refusals[:MOST_SHOWN]:
        printing.bad(f"第 {one['row']} 行 {one['field']}：{one['problem']}{one['remedy']}")
    for note in told.notes[:MOST_SHOWN]:
        printing.line(f"  {note}")
    printing.line(f"{'、'.join(told.stations[:8])}，{told.first_at} 至 {told.last_at}")
    said = (
        f"读到 {told.read} 条，缺测 {told.missing}，拒收 {told.refused}"
        if dry_run
        else f"入库 {told.stored} 条（更正 {told.corrected}，存疑 {told.suspect}），"
        f"重复 {told.duplicates}，缺测 {told.missing}，拒收 {told.refused}"
    )
    (printing.bad if told.refused else printing.good)(said)
    return 1 if told.refused else 0


@app.command(
    "map", cls=Command, help="登记数据流（SensorThings 的 @iot.id 或名称）对应哪个测项。"
)
def map_stream(
    home: Home,
    name: Annotated[str, typer.Argument(metavar="DATASTREAM", help="@iot.id 或名称。")],
    *,
    station: Annotated[str, typer.Option("--station", help="站码。")],
    series: Annotated[str, typer.Option("--series", help="测项。")],
) -> None:
    """Say which series a Datastream is."""
    with node(home.absolute()):
        printing.good(f"数据流 {name}：{observing.map_stream(name, station, series)}")


@app.command("status", cls=Command, help="接收情况：最近收到、静默的测项、待核实、各分区。")
def status(home: Home, *, as_json: Json = False) -> None:
    """Say how the intake stands."""
    with node(home.absolute()):
        told = observing.standing()
    if as_json:
        printing.show_json({"ok": True, **told})
        return
    printing.line(
        f"测项 {told['series']} 个，有读数 {told['spoken']} 个，静默 {told['silent']} 个"
    )
    printing.line(
        f"最近一批：{told['last_received_at'] or '无'}（{told['last_source'] or '—'}）"
    )
    printing.line(f"待核实 {told['suspect']} 个测项的最新读数")
    for part in told["parts"][-MOST_SHOWN:]:
        printing.line(f"  {part['name']}：约 {part['rows']} 条")


def _pairs(texts: Iterable[str]) -> dict[str, str]:
    texts = list(texts)
    if wrong := [one for one in texts if "=" not in one.strip("=")]:
        raise Invalid(f"“{wrong[0]}”里没有等号。", remedy="请写成 --unit 列名=单位。")
    return {left: right for left, _equals, right in (one.rpartition("=") for one in texts)}

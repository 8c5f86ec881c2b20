"""``incident replay``: an incident's room as it stood at a moment, from the journal alone."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from liandong.config.cli import printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.wording import Command, Group
from liandong.config.homes import node
from liandong.kernel.problems import Invalid, Missing

app = typer.Typer(cls=Group, help="突发事件：按流水重放。", no_args_is_help=True)


@app.callback()
def incidents() -> None:
    """Keep the deed a word of its own."""


@app.command(
    cls=Command, help="只凭流水重放事件室在某一时刻的样子：级别、指令、报告、会商、核实情况。"
)
def replay(
    home: Home,
    number: Annotated[str, typer.Argument(help="事件编号，如 示应急〔2026〕3号。")],
    at: Annotated[
        str, typer.Option(help="时刻，如 2026-07-14T04:00；不写时区即北京时间；不给即现在。")
    ] = "",
    *,
    as_json: Json = False,
) -> None:
    """Tell an incident again up to a moment."""
    moment = _moment(at)
    with node(home.absolute()):
        from liandong.command.queries import incident_numbered, replay as tell_again  # noqa: I001, PLC0415 -- Django woke up only now
        from liandong.kernel.actors import ACTUAL, system_actor  # noqa: PLC0415 -- as above

        reader = system_actor("node", "重放", ACTUAL)
        incident = incident_numbered(reader, number)
        if incident is None:
            raise Missing(f"没有编号为“{number}”的事件。", remedy="请照事件列表里的编号写全。")
        found = tell_again(reader, incident, until=moment)
    told = asdict(found.room)
    told |= told.pop("registers")
    if as_json:
        printing.show_json(
            {"place": found.place, "at": found.at.isoformat() if found.at else "", **told}
        )
        return
    printing.line(f"{found.room.number} {found.room.title}  流水 {found.place or '—'}")
    printing.line(f"  事件级别 {found.room.severity}  {found.room.command}")
    printing.line(f"  响应级别 {'、'.join(found.room.responses.values()) or '未启动'}")
    for order in found.room.orders.values():
        printing.line(f"  {order['number']}号令 {order['state']} {order['text']}")


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid(
            f"“{text}”不是时刻。", place="--at", remedy="请写成 2026-07-14T04:00。"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Asia/Shanghai"))

"""``init``: a node for a county."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from liandong.config.cli import printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.wording import enter
from liandong.config.founding import County, found
from liandong.kernel.database import hold
from liandong.kernel.divisions import division as named
from liandong.kernel.divisions import refuse_wrong
from liandong.kernel.problems import Invalid


def register(app: typer.Typer) -> None:
    """Add the command."""
    enter(app, init, about="建立节点：数据目录、数据库、身份密钥和第一个系统管理员。")


def init(
    home: Home,
    division: Annotated[str, typer.Option(help="行政区划代码，6 位或 12 位。")],
    name: Annotated[str, typer.Option(help="县名；不写则按代码查。")] = "",
    people: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            readable=True,
            help="人员与电话表格(.xlsx)，可带“机构”工作表。",
        ),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Make a node and its first administrators, or add what an earlier run left out."""
    name = name.strip() or named(division).county or _ask(division, quiet=as_json)
    home = home.absolute()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with hold(home), printing.counting("建立节点", quiet=as_json) as step:
        county = County(division_code=division, name=name, people=people)
        made = found(home, county, step=step)
    wrong = made.pop("people_problem", None)
    if as_json:
        said = {"people_problem": str(wrong)} if wrong else {}
        printing.show_json({"ok": not wrong, **made, **said})
    else:
        _tell(made)
    if wrong and as_json:
        raise typer.Exit(1)
    if wrong:
        raise wrong


def _ask(division: str, *, quiet: bool) -> str:
    """Ask for the name of a county that the list of divisions does not know."""
    refuse_wrong(division, "县")
    if not quiet and sys.stdin.isatty():
        return str(typer.prompt(f"代码表里没有 {division}，请输入县名"))
    raise Invalid(
        "代码表里没有这个行政区划代码。",
        place=division,
        remedy="请核对代码；代码无误请加 --name 写明县名。",
    )


def _tell(made: dict[str, Any]) -> None:
    county = f"{made['name']}({made['division_code']})"
    printing.good(f"节点已建立：{county}" if made["accounts"] else f"节点已在：{county}")
    printing.line(f"  数据目录  {made['home']}")
    added = made["made"]
    printing.line(
        f"  按模板补齐  机构 {added['bodies']} 个、岗位 {added['posts']} 个、授权 {added['roles']} 个"
    )
    if taken := made.get("people"):
        printing.line(
            f"  从表格导入  机构 {taken['bodies']} 个；人员新增 {taken['new']} 行、变更 {taken['changed']} 行"
        )
    for account in made["accounts"]:
        printing.line(
            f"  {account['title']}  {account['username']}  一次性口令 {account['password']}"
        )
    if made["accounts"]:
        printing.line("  口令只显示这一次，首次登录后须修改。")
    printing.line(f"  启动节点  liandong serve --home {made['home']}")
    printing.line("  登录后从账号菜单打开“建县”，按清单逐项补齐。")

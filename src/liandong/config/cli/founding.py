"""``init``: a node for a county."""

from typing import Annotated

import typer

from liandong.config.cli import printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.wording import enter
from liandong.config.founding import County, found
from liandong.kernel.database import hold


def register(app: typer.Typer) -> None:
    """Add the command."""
    enter(app, init, about="建立节点：数据目录、数据库、身份密钥和第一个系统管理员。")


def init(
    home: Home,
    division: Annotated[str, typer.Option(help="行政区划代码，6 位或 12 位。")],
    name: Annotated[str, typer.Option(help="县名。")],
    *,
    as_json: Json = False,
) -> None:
    """Make a node and its first administrators."""
    home = home.absolute()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with hold(home), printing.counting("建立节点", quiet=as_json) as step:
        county = County(division_code=division, name=name)
        made = found(home, county, step=step)
    if as_json:
        printing.show_json({"ok": True, **made})
        return
    printing.good(f"节点已建立：{made['name']}({made['division_code']})")
    printing.line(f"  数据目录  {made['home']}")
    for account in made["accounts"]:
        printing.line(
            f"  {account['title']}  {account['username']}  一次性口令 {account['password']}"
        )
    printing.line("  口令只显示这一次，首次登录后须修改。")
    printing.line(f"  启动节点  liandong serve --home {made['home']}")

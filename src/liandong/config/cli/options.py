"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from liandong.config.homes import default_home

Home = Annotated[
    Path,
    typer.Option(
        "--home",
        envvar="LIANDONG_HOME",
        default_factory=default_home,
        show_default=False,
        help="节点的数据目录；root 默认 /var/lib/liandong，其他用户默认 ~/.local/share/liandong。",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="结果以 JSON 输出，供程序读取。")]

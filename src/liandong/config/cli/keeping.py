"""``backup``, ``restore`` and ``reindex``."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from liandong.config.backup import back_up
from liandong.config.cli import printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.wording import enter
from liandong.config.homes import database, node, refuse_unfounded
from liandong.config.restoring import restore as put_back


class How(StrEnum):
    """What the restored node is to the former one."""

    MOVE = "move"
    COPY = "copy"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    enter(
        app,
        backup,
        about="把整个节点备份成一个文件，运行中也可以：数据库、文件、密钥、链头，附清单与摘要。",
    )
    enter(app, restore, about="把备份恢复到空目录，并记入流水。先整体核对备份，再动手。")
    enter(app, reindex, about="重写搜索索引，运行中也可以；升级时自动重写，平时不必。")


def backup(
    home: Home,
    file: Annotated[Path, typer.Argument(help="要写成的备份文件。")],
    *,
    as_json: Json = False,
) -> None:
    """Back the node up, running or not."""
    home, file = home.absolute(), file.absolute()
    refuse_unfounded(home)
    with database(home), printing.measuring("备份", quiet=as_json) as move:
        manifest = back_up(home, file, move=move)
    size = file.stat().st_size
    if as_json:
        members = len(manifest.pop("members"))
        printing.show_json(
            {"ok": True, "file": str(file), "size": size, "members": members, **manifest}
        )
        return
    printing.good(f"备份完成：{file}({size / 1024**2:.1f} MB,{len(manifest['members'])} 项)")
    printing.line(f"  链头  {manifest['head'] or '(空)'}")
    printing.line("  备份中有节点私钥，请按密钥保管。")


def restore(
    home: Home,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="备份文件。")],
    how: Annotated[
        How,
        typer.Option(
            "--as",
            help="move 搬迁：原节点不再启动；copy 复制：另起一个节点，身份与密钥都是新的。",
        ),
    ],
    *,
    as_json: Json = False,
) -> None:
    """Make an empty home the node of a backup."""
    home, file = home.absolute(), file.absolute()
    with printing.measuring("恢复", quiet=as_json) as move:
        made = put_back(home, file, how=how.value, move=move)
    if as_json:
        printing.show_json({"ok": True, **made})
        return
    printing.good(
        f"恢复完成：{made['name']}，第 {made['epoch']} 纪元，{made['made_at']} 的备份"
    )
    if how is How.MOVE:
        printing.line("  请确认原节点已停止，不再启动：同一节点不能同时在两处运行。")
    printing.line(f"  启动节点  liandong serve --home {made['home']}")


def reindex(home: Home, *, as_json: Json = False) -> None:
    """Write the search index anew from the rows it speaks of."""
    home = home.absolute()
    with node(home), printing.counting("重写搜索索引", quiet=as_json) as step:
        from liandong.kernel.search.indexing import rebuild  # noqa: PLC0415 -- Django woke up only now

        count = rebuild(lambda done, of: step(f"{done}/{of}"))
    if as_json:
        printing.show_json({"ok": True, "rows": count})
    else:
        printing.good(f"搜索索引已重写，共 {count} 条。")

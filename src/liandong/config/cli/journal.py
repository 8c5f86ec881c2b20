"""``journal verify|export|check``: what the journal is worth, seen from outside."""

from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from liandong.config.cli import printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.wording import Command, Group
from liandong.config.homes import node
from liandong.kernel import keys
from liandong.kernel.problems import Invalid

WRONG = 1
app = typer.Typer(cls=Group, help="流水：核验、导出、离线检查。", no_args_is_help=True)


@app.command(
    cls=Command,
    help="逐条核验流水，并与库外留存的链头比对；指出被改、被删、被插、被调换和被截尾之处。",
)
def verify(
    home: Home,
    head: Annotated[
        list[str] | None, typer.Option(help="手中留存的链头，纪元:序号:摘要；可给出多个。")
    ] = None,
    *,
    as_json: Json = False,
) -> int:
    """Verify the chain, also against heads kept elsewhere."""
    home = home.absolute()
    given = [_parsed(text) for text in head or []]
    with node(home):
        from liandong.kernel.journal import checkpoints  # noqa: PLC0415 -- Django woke up only now
        from liandong.kernel.journal.verifying import Head  # noqa: PLC0415 -- as above
        from liandong.kernel.journal.verifying import verify as walk  # noqa: PLC0415 -- as above

        kept = checkpoints.heads(home / "checkpoints")
        with printing.counting("核验流水", quiet=as_json):
            report = walk(heads=chain(kept, (Head(*parts) for parts in given)))
    if as_json:
        printing.show_json(
            {
                "verified": report.verified,
                "entries": report.entries,
                "erased": report.erased,
                "head": str(report.head) if report.head else "",
                "troubles": [vars(trouble) for trouble in report.troubles],
            }
        )
        return 0 if report.verified else WRONG
    for trouble in report.troubles:
        printing.bad(trouble.text)
    if report.verified:
        printing.good(f"流水完好：{report.entries} 条，依法销毁内容 {report.erased} 条。")
        printing.line(f"  链头  {report.head or '(空)'}")
    return 0 if report.verified else WRONG


@app.command(cls=Command, help="把流水写成签名的文件，任何人可离线检查。")
def export(
    home: Home,
    file: Annotated[Path, typer.Argument(help="要写成的文件，如 流水.zip。")],
    incident: Annotated[str, typer.Option(help="只带某一事件的内容；其余各条只留摘要。")] = "",
    *,
    as_json: Json = False,
) -> None:
    """Write a signed bundle."""
    if file.exists():
        raise Invalid("文件已存在，不会覆盖它。", place=str(file), remedy="请换一个文件名。")
    home = home.absolute()
    with node(home):
        from liandong.kernel.journal.exporting import export as write  # noqa: PLC0415 -- Django woke up only now

        with printing.counting("导出流水", quiet=as_json):
            made = write(file, sign=lambda data: keys.sign(data, home=home), incident=incident)
    if as_json:
        printing.show_json({"ok": True, "file": str(file), **made})
    else:
        printing.good(f"已导出 {made['entries']} 条：{file}")
        printing.line(f"  链头  {made['head']}")


@app.command(cls=Command, help="离线检查导出的流水：签名、链和各条内容。不需要节点和网络。")
def check(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="导出的文件。")],
    key: Annotated[str, typer.Option(help="从别处得知的节点公钥；给出则须相符。")] = "",
    *,
    as_json: Json = False,
) -> int:
    """Check a bundle with nothing but the file."""
    from liandong.kernel.journal import bundle  # noqa: PLC0415 -- only for this command

    def signed(public_key: str, data: bytes, signature: str) -> bool:
        return key in {"", public_key} and keys.check(public_key, data, signature)

    try:
        found = bundle.check(file, signed=signed)
    except bundle.BadBundleError as trouble:
        raise Invalid(
            f"这不是导出的流水文件，或已损坏：{trouble}。",
            place=str(file),
            remedy="请向导出单位重新索取。",
        ) from trouble
    if as_json:
        printing.show_json({"verified": found.verified, **vars(found)})
    elif found.verified:
        printing.good(
            f"文件可信：{found.node}，{found.entries} 条，已销毁内容 {found.erased} 条。"
        )
        if found.withheld:
            printing.line(f"  只带一个事件的内容，其余 {found.withheld} 条只有摘要")
        printing.line(f"  链头  {found.head}")
    else:
        for line in found.troubles:
            printing.bad(line)
    return 0 if found.verified else WRONG


def _parsed(text: str) -> tuple[int, int, str]:
    epoch, position, digest = (*text.split(":"), "", "")[:3]
    if not (epoch.isdecimal() and position.isdecimal() and digest and text.count(":") == 2):
        raise typer.BadParameter(f"“{text}”应写成 纪元:序号:摘要", param_hint="--head")
    return int(epoch), int(position), digest

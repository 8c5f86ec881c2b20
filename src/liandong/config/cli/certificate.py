"""``certificate make|use|show``: HTTPS on the county's network."""

from pathlib import Path
from typing import Annotated

import typer

from liandong.config import addresses
from liandong.config.cli import printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.wording import Command, Group
from liandong.config.homes import county_of, refuse_unfounded, right_now
from liandong.kernel import certificates

app = typer.Typer(
    cls=Group, help="证书：局域网 HTTPS，本节点自签，或用县里已有的。", no_args_is_help=True
)
Names = Annotated[
    list[str] | None,
    typer.Option("--name", help="浏览器里还会输入的名字或地址，可给出多个；本机的自动列入。"),
]


@app.command(cls=Command, help="由本节点自己的根证书签发服务器证书，到期前自动更换。")
def make(home: Home, name: Names = None, *, as_json: Json = False) -> None:
    """Make the node's own certificate."""
    home = home.absolute()
    refuse_unfounded(home)
    made = certificates.make(home, county=county_of(home), names=_names(name), now=right_now())
    _tell(home, made, as_json=as_json)


@app.command(cls=Command, help="改用县里已有的证书和私钥，先核对是否一对、链、日期和名字。")
def use(
    home: Home,
    certificate: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="证书（含中间证书）。")
    ],
    key: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="私钥。")],
    name: Names = None,
    *,
    as_json: Json = False,
) -> None:
    """Take the county's own certificate."""
    home = home.absolute()
    refuse_unfounded(home)
    taken = certificates.use(home, certificate, key, names=_names(name), now=right_now())
    _tell(home, taken, as_json=as_json)


@app.command(cls=Command, help="看现用的证书：名字、期限、根证书指纹。")
def show(home: Home, *, as_json: Json = False) -> None:
    """Show the certificate in use."""
    home = home.absolute()
    _tell(home, certificates.served(home), as_json=as_json)


def _names(more: list[str] | None) -> list[str]:
    return [*addresses.own_names("0.0.0.0"), *(more or [])]  # noqa: S104 -- every name there is


def _tell(home: Path, one: certificates.Served, *, as_json: bool) -> None:
    mark = certificates.fingerprint(home) if one.is_own else ""
    if as_json:
        told = {"names": one.names, "until": one.until.isoformat(), "own": one.is_own}
        printing.show_json({"ok": True, **told, "fingerprint": mark})
        return
    printing.good(f"证书可用，到 {one.until:%Y-%m-%d}。启动 liandong serve 即为 HTTPS。")
    printing.line(f"  名字  {'、'.join(one.names)}")
    if one.is_own:
        printing.line(f"  根证书指纹(SHA-256)  {mark}")
        printing.line("  手机和电脑第一次使用前，请打开节点的 /trust/ 页，按步骤信任根证书。")

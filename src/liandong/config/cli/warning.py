"""``warning read``: what a warning in somebody else's format says, and what is wrong with it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from cryptography import x509

from liandong.config.cli import printing
from liandong.config.cli.options import Json
from liandong.config.cli.wording import Command, Group
from liandong.kernel.problems import Invalid, Missing
from liandong.monitoring.exchange import Alert, Fault, Gravity, Understood, read

app = typer.Typer(cls=Group, help="预警：读别人的报文。", no_args_is_help=True)

WRONG: Final = 1
WITH_WARNINGS: Final = 3
STATUS: Final = {"ok": 0, "warnings": WITH_WARNINGS, "partly": WRONG, "refused": WRONG}
SAID: Final = {
    "ok": "[green]✓[/green] 读懂",
    "warnings": "[yellow]△[/yellow] 读懂，有提醒",
    "partly": "[red]✗[/red] 部分拒收",
    "refused": "[red]✗[/red] 拒收",
}
SIGNS: Final = {Gravity.ERROR: "[red]⊘[/red]", Gravity.WARNING: "[yellow]△[/yellow]"}
SIGNATURES: Final = {
    "valid": "签名有效",
    "unknown_signer": "签名完好，签名人不在名单",
    "weak": "签名算法不安全",
    "unchecked": "签名无法核验",
    "invalid": "签名不符",
}
STDIN: Final = "-"
MOST_FAULTS: Final = 20


@app.callback()
def warnings() -> None:
    """Keep each deed a word of its own."""


@app.command(
    "read",
    cls=Command,
    help="读懂预警报文：CAP 1.0–1.2、12379、EDXL-DE、Atom/RSS、各家 JSON、文字；逐条指出问题。不需要节点。",
    epilog="退出状态：0 无问题，3 有提醒，1 有拒收，2 用法不对。",
)
def read_warnings(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="文件或目录；- 为标准输入。"),
    ],
    *,
    trust: Annotated[
        list[Path] | None,
        typer.Option(exists=True, dir_okay=False, help="可信签名人的证书（PEM），可给几个。"),
    ] = None,
    as_json: Json = False,
) -> int:
    """Read warnings; the status says whether anything was refused or is doubtful."""
    trusted = [one for path in trust or () for one in _certificates(path)]
    worst = "ok"
    told: list[dict[str, Any]] = []
    for name, body in _bodies(files):
        found = read(body, trusted)
        worst = max(worst, found.outcome, key=list(STATUS).index)
        if as_json:
            told.append({"file": name, **found.as_data()})
        else:
            _tell(name, found)
    if as_json:
        printing.show_json({"ok": STATUS[worst] != WRONG, "outcome": worst, "files": told})
    return STATUS[worst]


def _bodies(files: list[Path]) -> Iterator[tuple[str, bytes]]:
    for path in files:
        if str(path) == STDIN:
            yield STDIN, sys.stdin.buffer.read()
            continue
        if not path.exists():
            raise Missing("没有这个文件或目录。", place=str(path), remedy="请核对路径。")
        inside = sorted(one for one in path.rglob("*") if one.is_file())
        for one in inside if path.is_dir() else [path]:
            yield str(one), one.read_bytes()


def _certificates(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except ValueError as error:
        raise Invalid(
            "不是 PEM 证书。", place=str(path), remedy="请给出 BEGIN CERTIFICATE 开头的文件。"
        ) from error


def _tell(name: str, found: Understood) -> None:
    printing.out.print(f"{SAID[found.outcome]} ", end="")
    several = f"，{len(found.alerts)} 条预警" if len(found.alerts) != 1 else ""
    entries = f"，{len(found.entries)} 个订阅条目" if found.entries else ""
    printing.line(f"{name}（{found.kind}{several}{entries}）")
    for alert in found.alerts[:MOST_FAULTS]:
        _tell_alert(alert)
    for fault in found.problems[:MOST_FAULTS]:
        _tell_fault(fault)
    if len(found.problems) > MOST_FAULTS:
        printing.line(f"    另有 {len(found.problems) - MOST_FAULTS} 处，见 --json。")


def _tell_alert(alert: Alert) -> None:
    said = alert.info
    sent = alert.sent.isoformat(" ", "minutes") if alert.sent else "时间不明"
    parts = [alert.identifier or "无编号", alert.status, alert.kind, sent, alert.sender]
    printing.line("  " + " · ".join(part for part in parts if part))
    level = f"{said.level}色 " if said.level else ""
    if words := said.headline or said.event:
        printing.line(f"    {level}{said.hazard} {words}".rstrip())
    places = "、".join(area.description for area in said.areas if area.description)
    if places:
        printing.line(f"    范围：{places[:120]}")
    if word := SIGNATURES.get(alert.signature):
        printing.line(f"    {word}{f'：{alert.signer}' if alert.signer else ''}")


def _tell_fault(fault: Fault) -> None:
    printing.out.print(f"  {SIGNS[fault.gravity]} {fault.code} ", end="")
    printing.line(f"{fault.place}：{fault.what}" if fault.place else fault.what)
    printing.line(f"      办法：{fault.remedy}")
